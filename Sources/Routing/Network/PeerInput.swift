package import Federation
package import InteractionModel

/// What a peer said, as the core sees it: the content of messages and transfers stays outside.
package struct PeerInput: Sendable, Equatable {
    /// Who said it, from the key it was signed with.
    package var site: SiteName
    package var incarnation: Int64
    package var message: PeerMessage
    /// This site's own pseudonyms for the customer and the conversation; needed for an offer.
    package var party: PartyKey?
    package var thread: PartyKey?
    /// Whether the journal holds `key` already, looked up by whoever built this input.
    package var isRepeated: Bool

    package init(
        site: SiteName, incarnation: Int64, message: PeerMessage, party: PartyKey? = nil, thread: PartyKey? = nil,
        isRepeated: Bool = false
    ) {
        self.site = site
        self.incarnation = incarnation
        self.message = message
        self.party = party
        self.thread = thread
        self.isRepeated = isRepeated
    }

    /// What its fact is recorded under; nil where the state alone tells a repetition.
    package var key: IdempotencyKey? {
        switch message {
        case .offer(let transfer, let epoch): IdempotencyKey("custody:\(transfer.contact):\(epoch.rawValue)")
        case .customerWrote(_, let number, _), .agentWrote(_, let number, _, _):
            IdempotencyKey("peer:\(site):\(number)")
        case .cancel, .closed, .customerLeft, .delivery, .arrived: nil
        }
    }
}
