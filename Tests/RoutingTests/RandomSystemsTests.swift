import InteractionModel
import Testing

@testable import Routing

@Suite struct RandomSystemsTests {
    /// A dose for every day; `Deploy/oracle` gives a million inputs.
    static let systems = 32
    static let inputsPerSystem = 700

    @Test("Whatever happens, each decision is the one brute force makes, no state is inconsistent, and every rule had its say")
    func oracle() async {
        var coverage = Coverage()
        await withTaskGroup(of: (String?, Coverage).self) { group in
            for seed in 0..<Self.systems { group.addTask { Self.live(seed: seed) } }
            for await (difference, occurred) in group {
                coverage.add(occurred)
                if let difference { Issue.record("\(difference)") }
            }
        }
        #expect(coverage.missing(Coverage.expected(of: .landed)) == [])
    }

    /// One system from its beginning to its first difference, if there is one.
    private static func live(seed: Int) -> (String?, Coverage) {
        var run = StormRun(seed: seed)
        run.inspect = { Invariants($0).breaches }
        run.begin()
        for step in 0..<inputsPerSystem where run.complaints.isEmpty {
            run.step()
            guard !run.complaints.isEmpty else { continue }
            let event = "\(run.inputs.last!.event)".prefix(60)
            let why = "seed \(seed), step \(step): \(run.complaints.prefix(3)) after \(event)…"
            return (why + " Deploy/oracle --seed \(seed) finds the shortest way there.", run.oracle.coverage)
        }
        return (run.complaints.first, run.oracle.coverage)
    }
}
