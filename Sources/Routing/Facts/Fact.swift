package import InteractionModel

/// Something that was decided or became true. State changes only by folding facts, so a fact carries every deadline
/// and choice that came of the plan: folding it later, under another plan or release, gives the same state.
package enum Fact: Sendable, Equatable {
    case siteStarted(epoch: Int64, release: String, wallOffset: Span)
    case clockStepped(wallOffset: Span)
    case planActivated(Plan)

    /// A new interaction waits from now on. Its number is this fact's own sequence.
    case received(Received)
    /// The customer wrote again; `activeUntil` is the new silence limit where an agent has the interaction.
    case messageReceived(activeUntil: Timestamp?)
    case offered(Offered)
    case offerEnded(OfferID, OfferOutcome)
    /// Taken from its agent and waiting again at its old place.
    case released(from: AgentName, reason: String)
    /// Put back by its agent, perhaps into another queue, at its old place.
    case requeued(Requeued)
    case wrapUpStarted(reason: String, until: Timestamp)
    case closed(disposition: String?, by: String)
    case abandoned(cause: String)
    case expired

    case agentConnected(AgentName, session: Int64)
    case agentConnectionLost(AgentName, session: Int64, until: Timestamp)
    case agentStatusChanged(AgentName, AgentStatus)
    /// Signed out by the router; contacts still held are taken back at `reclaimAt`.
    case agentSignedOut(AgentName, reason: String, reclaimAt: Timestamp?)

    /// A message to the customer was taken over. Its number is this fact's own sequence.
    case messageQueued(MessageQueued)
    case sendStarted(MessageID, attempt: Int, until: Timestamp)
    case sendPostponed(MessageID, reason: String, until: Timestamp)
    case messageSent(MessageID, providerID: String, until: Timestamp)
    case messageFailed(MessageID, reason: String)
    case deliveryReported(MessageID, DeliveryStatus, detail: String?)
    /// No more reports are expected; the message is forgotten.
    case messageSettled(MessageID)

    case optedOut(PartyKey, ChannelName, keyword: String)
    case optedIn(PartyKey, ChannelName, keyword: String)
    case helpAsked(PartyKey, ChannelName, keyword: String)
}

package struct Received: Sendable, Equatable {
    package var channel: ChannelName
    package var account: AccountName
    package var party: PartyKey
    package var thread: PartyKey
    package var requirement: Requirement
    package var expiresAt: Timestamp
    package var planVersion: String
    /// The agents at that moment, by the first rule that kept them from this contact; `laterInOrder` were able.
    package var agents: [Explanation.Dropped]
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
    /// The agent who put it back is not offered it again before this moment.
    package var notAgainBefore: Timestamp
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

package struct MessageQueued: Sendable, Equatable {
    package enum Author: Sendable, Equatable {
        case agent(AgentName)
        /// The answer that a keyword must have; the only kind that suppression lets through.
        case compliance
    }

    package var author: Author
    package var channel: ChannelName
    package var account: AccountName
    package var party: PartyKey
    /// When the router stops trying.
    package var giveUpAt: Timestamp
    /// The new silence limit of the conversation; nil for a keyword's answer, which is no part of one.
    package var activeUntil: Timestamp?
}

/// A fact with its place in the record.
package struct RecordedFact: Sendable, Equatable {
    package var sequence: Int64
    package var at: Timestamp
    package var interaction: InteractionID?
    /// The same interaction's fact before this one.
    package var previous: Int64?
    package var key: IdempotencyKey?
    package var fact: Fact

    package init(
        sequence: Int64, at: Timestamp, interaction: InteractionID?, previous: Int64?, key: IdempotencyKey?, fact: Fact
    ) {
        self.sequence = sequence
        self.at = at
        self.interaction = interaction
        self.previous = previous
        self.key = key
        self.fact = fact
    }
}
