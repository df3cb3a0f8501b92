/// One thing wrong with a configuration: where, why, and what to write instead.
package struct Complaint: Hashable, Sendable {
    package let place: Place
    /// Reads on from the key's name: "must be an integer from 0 to 20, not 25".
    package let reason: String
    /// What to do about it, where that is known.
    package let hint: String?

    package init(at place: Place, _ reason: String, hint: String? = nil) {
        self.place = place
        self.reason = reason
        self.hint = hint
    }
}

extension Complaint: CustomStringConvertible {
    /// `interflow.yaml:12:5: queues.support.offerTimout: unknown key; did you mean offerTimeout?`
    package var description: String {
        var text = place.file
        if place.line > 0 { text += ":\(place.line):\(place.column)" }
        if place.path != .root { text += ": \(place.path)" }
        text += ": \(reason)"
        if let hint { text += "; \(hint)" }
        return text
    }
}
