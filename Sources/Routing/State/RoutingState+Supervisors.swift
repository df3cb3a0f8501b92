import InteractionModel

/// What those may do who run the floor: they need not be agents.
extension RoutingState {
    mutating func obey(_ command: SupervisorCommand, ofSupervisor name: String) -> Answer {
        switch command {
        case .move(let id, let queue): return move(id, to: queue, bySupervisor: name)
        case .assign(let id, let agent): return assign(id, to: agent, bySupervisor: name)
        case .setStatus(let agent, let status): return setStatus(status, of: agent, bySupervisor: name)
        case .handOver(let id, let site): return handOver(id, bySupervisor: name, to: site)
        case .takeFromVendor(let id): return takeFromVendor(id, reason: "taken back by \(name)")
        }
    }

    /// Makes a contact wait that is offered or with an agent or vendor; false where there is nothing to wait for.
    mutating func makeWait(_ id: InteractionID, reason: String) -> Bool {
        switch interactions[id]?.state {
        case .queued: break
        case .offered(let offer, _): record(.offerEnded(offer, .rescinded(reason: reason)), about: id)
        case .active(let agent):
            dismissGuests(of: id, reason: reason)
            record(.released(from: agent, reason: reason), about: id)
        case .escalated: takeFromVendor(id, reason: reason)
        default: return false
        }
        return true
    }

    private mutating func move(_ id: InteractionID, to name: QueueName, bySupervisor supervisor: String) -> Answer {
        guard let before = interactions[id], !before.state.hasEnded else { return .refused(.unknownInteraction(id)) }
        guard let queue = queue(name) else { return .refused(.unknownQueue(name)) }
        guard makeWait(id, reason: "moved by \(supervisor)"), let interaction = interactions[id] else {
            return .refused(.wrongState(id, is: before.condition))
        }
        move(interaction, to: queue, .supervisor, by: supervisor)
        return .accepted(id, isNew: false)
    }

    private mutating func assign(_ id: InteractionID, to agent: AgentName, bySupervisor supervisor: String) -> Answer {
        guard let before = interactions[id], !before.state.hasEnded else { return .refused(.unknownInteraction(id)) }
        if let obstacle = obstacle(to: agent, having: before) { return .refused(obstacle) }
        guard makeWait(id, reason: "assigned by \(supervisor)"), let interaction = interactions[id] else {
            return .refused(.wrongState(id, is: before.condition))
        }
        record(.assigned(preference(for: agent, waiting: window(for: interaction)), by: supervisor), about: id)
        return .accepted(id, isNew: false)
    }

    // MARK: Results

    mutating func judge(_ agent: AgentName, on queue: QueueName, score: Int) -> Answer {
        guard let index = agentIndex[agent], agents[index].isPlanned else { return .refused(.unknownAgent(agent)) }
        guard self.queue(queue) != nil else { return .refused(.unknownQueue(queue)) }
        guard (0...100).contains(score) else { return .refused(.badScore(score)) }
        record(.qualityReported(agent, queue, score: score))
        return .noted
    }
}
