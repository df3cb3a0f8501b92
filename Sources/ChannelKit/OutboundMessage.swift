package import InteractionModel

/// A message on its way to the customer. The site has already checked that the recipient may be written to.
package struct OutboundMessage: Hashable, Sendable {
    /// The same over every resend.
    package var id: MessageID
    /// The customer's address, in the channel's canonical form.
    package var to: String
    /// Our address the customer wrote to; nil when the message answers nothing and the account's own is to be used.
    package var from: String?
    /// As the conversation's first event named it.
    package var thread: String?
    package var content: MessageContent

    package init(id: MessageID, to: String, from: String? = nil, thread: String? = nil, content: MessageContent) {
        self.id = id
        self.to = to
        self.from = from
        self.thread = thread
        self.content = content
    }
}

/// The provider took the message over.
package struct SentReceipt: Hashable, Sendable {
    /// The provider's own name for the message, for people who ask the provider about it; nil when it gave none.
    package var providerReference: String?

    package init(providerReference: String? = nil) {
        self.providerReference = providerReference
    }
}
