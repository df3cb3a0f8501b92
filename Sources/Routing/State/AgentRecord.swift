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
    /// When a limited status gives way to available.
    package internal(set) var statusUntil: Timestamp?
    package internal(set) var presence = Presence.absent
    /// The fact since which the agent's place among equals counts, and its moment: longest idle goes first.
    package internal(set) var since: Int64
    package internal(set) var sinceAt: Timestamp
    /// How long this agent has held anything, made level with colleagues on coming back; `busySince` is not in it yet.
    package internal(set) var busy = Span.zero
    /// Since when the agent holds anything without a pause.
    package internal(set) var busySince: Timestamp?
    /// The sequence of the last offer made to this agent; 0 is none.
    package internal(set) var lastOffer: Int64 = 0
    /// What became known of this agent's work, by queue, in order of queue.
    package internal(set) var quality: [QualityResults] = []
    /// Whether the hours the plan gives this agent, or this agent's site, are over for now.
    package internal(set) var isOffHours = false
    /// Offered, active, wrapping, and those this agent was asked into, by number.
    package internal(set) var held: [InteractionID] = []
    /// When contacts still held are taken back, after the router signed the agent out.
    package internal(set) var reclaimAt: Timestamp?
    package internal(set) var lastSequence: Int64

    /// The agent's profile in the matcher; nil until it is asked for after a change of what makes it.
    var profileIndex: Int?
    /// Contacts held, and how many may be, by the matcher's index of channels.
    var heldByChannel: [UInt16] = []
    var capacityByChannel: [UInt16] = []

    /// The earliest moment at which the router must act on this agent by itself.
    var deadline: Timestamp? {
        var first = [reclaimAt, statusUntil].compactMap { $0 }.min()
        if case .lost(_, let until) = presence { first = first.map { min($0, until) } ?? until }
        return first
    }

    /// The busy account as of `moment` (POLICY.md, "Least occupied").
    package func account(at moment: Timestamp) -> Span {
        Span(milliseconds: busy.milliseconds + (busySince.map { moment.since($0).milliseconds } ?? 0))
    }

    /// Whether a contact may wait for this agent alone.
    var isReachable: Bool {
        guard case .connected = presence else { return false }
        return isPlanned && status != .signedOut
    }

    var condition: AgentCondition {
        switch (status, presence) {
        case (.signedOut, _), (_, .absent): .signedOut
        case (_, .lost): .unreachable
        case _ where isOffHours: .offHours
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
        groups = plan.groups.sorted()
        site = plan.site
    }
}

/// How an agent's work for one queue was judged.
package struct QualityResults: Sendable, Equatable {
    /// At this many both numbers are halved, so that the old weighs ever less.
    package static let countMax = 10_000

    package let queue: QueueName
    package internal(set) var count = 0
    /// The sum of the scores.
    package internal(set) var total = 0

    mutating func add(_ score: Int) {
        count += 1
        total += score
        if count >= Self.countMax { (count, total) = (count / 2, total / 2) }
    }
}
