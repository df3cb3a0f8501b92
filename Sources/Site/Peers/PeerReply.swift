/// What came of asking a peer.
package enum PeerReply: Sendable, Hashable {
    /// Signed by that very peer, over this answer and the request it answers; 200 to 499, but neither 408 nor 429.
    case answered(status: Int, body: [UInt8], incarnation: Int64)
    /// Whatever else: what the peer did is not known. Ask again later.
    case noAnswer(NoAnswer)
}

/// Why there is no answer to be believed.
package struct NoAnswer: Error, Sendable, Hashable {
    /// A closed set, fit for a metric's label.
    package enum Reason: String, Sendable, CaseIterable {
        /// No peer of that name is in the book.
        case unknownPeer = "unknown-peer"
        case unreachable
        /// TLS: a certificate or key that is not the peer's.
        case untrusted
        case timedOut = "timed-out"
        /// The connection ended before the answer did.
        case cut
        /// Signed, and the peer can take nothing now (5xx, 408, 429).
        case busy
        /// Not signed: the peer does not take our signature, or something before the peer answered in its place.
        case refused
        /// Not signed, and nothing that a peer says.
        case unsigned
        /// Signed, but not by a key of this peer, not over this answer, or not for this request.
        case badSignature = "bad-signature"
        case garbage
        /// Too much waits to be sent from here.
        case overloaded
        case shutDown = "shut-down"
    }

    package var reason: Reason
    /// False: no byte of the request left.
    package var wasSent: Bool
    /// For the diary and for operators. Words of the other side that nothing proves are marked as such.
    package var detail: String
    /// What an unsigned refusal calls itself (`peer-unknown-key`), when it is one of ours.
    package var claim: String?

    init(_ reason: Reason, wasSent: Bool, _ detail: String, claim: String? = nil) {
        self.reason = reason
        self.wasSent = wasSent
        self.detail = detail
        self.claim = claim
    }
}
