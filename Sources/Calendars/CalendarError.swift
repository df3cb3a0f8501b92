/// Why a calendar could not be made, in words for whoever wrote it.
package struct CalendarError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The zone or file concerned, and the component inside it.
    package let subject: String
    package let reason: String
    /// What to do next.
    package let hint: String?

    package init(_ subject: String, _ reason: String, hint: String? = nil) {
        self.subject = subject
        self.reason = reason
        self.hint = hint
    }

    package var description: String { "\(subject) \(reason)" + (hint.map { "; \($0)" } ?? "") }
}
