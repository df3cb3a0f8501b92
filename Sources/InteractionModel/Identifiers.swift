/// An interaction's number at its first site: the journal sequence of the fact that received it.
public struct InteractionID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let number: Int64
    public init(_ number: Int64) { self.number = number }
    public var description: String { String(number) }
    public static func < (one: InteractionID, other: InteractionID) -> Bool { one.number < other.number }
}

/// A contact's name in the whole network: the site that first received it, and its number there. It keeps it wherever it goes.
public struct ContactID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let site: SiteName
    public let number: Int64

    public init(_ site: SiteName, _ number: Int64) {
        self.site = site
        self.number = number
    }

    /// `berlin-42`; nil when it is not written so.
    public init?(_ text: String) {
        guard let dash = text.utf8.lastIndex(of: UInt8(ascii: "-")), SiteName.isValid(String(text[..<dash])),
            let number = Int64(text[text.index(after: dash)...]), number > 0, text.hasSuffix("-\(number)")
        else { return nil }
        self.init(SiteName(String(text[..<dash])), number)
    }

    public var description: String { "\(site)-\(number)" }

    public static func < (one: ContactID, other: ContactID) -> Bool {
        (one.site, one.number) < (other.site, other.number)
    }
}

/// An offer's number: the journal sequence of the fact that made it. A repeated offer is a new one.
public struct OfferID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let number: Int64
    public init(_ number: Int64) { self.number = number }
    public var description: String { String(number) }
    public static func < (one: OfferID, other: OfferID) -> Bool { one.number < other.number }
}

/// An outbound message's number: the journal sequence of the fact that queued it. It is kept over every resend.
public struct MessageID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let number: Int64
    public init(_ number: Int64) { self.number = number }
    public var description: String { String(number) }
    public static func < (one: MessageID, other: MessageID) -> Bool { one.number < other.number }
}

/// A pseudonym for one address on one channel: a keyed hash, so the journal can thread and suppress without
/// holding the address. It outlives the erasure of the person's content, as a suppression must.
public struct PartyKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let rawValue: String
    public init(_ rawValue: String) { self.rawValue = rawValue }
    public var description: String { rawValue }
    public static func < (one: PartyKey, other: PartyKey) -> Bool { one.rawValue < other.rawValue }
}

/// What makes a repeated event the same event: adapter, account, the provider's identifier and the kind of event.
///
/// Unique in a site's journal. 1 to 200 bytes; the parts are the adapter's to choose, the uniqueness is the site's to keep.
public struct IdempotencyKey: Hashable, Sendable, CustomStringConvertible {
    public static let bytesMax = 200

    public let rawValue: String

    /// Nil when `rawValue` is empty or longer than `bytesMax` bytes.
    public init?(_ rawValue: String) {
        guard (1...Self.bytesMax).contains(rawValue.utf8.count) else { return nil }
        self.rawValue = rawValue
    }

    public var description: String { rawValue }
}
