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

    // MARK: What the router does by itself

    /// Ends what an agent's broken connection or limited status left open.
    mutating func agentFellDue(_ index: Int, at moment: Timestamp) {
        guard agents[index].deadline == moment else { return }
        if case .lost(_, let until) = agents[index].presence, until <= now { giveUp(on: index) }
        if let reclaimAt = agents[index].reclaimAt, reclaimAt <= now { takeBack(from: index, reason: "agent is gone") }
        if let until = agents[index].statusUntil, until <= now {
            record(.agentStatusChanged(agents[index].name, .available))
        }
    }

    /// The connection did not come back in time. What others can go on with, they have at once.
    private mutating func giveUp(on index: Int) {
        let name = agents[index].name
        for id in agents[index].held {
            guard let interaction = interactions[id] else { continue }
            if case .offered(let offer, name) = interaction.state {
                record(.offerEnded(offer, .rescinded(reason: "connection lost")), about: id)
            } else if interaction.state.agent != name {
                dismiss(name, from: id, reason: "connection lost")
            } else {
                handOver(id, from: name, reason: "connection lost")
            }
        }
        let reclaimAt = agents[index].held.isEmpty ? nil : now.advanced(by: plan.timers.reclaimAfter)
        record(.agentSignedOut(name, reason: "connection lost", reclaimAt: reclaimAt))
    }

    /// Puts everything an agent holds back to its old place, or leaves it to those who are in the conversation; what was
    /// in wrap-up is closed.
    mutating func takeBack(from index: Int, reason: String) {
        let name = agents[index].name
        for id in agents[index].held {
            guard let interaction = interactions[id] else { continue }
            switch interaction.state {
            case .offered(let offer, name): record(.offerEnded(offer, .rescinded(reason: reason)), about: id)
            case .wrapping(name): close(interaction, disposition: nil, by: reason)
            case .active(name):
                guard !handOver(id, from: name, reason: reason) else { continue }
                dismissGuests(of: id, reason: reason)
                record(.released(from: name, reason: reason), about: id)
            default: dismiss(name, from: id, reason: reason)
            }
        }
    }
}
