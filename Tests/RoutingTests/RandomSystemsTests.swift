import InteractionModel
import Testing

@testable import Routing

@Suite struct RandomSystemsTests {
    /// Systems in all: 25 seeds of 8.
    static let systemsPerSeed = 8
    static let inputsPerSystem = 1000

    @Test("Whatever happens, each offer is the one brute force makes and no state is inconsistent", arguments: 0..<25)
    func oracle(seed: Int) {
        for system in 0..<Self.systemsPerSeed {
            var run = StormRun(seed: seed * Self.systemsPerSeed + system)
            run.inspect = { Invariants($0).breaches }
            run.begin()
            for step in 0..<Self.inputsPerSystem {
                run.step()
                guard run.complaints.isEmpty else {
                    let event = "\(run.inputs.last!.event)".prefix(60)
                    Issue.record("seed \(seed), system \(system), step \(step): \(run.complaints) after \(event)…")
                    return
                }
            }
        }
    }
}
