package import Federation
package import InteractionModel

/// One thing that happened, with the moment it happened: all the core ever learns.
package struct Input: Sendable, Equatable {
    package enum Event: Sendable, Equatable {
        /// This process became the site's router. Everyone is disconnected; what was being sent is uncertain.
        case siteStarted(epoch: Int64, release: String, wallOffset: Span)
        case planActivated(Plan)
        /// The wall clock was found to differ by this much from site time.
        case clockStepped(wallOffset: Span)
        case contact(InboundContact)
        /// The customer, or the client that spoke for the customer, no longer wants an answer.
        case withdrawn(InteractionID, cause: String)
        case delivery(DeliveryReport, repeated: Bool)
        case agentConnected(AgentName, session: Int64)
        case agentDisconnected(AgentName, session: Int64)
        case command(AgentName, AgentCommand)
        /// Somebody who runs the floor, by name.
        case supervisor(String, SupervisorCommand)
        /// A vendor is done with what was escalated to it.
        case vendorReturned(InteractionID)
        /// One result of an agent's work for a queue, 0 to 100: a survey, a reviewer's mark.
        case qualityReported(AgentName, QueueName, score: Int)
        case sendEnded(MessageID, attempt: Int, SendOutcome)
        /// A peer said something; who said it is certain.
        case peer(PeerInput)
        /// A peer answered what it was owed; who answered is certain.
        case peerAnswered(SiteName, incarnation: Int64, to: Owed.Item, PeerAnswer)
        case summaryHeard(SiteSummary)
        /// It is no peer any more.
        case peerForgotten(SiteName)
        /// A peer has so many agents of a queue with nothing to do.
        case peerAsks(SiteName, QueueName, places: Int)
        /// A peer was restored from a backup and is in another life.
        case peerFenced(SiteName, incarnation: Int64)
        /// This site was restored, and every peer has told what it knows.
        case restorationTold(RestorationLesson)
        case draining(Bool, by: String)
        /// Somebody has asked at the peer: an offer in doubt was not taken there.
        case custodyForced(ContactID, by: String)
        /// A switch, or a peer for one, asks where to deliver a call.
        case route(RouteInput)
        /// Nothing but time.
        case timePassed
    }

    package var at: Timestamp
    package var event: Event

    package init(at: Timestamp, _ event: Event) {
        self.at = at
        self.event = event
    }
}

/// A contact as the core sees it: addresses are pseudonyms, the content stays outside.
package struct InboundContact: Sendable, Equatable {
    package var key: IdempotencyKey
    package var channel: ChannelName
    package var account: AccountName
    package var kind: ContactEvent.Kind
    package var party: PartyKey
    /// Two contacts with the same thread belong to one interaction while it is open.
    package var thread: PartyKey
    /// Our address that was reached (DNIS).
    package var destination: String
    package var direction: Direction
    /// BCP 47; nil is not known.
    package var language: String?
    /// What the source asked for beyond the plan's own rule.
    package var wish: RoutingWish
    /// Whether a keyword shall be answered; the text is the channel's.
    package var wantsConfirmation: Bool
    /// What the journal already holds under `key`, looked up by whoever built this input.
    package var earlier: EarlierContact?
    /// By what it says that a switch announced it.
    package var claim: RouteClaim?

    package init(
        key: IdempotencyKey, channel: ChannelName, account: AccountName, kind: ContactEvent.Kind = .message,
        party: PartyKey, thread: PartyKey, destination: String, wish: RoutingWish = RoutingWish(),
        wantsConfirmation: Bool = false, earlier: EarlierContact? = nil, direction: Direction = .inbound,
        language: String? = nil
    ) {
        self.key = key
        self.channel = channel
        self.account = account
        self.kind = kind
        self.party = party
        self.thread = thread
        self.destination = destination
        self.wish = wish
        self.wantsConfirmation = wantsConfirmation
        self.earlier = earlier
        self.direction = direction
        self.language = language
    }
}

