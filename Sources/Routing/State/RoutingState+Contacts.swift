import InteractionModel

extension RoutingState {
    /// A contact from a channel: joins the open interaction of its thread, or begins one; keywords never wait.
    mutating func take(_ contact: InboundContact) -> Answer {
        if let earlier = contact.earlier { return .repeated(earlier.interaction) }
        let thread = threads[contact.thread]
        switch contact.kind {
        case .message: return thread.map { join(contact, to: $0) } ?? begin(contact)
        case .optOut(let keyword):
            record(.optedOut(contact.party, contact.channel, keyword: keyword), about: thread, key: contact.key)
            dropUnsent(of: thread)
        case .optIn(let keyword):
            record(.optedIn(contact.party, contact.channel, keyword: keyword), about: thread, key: contact.key)
        case .help(let keyword):
            record(.helpAsked(contact.party, contact.channel, keyword: keyword), about: thread, key: contact.key)
        }
        confirm(contact, about: thread)
        return .noted
    }

    private mutating func join(_ contact: InboundContact, to id: InteractionID) -> Answer {
        var until: Timestamp?
        switch interactions[id]?.state {
        case .active, .wrapping: until = now.advanced(by: plan.timers.inactiveAfter)
        default: break
        }
        record(.messageReceived(activeUntil: until), about: id, key: contact.key)
        return .accepted(id, isNew: false)
    }

    private mutating func begin(_ contact: InboundContact) -> Answer {
        let name =
            contact.wish.queue
            ?? plan.queue(channel: contact.channel, account: contact.account, destination: contact.destination)
        guard let queue = plan.queue(name) else { return .refused(.unknownQueue(name)) }
        let requirement = requirement(of: contact, in: queue)
        let contactClass = matcher.contactClass(contactKind(contact.channel, requirement))
        let waiting = matcher.waiting(inQueueOf: contactClass)
        guard waiting < queue.waitingMax else { return .refused(.queueFull(name, waiting: waiting)) }
        let received = Received(
            channel: contact.channel, account: contact.account, party: contact.party, thread: contact.thread,
            requirement: requirement, expiresAt: now.advanced(by: queue.expireAfter), planVersion: plan.version,
            agents: census(for: contactClass))
        let id = InteractionID(lastSequence + 1)
        record(.received(received), about: id, key: contact.key)
        return .accepted(id, isNew: true)
    }

    private func requirement(of contact: InboundContact, in queue: QueuePlan) -> Requirement {
        let bound = Requirement.headStartMax
        let wished = min(max(contact.wish.headStart ?? .zero, bound.negated), bound)  // Before the sum can overflow.
        let headStart = min(queue.headStart, bound).milliseconds + wished.milliseconds
        return Requirement(
            queue: queue.name,
            skills: contact.wish.skills.skills.isEmpty
                ? queue.skills : SkillSet(queue.skills.skills + contact.wish.skills.skills),
            headStart: min(Span(milliseconds: max(0, headStart)), bound))
    }

    /// The customer gave up. An offer is taken back; an agent who is already talking wraps up.
    mutating func withdraw(_ id: InteractionID, cause: String) -> Answer {
        guard let interaction = interactions[id], !interaction.state.hasEnded else {
            return .refused(.unknownInteraction(id))
        }
        switch interaction.state {
        case .offered(let offer, _):
            record(.offerEnded(offer, .rescinded(reason: cause)), about: id)
            record(.abandoned(cause: cause), about: id)
        case .queued: record(.abandoned(cause: cause), about: id)
        case .active: startWrapUp(id, reason: cause)
        case .wrapping, .closed, .abandoned, .expired: break
        }
        return .accepted(id, isNew: false)
    }

    mutating func startWrapUp(_ id: InteractionID, reason: String) {
        guard let interaction = interactions[id] else { return }
        let limit = plan.queue(interaction.requirement.queue)?.wrapUpMax ?? Span.minutes(5)
        record(.wrapUpStarted(reason: reason, until: now.advanced(by: limit)), about: id)
    }
}
