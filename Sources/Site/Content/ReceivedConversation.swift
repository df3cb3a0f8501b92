import Federation
import InteractionModel

/// The conversation that came with a contact from another site, and this site's own names for whose it is.
struct ReceivedConversation {
    let party: PartyKey
    let thread: PartyKey
    /// Written anew: nothing is kept in a peer's own words but what people wrote.
    let content: [UInt8]

    /// Nil when the content is no conversation, or does not say who the customer is.
    init?(_ transfer: Transfer, _ pseudonyms: PartyPseudonyms) {
        guard let conversation = Conversation(bytes: transfer.content), let first = conversation.lines.first?.content
        else { return nil }
        party = pseudonyms.party(channel: transfer.channel, address: first.from)
        thread = pseudonyms.thread(
            channel: transfer.channel, account: transfer.account, from: first.from, to: first.to, thread: first.thread)
        content = conversation.bytes
    }
}
