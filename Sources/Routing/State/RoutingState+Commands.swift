import InteractionModel

/// What an agent may say.
extension RoutingState {
    mutating func obey(_ command: AgentCommand, of name: AgentName) -> Answer {
        guard let index = agentIndex[name], agents[index].isPlanned else { return .refused(.unknownAgent(name)) }
        guard case .connected = agents[index].presence else { return .refused(.notSignedIn(name)) }
        switch command {
        case .setStatus(let status): return setStatus(status, of: index)
        case .accept(let offer): return accept(offer, by: name)
        case .reject(let offer, let reason): return reject(offer, by: name, reason: reason)
        case .reply(let id, let key, let repeated): return reply(to: id, by: name, key: key, repeated: repeated)
        case .wrapUp(let id): return wrapUp(id, by: name)
        case .close(let id, let disposition): return close(id, by: name, disposition: disposition)
        case .requeue(let id, let queue, let notMe): return requeue(id, by: name, to: queue, notMe: notMe)
        case .hold(let id): return hold(id, by: name)
        case .resume(let id): return resume(id, by: name)
        case .transfer(let id, .queue(let queue), let notMe): return requeue(id, by: name, to: queue, notMe: notMe)
        case .transfer(let id, .agent(let agent), let notMe): return transfer(id, by: name, to: agent, notMe: notMe)
        case .transfer(let id, .site(let site), _): return handOver(id, by: name, to: site)
        case .consult(let id, let whom): return consult(id, by: name, whom)
        case .dismiss(let id, let agent): return dismiss(id, by: name, agent)
        case .complete(let id, let agent): return complete(id, by: name, to: agent)
        case .conference(let id): return conference(id, by: name)
        case .leave(let id): return leave(id, by: name)
        case .escalate(let id): return escalate(id, by: name)
        }
    }

    // MARK: Status

    private mutating func setStatus(_ status: AgentStatus, of index: Int) -> Answer {
        if status == .signedOut, !agents[index].held.isEmpty {
            return .refused(.holdsContacts(agents[index].held.count))
        }
        var limit: Span?
        if case .notReady(let reason) = status, !plan.statusReasons.isEmpty {
            guard let known = plan.statusReasons.first(where: { $0.name == reason.rawValue }) else {
                return .refused(.unknownReason(reason.rawValue, allowed: plan.statusReasons.map(\.name)))
            }
            limit = known.limit
        }
        guard agents[index].status != status else { return .none }
        record(.agentStatusChanged(agents[index].name, status, until: limit.map { now.advanced(by: $0) }))
        return .none
    }

    /// The same for a supervisor, who may also take back what the agent holds.
    mutating func setStatus(_ status: AgentStatus, of name: AgentName, bySupervisor supervisor: String) -> Answer {
        guard let index = agentIndex[name], agents[index].isPlanned else { return .refused(.unknownAgent(name)) }
        guard agents[index].condition != .signedOut else { return .refused(.notSignedIn(name)) }
        guard status == .signedOut else { return setStatus(status, of: index) }
        takeBack(from: index, reason: "signed out by \(supervisor)")
        record(.agentSignedOut(name, reason: "signed out by \(supervisor)", reclaimAt: nil))
        return .none
    }

    // MARK: The end of the conversation

    private mutating func wrapUp(_ id: InteractionID, by name: AgentName) -> Answer {
        guard case .active(name)? = interactions[id]?.state else { return refusal(of: id, for: name) }
        startWrapUp(id, reason: "agent")
        return .accepted(id, isNew: false)
    }

    private mutating func close(_ id: InteractionID, by name: AgentName, disposition: String?) -> Answer {
        guard let interaction = interactions[id] else { return refusal(of: id, for: name) }
        let queue = queue(interaction.requirement.queue)
        let wrapsUpFirst: Bool
        switch interaction.state {
        case .active(name): wrapsUpFirst = queue?.wrapUpIsMandatory ?? false
        case .wrapping(name): wrapsUpFirst = false
        default: return refusal(of: id, for: name)
        }
        let outcome = disposition ?? interaction.disposition
        let allowed = queue?.dispositions ?? []
        let mayBeMissing = wrapsUpFirst && outcome == nil
        if !allowed.isEmpty, !mayBeMissing, !allowed.contains(outcome ?? "") {
            return .refused(.unknownDisposition(outcome ?? "", allowed: allowed))
        }
        if wrapsUpFirst {
            startWrapUp(id, reason: "mandatory", disposition: outcome)
        } else {
            close(interaction, disposition: outcome, by: name.rawValue)
        }
        return .accepted(id, isNew: false)
    }

