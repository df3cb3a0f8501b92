import InteractionModel

/// No agent, contact, profile or class.
let none = UInt32.max

/// One agent in the matcher's tables.
struct AgentLine: BitwiseCopyable, Sendable {
    /// Order-preserving encodings of the seat's `key` and `since`.
    var key: UInt64 = 0
    var since: UInt64 = 0
    var profile = none
    /// Neighbours in the ready list.
    var previous = none
    var next = none
    /// The first of the contacts that wait for this agent alone.
    var alone = none
    /// What is open to the agent and how much is held, as an index of situations; nil is nothing open.
    var situation = Self.noSituation
    var load: UInt16 = 0
    var condition = AgentCondition.signedOut
    /// Whether it stands in a ready list; one that seeks by itself does not yet.
    var isListed = false
    var isPlaced = false

    static let noSituation = UInt16.max
}

/// Agents to whom the same is open and who hold as much, for any profile.
struct Situation: BitwiseCopyable, Sendable {
    /// A bit for each channel.
    var open: UInt64 = 0
    /// Contacts held; `loadMax` stands for all from there on.
    var load: UInt16 = 0
    /// How many ready lists of it are not empty.
    var lists: UInt32 = 0

    static let loadMax: UInt16 = 15
}

/// The ends of a ready list, and its length.
struct ReadyList: BitwiseCopyable, Sendable {
    var head = none
    var tail = none
    var count: UInt32 = 0
}

/// One waiting contact in the matcher's tables.
struct ContactLine: BitwiseCopyable, Sendable {
    enum Place: UInt8, BitwiseCopyable, Sendable {
        case free
        /// Came last and has not looked for an agent yet.
        case newcomer
        /// In its class's line.
        case line
        /// In the list of those who exclude somebody.
        case exception
        /// In the list of those who wait for one agent alone.
        case alone
    }

    var number: Int64 = 0
    var stamp: Int64 = 0
    var contactClass = none
    /// Neighbours in its line, or among those who wait for the same agent alone; `next` also links the free ones.
    var previous = none
    var next = none
    var preferred = none
    /// Index in the matcher's `exceptions`, for one that ever had any.
    var exception = none
    var place = Place.free
    /// Whether it looks for an agent by itself; those in a line leave that to their class.
    var seeks = false
}

/// A rank step of a class: the profiles that are equal for it but for load and idleness have a row of bits.
struct Step: BitwiseCopyable, Sendable, Equatable {
    var before: UInt32 = 0
    var after: UInt32 = 0
    var ring: UInt8 = 0
}

/// One class in the matcher's tables.
struct ClassLine: BitwiseCopyable, Sendable {
    var head = none
    var tail = none
    /// How many wait, in the line or beside it.
    var members: UInt32 = 0
    /// How many of these stand in the line.
    var length: UInt32 = 0
    var queue: UInt32 = 0
    /// The queue's and the kind's together.
    var headStart: Int64 = 0
    /// The most that waiting adds to it.
    var agingMax: Int64 = 0
    var liftAfter = Int64.max
    /// When the class is looked at again by itself.
    var armedAt = Int64.max
    var firstStep: UInt32 = 0
    var steps: UInt16 = 0
    var stepsReserved: UInt16 = 0
    /// `Matcher.noChannel` where no agent has it.
    var channel: UInt8 = 0
    var band: UInt8 = 0
    var rings: UInt8 = 0
    /// In how many rings the head competes: those open to it, none while the queue is closed.
    var keyed: UInt8 = 0
    var usesLoad = true
    var isOpen = true
    var isUsed = false
}

/// What 64 neighbouring classes have in common.
struct ClassBlock: BitwiseCopyable, Sendable {
    var channel: UInt8 = 0
    /// Whether waiting earns their members a head start, so that keys of heads are only the least they can be.
    var isAging = false
}
