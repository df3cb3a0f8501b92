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
            var random = RandomSystem(seed: seed * Self.systemsPerSeed + system)
            var state = RoutingState()
            var oracle = Oracle()
            oracle.follow(state.apply(random.start()), at: state.now)
            oracle.follow(state.apply(Input(at: state.now, .planActivated(random.plan()))), at: state.now)
            for step in 0..<Self.inputsPerSystem {
                let input = random.next(for: state)
                oracle.follow(state.apply(input), at: state.now)
                let breaches = oracle.complaints + Invariants(state).breaches
                guard breaches.isEmpty else {
                    let event = "\(input.event)".prefix(60)
                    Issue.record("seed \(seed), system \(system), step \(step): \(breaches) after \(event)…")
                    return
                }
                if step % 10 == 9 { _ = state.takeChanges() }  // Rows are written by the batch.
            }
        }
    }
}
