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
        if let contact = self.contact(of: id), custody[contact]?.relays.count ?? 0 >= CustodyEntry.relaysMax {
            return .refused(.outboxFull(CustodyEntry.relaysMax))
        }
        var until: Timestamp?
        switch interactions[id]?.state {
        case .active, .wrapping: until = now.advanced(by: plan.timers.inactiveAfter)
        default: break
        }
        record(.messageReceived(activeUntil: until), about: id, key: contact.key)
        arrive(reservation(of: contact), as: id)
        return .accepted(id, isNew: false)
    }

    private mutating func begin(_ contact: InboundContact) -> Answer {
        let reservation = reservation(of: contact)
        let wished = contact.wish.queue ?? announcedQueue(reservation?.number) ?? entryQueue(for: contact)
        guard let first = queue(wished) else { return .refused(.unknownQueue(wished)) }
        let via: [String]
        let queue: QueuePlan
        switch arrival(in: first) {
        case .refused(let refusal): return .refused(refusal)
        case .waits(let found, let steps): (queue, via) = (found, steps)
        }
        let waiting = matcher.waiting(in: queue.name)
        guard waiting < queue.waitingMax else { return .refused(.queueFull(queue.name, waiting: waiting)) }
        let received = received(contact, in: queue, via: via)
        let id = InteractionID(lastSequence + 1)
        record(.received(received), about: id, key: contact.key)
        arrive(reservation, as: id)
        return .accepted(id, isNew: true)
    }

    private mutating func received(_ contact: InboundContact, in queue: QueuePlan, via: [String]) -> Received {
        let bound = Requirement.headStartMax
        let own = Requirement(
            queue: queue.name, skills: contact.wish.skills,
            headStart: min(max(contact.wish.headStart ?? .zero, bound.negated), bound))
        var received = Received(
            channel: contact.channel, account: contact.account, party: contact.party, thread: contact.thread,
            requirement: own, expiresAt: now.advanced(by: queue.expireAfter), planVersion: plan.version,
            agents: census(for: matcher.contactClass(contactKind(contact.channel, own))))
        received.direction = contact.direction
        received.language = contact.language
        received.preference = preference(of: contact, in: queue)
        received.notAgents = Array(contact.wish.notAgents.prefix(InteractionRecord.notAgentsMax))
        received.moveAt = intraflowMoment(in: queue)
        received.via = via
        received.announced = announcement(in: queue, agents: received.agents).estimate
        return received
    }

    /// Whom the client wishes, else who last served the thread, if the queue goes by that. An agent the plan does not
    /// name cannot be preferred, and the contact is none the worse for it.
    private func preference(of contact: InboundContact, in queue: QueuePlan) -> Preference? {
        let remembers = queue.preferred.rememberFor > .zero
        let last = remembers ? lastAgents.agent(of: contact.thread, at: now) : nil
        guard let agent = contact.wish.preferredAgent ?? last, !contact.wish.notAgents.contains(agent),
            let index = agentIndex[agent], agents[index].isPlanned
        else { return nil }
        return preference(for: agent, waiting: contact.wish.preferredFor ?? queue.preferred.waitFor)
    }

    /// Waits for `agent` alone for a while, if that agent can be reached at all.
    func preference(for agent: AgentName, waiting span: Span) -> Preference {
        Preference(agent: agent, until: span > .zero && isReachable(agent) ? now.advanced(by: span) : nil)
    }

    /// The customer gave up. An offer is taken back; an agent who is already talking wraps up.
    mutating func withdraw(_ id: InteractionID, cause: String) -> Answer {
        guard let interaction = interactions[id], !interaction.state.hasEnded else {
            return .refused(.unknownInteraction(id))
        }
        switch interaction.state {
        case .offered(let offer, _):
            record(.offerEnded(offer, .rescinded(reason: cause)), about: id)
            abandon(interaction, cause: cause)
        case .queued, .escalated: abandon(interaction, cause: cause)
        case .active: startWrapUp(id, reason: cause)
        case .handingOver, .away:
            guard noteLeaving(interaction, cause: cause) else {
                return .refused(.wrongState(id, is: interaction.condition))
            }
        case .wrapping, .closed, .abandoned, .expired: break
        }
        return .accepted(id, isNew: false)
    }

    private mutating func abandon(_ interaction: InteractionRecord, cause: String) {
        let limit = queue(interaction.requirement.queue)?.shortAbandon ?? .zero
        let isShort = now.since(interaction.stamp) < limit
        record(.abandoned(cause: cause, isShort: isShort), about: interaction.id)
    }

    // MARK: The end of a conversation

    mutating func startWrapUp(_ id: InteractionID, reason: String, disposition: String? = nil) {
        guard let interaction = interactions[id] else { return }
        dismissGuests(of: id, reason: "wrap-up")
        let limit = queue(interaction.requirement.queue)?.wrapUpMax ?? Span.minutes(5)
        record(
            .wrapUpStarted(reason: reason, until: now.advanced(by: limit), disposition: disposition), about: id)
    }

    /// Closes what an agent had, with the outcome named now or when wrap-up began.
    mutating func close(_ interaction: InteractionRecord, disposition: String?, by: String) {
        dismissGuests(of: interaction.id, reason: "closed")
        let memory = queue(interaction.requirement.queue)?.preferred.rememberFor ?? .zero
        let rememberUntil = memory > .zero ? now.advanced(by: memory) : nil
        record(
            .closed(disposition: disposition ?? interaction.disposition, by: by, rememberUntil: rememberUntil),
            about: interaction.id)
    }

    /// Folds whom the thread's next contact prefers.
    mutating func remember(_ id: InteractionID, until: Timestamp?, by recorded: RecordedFact) {
        guard let until, let interaction = interactions[id], let agent = interaction.state.agent else { return }
        let memory = LastAgents.Memory(agent: agent, until: until, number: recorded.sequence)
        changes.memories += lastAgents.note(memory, of: interaction.thread, at: recorded.at)
        changes.memories.append(interaction.thread)
    }
}
