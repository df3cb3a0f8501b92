import Testing

@testable import Simulation

/// A dose for every build; the whole of it, with half-widths of 2 %, is Deploy/simulate.
@Suite struct GroundTruthTests {
    @Test(
        "The router's waits, service levels, losses and occupancies hold the exact values",
        arguments: ["C1", "A2", "A3"])
    func closedForm(_ name: String) throws {
        let truth = GroundTruth.named(name)
        let report = try simulate(
            truth.scenario(contacts: 1000, warmup: 30 * truth.handling), seed: 11, replications: 8)
        for (metric, exact) in truth.exact {
            let seen = try #require(report.total[metric])
            #expect(seen.holds(exact), "\(name) \(metric): \(seen.mean) ± \(seen.halfWidth), exact \(exact)")
            let width = metric == .asa || metric == .waitAll || metric == .p90 ? 0.65 * exact : 0.2
            #expect(seen.halfWidth < width, "\(name) \(metric): an interval of ± \(seen.halfWidth) says too little")
        }
        #expect(report.refusals == 0)
        #expect(report.unresolved == 0)
    }

    /// One queue, equal agents, first come first served: then the waits follow from arrivals and service times alone (Kiefer
    /// and Wolfowitz, 1955), and the router must give every single customer that wait. Erlang's formula is about the same
    /// recursion, so this holds the router to it much more tightly than any interval.
    @Test("Every single wait is what first come, first served gives", arguments: ["C1", "C5"])
    func everyWait(_ name: String) throws {
        let truth = GroundTruth.named(name)
        let scenario = truth.scenario(contacts: 2000, warmup: 0)
        var simulator = try Simulator(scenario, seed: 3)
        let seen = simulator.run().batches[0].lanes[0]
        var arrivals = ArrivalSource(
            scenario.queues[0].arrivals, stream: RandomStream(seed: 3, replication: 0, purpose: .arrivals))
        var handling = RandomStream(seed: 3, replication: 0, purpose: .handling)
        var free = [Int64](repeating: 0, count: truth.agents)
        var sum: Int64 = 0
        for _ in 0..<2000 {
            let moment = arrivals.next()
            let at = Int64(try #require(moment) * 1e6)
            let soonest = try #require(free.indices.min { free[$0] < free[$1] })
            let begin = max(at, free[soonest])
            let seconds = ServiceTime(mean: truth.handling).seconds(for: handling.next())
            free[soonest] = begin + Int64(seconds * 1e6)
            sum += begin - at
        }
        #expect(seen.answered == 2000)
        #expect(seen.waitOfAnswered == sum)
    }

    @Test("Erlang's formula is the one of the tables", arguments: ["C1", "C3", "C5"])
    func reference(_ name: String) throws {
        let truth = GroundTruth.named(name)
        let queue = try #require(ReferenceQueue(truth.scenario(contacts: 1, warmup: 0)))
        #expect(abs(queue.law.exactWait - truth.exact[.asa, default: 0]) < 1e-8)
        #expect(abs(try #require(queue.law.exactInTime) - truth.exact[.serviceLevel, default: 0]) < 1e-8)
    }

    @Test("Those of the higher band wait as Cobham says, and so do the others")
    func priorities() throws {
        let report = try simulate(Self.twoBands(contacts: 1200), seed: 5, replications: 6)
        let exact = [("high", 39.213_937_066), ("low", 392.139_370_663)]
        for (scope, (name, asa)) in zip(report.queues, exact) {
            let seen = try #require(scope[.asa])
            #expect(scope.name == name)
            #expect(seen.holds(asa), "\(name): \(seen.mean) ± \(seen.halfWidth), exact \(asa)")
            #expect(seen.halfWidth < 0.9 * asa)
        }
    }

    /// Work done is the same in whatever order it is done (Kleinrock's conservation law), so with one mean service time the
    /// mean wait of all is that of first come, first served: here on the same customers, so to 5 %.
    @Test("Priority moves waiting from some to others and makes none of it")
    func conservationOfWaiting() throws {
        let banded = try simulate(Self.twoBands(contacts: 4000), seed: 6)
        var plain = Self.twoBands(contacts: 4000)
        plain.policy.priority = .headStart
        for index in plain.queues.indices { plain.queues[index].priority = 0 }
        let fair = try simulate(plain, seed: 6)
        let (one, other) = (try #require(banded.total[.asa]).mean, try #require(fair.total[.asa]).mean)
        #expect(abs(one - other) < 0.05 * other, "\(one) against \(other)")
    }

    private static func twoBands(contacts: Int) -> Scenario {
        Scenario(
            name: "P1",
            queues: [
                CustomerQueue(name: "high", arrivals: .rate(perHour: 30), priority: 2),
                CustomerQueue(name: "low", arrivals: .rate(perHour: 60), priority: 1),
            ], groups: [AgentGroup(name: "team", count: 5, handling: ServiceTime(mean: 180))],
            policy: Policy(priority: .strict), warmup: 18_000, length: .contacts(contacts))
    }

    @Test("As many give up as impatience times waiting says", arguments: ["A1", "A2"])
    func impatience(_ name: String) throws {
        let truth = GroundTruth.named(name)
        let report = try simulate(truth.scenario(contacts: 4000, warmup: 600), seed: 8)
        let abandonment = try #require(report.total[.abandonment]).mean
        let wait = try #require(report.total[.waitAll]).mean
        let patience = try #require(truth.patience)
        #expect(abs(abandonment - wait / patience) < 0.2 * abandonment, "\(abandonment) against \(wait / patience)")
    }
}
