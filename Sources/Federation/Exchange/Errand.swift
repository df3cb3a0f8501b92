package import InteractionModel

/// One thing a site owes a peer, as its durable state says. `Item` is the state's own name for it; the message itself is
/// made when it is sent.
package struct Errand<Item: Hashable & Sendable>: Hashable, Sendable {
    package var item: Item
    package var contact: ContactID
    /// When it became owed.
    package var since: Timestamp
    /// Whether it is an offer of custody, which can be asked about with a CANCEL.
    package var isOffer: Bool

    package init(_ item: Item, contact: ContactID, since: Timestamp, isOffer: Bool = false) {
        self.item = item
        self.contact = contact
        self.since = since
        self.isOffer = isOffer
    }
}
