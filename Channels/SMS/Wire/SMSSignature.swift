package import ChannelKit
package import HTTP

/// Twilio's webhook signature: a keyed hash over the public URL and the sorted parameters, in base64.
///
/// Source: Twilio, "Webhooks Security", and the behaviour of its Python library 9.13.0, against which
/// `Tests/Vendor/twilio-validator.py` compares this code. The scheme signs no time, so a repetition is only recognised
/// by its message's identifier; and it joins names and values without a separator, so nothing may depend on a parameter
/// that is merely absent.
package enum SMSSignature {
    /// What is signed beside the URL.
    package enum Payload: Hashable, Sendable {
        case form([Form.Pair])
        /// Any other body: its digest stands in the URL as `bodySHA256`.
        case bytes([UInt8])
    }

    package static let header = "X-Twilio-Signature"
    /// Sent beside signatures made with a shared key: `key=…,algorithm=HMAC_SHA256`.
    package static let settingsHeader = "X-Twilio-Webhooks-Signature-Settings"

    /// The code for exactly this URL.
    package static func code(
        url: String, payload: Payload, key: SignatureKey, algorithm: SignatureKey.Algorithm
    ) -> AuthenticationCode {
        key.code(over: message(url: url, payload: payload), by: algorithm)
    }

    /// Whether `signature` is right for the URL with or without its port, by any of the keys.
    ///
    /// COMPAT(Twilio, 2026): its own validators accept both URLs, because its signers do not agree on the port.
    package static func isValid(
        _ signature: String, url: String, payload: Payload, keys: [SignatureKey], algorithm: SignatureKey.Algorithm
    ) -> Bool {
        if case .bytes(let body) = payload, !hasDigest(of: body, in: url) { return false }
        let isSigned = { (spelling: String) in
            let message = message(url: spelling, payload: payload)
            return keys.contains { $0.code(over: message, by: algorithm).isWritten(base64: signature.utf8) }
        }
        return isSigned(url) || SignedURL.twin(of: url).map(isSigned) == true
    }

    /// The algorithm that the settings header names; SHA-1 without one, nil when it is unknown to us.
    package static func algorithm(settings: String?) -> SignatureKey.Algorithm? {
        let named = (settings ?? "").split(separator: ",").lazy.compactMap(algorithmName).first
        switch named ?? "HMAC_SHA1" {
        case "HMAC_SHA1": return .hmacSHA1
        case "HMAC_SHA256": return .hmacSHA256
        default: return nil
        }
    }

    private static func algorithmName(_ part: Substring) -> String? {
        guard let sign = part.firstIndex(of: "="), part[..<sign].isSpelled("algorithm") else { return nil }
        let value = part[part.index(after: sign)...].split(separator: " ").joined(separator: " ")
        return value.isEmpty ? nil : value.uppercased()
    }

    /// The URL, then the parameters: names in order of their bytes; a name's values without repetitions, in order too.
    private static func message(url: String, payload: Payload) -> [UInt8] {
        var message = Array(url.utf8)
        guard case .form(let pairs) = payload else { return message }
        let signed = pairs.sorted { one, other in
            // Compared as bytes: strings that only look alike are different names and values.
            one.name.utf8.elementsEqual(other.name.utf8)
                ? one.value.utf8.lexicographicallyPrecedes(other.value.utf8)
                : one.name.utf8.lexicographicallyPrecedes(other.name.utf8)
        }
        for (place, pair) in signed.enumerated() {
            if place > 0, isSame(signed[place - 1], pair) { continue }
            message += pair.name.utf8
            message += pair.value.utf8
        }
        return message
    }

    private static func isSame(_ one: Form.Pair, _ other: Form.Pair) -> Bool {
        one.name.utf8.elementsEqual(other.name.utf8) && one.value.utf8.elementsEqual(other.value.utf8)
    }

    /// Whether the URL's query holds the body's SHA-256 in lower-case hexadecimal. The digest is no secret.
    private static func hasDigest(of body: [UInt8], in url: String) -> Bool {
        guard let mark = url.firstIndex(of: "?"),
            let query = try? Form(String(url[url.index(after: mark)...])),
            let digest = query.values(of: "bodySHA256").first(where: { !$0.isEmpty })
        else { return false }
        return digest == SHA256Digest.hexadecimal(of: body)
    }
}

extension Substring {
    /// Whether this is `word`, spaces around it aside.
    fileprivate func isSpelled(_ word: String) -> Bool {
        split(separator: " ").elementsEqual([word[...]])
    }
}
