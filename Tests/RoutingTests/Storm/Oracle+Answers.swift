import InteractionModel
import Routing

/// What the asker is told.
extension Oracle {
    /// Called after `follow`.
    mutating func check(_ answer: Answer, to input: Input, facts: [RecordedFact]) {
        defer { checkRefusal(answer, to: input, facts: facts) }
        if case .refused(let refusal) = answer { coverage.count("refused \(refusal.code)") }
    }

    /// A new contact is refused when the policy says so, and only then. What is refused changes nothing, so the state
    /// of now is the one that was asked.
    private mutating func checkRefusal(_ answer: Answer, to input: Input, facts: [RecordedFact]) {
        guard case .contact(let contact) = input.event, case .refused(let refusal) = answer else { return }
        let place = arrival(of: contact, at: max(now, input.at.milliseconds))
        if place != .refused(refusal.code) { complain("refused with \(refusal.code), expected \(place)") }
    }
}
