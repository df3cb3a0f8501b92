import Federation
import InteractionModel
import Routing
import Testing

@testable import Simulation

/// Several production cores and what passes between them; every figure is `Deploy/simulate --pooling`.
@Suite struct SitesTests {
    private static func sites(_ count: Int, of agents: Int, load: Double, _ policy: SitePolicy, contacts: Int)
        -> Scenario
    {
        Scenario(
            name: "sites",
            queues: [CustomerQueue(name: "calls", arrivals: .rate(perHour: Double(count * agents) * load * 12))],
            groups: (0..<count).map {
                AgentGroup(name: "team\($0)", count: agents, site: "site\($0)", handling: ServiceTime(mean: 300))
            }, sites: policy, warmup: 600, length: .contacts(contacts))
    }

    private static func run(_ scenario: Scenario) throws -> Simulator {
        var simulator = try Simulator(scenario, seed: 1)
        _ = simulator.run()
        return simulator
    }

    private static func wait(_ simulator: Simulator) -> Double {
        var sum = Tally()
        for lane in simulator.finished.batches[0].lanes { sum.add(lane) }
        return Double(sum.waitOfAnswered) / 1e6 / Double(sum.answered)
    }

    /// Exact, the mean wait of separate sites is 75.49 s and of one pooled site 3.30 s.
    @Test(
        "A router that counts what it sent keeps what pooling is worth for half a minute; one that does not, loses it")
    func counting() throws {
        func wait(_ policy: SitePolicy) throws -> Double {
            Self.wait(try Self.run(Self.sites(8, of: 50, load: 0.95, policy, contacts: 2000)))
        }
        let pooled = try wait(SitePolicy(rule: .pooled))
        func share(_ policy: SitePolicy) throws -> Double { 1 - (try wait(policy) - pooled) / (75.49 - 3.30) }
        let counted = try share(SitePolicy(rule: .minimumDelay, reportEvery: 30))
        let naive = try share(SitePolicy(rule: .minimumDelay, reportEvery: 30, belief: .naive))
        #expect(counted > 0.96, "counted \(counted)")
        #expect(naive < 0.8, "naive \(naive)")
    }

    @Test("What is handed over ends once, where its agent is and at home, and nothing stays owed or in doubt")
    func handingOver() throws {
        let policy = SitePolicy(rule: .separate, interflow: 5)
        var scenario = Self.sites(4, of: 5, load: 0.85, policy, contacts: 600)
        scenario.queues[0].patience = 60
        let simulator = try Self.run(scenario)
        let result = simulator.finished
        #expect(result.refusals == 0)
        #expect(result.unresolved == 0)
        var open = 0
        var moved = 0
        for core in simulator.cores {
            #expect(core.state.conservationError == 0)
            #expect(core.state.peersOwed == [])
            for contact in core.state.custody.contacts {
                let row = core.state.custody[contact]?.row
                #expect(row?.state != .offered)
                if contact.site == core.name, row?.state == .gone { moved += 1 }
            }
            open += core.state.tallies.reduce(0) { $0 + Int($1.open - $1.away) }
        }
        #expect(moved > 50)
        #expect(open == simulator.slots.count)
    }

    @Test("A site that is asked knows itself as it is, and the others by report", arguments: [0.0, 5])
    func local(reportEvery: Double) throws {
        func wait(_ rule: SitePolicy.Rule) throws -> Double {
            let policy = SitePolicy(rule: rule, reportEvery: reportEvery)
            return Self.wait(try Self.run(Self.sites(3, of: 5, load: 0.8, policy, contacts: 600)))
        }
        #expect(try wait(.local) < wait(.separate) / 2)
    }

    @Test("The same seed makes the same decisions at every core")
    func repeated() throws {
        let scenario = Self.sites(3, of: 5, load: 0.8, SitePolicy(rule: .minimumDelay, reportEvery: 1), contacts: 200)
        #expect(try Self.run(scenario).finished.hash == Self.run(scenario).finished.hash)
    }
}
