import InteractionModel
import JSON
import Routing

/// Inputs and facts in lines for a person.
enum StormText {
    static func line(_ input: Input) -> String {
        "\(input.at.milliseconds) \(short(input.event))"
    }

    static func line(_ fact: RecordedFact) -> String {
        var writer = JSONWriter()
        fact.fact.write(to: &writer)
        var body = String(decoding: writer.bytes, as: UTF8.self)
        if case .planActivated(let plan) = fact.fact { body = plan.version }  // The input above says it all.
        return "\(fact.sequence) \(fact.interaction.map { "#\($0.number) " } ?? "")\(fact.fact.type) \(body)"
    }

    private static func short(_ event: Input.Event) -> String {
        if case .planActivated(let plan) = event {
            var writer = JSONWriter()
            plan.write(to: &writer)
            return "plan " + String(decoding: writer.bytes, as: UTF8.self)
        }
        var text = "\(event)"
        for noise in ["Routing.", "InteractionModel.", "Optional"] { text = text.replacing(noise, with: "") }
        return text
    }
}
