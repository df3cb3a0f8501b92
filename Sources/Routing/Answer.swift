package import Federation
package import InteractionModel

/// What the asker of one input may be told, once its facts are durable.
package enum Answer: Sendable, Equatable {
    /// Nobody asked, or the facts say it all.
    case none
    /// The contact is ours: in a new interaction, or joined to an open one.
    case accepted(InteractionID, isNew: Bool)
    /// Taken note of, and no interaction came of it.
    case noted
    /// The key was known: the same answer as the first time.
    case repeated(InteractionID?)
    /// The agent's message was taken under this number.
    case queued(MessageID)
    /// What the peer that said something is told.
    case peer(PeerAnswer)
    /// How a peer's summary was taken.
    case reception(Directory.Reception)
    /// What a question where to deliver a call led to.
    case route(RouteOutcome)
    /// How far a restored site is with what its peers told.
    case restoration(RestorationLesson.Outcome)
    case refused(Refusal)
}

/// Why the core declined. Nothing became true, so nothing is recorded.
package enum Refusal: Sendable, Hashable {
    case queueFull(QueueName, waiting: Int)
    case unknownQueue(QueueName)
    case unknownAgent(AgentName)
    case unknownInteraction(InteractionID)
    case unknownMessage(MessageID)
    /// The agent has no connection, or is signed out.
    case notSignedIn(AgentName)
    /// The offer was answered, lapsed or withdrawn, or is another's; `holder` is the agent it was made to, while that
    /// agent has the contact.
    case offerOver(OfferID, holder: AgentName?)
    case notYours(InteractionID, holder: AgentName?)
    /// Not possible in this state, for example a reply in wrap-up.
    case wrongState(InteractionID, is: String)
    case unknownDisposition(String, allowed: [String])
    /// The person opted out of this channel; nothing may be sent.
    case suppressed(ChannelName)
    case outboxFull(Int)
    /// An agent may not sign out while holding contacts.
    case holdsContacts(Int)
    case queueClosed(QueueName)
    /// An overflow rule of the queue refuses newcomers now.
    case turnedAway(QueueName, rule: String)
    /// The plan names the reasons for being not ready, and this is none of them.
    case unknownReason(String, allowed: [String])
    /// The agent could never take this contact.
    case cannotServe(AgentName, why: String)
    /// The agent could take it, but not now.
    case notAvailable(AgentName, why: String)
    /// The contact is that agent's already, or that agent was asked in already.
    case sameAgent(AgentName)
    case nobodyAvailable(QueueName)
    case notAGuest(AgentName, of: InteractionID)
    case nobodyConsulted(InteractionID)
    case tooManyParticipants(Int)
    case noEscalation(QueueName)
    case badScore(Int)
    /// The site cannot be sent contacts now.
    case siteUnavailable(SiteName, why: String)
    /// No offer of this contact waits for a peer's answer.
    case notInDoubt(ContactID)

    /// A word for machines; stable.
    package var code: String {
        switch self {
        case .queueFull: "queue-full"
        case .unknownQueue: "unknown-queue"
        case .unknownAgent: "unknown-agent"
        case .unknownInteraction: "unknown-interaction"
        case .unknownMessage: "unknown-message"
        case .notSignedIn: "not-signed-in"
        case .offerOver: "offer-over"
        case .notYours: "not-yours"
        case .wrongState: "wrong-state"
        case .unknownDisposition: "unknown-disposition"
        case .suppressed: "suppressed"
        case .outboxFull: "outbox-full"
        case .holdsContacts: "holds-contacts"
        case .queueClosed: "queue-closed"
        case .turnedAway: "turned-away"
        case .unknownReason: "unknown-reason"
        case .cannotServe: "cannot-serve"
        case .notAvailable: "not-available"
        case .sameAgent: "same-agent"
        case .nobodyAvailable: "nobody-available"
        case .notAGuest: "not-a-guest"
        case .nobodyConsulted: "nobody-consulted"
        case .tooManyParticipants: "too-many-participants"
        case .noEscalation: "no-escalation"
        case .badScore: "bad-score"
        case .siteUnavailable: "site-unavailable"
        case .notInDoubt: "not-in-doubt"
        }
    }

    /// Whether the same request may succeed later without anyone changing anything.
    package var isTemporary: Bool {
        switch self {
        case .queueFull, .outboxFull, .queueClosed, .turnedAway, .notAvailable, .nobodyAvailable, .siteUnavailable: true
        default: false
        }
    }
}

extension Refusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .queueFull(let queue, let waiting): "queue \(queue) is full: \(waiting) are waiting; try again later"
        case .unknownQueue(let queue): "the plan has no queue \(queue)"
        case .unknownAgent(let agent): "the plan has no agent \(agent)"
        case .unknownInteraction(let id): "interaction \(id) is not open here"
        case .unknownMessage(let id): "message \(id) is not being followed any more"
        case .notSignedIn(let agent): "\(agent) is not signed in; say your status first"
        case .offerOver(let offer, let holder):
            "offer \(offer) is over" + (holder.map { "; \($0) has the contact" } ?? "")
        case .notYours(let id, let holder):
            "interaction \(id) is not yours" + (holder.map { "; \($0) has it" } ?? "; nobody has it")
        case .wrongState(let id, let state): "interaction \(id) is \(state); that cannot be done now"
        case .unknownDisposition(let word, let allowed):
            "\"\(word)\" is no disposition of this queue; choose one of \(allowed.joined(separator: ", "))"
        case .suppressed(let channel): "the person opted out of \(channel); nothing may be sent until they opt in again"
        case .outboxFull(let bound): "\(bound) messages wait to be sent already; try again later"
        case .holdsContacts(let count): "\(count) contacts are still yours; finish or requeue them first"
        case .queueClosed(let queue): "queue \(queue) is closed; try again when it opens"
        case .turnedAway(let queue, let rule): "queue \(queue) takes no newcomers now: \(rule); try again later"
        case .unknownReason(let word, let allowed):
            "\"\(word)\" is no reason of this plan; choose one of \(allowed.joined(separator: ", "))"
        case .cannotServe(let agent, let why): "\(agent) cannot have this contact: \(agent) \(why)"
        case .notAvailable(let agent, let why): "\(agent) \(why); try again later or ask somebody else"
        case .sameAgent(let agent): "\(agent) has this contact or was asked in already"
        case .nobodyAvailable(let queue): "nobody of queue \(queue) is free just now; try again later"
        case .notAGuest(let agent, let id): "\(agent) is not in the conversation \(id)"
        case .nobodyConsulted(let id): "nobody else is in the conversation \(id); ask a colleague in first"
        case .tooManyParticipants(let bound): "\(bound) agents are in this conversation already"
        case .noEscalation(let queue): "the plan does not say where queue \(queue) escalates to"
        case .badScore(let score): "\(score) is no score; scores run from 0 to 100"
        case .siteUnavailable(let site, let why): "site \(site) \(why)"
        case .notInDoubt(let contact): "no offer of contact \(contact) to another site is in doubt here"
        }
    }
}
