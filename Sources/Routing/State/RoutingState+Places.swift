import InteractionModel

/// Where a contact stands: in a line of the matcher, or with agents.
extension RoutingState {
    mutating func leave(_ interaction: InteractionRecord) {
        if interaction.state == .queued {
            leaveLine(interaction)
        } else if let agent = interaction.state.agent {
            letGo(interaction.id, by: agent)
        }
    }

    mutating func enter(_ interaction: InteractionRecord) {
        if interaction.state == .queued {
            enterLine(interaction)
        } else if let agent = interaction.state.agent {
            take(interaction.id, by: agent)
        }
    }

    // MARK: With agents

    mutating func take(_ id: InteractionID, by agent: AgentName) {
        guard let index = agentIndex[agent], !agents[index].held.contains(id) else { return }
        if agents[index].held.isEmpty, agents[index].busySince == nil { agents[index].busySince = now }
        let place = agents[index].held.firstIndex { $0 > id } ?? agents[index].held.endIndex
        agents[index].held.insert(id, at: place)
        countHeld(id, by: index, 1)
        agentChanged(index)
    }

    mutating func letGo(_ id: InteractionID, by agent: AgentName) {
        guard let index = agentIndex[agent] else { return }
        guard let place = agents[index].held.firstIndex(of: id) else { return }
        agents[index].held.remove(at: place)
        countHeld(id, by: index, -1)
        if agents[index].held.isEmpty {
            agents[index].busy = agents[index].account(at: now)
            agents[index].busySince = nil
            agents[index].reclaimAt = nil
        }
        agentChanged(index)
    }

    // MARK: In line

    private mutating func leaveLine(_ interaction: InteractionRecord) {
        if let preference = interaction.preference { waitingAlone[preference.agent]?.remove(interaction.id) }
        guard let slot = interaction.slot else { return }
        matcher.leave(slot)
        interactions.change(interaction.id) { $0.slot = nil }
    }

    private mutating func enterLine(_ interaction: InteractionRecord) {
        let id = interaction.id
        let slot = wait(interaction)
        interactions.change(id) { $0.slot = slot }
        if let moveAt = interaction.moveAt { deadlines.add(.intraflow(id), at: moveAt) }
        if queue(interaction.requirement.queue) == nil { homeless.append(id) }
        guard let preference = interaction.preference, let until = preference.until, until > now else { return }
        guard isReachable(preference.agent) else {
            interactions.change(id) { $0.preference?.until = nil }
            return
        }
        waitingAlone[preference.agent, default: []].insert(id)
    }

    func isReachable(_ agent: AgentName) -> Bool { agentIndex[agent].map { agents[$0].isReachable } ?? false }

    /// Nobody waits for an agent alone who cannot be reached; nor again, should that agent come back.
    mutating func stopWaitingAlone(for index: Int) {
        guard !agents[index].isReachable, let waiting = waitingAlone.removeValue(forKey: agents[index].name) else {
            return
        }
        for id in waiting.sorted() {
            // Its moment may have come: then nobody knows any more, after a restart, that it waited.
            guard let until = interactions[id]?.preference?.until, until > now else { continue }
            interactions.change(id) { $0.preference?.until = nil }
            if changes.interactions.last != id { changes.interactions.append(id) }
        }
    }

    func queue(_ name: QueueName) -> QueuePlan? { queueIndex[name].map { plan.queues[$0] } }
}
