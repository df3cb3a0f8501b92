package import InteractionModel

/// Why a contact went to an agent: who or what was considered, and the first rule that dropped each.
///
/// Made by the code that decides. `dropped` counts agents by rule, in the rules' order; `named` lists them where the
/// plan has few.
package struct Explanation: Sendable, Equatable {
    package enum Search: String, Sendable {
        /// The contact came to wait and looked for an agent.
        case contactSoughtAgent = "agent"
        /// The agent became able and looked for a contact.
        case agentSoughtContact = "contact"
    }

    /// Why an agent was passed over; the first that applies, in this order.
    package enum Rule: String, Sendable, CaseIterable {
        case channel
        case skill
        case signedOut = "signed-out"
        case unreachable
        case offHours = "off-hours"
        case notReady = "not-ready"
        case capacity
        case declinedBefore = "declined-before"
        /// Able, and later in order.
        case laterInOrder = "later-in-order"

        /// Its place in the order of rules, from 0.
        var rank: Int {
            switch self {
            case .channel: 0
            case .skill: 1
            case .signedOut: 2
            case .unreachable: 3
            case .offHours: 4
            case .notReady: 5
            case .capacity: 6
            case .declinedBefore: 7
            case .laterInOrder: 8
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
    /// The head start that its priority gave it.
    package var headStart: Span
    package var dropped: [Dropped]
    package var named: [Named]
    /// When the agent sought: contacts it could have taken that come later in order.
    package var contactsBehind: Int
}
