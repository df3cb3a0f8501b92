/// Why there is no whole answer, and what became of the request.
package struct ClientFailure: Error, Sendable, Hashable {
    package var reason: Reason
    package var delivery: Delivery
    /// The status, where the answer had begun when it failed: the far end has then seen the request.
    package var status: Int?
    /// For the log: origin and libcurl's words. Never holds a path, a query, a header or a credential (a path may be one).
    package var cause: String

    package init(_ reason: Reason, _ delivery: Delivery, status: Int? = nil, cause: String) {
        self.reason = reason
        self.delivery = delivery
        self.status = status
        self.cause = cause
    }

    /// The router's question after a failure.
    package enum Delivery: Sendable, Hashable {
        /// No byte of the request left: sending it again (or elsewhere) cannot do it twice.
        case notSent
        /// Some of it left; the other side may have acted on it. Send again only under the same idempotency key.
        case unknown
    }

    package enum Reason: Sendable, Hashable {
        /// The request itself cannot be sent; it will fail each time until it is changed.
        case invalidRequest
        /// `waitingMax` requests already wait; try again when some have finished.
        case tooManyWaiting
        /// The host name has no address now.
        case unresolved
        /// Every address of the host is one that `AddressPolicy.publicOnly` forbids.
        case addressForbidden
        /// Nobody accepted the connection.
        case unreachable
        /// No trustworthy TLS session: certificate, name, protocol version or an unreadable authority file.
        case untrusted
        case timedOut
        /// The connection ended before the answer did.
        case cut
        case responseTooLarge
        /// What came back is not HTTP, or not a WebSocket where one was asked for.
        case malformedResponse
        case cancelled
        case shutDown
        /// libcurl or the machine refused (memory, threads, descriptors).
        case exhausted
    }

    /// A sentence for somebody who may not know our configuration; without names, addresses or credentials.
    package var publicText: String {
        switch reason {
        case .invalidRequest: "The request to the other system could not be formed; its configuration needs a look."
        case .tooManyWaiting: "Too many requests are waiting for the other system; try again shortly."
        case .unresolved: "The other system's name could not be found; try again later."
        case .addressForbidden: "The other system's address is not one that may be contacted."
        case .unreachable: "The other system did not accept a connection; try again later."
        case .untrusted: "The other system could not prove who it is; nothing was sent."
        case .timedOut: "The other system did not answer in time."
        case .cut: "The connection to the other system ended too early."
        case .responseTooLarge: "The other system's answer was too large."
        case .malformedResponse: "The other system's answer could not be understood."
        case .cancelled: "The request was cancelled."
        case .shutDown: "This site is shutting down; try again later."
        case .exhausted: "This site has no room for the request now; try again later."
        }
    }
}
