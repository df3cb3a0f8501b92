package import ChannelKit
package import HTTP

/// Tells the two ways apart in which Twilio writes a body.
package enum SMSWire {
    /// What the signature covers; nil when the body is no form though it says so.
    package static func payload(of request: HTTPRequest) -> SMSSignature.Payload? {
        guard isForm(request) else { return .bytes(request.body) }
        return (try? Form(request.body)).map { .form($0.pairs) }
    }

    /// The parameters of a request whose signature was right.
    package static func parameters(of request: HTTPRequest) throws(FieldFault) -> SMSParameters {
        switch payload(of: request) {
        case .form(let pairs): SMSParameters(pairs)
        case .bytes(let body): try SMSParameters(json: body)
        case nil: throw FieldFault("The body", "must be a form or a JSON object")
        }
    }

    private static func isForm(_ request: HTTPRequest) -> Bool {
        let type = (request.header("Content-Type") ?? "").prefix { $0 != ";" }.lowercased()
        return type.split(separator: " ") == ["application/x-www-form-urlencoded"]
    }
}
