package import InteractionModel

/// The rules of one site: data, immutable, named in every decision by its version. What they mean is `POLICY.md`.
package struct Plan: Hashable, Sendable {
    /// A digest of the plan's own text, given by whoever read it.
    package var version: String
    package var queues: [QueuePlan]
    /// Tried in order; the first that matches a contact says where it waits.
    package var entries: [Entry]
    /// Where a contact waits that no entry matches: nobody who reached us is turned away for want of a rule.
    package var defaultQueue: QueueName
    package var agents: [AgentPlan]
    package var timers: PlanTimers
    /// Who goes first among agents whom the queue's own criteria leave equal.
    package var idleOrder = IdleOrder.longestIdle
    /// What a contact of a channel costs, and what may break into it. A channel not named costs nothing and gives way to all.
    package var channelRules: [ChannelRule] = []
    /// Agents of a group kept back for some queues.
    package var reserves: [Reserve] = []
    /// Why an agent may be not ready; empty allows any word.
    package var statusReasons: [StatusReason] = []
    /// Sites that agents belong to; one that is not named here is always open.
    package var sites: [SitePlan] = []
    /// When queues, agents, sites and entries are open that name one of them.
    package var calendars: [OpeningHours] = []
    /// Where switches are told to deliver calls.
    package var network = NetworkPlan.none
    /// Who made these rules the active ones; no rule itself, and no part of the version. Nil for rules that never were.
    package var origin: PlanOrigin?

    package init(
        version: String, queues: [QueuePlan], entries: [Entry] = [], defaultQueue: QueueName, agents: [AgentPlan],
        timers: PlanTimers = PlanTimers()
    ) {
        self.version = version
        self.queues = queues
        self.entries = entries
        self.defaultQueue = defaultQueue
        self.agents = agents
        self.timers = timers
    }

    package func queue(_ name: QueueName) -> QueuePlan? {
        queues.first { $0.name == name }
    }

    /// The queue for a contact that reached `destination`.
    package func queue(channel: ChannelName, account: AccountName, destination: String) -> QueueName {
        let entry = entries.first { $0.matches(channel: channel, account: account, destination: destination) }
        return entry?.queue ?? defaultQueue
    }
}

/// Who goes first among agents whom a queue's criteria leave equal. One for the whole site: agents serve many queues, and two
/// clocks of fairness over one pool make neither fair.
package enum IdleOrder: String, Hashable, Sendable, CaseIterable {
    /// Who became available, accepted or ended work longest ago.
    case longestIdle = "longest-idle"
    /// Who has been busy least since the accounts were made equal (POLICY.md, "Least occupied").
    case leastOccupied = "least-occupied"
    /// Whose last offer is oldest.
    case roundRobin = "round-robin"
}

/// What one contact of a channel takes of an agent's units, and what may break into it.
package struct ChannelRule: Hashable, Sendable {
    package var channel: ChannelName
    /// 0 to 1,000.
    package var units: Int
    /// The channels offered to an agent who holds one of this; nil means any. The channel itself is bounded by its capacity alone.
    package var interruptedBy: [ChannelName]?

    package init(channel: ChannelName, units: Int = 0, interruptedBy: [ChannelName]? = nil) {
        self.channel = channel
        self.units = units
        self.interruptedBy = interruptedBy
    }
}

/// Keeps members of a group for `queues`: contacts of other queues get them only while more than `keep` members are idle.
/// An agent belongs to at most one reserved group.
package struct Reserve: Hashable, Sendable {
    package var group: GroupName
    package var keep: Int
    package var queues: [QueueName]

    package init(group: GroupName, keep: Int, queues: [QueueName]) {
        self.group = group
        self.keep = keep
        self.queues = queues
    }
}

/// A site whose agents work in its hours.
package struct SitePlan: Hashable, Sendable {
    package var name: SiteName
    /// nil means always.
    package var hours: CalendarName?

    package init(name: SiteName, hours: CalendarName? = nil) {
        self.name = name
        self.hours = hours
    }
}

/// A reason an agent may give for being not ready.
package struct StatusReason: Hashable, Sendable {
    package var name: String
    /// After this the agent is available again without saying so; nil leaves it to the agent.
    package var limit: Span?

    package init(name: String, limit: Span? = nil) {
        self.name = name
        self.limit = limit
    }
}

/// Which contacts enter which queue; a part that is nil matches anything.
package struct Entry: Hashable, Sendable {
    package var channel: ChannelName?
    package var account: AccountName?
    /// Our address that was reached (DNIS).
    package var destination: String?
    /// BCP 47; `de` also matches `de-AT`.
    package var language: String?
    package var direction: Direction?
    /// Only while this calendar is open.
    package var during: CalendarName?
    package var queue: QueueName

    package init(channel: ChannelName? = nil, account: AccountName? = nil, destination: String? = nil, queue: QueueName)
    {
        self.channel = channel
        self.account = account
        self.destination = destination
        self.queue = queue
    }

    func matches(channel: ChannelName, account: AccountName, destination: String) -> Bool {
        (self.channel ?? channel) == channel && (self.account ?? account) == account
            && (self.destination ?? destination) == destination
    }
}

/// The site's own deadlines: each ends a state that nobody else would end.
package struct PlanTimers: Hashable, Sendable {
    /// How long an agent whose connection broke keeps the seat.
    package var reconnectGrace = Span.seconds(30)
    /// How long after that the contacts such an agent holds wait for the agent, before others get them.
    package var reclaimAfter = Span.minutes(5)
    /// How long an agent is not offered again what that agent declined.
    package var offerAgainAfter = Span.minutes(1)
    /// How long a conversation may be silent before it goes to wrap-up.
    package var inactiveAfter = Span.hours(12)
    /// How long a customer may be on hold before the conversation counts as resumed.
    package var holdMax = Span.minutes(30)
    /// How long a colleague who was asked in may take to answer, and a consultation may last.
    package var consultMax = Span.hours(1)
    /// How long a vendor may keep what was escalated to it before the contact waits again.
    package var vendorMax = Span.hours(72)
    /// How long an agent who let an offer ring out stays not ready; nil leaves it to the agent.
    package var noAnswerPause: Span?
    /// How long a channel may take to say what became of a message.
    package var sendTimeout = Span.minutes(2)
    /// How long an outbound message is tried before it has failed.
    package var sendAttemptsFor = Span.hours(24)
    /// How long a provider may take to report delivery.
    package var deliveryReportAfter = Span.hours(72)
    /// Outbound messages not yet taken by a provider, at most; one more is refused.
    package var outboxMax = 10_000

    package init() {}
}
