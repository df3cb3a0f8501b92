/// What one party wrote to another.
public struct MessageContent: Hashable, Sendable {
    public var subject: String?
    public var text: String
    public var media: [MediaReference]

    public init(subject: String? = nil, text: String, media: [MediaReference] = []) {
        self.subject = subject
        self.text = text
        self.media = media
    }
}

/// Where an attachment can be fetched from; it is never fetched before somebody asks for it.
public struct MediaReference: Hashable, Sendable {
    public let url: String
    /// As the provider declared it, for example `image/jpeg`; empty when it said nothing.
    public let contentType: String

    public init(url: String, contentType: String) {
        self.url = url
        self.contentType = contentType
    }
}

/// How far an outbound message has come, as its provider tells it.
public enum DeliveryStatus: String, Hashable, Sendable, CaseIterable {
    /// The provider took it over.
    case sent
    /// It reached the handset or mailbox.
    case delivered
    /// The person opened it.
    case read
    /// The provider or carrier gave up. Nothing more will be heard.
    case failed

    /// Reports arrive in any order; one that would go back is recorded and changes nothing.
    public func isAdvance(on earlier: DeliveryStatus) -> Bool {
        rank > earlier.rank && earlier != .failed
    }

    private var rank: Int {
        switch self {
        case .sent: 0
        case .delivered: 1
        case .read: 2
        case .failed: 3
        }
    }
}
