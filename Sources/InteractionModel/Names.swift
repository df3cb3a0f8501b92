/// A word the plan or an adapter gives to something; compared byte by byte.
///
/// Bounds are checked where names enter (`Name.isValid`), so inside the house a name is always printable.
public protocol Name: Hashable, Comparable, Sendable, CustomStringConvertible {
    var rawValue: String { get }
    init(_ rawValue: String)
}

extension Name {
    public var description: String { rawValue }

    public static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }

    /// Whether `text` may be a name: 1 to 64 of letters, digits, `-`, `_` and `.`, beginning with a letter or digit.
    public static func isValid(_ text: String) -> Bool {
        guard (1...64).contains(text.utf8.count), let first = text.utf8.first else { return false }
        return isAlphanumeric(first) && text.utf8.allSatisfy { isAlphanumeric($0) || "-_.".utf8.contains($0) }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: false
        }
    }
}

/// One way of reaching people: `sms`, `voice`, `email`, `chat`, …
public struct ChannelName: Name {
    public let rawValue: String
    public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// One of an adapter's configured accounts with its provider.
public struct AccountName: Name {
    public let rawValue: String
    public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// A queue of the plan.
public struct QueueName: Name {
    public let rawValue: String
    public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// A person or bot who takes contacts.
public struct AgentName: Name {
    public let rawValue: String
    public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// Something an agent can do and a contact can ask for.
public struct SkillName: Name {
    public let rawValue: String
    public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// A site of the network: a real centre or a virtual one.
public struct SiteName: Name {
    public let rawValue: String
    public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// A named set of agents: a team, a level of support, a vendor's people.
public struct GroupName: Name {
    public let rawValue: String
    public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// A calendar of the plan: when somebody or something is open.
public struct CalendarName: Name {
    public let rawValue: String
    public init(_ rawValue: String) { self.rawValue = rawValue }
}
