import InteractionModel
import Routing

/// What the asker is told.
extension Oracle {
    /// Called after `follow`.
    mutating func check(_ answer: Answer, to input: Input, facts: [RecordedFact]) {
        if case .refused(let refusal) = answer { coverage.count("refused \(refusal.code)") }
    }
}
