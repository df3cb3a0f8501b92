package import ChannelKit
package import HTTP
package import InteractionModel

/// A request exactly as Twilio would post it, signature included: for trying a site out, and for tests.
package struct SMSRequest: Sendable {
    /// The public URL it is signed for.
    package let url: String
    package let headers: [HTTPField]
    package let body: [UInt8]

    /// Signs `parameters` for `url`, which is the public one, query included. It may be sent anywhere.
    package static func sign(
        _ parameters: [Form.Pair], url: String, key: SignatureKey, algorithm: SignatureKey.Algorithm = .hmacSHA1
    ) -> SMSRequest {
        let code = SMSSignature.code(url: url, payload: .form(parameters), key: key, algorithm: algorithm)
        return SMSRequest(
            url: url, headers: headers("application/x-www-form-urlencoded; charset=UTF-8", code, algorithm),
            body: encoded(parameters))
    }

    /// Signs a JSON body: its digest is added to the URL, and the URL is signed.
    package static func sign(
        json body: [UInt8], url: String, key: SignatureKey, algorithm: SignatureKey.Algorithm = .hmacSHA1
    ) -> SMSRequest {
        let signedURL = "\(url)\(url.contains("?") ? "&" : "?")bodySHA256=\(SHA256Digest.hexadecimal(of: body))"
        let code = SMSSignature.code(url: signedURL, payload: .bytes(body), key: key, algorithm: algorithm)
        return SMSRequest(url: signedURL, headers: headers("application/json", code, algorithm), body: body)
    }

    /// The parameters of an incoming text as Twilio names them. `sid`: two letters and 32 hexadecimal digits.
    package static func parameters(
        sid: String, accountSid: String, from: String, to: String, content: MessageContent
    ) -> [Form.Pair] {
        let media = content.media.enumerated().flatMap { number, reference in
            [
                Form.Pair("MediaUrl\(number)", reference.url),
                Form.Pair("MediaContentType\(number)", reference.contentType),
            ]
        }
        return [
            Form.Pair("MessageSid", sid), Form.Pair("AccountSid", accountSid), Form.Pair("From", from),
            Form.Pair("To", to), Form.Pair("Body", content.text), Form.Pair("NumMedia", "\(content.media.count)"),
        ] + media
    }

    private static func headers(
        _ contentType: String, _ code: AuthenticationCode, _ algorithm: SignatureKey.Algorithm
    ) -> [HTTPField] {
        let settings =
            algorithm == .hmacSHA256
            ? [HTTPField(SMSSignature.settingsHeader, "key=shared,algorithm=HMAC_SHA256")] : []
        return [HTTPField("Content-Type", contentType), HTTPField(SMSSignature.header, code.base64)] + settings
    }

    /// As browsers and Twilio write a form (WHATWG URL §5.2): a space is a plus sign.
    private static func encoded(_ parameters: [Form.Pair]) -> [UInt8] {
        let pieces = parameters.map { pair in
            [pair.name, pair.value].map {
                PercentEncoding.encode($0).split(separator: "%20", omittingEmptySubsequences: false).joined(
                    separator: "+")
            }
            .joined(separator: "=")
        }
        return Array(pieces.joined(separator: "&").utf8)
    }
}
