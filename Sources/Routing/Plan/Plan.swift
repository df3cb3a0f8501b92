package import InteractionModel

/// The rules of one site: data, immutable, named in every decision by its version.
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

/// One queue's rules.
package struct QueuePlan: Hashable, Sendable {
    package var name: QueueName
    /// What an agent must be able to do to serve this queue.
    package var skills: SkillSet
    /// Priority: how much earlier than its arrival a contact counts as having come.
    package var headStart: Span
    /// How long an offer waits for an answer before it moves on (RONA).
    package var offerTimeout: Span
    /// How long wrap-up may last before the interaction closes by itself.
    package var wrapUpMax: Span
    /// How many may wait; one more is refused before it is accepted.
    package var waitingMax: Int
    /// How long a contact may wait before it ends as expired.
    package var expireAfter: Span
    /// The outcomes an agent may name; empty means any, and none.
    package var dispositions: [String]

    package init(
        name: QueueName, skills: SkillSet = SkillSet(), headStart: Span = .zero, offerTimeout: Span = .seconds(20),
        wrapUpMax: Span = .minutes(5), waitingMax: Int = 100_000, expireAfter: Span = .hours(24 * 7),
        dispositions: [String] = []
    ) {
        self.name = name
        self.skills = skills
        self.headStart = headStart
        self.offerTimeout = offerTimeout
        self.wrapUpMax = wrapUpMax
        self.waitingMax = waitingMax
        self.expireAfter = expireAfter
        self.dispositions = dispositions
    }
}

/// Which contacts enter which queue; a part that is nil matches anything.
package struct Entry: Hashable, Sendable {
    package var channel: ChannelName?
    package var account: AccountName?
    /// Our address that was reached (DNIS).
    package var destination: String?
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

/// What one agent can do, and how much at once.
package struct AgentPlan: Hashable, Sendable {
    package var name: AgentName
    package var skills: SkillSet
    /// Contacts at once, by channel, in order of channel; a channel not named is not taken.
    package let capacity: [ChannelCapacity]

    package init(name: AgentName, skills: SkillSet = SkillSet(), capacity: [ChannelCapacity]) {
        self.name = name
        self.skills = skills
        self.capacity = capacity.sorted { $0.channel < $1.channel }
    }
}

/// How many contacts of one channel an agent takes at once. 0 to 1,000.
package struct ChannelCapacity: Hashable, Sendable {
    package let channel: ChannelName
    package let contacts: Int

    package init(_ channel: ChannelName, _ contacts: Int) {
        self.channel = channel
        self.contacts = contacts
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
