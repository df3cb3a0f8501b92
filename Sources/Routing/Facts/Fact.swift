package import Federation
package import InteractionModel

/// Something that was decided or became true. State changes only by folding facts, so a fact carries every deadline
/// and choice that came of the plan: folding it later, under another plan or release, gives the same state.
package enum Fact: Sendable, Equatable {
    case siteStarted(epoch: Int64, release: String, wallOffset: Span)
    case clockStepped(wallOffset: Span)
    indirect case planActivated(Plan)
    /// What a calendar that something uses says from now on; `until` is its next change, nil where it has none.
    case hoursChanged(CalendarName, isOpen: Bool, until: Timestamp?)

    /// A new interaction waits from now on. Its number is this fact's own sequence.
    indirect case received(Received)
    /// The customer wrote again; `activeUntil` is the new silence limit where an agent has the interaction.
    case messageReceived(activeUntil: Timestamp?)
    indirect case offered(Offered)
    case offerEnded(OfferID, OfferOutcome)
    /// Taken from its agent and waiting again at its old place.
    case released(from: AgentName, reason: String)
    /// Put back by its agent, perhaps into another queue or for one agent first, at its old place.
    indirect case requeued(Requeued)
    /// Waiting in another queue from now on, at its old place.
    indirect case moved(Moved)
    /// While it waits, a supervisor named the agent who shall have it.
    case assigned(Preference, by: String)
    /// The customer is on hold, until then at most.
    case held(until: Timestamp)
    case resumed(reason: String)
    /// Out of the house until then at most; nobody here has it.
    case escalated(vendor: String, by: AgentName, until: Timestamp)
    /// Back from a vendor and waiting at its old place, until then at most.
    case returned(reason: String, expiresAt: Timestamp, moveAt: Timestamp?)
    case wrapUpStarted(reason: String, until: Timestamp, disposition: String? = nil)
    /// `rememberUntil`: how long the thread's next contact prefers the agent who had this one.
    case closed(disposition: String?, by: String, rememberUntil: Timestamp? = nil)
    /// `isShort`: gone before the queue counts it as a loss.
    case abandoned(cause: String, isShort: Bool = false)
    case expired

    /// A colleague is asked in. The invitation's number is this fact's own sequence.
    indirect case invited(Invitation)
    case invitationEnded(OfferID, InvitationOutcome)
    /// A colleague who was consulted now speaks with the customer too.
    case guestJoined(AgentName)
    case guestLeft(AgentName, reason: String)
    /// One of those who are in the conversation has it now; who had it is out.
    indirect case transferred(Transferred)

    case agentConnected(AgentName, session: Int64)
    case agentConnectionLost(AgentName, session: Int64, until: Timestamp)
    /// `until`: when the agent is available again without saying so.
    case agentStatusChanged(AgentName, AgentStatus, until: Timestamp? = nil)
    /// Signed out by the router; contacts still held are taken back at `reclaimAt`.
    case agentSignedOut(AgentName, reason: String, reclaimAt: Timestamp?)
    /// One result, 0 to 100, of an agent's work for a queue.
    case qualityReported(AgentName, QueueName, score: Int)

    /// A message to the customer was taken over. Its number is this fact's own sequence.
    indirect case messageQueued(MessageQueued)
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

    /// Custody of a contact changed here.
    indirect case custody(CustodyMove)
    /// Home learnt who has an away contact now.
    case custodyMoved(ContactID, to: SiteName, CustodyEpoch)
    case custodyForgotten(ContactID)
    /// The customer wrote, at home; or what was relayed in vain is taken up here.
    case relayed(Relayed)
    /// The customer gave up while the contact was away, or being handed over.
    case customerLeft(cause: String)
    indirect case relayDelivered(RelayDelivered)
    /// Whether the site wants no more contacts, and hands on those that wait.
    case siteDraining(Bool, by: String)
    /// From here on the journal is written in this life of the site; `isRestored`: what stands before is a backup.
    case lifeBegan(Int64, isRestored: Bool)
    /// A peer was restored: what its lost life offered has no effect any more, and what it answered is not believed.
    case fenced(SiteName, incarnation: Int64)
    /// Every peer has told: from here on contacts are decided, under this number of a restoration.
    case restorationBegan(Int64)
    case restorationEnded
    /// After a restore: a contact waits for its verdict, or has it.
    indirect case restored(RestoredCustody)
    /// A switch was told where to deliver a call, or what became of that.
    indirect case route(RouteChange)
}

package struct MessageQueued: Sendable, Equatable {
    package enum Author: Sendable, Equatable {
        case agent(AgentName)
        /// An agent of the site that has the contact; `number` is that site's for the message.
        case colleague(AgentName, at: SiteName, number: Int64)
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
    /// A colleague's message about a contact that ended so long ago that its interaction is forgotten: that contact.
    package var contact: ContactID?
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
