package import InteractionModel

/// Why a contact went to an agent: who or what was considered, and the first rule that dropped each.
///
/// Made by the code that decides. `dropped` counts agents by rule, in the rules' order; `named` lists them where the plan has few.
/// With more profiles than `RoutingState.countedProfilesMax` both are empty, and `Explanation.expanded` says it on demand.
package struct Explanation: Sendable, Equatable {
    package enum Search: String, Sendable {
        /// The contact came to wait and looked for an agent.
        case contactSoughtAgent = "agent"
        /// The agent became able and looked for a contact.
        case agentSoughtContact = "contact"
    }

    /// Why an agent was passed over; the first that applies, in this order (POLICY.md). The words are stable.
    package enum Rule: String, Sendable, CaseIterable {
        case channel
        case skill
        case group
        case ring
        case closed
        case signedOut = "signed-out"
        case unreachable
        case offHours = "off-hours"
        case notReady = "not-ready"
        case capacity
        case reserved
        case excluded
        case preferred
        /// Able, and later in order.
        case laterInOrder = "later-in-order"

        /// The word, and those of earlier releases.
        package init?(word: String) {
            if word == "declined-before" { self = .excluded } else { self.init(rawValue: word) }
        }

        /// Its place in the order of rules, from 0.
        package var rank: Int {
            switch self {
            case .channel: 0
            case .skill: 1
            case .group: 2
            case .ring: 3
            case .closed: 4
            case .signedOut: 5
            case .unreachable: 6
            case .offHours: 7
            case .notReady: 8
            case .capacity: 9
            case .reserved: 10
            case .excluded: 11
            case .preferred: 12
            case .laterInOrder: 13
            }
        }
    }

    package struct Dropped: Sendable, Equatable {
        package var rule: Rule
        package var count: Int
    }

    package struct Named: Sendable, Equatable {
        package var agent: AgentName
        package var rule: Rule
    }

    package var search: Search
    /// Contacts the winner already holds.
    package var load: Int
    /// How long the winner had been idle, or at this load.
    package var idle: Span
    /// How long the contact had waited.
    package var waited: Span
    /// The head start that its priority gave it: the queue's and its own.
    package var headStart: Span
    package var dropped: [Dropped]
    package var named: [Named]
    /// When the agent sought: contacts it could have taken that come later in order. Not counted where `dropped` is not.
    package var contactsBehind: Int
    /// The ring in which the winner was found; 0 is the queue itself.
    package var ring = 0
    /// Whether the winner is the agent whom the contact prefers.
    package var isPreferred = false
    /// The winner's level and quality tier on the queue, where the queue's order asks for them.
    package var level: Int?
    package var tier: Int?
    /// The winner's place by an `idleOrder` other than longest idle: busy milliseconds, or the sequence of the last offer.
    package var idleKey: Int64?
}
