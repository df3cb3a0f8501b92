import InteractionModel

/// Who could take what, kept up to date so that one question is short: which contact goes to which agent next?
///
/// Members of a profile of agents, and of a class of contacts, are interchangeable but for their place in line. So only the heads of
/// lines compete: their keys lie in flat arrays, the least of each 64 beside them, and a mask says which of them may meet. The whole
/// algorithm in prose, what was tried and what was measured: `Decisions/0004`.
///
/// The caller keeps it true: `adopt` a plan, `place` every agent, `enter` and `leave` contacts, `setOpen` queues, `advance` time. Then
/// `nextPair` gives decisions one by one; each must be carried out (`leave`, `place`) before the next is asked for.
package struct Matcher: Sendable {
    // MARK: The plan in numbers

    /// The channels that some agent of the plan takes or that a channel rule names; an index is a bit of `Seat.open`.
    var channels: [ChannelName] = []
    /// By channel: what one contact costs, and a bit for each channel that may break into one.
    var units: [Int] = []
    var interrupters: [UInt64] = []
    var skills: [SkillName: Int] = [:]
    var groups: [GroupName: Int] = [:]
    var sites: [SiteName: Int] = [:]
    var queueRules: [QueueRules] = []
    var queueIndex: [QueueName: Int] = [:]
    var queuePlans: [QueueName: QueuePlan] = [:]
    var pools: [Pool] = []

    // MARK: Profiles and classes

    var profiles: [Profile] = []
    var profileIndex: [Profile.Kind: Int] = [:]
    var freeProfiles: [Int] = []
    var profilesSweepAt = Self.interningsBeforeSweep
    /// Members by profile and condition.
    var census = FlatTable<UInt32>(filledWith: 0)
    /// The pool of each profile, `noPool` for none.
    var profilePool = FlatTable<UInt8>(filledWith: Self.noPool)

    var classes: [ContactClass] = []
    var classIndex: [ContactKind: Int] = [:]
    /// By twice the channel, plus one for those that age: indices of its blocks that no kind has.
    var freeClasses: [[Int]] = []
    var classesUsed = 0
    var classesSweepAt = Self.interningsBeforeSweep
    /// The class asked for last: most often it is asked for again.
    var recentClass: Int?
    var lines = FlatTable<ClassLine>(filledWith: ClassLine())
    var blocks = FlatTable<ClassBlock>(filledWith: ClassBlock())
    /// By queue and ring, eight to a queue.
    var ringAfter = FlatTable<Int64>(filledWith: 0)
    /// Rank steps, a range of them to a class, and for each a row of bits, one to a profile.
    var steps = FlatTable<Step>(filledWith: Step())
    var stepRows = FlatTable<UInt64>(filledWith: 0)
    /// By profile: a row of words, by block of classes and ring: a bit for each class that reaches the profile in that ring and in
    /// none before.
    var reach = FlatTable<UInt64>(filledWith: 0)
    /// Words to a row of `stepRows`; blocks to a row of `reach`.
    var profileWords = 0
    var classWords = 0
    var ringCount = 1
    /// By pool: a row of its profiles, and one of the classes that may always have them.
    var poolProfiles = FlatTable<UInt64>(filledWith: 0)
    var poolClasses = FlatTable<UInt64>(filledWith: 0)
    var closedPools = 0

    // MARK: Agents

    var agents = FlatTable<AgentLine>(filledWith: AgentLine())
    var situations = FlatTable<Situation>(filledWith: Situation())
    /// Situations by load, ascending.
    var situationOrder = FlatTable<UInt16>(filledWith: 0)
    /// By situation and profile: the list, and its head's key; by situation: the least key of each 64.
    var readyLists = FlatTable<ReadyList>(filledWith: ReadyList())
    var readyKeys = FlatTable<UInt64>(filledWith: .max)
    var readyLows = FlatTable<UInt64>(filledWith: .max)

    // MARK: Contacts

    var contacts = FlatTable<ContactLine>(filledWith: ContactLine())
    var freeContact = none
    var exceptions: [ContactException] = []
    var freeExceptions: [UInt32] = []
    /// Who excludes somebody, in order of the least key each can have.
    var exceptionOrder: [UInt32] = []
    /// By class: the key of its head while its queue is open; by block: the least key, and for each ring a bit for the classes to
    /// whose head it is open.
    var headKeys = FlatTable<UInt64>(filledWith: .max)
    var headLows = FlatTable<UInt64>(filledWith: .max)
    var headRings = FlatTable<UInt64>(filledWith: 0)
    /// By queue.
    var waiting = FlatTable<UInt32>(filledWith: 0)
    /// Who waits for one agent alone, by slot.
    var aloneOrder: [UInt32] = []

    // MARK: Time

    /// The latest moment `advance` was told.
    var now: Int64 = 0
    /// The first moment of both queues below.
    var nextTimer = Int64.max
    var classTimers = TimerQueue()
    var contactTimers = TimerQueue()

    // MARK: Who seeks

    /// The contact that came last, while it has neither looked for an agent nor joined a line.
    var newcomer = none
    /// The agent that became able last, while it has neither looked for a contact nor joined a list.
    var freed = none
    /// Other agents that became able, with their profile and what is open to them.
    var seekingAgents: [UInt32] = []
    /// Reserves that opened.
    var openedPools: [Int] = []
    /// Classes whose head looks for an agent: a bit each, and how many.
    var seekingClasses = FlatTable<UInt64>(filledWith: 0)
    var seekingClassCount = 0
    /// Contacts outside the lines that look for an agent.
    var seekingContacts: [UInt32] = []
    /// Whether anyone seeks but `newcomer` and `freed`.
    var seeksWidely = false

    // MARK: What explanations count

    /// Goes up with every change of any agent.
    var generation = 0

    /// Shared by all copies that share the tables' memory.
    private final class Share: Sendable {}
    private var share = Share()

    static let interningsBeforeSweep = 1024
    static let channelsMax = 64
    static let noChannel = UInt8.max
    static let noPool = UInt8.max
    /// The key of nobody; the encodings of moments and numbers never reach it.
    static let noKey = UInt64.max

    package init() {}

    /// Gives this copy memory of its own; every change begins so.
    @inline(__always)
    mutating func makeUnique() {
        if !isKnownUniquelyReferenced(&share) { unshare() }
    }

    private mutating func unshare() {
        share = Share()
        census.unshare()
        profilePool.unshare()
        lines.unshare()
        blocks.unshare()
        ringAfter.unshare()
        steps.unshare()
        stepRows.unshare()
        reach.unshare()
        poolProfiles.unshare()
        poolClasses.unshare()
        agents.unshare()
        situations.unshare()
        situationOrder.unshare()
        readyLists.unshare()
        readyKeys.unshare()
        readyLows.unshare()
        contacts.unshare()
        headKeys.unshare()
        headLows.unshare()
        headRings.unshare()
        classTimers.unshare()
        contactTimers.unshare()
        waiting.unshare()
        seekingClasses.unshare()
    }

    /// What the tables take: those that grow with agents, those that grow with waiting contacts, and the rest.
    package var bytes: (agents: Int, contacts: Int, rest: Int) {
        let rest = [
            census.bytes, profilePool.bytes, lines.bytes, blocks.bytes, ringAfter.bytes, steps.bytes, stepRows.bytes,
            reach.bytes, poolProfiles.bytes, poolClasses.bytes, situations.bytes, readyLists.bytes, readyKeys.bytes,
            readyLows.bytes, headKeys.bytes, headLows.bytes, headRings.bytes, waiting.bytes, seekingClasses.bytes,
        ]
        return (agents.bytes, contacts.bytes, rest.reduce(0, +))
    }
}

/// A reserve: members of a group kept back for some queues.
struct Pool: Sendable {
    let group: GroupName
    let keep: Int
    /// Indices of the queues that may always have them.
    let queues: [Int]
    /// Members who are available and hold nothing.
    var idle = 0

    var isOpen: Bool { idle > keep }
}
