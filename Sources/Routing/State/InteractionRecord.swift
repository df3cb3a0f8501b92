package import InteractionModel

/// What the core remembers of one interaction until it has ended and been written down.
package struct InteractionRecord: Sendable, Equatable {
    /// Every state that is not an end names its deadline in `InteractionRecord.deadline`:
    /// - queued → offered; at the deadline → expired
    /// - offered → active (accepted) or queued; at the deadline → queued, agent not ready
    /// - active → wrapping, closed or queued; at the deadline (silence) → wrapping
    /// - wrapping → active (the customer writes again) or closed; at the deadline → closed
    package enum State: Sendable, Equatable {
        case queued
        case offered(OfferID, to: AgentName)
        case active(AgentName)
        case wrapping(AgentName)
        case closed(disposition: String?)
        case abandoned
        case expired

        package var name: String {
            switch self {
            case .queued: "queued"
            case .offered: "offered"
            case .active: "active"
            case .wrapping: "wrapping"
            case .closed: "closed"
            case .abandoned: "abandoned"
            case .expired: "expired"
            }
        }

        package var hasEnded: Bool {
            switch self {
            case .queued, .offered, .active, .wrapping: false
            case .closed, .abandoned, .expired: true
            }
        }

        /// Who has it, or is being asked.
        package var agent: AgentName? {
            switch self {
            case .offered(_, let agent), .active(let agent), .wrapping(let agent): agent
            case .queued, .closed, .abandoned, .expired: nil
            }
        }
    }

    /// An agent who is not offered this contact before a moment.
    package struct Exclusion: Sendable, Equatable {
        package var agent: AgentName
        package var until: Timestamp
    }

    package let id: InteractionID
    package let channel: ChannelName
    package let account: AccountName
    package let party: PartyKey
    package let thread: PartyKey
    package internal(set) var requirement: Requirement
    /// When it began to wait: its place in line, kept over every return.
    package let stamp: Timestamp
    /// When it ends if nobody takes it. Begins anew, with the same span, when an agent who had it gives it back.
    package internal(set) var expiresAt: Timestamp
    /// How long its queue lets it wait.
    package let waitLimit: Span
    package internal(set) var state = State.queued
    package internal(set) var deadline: Timestamp
    package internal(set) var exclusions: [Exclusion] = []
    /// The offer that made it its agent's, so that an acceptance repeated is recognised.
    package internal(set) var acceptedOffer: OfferID?
    /// Messages to the customer not yet taken by the provider, oldest first: they go out in this order.
    package internal(set) var outbox: [MessageID] = []
    /// Messages to the customer whose fate is still followed; the record stays until there are none.
    package internal(set) var followed = 0
    /// Who had it last, kept past the end for those who read the record.
    package internal(set) var lastAgent: AgentName?
    package internal(set) var updatedAt: Timestamp
    package internal(set) var lastSequence: Int64

    /// While it waits: its number and its class in the matcher.
    var slot: Int?
    var contactClass: Int?
}
