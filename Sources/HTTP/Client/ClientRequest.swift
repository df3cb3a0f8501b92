/// One request to another system, with everything it may cost in time and memory.
package struct ClientRequest: Sendable, Hashable {
    /// An upper-case token. `CONNECT` and `TRACE` are refused.
    package var method: String
    /// An absolute `http` or `https` URL in ASCII, without user information (that belongs in `authorization`).
    package var url: String
    /// Sent in this order. Framing fields (`Content-Length`, `Transfer-Encoding`, `Connection`, `Expect`, `Upgrade`, `Host`)
    /// are the client's own and are refused here, as are CR, LF and NUL anywhere.
    package var headers: [ClientField]
    package var body: Body
    package var authorization: Authorization
    package var trust = ClientTrust.authorities
    /// Shown to a server that asks for one.
    package var certificate: ClientCertificate?
    /// From `send` to the last byte of the answer, waiting for a free place included. Only a stream may have none.
    package var deadline: Duration? = .seconds(10)
    /// For name, TCP and TLS together.
    package var connectDeadline: Duration = .seconds(5)
    /// The longest time without a byte of the answer: from the start to its first, then between two. `nil`: only `deadline`
    /// counts.
    package var silenceMax: Duration?
    /// Bytes of answer body kept; one more ends the transfer with `.responseTooLarge`.
    package var responseBodyMax = 5 << 20
    /// Bytes of answer header accepted, interim answers and trailers included; one more is `.responseTooLarge`.
    package var responseHeadersMax = 64 << 10

    package init(
        _ method: String, _ url: String, headers: [ClientField] = [], body: Body = .none,
        authorization: Authorization = .none
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.authorization = authorization
    }

    package enum Body: Sendable, Hashable {
        case none
        case bytes([UInt8], contentType: String)
        /// Encoded as `application/x-www-form-urlencoded` (WHATWG URL §5.2).
        case form([ClientField])
    }

    package enum Authorization: Sendable, Hashable {
        case none
        /// RFC 7617, in UTF-8. A colon in `user` is refused: it would move the border to the password.
        case basic(user: String, password: String)
        /// RFC 6750 §2.1.
        case bearer(String)
    }

    /// Whether doing it twice is doing it once (RFC 9110 §9.2.2): only then may a dead kept-alive connection be
    /// answered by sending again.
    var isIdempotent: Bool { ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"].contains(method) }
}
