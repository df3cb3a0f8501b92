/// What a signature covers and says of itself (RFC 9421 §2.3), in the order in which it is signed.
package struct SignatureParameters: Sendable, Hashable {
    package let components: [SignatureComponent]
    package let parameters: [StructuredParameter]

    package init(components: [SignatureComponent], parameters: [StructuredParameter]) {
        self.components = components
        self.parameters = parameters
    }

    /// The usual ones, in a fixed order. Never `alg`: the key's record says how it signs, the message has no say.
    package init(
        components: [SignatureComponent], created: Int64, expires: Int64, keyID: String, nonce: String, tag: String
    ) {
        self.init(
            components: components,
            parameters: [
                StructuredParameter("created", .integer(created)), StructuredParameter("expires", .integer(expires)),
                StructuredParameter("nonce", .string(nonce)), StructuredParameter("keyid", .string(keyID)),
                StructuredParameter("tag", .string(tag)),
            ])
    }

    /// The value of `@signature-params`, and of the label in `Signature-Input`.
    package var text: String {
        "(\(components.map(\.text).joined(separator: " ")))" + parameters.map(\.text).joined()
    }

    /// In seconds of Unix time.
    package var created: Int64? { integer("created") }
    package var expires: Int64? { integer("expires") }
    package var keyID: String? { string("keyid") }
    package var nonce: String? { string("nonce") }
    package var tag: String? { string("tag") }

    private func integer(_ name: String) -> Int64? {
        guard case .integer(let number)? = value(name) else { return nil }
        return number
    }

    private func string(_ name: String) -> String? {
        guard case .string(let text)? = value(name) else { return nil }
        return text
    }

    private func value(_ name: String) -> StructuredItem? { parameters.first { $0.name == name }?.value }
}
