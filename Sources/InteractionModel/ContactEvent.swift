/// What a channel heard from the customer's side, in the one shape every channel shares.
///
/// The adapter normalises: addresses are the channel's canonical form (E.164 for telephone numbers), text is valid
/// Unicode, the key is the same for every repetition of the same provider event.
public struct ContactEvent: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// A message that wants an answer.
        case message
        /// The customer takes back permission to be written to (STOP). Never routed.
        case optOut(keyword: String)
        /// The customer gives permission again (START). Never routed.
        case optIn(keyword: String)
        /// The customer asks what this number is (HELP). Never routed.
        case help(keyword: String)
    }

    /// Whether the provider proved that the event is its own.
    public enum Signature: String, Hashable, Sendable {
        /// Checked over the raw bytes.
        case verified
        /// The source has none; an authenticated client vouches for the event.
        case absent
    }

    public var key: IdempotencyKey
    public var channel: ChannelName
    public var account: AccountName
    public var kind: Kind
    /// The customer's address (ANI).
    public var from: String
    /// Our address that was reached (DNIS).
    public var to: String
    /// What holds a conversation together beside `from` and `to`; nil where those two do.
    public var thread: String?
    /// The source's own clock; nil when it gave none.
    public var occurredAt: Timestamp?
    public var content: MessageContent
    /// BCP 47, when the source knows it.
    public var language: String?
    /// What the source said beside all that, in its order.
    public var attributes: [Attribute]
    public var signature: Signature
    /// What to answer a keyword with; nil says nothing (many carriers answer by themselves). Never for `.message`.
    public var confirmation: String?

    public init(
        key: IdempotencyKey, channel: ChannelName, account: AccountName, kind: Kind = .message, from: String,
        to: String,
        thread: String? = nil, occurredAt: Timestamp? = nil, content: MessageContent, language: String? = nil,
        attributes: [Attribute] = [], signature: Signature, confirmation: String? = nil
    ) {
        self.key = key
        self.channel = channel
        self.account = account
        self.kind = kind
        self.from = from
        self.to = to
        self.thread = thread
        self.occurredAt = occurredAt
        self.content = content
        self.language = language
        self.attributes = attributes
        self.signature = signature
        self.confirmation = confirmation
    }
}

/// A loose fact about a contact, kept in the source's order.
public struct Attribute: Hashable, Sendable {
    public let name: String
    public let value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// What a provider says later about a message it took from us.
public struct DeliveryReport: Hashable, Sendable {
    public var key: IdempotencyKey
    public var message: MessageID
    public var status: DeliveryStatus
    /// The provider's own word and code, for people.
    public var detail: String?

    public init(key: IdempotencyKey, message: MessageID, status: DeliveryStatus, detail: String? = nil) {
        self.key = key
        self.message = message
        self.status = status
        self.detail = detail
    }
}
