/// Why a request was refused before any handler saw it, and the status that says so.
///
/// Every refusal closes the connection: what follows a malformed message cannot be trusted to be the
/// start of the next one (RFC 9112 §11.2).
package struct Refusal: Error, Hashable, Sendable {
    /// A closed set, fit for a metric's label and a problem's type.
    package enum Reason: String, CaseIterable, Sendable {
        case malformedRequestLine = "malformed-request-line"
        case unsupportedTarget = "unsupported-target"
        case unsupportedVersion = "unsupported-version"
        case methodNotAllowed = "method-not-allowed"
        case illegalByte = "illegal-byte"
        case bareLineEnd = "bare-line-end"
        case malformedField = "malformed-field"
        case repeatedField = "repeated-field"
        case invalidHost = "invalid-host"
        case invalidFraming = "invalid-framing"
        case invalidChunk = "invalid-chunk"
        case headTooLarge = "head-too-large"
        case tooManyFields = "too-many-fields"
        case bodyTooLarge = "body-too-large"
        case unknownExpectation = "unknown-expectation"
        case contentEncoding = "content-encoding"
        case headTooSlow = "head-too-slow"
        case bodyTooSlow = "body-too-slow"
        case unanswered = "unanswered"
        case tooManyConnections = "too-many-connections"
        case tooManyFromAddress = "too-many-from-address"
        case reserveOnly = "reserve-only"
        case buffersFull = "buffers-full"
        case outOfDescriptors = "out-of-descriptors"
        case invalidUpgrade = "invalid-upgrade"
        case invalidResponse = "invalid-response"
        case tlsHandshake = "tls-handshake"
        case readerTooSlow = "reader-too-slow"
    }

    package let status: Int
    package let reason: Reason
    /// One sentence for the sender: the field, what is wrong with it, and what to send instead.
    package let detail: String

    package init(_ status: Int, _ reason: Reason, _ detail: String) {
        self.status = status
        self.reason = reason
        self.detail = detail
    }
}
