import InteractionModel

extension RoutingState {
    // MARK: Presence

    mutating func connect(_ name: AgentName, session: Int64) -> Answer {
        guard let index = agentIndex[name], agents[index].isPlanned else { return .refused(.unknownAgent(name)) }
        record(.agentConnected(name, session: session))
        return .none
    }

    /// Only the newest session counts: the end of one that was replaced changes nothing.
    mutating func disconnect(_ name: AgentName, session: Int64) -> Answer {
        guard let index = agentIndex[name], agents[index].presence == .connected(session: session) else { return .none }
        if agents[index].status == .signedOut, agents[index].held.isEmpty {
            record(.agentSignedOut(name, reason: "left", reclaimAt: nil))  // Nothing is kept for one who said good-bye.
        } else {
            loseConnection(index, session: session)
        }
        return .none
    }

    mutating func loseConnection(_ index: Int, session: Int64) {
        let until = now.advanced(by: plan.timers.reconnectGrace)
        record(.agentConnectionLost(agents[index].name, session: session, until: until))
    }

    // MARK: Commands

    mutating func obey(_ command: AgentCommand, of name: AgentName) -> Answer {
        guard let index = agentIndex[name], agents[index].isPlanned else { return .refused(.unknownAgent(name)) }
        guard case .connected = agents[index].presence else { return .refused(.notSignedIn(name)) }
        switch command {
        case .setStatus(let status): return setStatus(status, of: index)
        case .accept(let offer): return accept(offer, by: name)
        case .reject(let offer, let reason): return reject(offer, by: name, reason: reason)
        case .reply(let id, let key, let repeated): return reply(to: id, by: name, key: key, repeated: repeated)
        case .wrapUp(let id):
            guard case .active(name)? = interactions[id]?.state else { return refusal(of: id, for: name) }
            startWrapUp(id, reason: "agent")
            return .accepted(id, isNew: false)
        case .close(let id, let disposition): return close(id, by: name, disposition: disposition)
        case .requeue(let id, let queue): return requeue(id, by: name, to: queue)
        }
    }

    private mutating func setStatus(_ status: AgentStatus, of index: Int) -> Answer {
        if status == .signedOut, !agents[index].held.isEmpty {
            return .refused(.holdsContacts(agents[index].held.count))
        }
        if agents[index].status != status { record(.agentStatusChanged(agents[index].name, status)) }
        return .none
    }

    private mutating func close(_ id: InteractionID, by name: AgentName, disposition: String?) -> Answer {
        switch interactions[id]?.state {
        case .active(name), .wrapping(name): break
        default: return refusal(of: id, for: name)
        }
        let allowed = interactions[id].flatMap { plan.queue($0.requirement.queue)?.dispositions } ?? []
        if !allowed.isEmpty, !allowed.contains(disposition ?? "") {
            return .refused(.unknownDisposition(disposition ?? "", allowed: allowed))
        }
        record(.closed(disposition: disposition, by: name.rawValue), about: id)
        return .accepted(id, isNew: false)
    }

    private mutating func requeue(_ id: InteractionID, by name: AgentName, to queue: QueueName?) -> Answer {
        guard let interaction = interactions[id], interaction.state == .active(name) else {
            return refusal(of: id, for: name)
        }
        var requirement = interaction.requirement
        if let queue {
            guard let target = plan.queue(queue) else { return .refused(.unknownQueue(queue)) }
            requirement = Requirement(queue: queue, skills: target.skills, headStart: target.headStart)
        }
        let pause = now.advanced(by: plan.timers.offerAgainAfter)
        record(.requeued(Requeued(by: name, requirement: requirement, notAgainBefore: pause)), about: id)
        return .accepted(id, isNew: false)
    }

    /// Why `name` may not do this with `id` now.
    func refusal(of id: InteractionID, for name: AgentName) -> Answer {
        guard let interaction = interactions[id], !interaction.state.hasEnded else {
            return .refused(.unknownInteraction(id))
        }
        guard interaction.state.agent == name else {
            return .refused(.notYours(id, holder: interaction.state.agent))
        }
        return .refused(.wrongState(id, is: interaction.state.name))
    }

    // MARK: What the router does by itself

    /// Ends what an agent's broken connection left open.
    mutating func agentFellDue(_ index: Int, at moment: Timestamp) {
        guard agents[index].deadline == moment else { return }
        let name = agents[index].name
        if case .lost(_, let until) = agents[index].presence, until <= now {
            for id in agents[index].held {
                guard case .offered(let offer, name)? = interactions[id]?.state else { continue }
                record(.offerEnded(offer, .rescinded(reason: "connection lost")), about: id)
            }
            let reclaimAt = agents[index].held.isEmpty ? nil : now.advanced(by: plan.timers.reclaimAfter)
            record(.agentSignedOut(name, reason: "connection lost", reclaimAt: reclaimAt))
        } else {
            takeBack(from: index, reason: "agent is gone")
        }
    }

    /// Puts everything an agent holds back to its old place; what was in wrap-up is closed.
    mutating func takeBack(from index: Int, reason: String) {
        let name = agents[index].name
        for id in agents[index].held {
            switch interactions[id]?.state {
            case .offered(let offer, _): record(.offerEnded(offer, .rescinded(reason: reason)), about: id)
            case .wrapping: record(.closed(disposition: nil, by: reason), about: id)
            case .active: record(.released(from: name, reason: reason), about: id)
            default: break
            }
        }
    }
}
