package import Configuration
import InteractionModel
import Routing

/// One queue.
package struct QueueSection: ConfigurationSection {
    static let skills = Key(
        "skills", .named(.integer(in: 1...10), count: 0...64), default: [],
        "What an agent must be able to do, with the lowest level that will do (1 to 10).")
    static let headStart = Key(
        "headStart", .duration(in: .zero ... .seconds(86_400)), default: .zero,
        "Priority: how much earlier than its arrival a contact counts as having come.")
    static let offerTimeout = Key(
        "offerTimeout", .duration(in: .seconds(1) ... .seconds(3600)), default: .seconds(20),
        "How long an offer waits for an answer before it moves on and its agent becomes not ready.")
    static let wrapUpMax = Key(
        "wrapUpMax", .duration(in: .seconds(1) ... .seconds(86_400)), default: .seconds(300),
        "How long wrap-up may last before the interaction closes by itself.")
    static let waitingMax = Key(
        "waitingMax", .integer(in: 1...10_000_000), default: 100_000,
        "How many may wait; one more is refused before it is accepted.")
    static let expireAfter = Key(
        "expireAfter", .duration(in: .seconds(60) ... .seconds(31_536_000)), default: .seconds(604_800),
        "How long a contact may wait before it ends as expired.")
    static let dispositions = Key(
        "dispositions", .list(of: .name, count: 0...200), default: [],
        "The outcomes an agent must choose from; none listed means any, or none.")

    package static let keys: KeyList = [
        skills, headStart, offerTimeout, wrapUpMax, waitingMax, expireAfter, dispositions,
    ]

    package let skills: [Named<Int>]
    private let headStart, offerTimeout, wrapUpMax, expireAfter: Duration
    private let waitingMax: Int
    private let dispositions: [String]

    package init(reading section: SectionReader) {
        skills = section[Self.skills]
        headStart = section[Self.headStart]
        offerTimeout = section[Self.offerTimeout]
        wrapUpMax = section[Self.wrapUpMax]
        waitingMax = section[Self.waitingMax]
        expireAfter = section[Self.expireAfter]
        dispositions = section[Self.dispositions]
    }

    func plan(named name: String) -> QueuePlan {
        QueuePlan(
            name: QueueName(name), skills: SkillSet(skills), headStart: Span(headStart),
            offerTimeout: Span(offerTimeout),
            wrapUpMax: Span(wrapUpMax), waitingMax: waitingMax, expireAfter: Span(expireAfter),
            dispositions: dispositions)
    }
}

/// One entry: which contacts go to which queue.
package struct EntrySection: ConfigurationSection {
    static let channel = Key(optional: "channel", .name, example: "sms", "Only contacts of this channel.")
    static let account = Key(optional: "account", .name, "Only contacts of this account.")
    static let to = Key(
        optional: "to", .string(bytes: 1...320), example: "+4930900000", "Only contacts that reached this address.")
    static let queue = Key("queue", .located(.name), "Where they wait.")

    package static let keys: KeyList = [channel, account, to, queue]

    package let channel: String?
    package let account: String?
    package let to: String?
    package let queue: Located<String>

    package init(reading section: SectionReader) {
        channel = section[Self.channel]
        account = section[Self.account]
        to = section[Self.to]
        queue = section[Self.queue]
    }

    var plan: Entry {
        Entry(
            channel: channel.map { ChannelName($0) }, account: account.map { AccountName($0) }, destination: to,
            queue: QueueName(queue.value))
    }
}

/// One agent.
package struct AgentSection: ConfigurationSection {
    static let skills = Key(
        "skills", .named(.integer(in: 1...10), count: 0...64), default: [],
        "What the agent can do, with levels from 1 to 10.")
    static let capacity = Key(
        "capacity", .named(.integer(in: 0...1000), count: 1...32), "Contacts at once, by channel.")

    package static let keys: KeyList = [skills, capacity]

    package let skills: [Named<Int>]
    package let capacity: [Named<Int>]

    package init(reading section: SectionReader) {
        skills = section[Self.skills]
        capacity = section[Self.capacity]
    }

    func plan(named name: String) -> AgentPlan {
        AgentPlan(
            name: AgentName(name), skills: SkillSet(skills),
            capacity: capacity.map { ChannelCapacity(ChannelName($0.name), $0.value) })
    }
}

/// The site's own deadlines.
package struct TimersSection: ConfigurationSection {
    static let reconnectGrace = Key(
        "reconnectGrace", .duration(in: .seconds(1) ... .seconds(3600)), default: .seconds(30),
        "How long an agent whose connection broke keeps the seat.")
    static let reclaimAfter = Key(
        "reclaimAfter", .duration(in: .seconds(1) ... .seconds(86_400)), default: .seconds(300),
        "How long after that the contacts such an agent holds wait for the agent, before others get them.")
    static let offerAgainAfter = Key(
        "offerAgainAfter", .duration(in: .seconds(1) ... .seconds(86_400)), default: .seconds(60),
        "How long an agent is not offered again what that agent declined.")
    static let inactiveAfter = Key(
        "inactiveAfter", .duration(in: .seconds(60) ... .seconds(2_592_000)), default: .seconds(43_200),
        "How long a conversation may be silent before it goes to wrap-up.")
    static let sendTimeout = Key(
        "sendTimeout", .duration(in: .seconds(5) ... .seconds(3600)), default: .seconds(120),
        "How long a channel may take to say what became of a message.")
    static let sendAttemptsFor = Key(
        "sendAttemptsFor", .duration(in: .seconds(60) ... .seconds(2_592_000)), default: .seconds(86_400),
        "How long an outbound message is tried before it has failed.")
    static let outboxMax = Key(
        "outboxMax", .integer(in: 1...1_000_000), default: 10_000,
        "Outbound messages that no provider has taken yet; one more is refused.")

    package static let keys: KeyList = [
        reconnectGrace, reclaimAfter, offerAgainAfter, inactiveAfter, sendTimeout, sendAttemptsFor, outboxMax,
    ]

    let plan: PlanTimers

    package init(reading section: SectionReader) {
        var timers = PlanTimers()
        timers.reconnectGrace = Span(section[Self.reconnectGrace])
        timers.reclaimAfter = Span(section[Self.reclaimAfter])
        timers.offerAgainAfter = Span(section[Self.offerAgainAfter])
        timers.inactiveAfter = Span(section[Self.inactiveAfter])
        timers.sendTimeout = Span(section[Self.sendTimeout])
        timers.sendAttemptsFor = Span(section[Self.sendAttemptsFor])
        timers.outboxMax = section[Self.outboxMax]
        plan = timers
    }
}

extension SkillSet {
    init(_ named: [Named<Int>]) {
        self.init(named.map { SkillRequirement(SkillName($0.name), level: $0.value) })
    }
}

extension Span {
    /// Whole milliseconds.
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self.init(milliseconds: seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }
}
