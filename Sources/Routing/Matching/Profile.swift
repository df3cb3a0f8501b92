import InteractionModel

/// Agents who can do the same: the same skills, the same channels. Members are interchangeable for eligibility, so
/// only the first of each ready line ever competes.
struct Profile: Sendable {
    struct Kind: Hashable, Sendable {
        var skills: SkillSet
        var channels: [ChannelName]
    }

    let kind: Kind
    /// What `kind` names, as channel indices of the matcher.
    let channels: [Int]
    /// By channel index of the matcher.
    var ready: [ReadyLine] = []
    /// How many members are in which condition.
    var census = AgentCensus()
    /// The classes a member may take, in no order that matters.
    var classes: [Int] = []

    func takes(_ contactClass: ContactClass) -> Bool {
        channels.contains(contactClass.channel) && kind.skills.meets(contactClass.kind.requirement.skills)
    }
}

/// Contacts that need the same.
struct ContactClass: Sendable {
    struct Kind: Hashable, Sendable {
        var channel: ChannelName
        var requirement: Requirement
    }

    let kind: Kind
    let channel: Int
    /// Index in the matcher's count of waiting contacts by queue.
    let queue: Int
    /// Agents by the rule that keeps them from it, and the matcher's generation at which they were counted.
    var census: (generation: Int, dropped: [Explanation.Dropped]) = (-1, [])
    var waiting = WaitingLine()
    /// The profiles whose members may take this class, ascending.
    var profiles: [Int] = []
}

/// A condition that keeps an agent from work, or does not.
enum AgentCondition: Sendable {
    case signedOut, unreachable, offHours, notReady, available
}

struct AgentCensus: Sendable {
    var signedOut = 0
    var unreachable = 0
    var offHours = 0
    var notReady = 0
    var available = 0

    var members: Int { signedOut + unreachable + offHours + notReady + available }

    subscript(condition: AgentCondition) -> Int {
        get {
            switch condition {
            case .signedOut: signedOut
            case .unreachable: unreachable
            case .offHours: offHours
            case .notReady: notReady
            case .available: available
            }
        }
        set {
            switch condition {
            case .signedOut: signedOut = newValue
            case .unreachable: unreachable = newValue
            case .offHours: offHours = newValue
            case .notReady: notReady = newValue
            case .available: available = newValue
            }
        }
    }
}