    // MARK: Handing on

    private mutating func requeue(_ id: InteractionID, by name: AgentName, to target: QueueName?, notMe: Bool) -> Answer
    {
        guard let interaction = interactions[id], interaction.state == .active(name) else {
            return refusal(of: id, for: name)
        }
        if let target, queue(target) == nil { return .refused(.unknownQueue(target)) }
        putBack(interaction, by: name, to: target, notMe: notMe, preference: nil)
        return .accepted(id, isNew: false)
    }

    /// Waits for the colleague alone for as long as an offer may ring, or the queue lets its contacts wait for one.
    private mutating func transfer(
        _ id: InteractionID, by name: AgentName, to colleague: AgentName, notMe: Bool
    ) -> Answer {
        guard let interaction = interactions[id], interaction.state == .active(name) else {
            return refusal(of: id, for: name)
        }
        if let obstacle = obstacle(to: colleague, having: interaction) { return .refused(obstacle) }
        let preference = preference(for: colleague, waiting: window(for: interaction))
        putBack(interaction, by: name, to: nil, notMe: notMe, preference: preference)
        return .accepted(id, isNew: false)
    }

    /// How long a contact that somebody sends to one agent waits for that agent alone.
    func window(for interaction: InteractionRecord) -> Span {
        let queue = queue(interaction.requirement.queue)
        return max(queue?.preferred.waitFor ?? .zero, queue?.offerTimeout ?? .seconds(20))
    }

    private mutating func putBack(
        _ interaction: InteractionRecord, by name: AgentName, to target: QueueName?, notMe: Bool,
        preference: Preference?
    ) {
        dismissGuests(of: interaction.id, reason: "handed on")
        var requirement = interaction.requirement
        if let target { requirement.queue = target }
        let queue = queue(requirement.queue)
        let requeued = Requeued(
            by: name, requirement: requirement,
            notAgainBefore: notMe ? nil : now.advanced(by: plan.timers.offerAgainAfter),
            expiresAt: target.flatMap { _ in queue.map { now.advanced(by: $0.expireAfter) } },
            moveAt: queue.flatMap { intraflowMoment(in: $0) }, preference: preference)
        record(.requeued(requeued), about: interaction.id)
    }

    /// Why `colleague` may not be sent this contact: unknown, away, or never able to take it.
    func obstacle(to colleague: AgentName, having interaction: InteractionRecord) -> Refusal? {
        guard let index = agentIndex[colleague], agents[index].isPlanned else { return .unknownAgent(colleague) }
        guard interaction.state.agent != colleague else { return .sameAgent(colleague) }
        let agent = agents[index]
        guard agent.isReachable else { return .notSignedIn(colleague) }
        guard agent.capacity(for: interaction.channel) > 0 else {
            return .cannotServe(colleague, why: "does not take \(interaction.channel)")
        }
        guard let queue = queue(interaction.requirement.queue) else { return nil }
        guard rings(of: queue).contains(where: { $0.admits(agent, plan, own: interaction.requirement.skills) }) else {
            return .cannotServe(colleague, why: "may not serve \(queue.name), or lacks a skill the contact needs")
        }
        return nil
    }

    /// Why `name` may not do this with `id` now.
    func refusal(of id: InteractionID, for name: AgentName) -> Answer {
        guard let interaction = interactions[id], !interaction.state.hasEnded else {
            return .refused(.unknownInteraction(id))
        }
        guard interaction.state.agent == name else {
            return .refused(.notYours(id, holder: interaction.state.agent))
        }
        return .refused(.wrongState(id, is: interaction.condition))
    }
}
