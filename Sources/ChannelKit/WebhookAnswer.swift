package import HTTP
import InteractionModel

/// The answers of a webhook that are no acknowledgement. Every adapter gives the same ones.
package enum WebhookAnswer {
    /// 401, and not a word about what was missing or wrong: only its counter says that.
    package static let unauthenticated = HTTPResponse(
        Problem(status: 401, detail: "The request is not signed as this webhook asks for."),
        headers: [HTTPField("WWW-Authenticate", "Signature")])

    /// 400, or 403 where the event is about somebody else's account. Only for requests whose signature was right.
    package static func rejected(_ fault: FieldFault) -> HTTPResponse {
        HTTPResponse(
            Problem(
                status: fault.rejection == .wrongAccount ? 403 : 400,
                type: "urn:interflow:problem:channel:\(fault.rejection.rawValue)",
                detail: "\(fault.field): \(fault.reason)"))
    }

    /// 503 with `Retry-After` (RFC 9110 §10.2.3): nothing was kept.
    package static func refused(_ refusal: Submission.Refusal) -> HTTPResponse {
        let seconds = max(1, (refusal.retryAfter.milliseconds + 999) / 1000)
        return HTTPResponse(
            Problem(
                status: 503, type: "urn:interflow:problem:channel:\(refusal.reason.rawValue)",
                detail: "Nothing was kept. Send it again in \(seconds) s."),
            headers: [HTTPField("Retry-After", "\(seconds)")])
    }
}
