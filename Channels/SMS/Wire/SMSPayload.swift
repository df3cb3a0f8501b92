package import HTTP

/// Tells the two ways apart in which Twilio writes a body.
extension SMSSignature.Payload {
    /// What the signature covers; nil when the body is no form though it says so.
    package init?(of request: HTTPRequest) {
        guard Self.isForm(request) else {
            self = .bytes(request.body)
            return
        }
        guard let form = try? Form(request.body) else { return nil }
        self = .form(form.pairs)
    }

    /// The media type without its parameters, compared without case (RFC 9110 §8.3.1).
    private static func isForm(_ request: HTTPRequest) -> Bool {
        let type = (request.header("Content-Type") ?? "").utf8.prefix {
            $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ")
        }
        return type.elementsEqual("application/x-www-form-urlencoded".utf8) { $0 == $1 || $0 | 0x20 == $1 }
    }
}
