package import InteractionModel

/// One thing a site tells a peer that the peer must hear: sent again until it is answered, taken once however often it comes.
package enum PeerMessage: Hashable, Sendable {
    /// OFFER(n).
    case offer(Transfer, CustodyEpoch)
    /// CANCEL(n): decide it, and refuse it if it is not decided yet.
    case cancel(ContactID, CustodyEpoch)
    /// The custodian closed it: whoever had it may let go of its conversation.
    case closed(ContactID, CustodyEpoch, disposition: String?)
    /// The customer wrote, at home; `number` is home's for the message.
    case customerWrote(ContactID, number: Int64, content: [UInt8])
    /// The customer gave up, at home.
    case customerLeft(ContactID, cause: String)
    /// An agent of the custodian wrote; `number` is the custodian's for the message. Home sends it.
    case agentWrote(ContactID, number: Int64, agent: AgentName, content: [UInt8])
    /// What became, at home, of the custodian's message `number`.
    case delivery(ContactID, number: Int64, DeliveryStatus, detail: String?)
    /// A new custodian to home, when the contact came from a third site: what the customer writes belongs here now.
    case arrived(ContactID, CustodyEpoch)
}

/// What a peer answers to one message, after its commit.
package enum PeerAnswer: Hashable, Sendable {
    /// ACC(n).
    case taken
    /// REF(n).
    case refused(reason: String)
    /// Heard, now or before.
    case done
    /// Not here any more: ask there.
    case elsewhere(SiteName)
    /// The contact has ended here: what comes now belongs to a new one.
    case ended
    /// No decision: ask again, after a pause.
    case later(reason: String)
}
