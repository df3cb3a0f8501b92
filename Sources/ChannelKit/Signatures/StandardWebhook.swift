package import Configuration
package import HTTP
package import InteractionModel

/// A webhook signed as "Standard Webhooks" 1.0.0 asks: HMAC-SHA256 over `id.timestamp.body`, in three header fields.
///
/// The content must be an object of JSON: it begins with a brace, so no other division of the signed text is one.
package enum StandardWebhook {
    /// How far the sender's clock and ours may differ.
    package static let window = Span.minutes(5)
    /// Signatures in one header, for a sender that changes its key; further ones are not looked at.
    package static let signaturesMax = 8
    package static let idBytesMax = 100

    private static let idHeader = "webhook-id"
    private static let timestampHeader = "webhook-timestamp"
    private static let signatureHeader = "webhook-signature"

    /// Reads a secret in its usual form, `whsec_` and bytes in base64; nil for anything else.
    /// The standard advises 24 to 64 bytes; its own examples have 18, so 16 to 64 are taken.
    package static func key(_ secret: Secret) -> SignatureKey? {
        let text = secret.withBytes { String(decoding: $0, as: UTF8.self) }
        guard text.hasPrefix("whsec_"), let bytes = Base64.decode(String(text.dropFirst(6))),
            (16...64).contains(bytes.count)
        else { return nil }
        return SignatureKey(Secret(bytes))
    }

    /// The header fields to send with `body`. `id` is the same over every repetition.
    package static func headers(id: String, at time: Timestamp, body: [UInt8], key: SignatureKey) -> [HTTPField] {
        let timestamp = "\(time.milliseconds / 1000)"
        let code = code(id: id, timestamp: timestamp, body: body, key: key)
        return [
            HTTPField(idHeader, id), HTTPField(timestampHeader, timestamp),
            HTTPField(signatureHeader, "v1,\(code.base64)"),
        ]
    }

    /// The request's identifier, once one of `keys` has signed it and its time is near `now`.
    package static func verifiedID(
        of request: HTTPRequest, keys: [SignatureKey], now: Timestamp
    ) throws(Rejection) -> String {
        guard let id = request.header(idHeader), let timestamp = request.header(timestampHeader),
            let signatures = request.header(signatureHeader)
        else { throw .signatureMissing }
        let presented = signatures.split(separator: " ").prefix(signaturesMax)
            .filter { $0.hasPrefix("v1,") }.map { $0.utf8.dropFirst(3) }
        let isSigned = keys.contains { key in
            let code = code(id: id, timestamp: timestamp, body: request.body, key: key)
            return presented.contains { code.isWritten(base64: $0) }
        }
        guard isSigned, (1...idBytesMax).contains(id.utf8.count) else { throw .signatureWrong }
        guard let seconds = Int64(timestamp), isNear(seconds, now) else { throw .timestampOutsideWindow }
        return id
    }

    private static func isNear(_ seconds: Int64, _ now: Timestamp) -> Bool {
        let ours = now.milliseconds / 1000
        let allowed = window.milliseconds / 1000
        return (ours - allowed...ours + allowed).contains(seconds)
    }

    private static func code(id: String, timestamp: String, body: [UInt8], key: SignatureKey) -> AuthenticationCode {
        key.code(over: Array("\(id).\(timestamp).".utf8) + body, by: .hmacSHA256)
    }
}
