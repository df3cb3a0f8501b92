import InteractionModel

/// What the matcher is told, and what becomes of its answers.
extension RoutingState {
    // MARK: Deciding

    /// Leaves no pair unmatched: of all waiting contacts that some agent could take now, the first in order goes to the best of
    /// those agents, again and again.
    mutating func match() {
        while let pair = matcher.nextPair(at: now) { offer(pair) }
    }

    private mutating func offer(_ pair: Match) {
        guard let interaction = interactions[pair.contact] else { return }
        let limit = plan.queue(interaction.requirement.queue)?.offerTimeout ?? Span.seconds(20)
        let offered = Offered(
            agent: agents[pair.agent].name, until: now.advanced(by: limit), planVersion: plan.version,
            why: explain(interaction, pair))
        record(.offered(offered), about: interaction.id)
    }

    // MARK: Contacts that wait

    /// The kind of a contact. A requirement holds what the queue adds as well; the matcher adds the queue's head start itself.
    func contactKind(_ channel: ChannelName, _ requirement: Requirement) -> ContactKind {
        let queues = min(plan.queue(requirement.queue)?.headStart ?? .zero, Requirement.headStartMax)
        return ContactKind(
            channel: channel, queue: requirement.queue, skills: requirement.skills,
            headStart: Span(milliseconds: requirement.headStart.milliseconds - queues.milliseconds))
    }

    /// Lets a contact wait in the matcher, at the place of its stamp.
    mutating func wait(_ interaction: inout InteractionRecord) {
        let contactClass = matcher.contactClass(contactKind(interaction.channel, interaction.requirement))
        let exclusions = interaction.exclusions.compactMap { exclusion in
            agentIndex[exclusion.agent].map { ContactException.Exclusion(agent: $0, until: exclusion.until) }
        }
        let exception = exclusions.isEmpty ? nil : ContactException(exclusions: exclusions)
        interaction.contactClass = contactClass
        interaction.slot = matcher.enter(interaction.id, since: interaction.stamp, in: contactClass, exception)
    }

    // MARK: Agents

    mutating func hold(_ interaction: InteractionRecord, by index: Int) {
        if agents[index].held.isEmpty { agents[index].busySince = agents[index].busySince ?? now }
        let place = agents[index].held.firstIndex { $0 > interaction.id } ?? agents[index].held.endIndex
        agents[index].held.insert(interaction.id, at: place)
        if let channel = matcher.channel(interaction.channel) { agents[index].heldByChannel[channel] += 1 }
        agentChanged(index)
    }

    mutating func letGo(_ interaction: InteractionRecord, by index: Int) {
        guard let place = agents[index].held.firstIndex(of: interaction.id) else { return }
        agents[index].held.remove(at: place)
        if let channel = matcher.channel(interaction.channel) { agents[index].heldByChannel[channel] -= 1 }
        if agents[index].held.isEmpty {
            agents[index].reclaimAt = nil
            agents[index].busy = agents[index].busy(at: now)
            agents[index].busySince = nil
        }
        agentChanged(index)
    }

    mutating func noteOffer(to name: AgentName, _ sequence: Int64) {
        guard let index = agentIndex[name] else { return }
        agents[index].lastOffer = sequence
    }

    /// Nobody returns to a flood: who becomes available is taken to have been busy at least as long as the one who was least, of those
    /// who are available.
    mutating func levelAccount(of name: AgentName) {
        guard let index = agentIndex[name], agents[index].status != .available else { return }
        var least: Span?
        for other in agents.indices where other != index && agents[other].condition == .available {
            guard agents[other].isPlanned else { continue }
            let account = agents[other].busy(at: now)
            least = least.map { min($0, account) } ?? account
        }
        guard let least else { return }
        let lacking = least.milliseconds - agents[index].busy(at: now).milliseconds
        if lacking > 0 { agents[index].busy = Span(milliseconds: agents[index].busy.milliseconds + lacking) }
    }

    /// Brings the matcher up to date with agent `index`, who may now have room for work.
    mutating func agentChanged(_ index: Int) {
        if changes.agents.last != index { changes.agents.append(index) }
        guard agents[index].isPlanned else {
            agents[index].profileIndex = nil
            return matcher.place(index, nil)
        }
        let profile = profile(of: index)
        let seat = Seat(
            profile: profile, condition: agents[index].condition, open: openChannels(to: index),
            load: agents[index].held.count, key: idleKey(of: index), since: agents[index].since)
        matcher.place(index, seat)
    }

    private func idleKey(of index: Int) -> Int64 {
        switch plan.idleOrder {
        case .longestIdle: agents[index].since
        case .leastOccupied: agents[index].busy.milliseconds
        case .roundRobin: agents[index].lastOffer
        }
    }

    /// A bit for each channel of which one more contact fits (POLICY.md, "Fits").
    private func openChannels(to index: Int) -> UInt64 {
        let agent = agents[index]
        var allowed: UInt64 = .max
        var units = 0
        for channel in agent.heldByChannel.indices where agent.heldByChannel[channel] > 0 {
            allowed &= matcher.interrupters[channel] | 1 << UInt64(channel)
            units += matcher.units[channel] * Int(agent.heldByChannel[channel])
        }
        var open: UInt64 = 0
        for channel in agent.heldByChannel.indices {
            guard agent.heldByChannel[channel] < agent.capacityByChannel[channel] else { continue }
            if let bound = agent.units, units + matcher.units[channel] > bound { continue }
            open |= 1 << UInt64(channel)
        }
        return open & allowed
    }

    private mutating func profile(of index: Int) -> Int {
        if let known = agents[index].profileIndex { return known }
        let made = matcher.profile(profileKind(of: agents[index]))
        agents[index].profileIndex = made
        return made
    }

    private func profileKind(of agent: AgentRecord) -> Profile.Kind {
        Profile.Kind(
            skills: agent.skills, groups: agent.groups.sorted(), site: agent.site,
            channels: agent.capacity.filter { $0.contacts > 0 }.map(\.channel),
            reserve: plan.reserves.first { agent.groups.contains($0.group) }?.group)
    }

    // MARK: Anew

    /// Teaches the matcher the plan and everything that stands in it: after an activation, and when the site is restored.
    mutating func rebuildMatcher() {
        matcher.adopt(plan)
        for index in agents.indices {
            agents[index].profileIndex = nil
            agents[index].heldByChannel = Array(repeating: 0, count: matcher.channels.count)
            agents[index].capacityByChannel = matcher.channels.map {
                UInt16(clamping: agents[index].isPlanned ? agents[index].capacity(for: $0) : 0)
            }
            for id in agents[index].held {
                guard let channel = interactions[id].flatMap({ matcher.channel($0.channel) }) else { continue }
                agents[index].heldByChannel[channel] += 1
            }
            agentChanged(index)
        }
        for id in interactions.numbers where interactions[id]?.state == .queued {
            guard var interaction = interactions[id] else { continue }
            wait(&interaction)
            interactions[id] = interaction
        }
    }
}
