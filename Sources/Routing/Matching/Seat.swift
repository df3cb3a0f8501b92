/// What an agent contributes at this moment.
package struct Seat: Sendable, Equatable {
    /// From `Matcher.profile(_:)`.
    package var profile: Int
    package var condition: AgentCondition
    /// A bit for each channel, by the matcher's index, of which one more contact fits. Only counts while available.
    package var open: UInt64
    /// Contacts held.
    package var load: Int
    /// The place by the plan's `idleOrder`, smaller first; equal keys go by `since`, then by the agent's number.
    package var key: Int64
    package var since: Int64

    package init(profile: Int, condition: AgentCondition, open: UInt64, load: Int, key: Int64, since: Int64) {
        self.profile = profile
        self.condition = condition
        self.open = open
        self.load = load
        self.key = key
        self.since = since
    }
}

/// What keeps an agent from all work, or does not; in the order of the rules.
package enum AgentCondition: UInt8, BitwiseCopyable, Sendable, CaseIterable {
    case signedOut, unreachable, offHours, notReady, available

    /// Whether a contact that wants this agent alone goes on waiting for it.
    var isReachable: Bool { self != .signedOut && self != .unreachable }
}
