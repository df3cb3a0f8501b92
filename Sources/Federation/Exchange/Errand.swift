package import InteractionModel

/// One thing a site owes a peer, as its durable state says: light, so that thousands can be known; the message itself is
/// made when it is sent.
package struct Errand: Hashable, Sendable {
    package enum Matter: Hashable, Sendable {
        case offer(CustodyEpoch)
        case closed(CustodyEpoch)
        case customerWrote(number: Int64)
        case customerLeft
        case agentWrote(number: Int64)
        case delivery(number: Int64)
    }

    package var contact: ContactID
    /// Of the fact that made it owed: what a contact has to say is said in this order.
    package var sequence: Int64
    package var matter: Matter
    /// When it became owed.
    package var since: Timestamp

    package init(_ contact: ContactID, sequence: Int64, _ matter: Matter, since: Timestamp) {
        self.contact = contact
        self.sequence = sequence
        self.matter = matter
        self.since = since
    }

    package var isOffer: Bool {
        if case .offer = matter { true } else { false }
    }
}
