package import InteractionModel

/// What the core remembers of one interaction until it has ended and been written down.
package struct InteractionRecord: Sendable, Equatable {
    /// Every state that is not an end names its deadline in `InteractionRecord.deadline`:
    /// - queued → offered or abandoned, or queued elsewhere; at the deadline → expired
    /// - offered → active (accepted), queued or abandoned; at the deadline → queued, agent not ready
    /// - active → wrapping, closed, queued, escalated, or active with another; at the deadline (silence) → wrapping
    /// - escalated → queued (back from the vendor) or abandoned; at the deadline → queued
    /// - handing over → away or queued; has no deadline: only the peer's answer, or somebody who asked there, ends it
    /// - away → queued (the contact came back) or closed; at the deadline → closed
    /// - wrapping → active (the customer writes again) or closed; at the deadline → closed
    package enum State: Sendable, Equatable {
        case queued
        case offered(OfferID, to: AgentName)
        case active(AgentName)
        case wrapping(AgentName)
        /// With a vendor, out of the house.
        case escalated(vendor: String)
        /// Offered to another site and frozen: nobody knows yet who has it.
        case handingOver(to: SiteName)
        /// Another site has it: the one that took it, or where home was told that it went from there.
        case away(at: SiteName)
        case closed(disposition: String?)
        case abandoned
        case expired

        package var name: String {
            switch self {
            case .queued: "queued"
            case .offered: "offered"
            case .active: "active"
            case .wrapping: "wrapping"
            case .escalated: "escalated"
            case .handingOver: "handing-over"
            case .away: "away"
            case .closed: "closed"
            case .abandoned: "abandoned"
            case .expired: "expired"
            }
        }

        package var hasEnded: Bool {
            switch self {
            case .queued, .offered, .active, .wrapping, .escalated, .handingOver, .away: false
            case .closed, .abandoned, .expired: true
            }
        }

        /// Who works on it: whoever stops doing so has ended work, however it went on.
        var worker: AgentName? {
            switch self {
            case .active(let agent), .wrapping(let agent): agent
            default: nil
            }
        }

        /// Who has it, or is being asked.
        package var agent: AgentName? {
            switch self {
            case .offered(_, let agent), .active(let agent), .wrapping(let agent): agent
            case .queued, .escalated, .handingOver, .away, .closed, .abandoned, .expired: nil
            }
        }
    }

    /// An agent who is not offered this contact before a moment.
    package struct Exclusion: Sendable, Equatable {
        package var agent: AgentName
        package var until: Timestamp
    }

    package let id: InteractionID
    /// Its name in the network; nil when it began here, as this interaction.
    package internal(set) var contact: ContactID?
    package let channel: ChannelName
    package let account: AccountName
    package let party: PartyKey
    package let thread: PartyKey
    package internal(set) var direction = Direction.inbound
    package internal(set) var language: String?
    /// The contact's own wishes and the queue it waits in; what the queue adds comes from the plan.
    package internal(set) var requirement: Requirement
    /// When it began to wait: its place in line, kept over every return.
    package let stamp: Timestamp
    /// When it ends if nobody takes it. Begins anew, with the same span, when an agent who had it gives it back.
    package internal(set) var expiresAt: Timestamp
    /// How long it may wait: `expiresAt` minus this is when it began to, or was last given back by an agent.
    package internal(set) var waitLimit: Span
    /// When its queue's intraflow moves it, if it still waits.
    package internal(set) var moveAt: Timestamp?
    /// How often it has been escalated.
    package internal(set) var level = 0
    /// The agent who shall have it, and until when it waits for that agent alone; the moment goes as soon as it does not any more.
    package internal(set) var preference: Preference?
    package internal(set) var state = State.queued
    package internal(set) var deadline: Timestamp
    package internal(set) var exclusions: [Exclusion] = []
    /// Never offered to these.
    package internal(set) var notAgents: [AgentName] = []
    /// While active: until when the customer is on hold.
    package internal(set) var heldUntil: Timestamp?
    /// While active: the colleagues its agent asked in, in the order in which they were asked.
    package internal(set) var guests: [Guest] = []
    /// The outcome named when a mandatory wrap-up began.
    package internal(set) var disposition: String?
    /// The offer that made it its agent's, so that an acceptance repeated is recognised.
    package internal(set) var acceptedOffer: OfferID?
    /// Messages to the customer not yet taken by the provider, oldest first: they go out in this order.
    package internal(set) var outbox: [MessageID] = []
    /// Messages whose fate is still followed, to the customer or from there to another site; the record stays until
    /// there are none.
    package internal(set) var followed = 0
    /// Who had it last, kept past the end for those who read the record.
    package internal(set) var lastAgent: AgentName?
    package internal(set) var updatedAt: Timestamp
    package internal(set) var lastSequence: Int64
    /// What its queue measures of it.
    package internal(set) var visit = Visit(queue: 0, since: Timestamp(milliseconds: 0))

    /// Agents in one conversation, its owner among them, at most: one more is refused.
    package static let participantsMax = 8
    /// Agents a contact may be kept from for good, at most; beyond it the first of them is forgotten.
    package static let notAgentsMax = 64

    /// While it waits: its number in the matcher.
    var slot: Int?

    /// The state's name, or that the customer is on hold.
    var condition: String { heldUntil == nil ? state.name : "on hold" }
}

/// A colleague whom a contact's agent asked in.
package struct Guest: Sendable, Equatable {
    /// - invited → consulted (accepted), or gone; at the deadline → gone
    /// - consulted → joined, the contact's agent, or gone; at the deadline → gone
    /// - joined → the contact's agent, or gone when the conversation ends, which its own deadline sees to
    package enum Stage: Sendable, Equatable {
        case invited(until: Timestamp)
        case consulted(until: Timestamp)
        /// Speaks with the customer too, since the fact of that number.
        case joined(since: Int64)
    }

    package let agent: AgentName
    package let offer: OfferID
    package internal(set) var stage: Stage

    package var deadline: Timestamp? {
        switch stage {
        case .invited(let until), .consulted(let until): until
        case .joined: nil
        }
    }

    var isInvited: Bool {
        if case .invited = stage { true } else { false }
    }

    var joinedSince: Int64? {
        if case .joined(let since) = stage { since } else { nil }
    }
}
