/// Why a text is not a value of a type: the middle and the end of a complaint.
package struct Refusal: Error, Hashable, Sendable {
    /// Reads on from the key's name: "needs a unit".
    package let reason: String
    package let hint: String?

    package init(_ reason: String, hint: String? = nil) {
        self.reason = reason
        self.hint = hint
    }
}
