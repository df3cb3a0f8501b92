import Configuration
import Foundation
import Simulation
import Testing

@testable import interflow

@Suite struct ScenarioTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Deploy/Examples/Scenarios").standardizedFileURL

    private func scenario(_ text: String) throws -> Scenario {
        try ConfigurationFile.read(ScenarioFile.self, bytes: Array(text.utf8), file: "case.yaml").root.scenario(
            named: "case")
    }

    @Test("Every example is a scenario that can be simulated")
    func examples() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter {
            $0.hasSuffix(".yaml")
        }
        #expect(files.count > 20)
        for file in files {
            var scenario = try ScenarioFile.load(Self.folder.appendingPathComponent(file).path)
            scenario.warmup = 0
            scenario.length = .contacts(20)
            var simulator = try Simulator(scenario, seed: 1)
            #expect(simulator.run().refusals == 0, "\(file)")
        }
    }

    @Test("Every key is read as it is documented")
    func keys() throws {
        let text = """
            queues:
              a: {arrivals: [{from: 8, perHour: 90}, {from: 18:30, perHour: 5}], priority: 60, skills: {german: 3}, patience: 3m}
              b: {arrivals: [0.5, 3, 9.25], patience: none, serviceLevel: 30, waitingMax: 7, handling: 200}
              c: {arrivals: 12, handling: {mean: 300, distribution: lognormal, cv: 0.8}}
            agents:
              - {name: day, count: 20, skills: {german: 5}, site: berlin, handling: 5m, distribution: erlang 3, shifts: [{from: 8, to: 16}]}
            policy: {order: random, priority: strict}
            sites: {rule: med, reportEvery: 30, belief: naive, interflow: 5}
            lines: 120
            waitingMax: 30
            warmup: 10h
            duration: 30d
            """
        let queues = [
            CustomerQueue(
                name: "a", arrivals: .profile([.init(from: 8, perHour: 90), .init(from: 18.5, perHour: 5)]),
                priority: 60,
                skills: [SkillLevel("german", 3)], patience: 180),
            CustomerQueue(
                name: "b", arrivals: .recorded([0.5, 3, 9.25]), serviceLevel: 30, waitingMax: 7,
                handling: ServiceTime(mean: 200)),
            CustomerQueue(
                name: "c", arrivals: .rate(perHour: 12),
                handling: ServiceTime(mean: 300, law: .lognormal(variation: 0.8))),
        ]
        let group = AgentGroup(
            name: "day", count: 20, skills: [SkillLevel("german", 5)], site: "berlin",
            handling: ServiceTime(mean: 300, law: .erlang(phases: 3)), shifts: [.init(from: 8, to: 16)])
        let expected = Scenario(
            name: "case", queues: queues, groups: [group], policy: Policy(order: .random, priority: .strict),
            sites: SitePolicy(rule: .minimumDelay, reportEvery: 30, belief: .naive, interflow: 5), lines: 120,
            waitingMax: 30, warmup: 36_000, length: .seconds(30 * 86_400))
        #expect(try scenario(text) == expected)
    }

    @Test(
        "What a scenario may not say is refused with its line",
        arguments: [
            ("queues: {a: {arrivals: 1, prio: 2}}", "case.yaml:1:27: queues.a.prio: unknown key"),
            ("queues: {a: {arrivals: [1, {from: 2, perHour: 3}]}}", "mixes seconds and steps"),
            ("queues: {a: {arrivals: [3, 1]}}", "do not ascend"),
            ("queues: {a: {arrivals: 1, patience: soon}}", "must be seconds, or none"),
            ("queues: {a: {arrivals: 1}}\nduration: 5", "agents: is missing"),
        ])
    func refusals(_ text: String, _ complaint: String) {
        let error = #expect(throws: ConfigurationError.self) { try scenario(text) }
        #expect("\(error.map { "\($0)" } ?? "")".contains(complaint), "\(String(describing: error))")
    }

    @Test("The number of threads changes nothing")
    func threads() throws {
        let text = "queues: {a: {arrivals: 60}}\nagents: [{name: t, count: 5, handling: 180}]\ncontacts: 200"
        let scenario = try scenario(text)
        let reports = try [1, 3].map { threads in
            try SimulationRunner(scenario: scenario, seed: 5, replications: 5, threads: threads).run(reporting: nil).0
        }
        #expect(reports[0].hash == reports[1].hash)
        #expect(reports[0].total.values == reports[1].total.values)
    }
}
