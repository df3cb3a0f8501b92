/// What an agent contributes at this moment.
struct Seat: Sendable, Equatable {
    /// From `Matcher.profile(_:)`.
    var profile: Int
    var condition: AgentCondition
    /// A bit for each channel, by the matcher's index, of which one more contact fits. Only counts while available.
    var open: UInt64
    /// Contacts held.
    var load: Int
    /// The place by the plan's `idleOrder`, smaller first; equal keys go by `since`, then by the agent's number.
    var key: Int64
    var since: Int64
}

/// What keeps an agent from all work, or does not; in the order of the rules.
enum AgentCondition: UInt8, Sendable, CaseIterable {
    case signedOut, unreachable, offHours, notReady, available

    /// Whether a contact that wants this agent alone goes on waiting for it.
    var isReachable: Bool { self != .signedOut && self != .unreachable }
}
