package import InteractionModel

/// What the core remembers of one agent.
package struct AgentRecord: Sendable, Equatable {
    /// Whether the agent's desktop can be reached.
    package enum Presence: Sendable, Equatable {
        case absent
        case connected(session: Int64)
        /// The connection broke; the seat is kept until the moment given, then the agent is signed out.
        case lost(session: Int64, until: Timestamp)
    }

    package let name: AgentName
    package internal(set) var skills: SkillSet
    package internal(set) var capacity: [ChannelCapacity]
    package internal(set) var units: Int?
    package internal(set) var groups: [GroupName] = []
    package internal(set) var site: SiteName?
    /// Whether the plan still names this agent.
    package internal(set) var isPlanned = true
    package internal(set) var status = AgentStatus.signedOut
    package internal(set) var presence = Presence.absent
    /// The fact since which the agent's place among equals counts, and its moment: longest idle goes first.
    package internal(set) var since: Int64
    package internal(set) var sinceAt: Timestamp
    /// Offered, active and wrapping, by number.
    package internal(set) var held: [InteractionID] = []
    /// When contacts still held are taken back, after the router signed the agent out.
    package internal(set) var reclaimAt: Timestamp?
    package internal(set) var lastSequence: Int64

    /// The sequence of the last offer made to the agent; 0 is none.
    package internal(set) var lastOffer: Int64 = 0
    /// The busy account up to `busySince`, or in full while the agent holds nothing; and since when the agent holds anything.
    package internal(set) var busy = Span.zero
    package internal(set) var busySince: Timestamp?

    /// The agent's profile in the matcher; nil until it is asked for after a change of what makes it.
    var profileIndex: Int?
    /// Contacts held, and how many may be, by the matcher's index of channels.
    var heldByChannel: [UInt16] = []
    var capacityByChannel: [UInt16] = []

    /// The earliest moment at which the router must act on this agent by itself.
    var deadline: Timestamp? {
        if case .lost(_, let until) = presence { return reclaimAt.map { min($0, until) } ?? until }
        return reclaimAt
    }

    var condition: AgentCondition {
        switch (status, presence) {
        case (.signedOut, _), (_, .absent): .signedOut
        case (_, .lost): .unreachable
        case (.notReady, _): .notReady
        case (.available, .connected): .available
        }
    }

    /// Whether there is anything to end: a sign-in, a connection, or contacts kept while the agent is away.
    var isHere: Bool { status != .signedOut || presence != .absent || !held.isEmpty }

    func capacity(for channel: ChannelName) -> Int {
        capacity.first { $0.channel == channel }?.contacts ?? 0
    }

    mutating func take(_ plan: AgentPlan) {
        skills = plan.skills
        capacity = plan.capacity
        units = plan.units
        groups = plan.groups
        site = plan.site
    }

    /// The busy account as of `moment`.
    func busy(at moment: Timestamp) -> Span {
        guard let busySince else { return busy }
        return Span(milliseconds: busy.milliseconds + moment.since(busySince).milliseconds)
    }
}
