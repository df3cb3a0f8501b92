import Testing

@testable import Simulation

/// Set-ups whose truth is known in closed form: Erlang C, Erlang A, and Cobham's two priority classes.
struct GroundTruth: Sendable, CustomTestStringConvertible {
    let name: String
    let perHour: Double
    let handling: Double
    let agents: Int
    let patience: Double?
    let exact: [Metric: Double]

    var testDescription: String { name }

    static let cases = [
        GroundTruth(
            name: "C1", perHour: 60, handling: 180, agents: 5, patience: nil,
            exact: [
                .pWait: 0.236_151_603, .asa: 21.253_644_315, .serviceLevel: 0.810_904_578, .abandonment: 0,
                .occupancy: 0.6, .p90: 77.337_342_045,
            ]),
        GroundTruth(
            name: "C3", perHour: 600, handling: 300, agents: 53, patience: nil,
            exact: [
                .pWait: 0.578_101_197, .asa: 57.810_119_720, .serviceLevel: 0.526_690_771, .abandonment: 0,
                .occupancy: 0.943_396_226, .p90: 175.457_874_902,
            ]),
        GroundTruth(
            name: "C5", perHour: 2880, handling: 60, agents: 50, patience: nil,
            exact: [
                .pWait: 0.694_455_611, .asa: 20.833_668_336, .serviceLevel: 0.643_454_601, .abandonment: 0,
                .occupancy: 0.96, .p90: 58.138_741_782,
            ]),
        GroundTruth(
            name: "A1", perHour: 2880, handling: 60, agents: 50, patience: 120,
            exact: [
                .pWait: 0.467_774_069, .asa: 3.615_900_240, .waitAll: 3.709_469_899, .serviceLevel: 0.943_018_955,
                .serviceLevelAnswered: 0.973_099_654, .serviceLevelLessShortAbandons: 0.972_029_603,
                .abandonment: 0.030_912_249, .blocked: 0, .occupancy: 0.930_324_241,
            ]),
        GroundTruth(
            name: "A2", perHour: 60, handling: 180, agents: 4, patience: 60,
            exact: [
                .pWait: 0.292_620_693, .asa: 5.402_236_744, .waitAll: 8.839_310_197, .serviceLevel: 0.772_285_555,
                .serviceLevelAnswered: 0.905_717_524, .serviceLevelLessShortAbandons: 0.832_642_668,
                .abandonment: 0.147_321_837, .blocked: 0, .occupancy: 0.639_508_623,
            ]),
        GroundTruth(
            name: "A3", perHour: 600, handling: 300, agents: 50, patience: 120,
            exact: [
                .pWait: 0.411_075_786, .asa: 7.645_624_221, .waitAll: 8.272_252_694, .serviceLevel: 0.783_871_862,
                .serviceLevelAnswered: 0.841_909_246, .serviceLevelLessShortAbandons: 0.822_248_403,
                .abandonment: 0.068_935_439, .blocked: 0, .occupancy: 0.931_064_561,
            ]),
    ]

    static func named(_ name: String) -> GroundTruth { cases.first { $0.name == name } ?? cases[0] }

    func scenario(contacts: Int, warmup: Double, order: Policy.AgentOrder = .longestIdle) -> Scenario {
        Scenario(
            name: name, queues: [CustomerQueue(name: "calls", arrivals: .rate(perHour: perHour), patience: patience)],
            groups: [AgentGroup(name: "team", count: agents, handling: ServiceTime(mean: handling))],
            policy: Policy(order: order), warmup: warmup, length: .contacts(contacts))
    }
}

/// Replications one after another, for tests.
func simulate(_ scenario: Scenario, seed: UInt64 = 1, replications: Int = 1) throws -> SimulationReport {
    let batches = replications == 1 ? SimulationReport.batchesOfOne : 1
    let results = try (0..<replications).map { replication in
        var simulator = try Simulator(scenario, seed: seed, replication: replication, batches: batches)
        return simulator.run()
    }
    return SimulationReport(scenario, seed: seed, results)
}
