/// What a receiver asks of a signature before it believes it (RFC 9421 §3.2.1), and a sender writes.
package struct SignatureRule: Sendable, Hashable {
    /// What must be covered; more may be.
    package let components: [SignatureComponent]
    /// Which of a message's signatures is meant (RFC 9421 §2.3).
    package let tag: String
    /// Seconds between `created` and `expires` at most.
    package let lifetimeMax: Int64
    /// Seconds that the two clocks may differ.
    package let skewMax: Int64

    package init(components: [SignatureComponent], tag: String, lifetimeMax: Int64, skewMax: Int64) {
        self.components = components
        self.tag = tag
        self.lifetimeMax = lifetimeMax
        self.skewMax = skewMax
    }

    /// The one signature with the rule's tag. Two would leave open which of them was believed.
    package func pick(from presented: [SignatureFields.Presented]) throws(SignatureFault) -> SignatureFields.Presented {
        let mine = presented.filter { $0.parameters.tag == tag }
        guard let first = mine.first else { throw .missing }
        guard mine.count == 1 else { throw .malformed("two signatures have the tag \(tag)") }
        return first
    }

    /// Whether what the signature says of itself is enough, were it genuine. Costs no cryptography.
    /// - Parameter now: seconds of Unix time.
    package func check(_ parameters: SignatureParameters, at now: Int64) throws(SignatureFault) {
        for component in components where !parameters.components.contains(where: { $0.isSame(as: component) }) {
            throw .insufficient("\(component.text) is not covered")
        }
        guard let nonce = parameters.nonce, (1...SignatureFields.nameBytesMax).contains(nonce.utf8.count) else {
            throw .insufficient("it has no nonce of at most \(SignatureFields.nameBytesMax) bytes")
        }
        guard let created = parameters.created, let expires = parameters.expires, created > 0 else {
            throw .insufficient("it says not both when it was created and when it expires")
        }
        guard expires >= created, expires - created <= lifetimeMax else {
            throw .insufficient("it is good for more than \(lifetimeMax) s, or for less than none")
        }
        guard created <= now + skewMax else { throw .time("it was made \(created - now) s in the future") }
        guard expires >= now - skewMax else { throw .time("it expired \(now - expires) s ago") }
        guard created >= now - lifetimeMax - skewMax else { throw .time("it was made \(now - created) s ago") }
    }

    /// Parameters of a signature that the rule accepts from `now` on.
    package func parameters(at now: Int64, keyID: String, nonce: String) -> SignatureParameters {
        SignatureParameters(
            components: components, created: now, expires: now + lifetimeMax, keyID: keyID, nonce: nonce, tag: tag)
    }
}

/// Signing and verifying a whole message with Ed25519.
package enum MessageSignature {
    /// The two fields to add to `message`.
    /// - Throws: `.component`, when the message does not have what is to be covered.
    package static func fields(
        label: String, parameters: SignatureParameters, message: SignedMessage, request: SignedMessage? = nil,
        key: Ed25519.PrivateKey
    ) throws(SignatureFault) -> [HTTPField] {
        let base = try SignatureBase.bytes(of: parameters, message: message, request: request)
        return [
            HTTPField("Signature-Input", "\(label)=\(parameters.text)"),
            HTTPField("Signature", "\(label)=\(StructuredItem.bytes(key.signature(over: base)).text)"),
        ]
    }

    /// - Throws: `.wrong` when `key` did not sign this message, `.component` when it lacks what is said to be covered.
    package static func verify(
        _ presented: SignatureFields.Presented, message: SignedMessage, request: SignedMessage? = nil,
        key: Ed25519.PublicKey
    ) throws(SignatureFault) {
        let base = try SignatureBase.bytes(of: presented.parameters, message: message, request: request)
        guard key.verifies(presented.signature, over: base) else { throw .wrong }
    }
}
