package import InteractionModel

package struct Received: Sendable, Equatable {
    package var channel: ChannelName
    package var account: AccountName
    package var party: PartyKey
    package var thread: PartyKey
    /// The contact's own wishes and the queue it waits in; what the queue adds comes from the plan.
    package var requirement: Requirement
    package var expiresAt: Timestamp
    package var planVersion: String
    /// The agents at that moment, by the first rule that kept them from this contact; `laterInOrder` were able.
    package var agents: [Explanation.Dropped]
    package var direction = Direction.inbound
    /// BCP 47.
    package var language: String?
    package var preference: Preference?
    /// Never offered to these.
    package var notAgents: [AgentName] = []
    /// When the queue's intraflow moves it, if it still waits.
    package var moveAt: Timestamp?
    /// The rules that sent it on before it came to wait, in words.
    package var via: [String] = []
    /// How long it was expected to wait, as of that moment; nil where there was too little to say so from.
    package var announced: WaitEstimate?
    /// Where another site had it before.
    package var transfer: TakenTransfer?
    /// The entry whose message it begins with: one that was relayed in vain to a site which had ended the contact.
    package var carries: Int64?
}

/// An agent who shall have a contact rather than others.
package struct Preference: Sendable, Equatable {
    package var agent: AgentName
    /// Until then the contact waits for that agent alone; nil means for anybody, that agent first.
    package var until: Timestamp?
}

package struct Offered: Sendable, Equatable {
    package var agent: AgentName
    package var until: Timestamp
    package var planVersion: String
    package var why: Explanation
}

package struct Requeued: Sendable, Equatable {
    package var by: AgentName
    package var requirement: Requirement
    /// The agent who put it back is not offered it again before this moment; nil is never.
    package var notAgainBefore: Timestamp?
    /// Nil: as long again as at first.
    package var expiresAt: Timestamp?
    package var moveAt: Timestamp?
    package var preference: Preference?
}

/// Into another queue, with its own wishes and its old place.
package struct Moved: Sendable, Equatable {
    package enum Reason: String, Sendable {
        /// The new plan does not name the queue it waited in.
        case plan
        case intraflow
        case escalated
        case supervisor
    }

    package var from: QueueName
    package var to: QueueName
    package var reason: Reason
    /// Who wanted it, where somebody did.
    package var by: String?
    /// How often it has been escalated.
    package var level = 0
    package var expiresAt: Timestamp
    package var moveAt: Timestamp?
    package var planVersion: String
}

/// A colleague asked in by the agent who has the contact; it reserves a place of that colleague's capacity.
package struct Invitation: Sendable, Equatable {
    package var agent: AgentName
    package var by: AgentName
    /// The queue the colleague was found in; nil when asked by name.
    package var queue: QueueName?
    package var until: Timestamp
}

package enum InvitationOutcome: Sendable, Equatable {
    /// The consultation has begun and lasts until then at most.
    case accepted(until: Timestamp)
    case rejected(reason: String?)
    case timedOut
    case cancelled(reason: String)
}

package struct Transferred: Sendable, Equatable {
    package var from: AgentName
    package var to: AgentName
    package var reason: String
    /// The new silence limit.
    package var activeUntil: Timestamp
}

/// How an offer ended. Only `accepted` gives the contact to the agent; after the others it waits at its old place.
package enum OfferOutcome: Sendable, Equatable {
    case accepted(activeUntil: Timestamp)
    case rejected(reason: String?, notAgainBefore: Timestamp)
    /// Nobody answered (RONA): the agent becomes not ready.
    case timedOut
    /// The router took it back.
    case rescinded(reason: String)
}