/// What a trusted client may ask for a contact it brings.
package struct RoutingWish: Sendable, Equatable {
    package var queue: QueueName?
    /// Needed beside what the queue needs.
    package var skills: SkillSet
    /// Added to the queue's own head start; bounded by `Requirement.headStartMax`.
    package var headStart: Span?
    /// Never offered to these; at most `InteractionRecord.notAgentsMax` count.
    package var notAgents: [AgentName]
    /// Rather this agent than others; one the plan does not name is passed over.
    package var preferredAgent: AgentName?
    /// How long to wait for that agent alone; nil leaves it to the queue.
    package var preferredFor: Span?

    package init(
        queue: QueueName? = nil, skills: SkillSet = SkillSet(), headStart: Span? = nil, notAgents: [AgentName] = [],
        preferredAgent: AgentName? = nil, preferredFor: Span? = nil
    ) {
        self.queue = queue
        self.skills = skills
        self.headStart = headStart
        self.notAgents = notAgents
        self.preferredAgent = preferredAgent
        self.preferredFor = preferredFor
    }
}

/// Where a key was first recorded.
package struct EarlierContact: Sendable, Equatable {
    package var interaction: InteractionID?

    package init(interaction: InteractionID?) {
        self.interaction = interaction
    }
}

/// What an agent may say.
package enum AgentCommand: Sendable, Equatable {
    case setStatus(AgentStatus)
    /// Of an offer, or of an invitation into a colleague's conversation.
    case accept(OfferID)
    case reject(OfferID, reason: String?)
    /// Write to the customer; `key` is the client's own number for the message, so a repetition is the same message.
    case reply(InteractionID, key: IdempotencyKey, repeated: Bool)
    /// The conversation is over, the paperwork is not.
    case wrapUp(InteractionID)
    case close(InteractionID, disposition: String?)
    /// Back to waiting, at the old place: in the same queue, or in another. `notMe`: never to this agent again.
    case requeue(InteractionID, to: QueueName?, notMe: Bool = false)
    case hold(InteractionID)
    case resume(InteractionID)
    /// Blind: at its old place, for a queue, or for one agent alone for a while.
    case transfer(InteractionID, to: Target, notMe: Bool = false)
    /// Ask a colleague in: by name, or the best who is free of a queue's.
    case consult(InteractionID, with: Target)
    /// Send a colleague away who was asked in, or take the invitation back.
    case dismiss(InteractionID, AgentName)
    /// The colleague has it from now on; nil where only one is consulted.
    case complete(InteractionID, to: AgentName?)
    /// All who are consulted speak with the customer too.
    case conference(InteractionID)
    /// Out of a colleague's conversation, or out of one's own that somebody else goes on with.
    case leave(InteractionID)
    /// To where the queue's escalation leads.
    case escalate(InteractionID)

    package enum Target: Sendable, Equatable {
        case queue(QueueName)
        case agent(AgentName)
        /// Only for a blind transfer.
        case site(SiteName)
    }
}

/// What somebody may say who runs the floor.
package enum SupervisorCommand: Sendable, Equatable {
    /// To wait in another queue, at its old place; taken from whoever has it.
    case move(InteractionID, to: QueueName)
    /// To wait for one agent alone for a while; taken from whoever has it.
    case assign(InteractionID, to: AgentName)
    /// Signed out is at once: what the agent holds goes back.
    case setStatus(AgentName, AgentStatus)
    case takeFromVendor(InteractionID)
    /// To wait at another site; taken from whoever has it.
    case handOver(InteractionID, to: SiteName)
}

/// What a channel said about one attempt to send.
package enum SendOutcome: Sendable, Equatable {
    case sent(providerID: String)
    /// Try again; `after` is the provider's own wish, and wins over the schedule when it is longer.
    case again(after: Span?, reason: String)
    case never(reason: String)
    /// The provider refuses because the person opted out there.
    case optedOut(reason: String)
}
