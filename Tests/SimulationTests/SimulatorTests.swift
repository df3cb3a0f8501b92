import Routing
import Testing

@testable import Simulation

@Suite struct SimulatorTests {
    private static func day(order: Policy.AgentOrder = .longestIdle) -> Scenario {
        Scenario(
            name: "day",
            queues: [
                CustomerQueue(
                    name: "support",
                    arrivals: .profile([
                        .init(from: 0, perHour: 3), .init(from: 8, perHour: 40), .init(from: 18, perHour: 5),
                    ]),
                    skills: [SkillLevel("support")], patience: 240, waitingMax: 5),
                CustomerQueue(
                    name: "orders", arrivals: .rate(perHour: 12), priority: 30, skills: [SkillLevel("orders", 3)],
                    handling: ServiceTime(mean: 120, law: .lognormal(variation: 0.8))),
            ],
            groups: [
                AgentGroup(
                    name: "day", count: 4, skills: [SkillLevel("support", 5), SkillLevel("orders", 3)],
                    handling: ServiceTime(mean: 300, law: .erlang(phases: 2)), shifts: [.init(from: 8, to: 18)]),
                AgentGroup(
                    name: "night", count: 1, skills: [SkillLevel("support"), SkillLevel("orders", 3)],
                    handling: ServiceTime(mean: 200, law: .constant), shifts: [.init(from: 18, to: 8)]),
            ], policy: Policy(order: order), warmup: 3600, length: .seconds(2 * 86_400))
    }

    @Test("The same seed makes the same decisions, another seed or replication others")
    func sameSeed() throws {
        func hash(_ seed: UInt64, _ replication: Int) throws -> UInt64 {
            var simulator = try Simulator(Self.day(), seed: seed, replication: replication)
            return simulator.run().hash
        }
        let first = try hash(1, 0)
        #expect(try hash(1, 0) == first)
        #expect(try Set([first, hash(1, 1), hash(2, 0)]).count == 3)
    }

    @Test("How far a run goes at a time changes nothing")
    func stepwise() throws {
        var whole = try Simulator(Self.day(), seed: 1)
        var steps = try Simulator(Self.day(), seed: 1)
        while steps.advance(events: 7) {}
        #expect(whole.run() == steps.finished)
    }

    @Test("Whoever comes is answered, gives up or is blocked, and the router counts the same")
    func conservation() throws {
        var simulator = try Simulator(Self.day(), seed: 3)
        let result = simulator.run()
        var sum = Tally()
        for lane in result.batches[0].lanes { sum.add(lane) }
        #expect(sum.offered == sum.answered + sum.abandoned + sum.blocked)
        #expect(sum.blocked > 0)
        #expect(sum.abandoned > 0)
        #expect(sum.answered == result.batches[0].groups.reduce(0) { $0 + $1.answered })
        #expect(result.unresolved == 0)
        #expect(result.refusals == 0)
        #expect(simulator.cores[0].state.conservationError == 0)
        #expect(simulator.slots.count == simulator.cores[0].state.tallies.reduce(0) { $0 + Int($1.open) })
    }

    @Test("Nobody is occupied for longer than they are there, but for the last contact of a shift")
    func shifts() throws {
        var simulator = try Simulator(Self.day(), seed: 3)
        let batch = simulator.run().batches[0]
        let day: Int64 = 86_400_000_000
        for (group, hours) in [(0, 4 * 10), (1, 14)] {
            let planned = 2 * day / 24 * Int64(hours)
            #expect(batch.busy[group] <= batch.staffed[group])
            #expect(abs(batch.staffed[group] - planned) < planned / 20, "\(batch.staffed[group]) against \(planned)")
        }
    }

    @Test("Recorded moments are played as they were")
    func recorded() throws {
        let scenario = Scenario(
            name: "recorded", queues: [CustomerQueue(name: "calls", arrivals: .recorded([0.5, 1, 1, 2]))],
            groups: [AgentGroup(name: "team", count: 1, handling: ServiceTime(mean: 10, law: .constant))],
            length: .seconds(60))
        var simulator = try Simulator(scenario, seed: 1)
        let lane = simulator.run().batches[0].lanes[0]
        #expect(lane.answered == 4)
        #expect(lane.waitOfAnswered == Int64((9.5 + 19.5 + 28.5) * 1e6))
    }

    @Test("A profile brings in every hour what it says")
    func profile() {
        let steps: [Arrivals.Step] = [
            .init(from: 0, perHour: 0), .init(from: 6, perHour: 1200), .init(from: 7.5, perHour: 300),
        ]
        var source = ArrivalSource(.profile(steps), stream: RandomStream(seed: 1, replication: 0, purpose: .arrivals))
        var byHour = [Int](repeating: 0, count: 24)
        while let moment = source.next(), moment < 10 * 86_400 {
            byHour[Int(moment / 3600) % 24] += 1
        }
        #expect(byHour[..<6].allSatisfy { $0 == 0 })
        #expect(abs(byHour[6] - 12_000) < 400)
        #expect(abs(byHour[7] - 7500) < 350)
        #expect(byHour[8...].allSatisfy { abs($0 - 3000) < 220 })
    }

    @Test("What cannot be simulated is refused with a reason")
    func refused() {
        var scenario = Self.day()
        scenario.groups[0].skills = []
        scenario.groups[1].skills = []
        #expect(throws: ScenarioError.self) { try scenario.check() }
    }
}
