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
        guard let index = agentIndex[agent] else { return }
        if agents[index].held.isEmpty, agents[index].busySince == nil { agents[index].busySince = now }
        let place = agents[index].held.firstIndex { $0 > id } ?? agents[index].held.endIndex
        agents[index].held.insert(id, at: place)
        agentChanged(index)
    }

    mutating func letGo(_ id: InteractionID, by agent: AgentName) {
        guard let index = agentIndex[agent] else { return }
        agents[index].held.removeAll { $0 == id }
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
        guard let contactClass = interaction.contactClass else { return }
        matcher.leave(interaction.place, from: contactClass)
        interactions.change(interaction.id) { $0.contactClass = nil }
    }

    private mutating func enterLine(_ interaction: InteractionRecord) {
        let id = interaction.id
        let contactClass = matcher.contactClass(contactKind(of: interaction))
        matcher.wait(interaction.place, in: contactClass)
        interactions.change(id) { $0.contactClass = contactClass }
        if let moveAt = interaction.moveAt { deadlines.add(.intraflow(id), at: moveAt) }
        if queue(interaction.requirement.queue) == nil { homeless.append(id) }
        guard let preference = interaction.preference, let until = preference.until else { return }
        guard isReachable(preference.agent) else {
            interactions.change(id) { $0.preference?.until = nil }
            return
        }
        waitingAlone[preference.agent, default: []].insert(id)
        deadlines.add(.preference(id), at: until)
    }

    /// Everyone who waits stands in line anew: what their queues add to their own wishes has changed.
    mutating func reenterLines(_ change: (inout RoutingState) -> Void) {
        let waiting = interactions.records.filter { $0.state == .queued }
        for interaction in waiting { leaveLine(interaction) }
        change(&self)
        for interaction in waiting { if let now = interactions[interaction.id] { enterLine(now) } }
    }

    func isReachable(_ agent: AgentName) -> Bool { agentIndex[agent].map { agents[$0].isReachable } ?? false }

    /// Nobody waits for an agent alone who cannot be reached; nor again, should that agent come back.
    mutating func stopWaitingAlone(for index: Int) {
        guard !agents[index].isReachable, let waiting = waitingAlone.removeValue(forKey: agents[index].name) else {
            return
        }
        for id in waiting.sorted() {
            interactions.change(id) { $0.preference?.until = nil }
            if changes.interactions.last != id { changes.interactions.append(id) }
            seekingContacts.append(id)
        }
    }

    // MARK: What a contact needs

    func queue(_ name: QueueName) -> QueuePlan? { queueIndex[name].map { plan.queues[$0] } }

    /// The contact's own wishes and what its queue adds to them under the plan of now.
    func needs(of interaction: InteractionRecord) -> Requirement {
        let own = interaction.requirement
        return queue(own.queue).map { needs(own, in: $0) } ?? own
    }

    func needs(_ own: Requirement, in queue: QueuePlan) -> Requirement {
        let bound = Requirement.headStartMax
        let wished = min(max(own.headStart, bound.negated), bound)  // Before the sum can overflow.
        let headStart = min(queue.headStart, bound).milliseconds + wished.milliseconds
        return Requirement(
            queue: queue.name,
            skills: own.skills.skills.isEmpty ? queue.skills : SkillSet(queue.skills.skills + own.skills.skills),
            headStart: min(Span(milliseconds: max(0, headStart)), bound))
    }

    func contactKind(of interaction: InteractionRecord) -> ContactClass.Kind {
        ContactClass.Kind(channel: interaction.channel, requirement: needs(of: interaction))
    }
}
