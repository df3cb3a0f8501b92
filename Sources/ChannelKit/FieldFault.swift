/// What is wrong with a request that its provider signed: the field, why, and by that what to send instead.
package struct FieldFault: Error, Hashable, Sendable {
    /// As the provider spells it: `MessageSid`.
    package let field: String
    /// Reads on from the field's name, in words fit for a stranger: "is missing".
    package let reason: String
    package let rejection: Rejection

    package init(_ field: String, _ reason: String, counting rejection: Rejection = .malformed) {
        self.field = field
        self.reason = reason
        self.rejection = rejection
    }
}
