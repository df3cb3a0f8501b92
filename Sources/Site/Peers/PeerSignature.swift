package import HTTP
import InteractionModel

/// How sites sign for one another: RFC 9421 with Ed25519 over everything that matters.
package enum PeerSignature {
    static let label = "peer"
    static let incarnationField = "interflow-incarnation"
    /// Seconds a signature is good for, and seconds two clocks may differ.
    static let lifetimeMax: Int64 = 60
    static let skewMax: Int64 = 60
    /// Clocks that differ by more than this are said to differ, long before anything is refused.
    static let skewWorthSaying: Int64 = 5
    /// Bytes of a body that peers send one another.
    static let bodyBytesMax = 4 << 20

    package static let request = rule([
        "@method", "@target-uri", "content-digest", "content-type", SignatureComponent(incarnationField),
    ])

    /// The answer moves custody, so it is signed too, and with it the very request it answers: method, address, body and,
    /// for two requests may be alike, the request's own signature.
    static let response = rule([
        "@status", "content-digest", SignatureComponent(incarnationField), .ofRequest("@method"),
        .ofRequest("@target-uri"), .ofRequest("content-digest"), .ofRequest("signature", key: label),
    ])

    private static func rule(_ components: [SignatureComponent]) -> SignatureRule {
        SignatureRule(components: components, tag: "interflow-peer", lifetimeMax: lifetimeMax, skewMax: skewMax)
    }

    /// The fields that a body and an incarnation add.
    package static func fields(body: [UInt8], incarnation: Int64) -> [HTTPField] {
        [
            HTTPField("Content-Digest", ContentDigest.value(of: body)),
            HTTPField("Interflow-Incarnation", "\(incarnation)"),
        ]
    }

    /// The fields `Signature-Input` and `Signature`.
    package static func sign(
        _ message: SignedMessage, answering request: SignedMessage? = nil, key: Ed25519.PrivateKey, now: Int64
    ) -> [HTTPField] {
        let rule = request == nil ? self.request : response
        let parameters = rule.parameters(
            at: now, keyID: key.publicKey.fingerprint, nonce: Base64.encode(RandomBytes.make(16)))
        do throws(SignatureFault) {
            return try MessageSignature.fields(
                label: label, parameters: parameters, message: message, request: request, key: key)
        } catch {
            preconditionFailure("A message of ours has every component that it signs: \(error)")
        }
    }

    package static func presented(
        _ message: SignedMessage, by rule: SignatureRule
    ) throws(SignatureFault) -> SignatureFields.Presented {
        let presented = try SignatureFields.read(
            input: message.field("signature-input"), signature: message.field("signature"))
        let picked = try rule.pick(from: presented)
        guard picked.label == label else { throw .malformed("it must have the label \(label)") }
        return picked
    }

    static func incarnation(_ message: SignedMessage) throws(SignatureFault) -> Int64 {
        guard let text = message.field(incarnationField), let number = Int64(text), number > 0, "\(number)" == text
        else {
            throw .component("Interflow-Incarnation is no number")
        }
        return number
    }
}
