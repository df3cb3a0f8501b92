import InteractionModel

/// What the matcher is told, and what becomes of its answers.
extension RoutingState {
    // MARK: Deciding

    /// Leaves no pair unmatched: of all waiting contacts that some agent could take now, the first in order goes to the best of
    /// those agents, again and again.
    mutating func match() {
        while let pair = matcher.nextPair(at: now) { offer(pair) }
        interflow()
    }

    private mutating func offer(_ pair: Match) {
        guard let interaction = interactions[pair.contact] else { return }
        let limit = queue(interaction.requirement.queue)?.offerTimeout ?? Span.seconds(20)
        let offered = Offered(
            agent: agents[pair.agent].name, until: now.advanced(by: limit), planVersion: plan.version,
            why: explain(pair))
        record(.offered(offered), about: interaction.id)
    }

    // MARK: Contacts that wait

    func contactKind(_ channel: ChannelName, _ own: Requirement) -> ContactKind {
        ContactKind(channel: channel, queue: own.queue, skills: own.skills, headStart: own.headStart)
    }

    /// What keeps a contact apart from the others of its class; nil when nothing does.
    func exception(of interaction: InteractionRecord) -> ContactException? {
        var exception = ContactException()
        exception.exclusions = interaction.exclusions.compactMap { exclusion in
            guard exclusion.until > now, let agent = agentIndex[exclusion.agent] else { return nil }
            return .init(agent: agent, until: exclusion.until)
        }
        for name in interaction.notAgents {
            if let agent = agentIndex[name] { exception.exclusions.append(.init(agent: agent, until: .forGood)) }
        }
        if let preference = interaction.preference, let agent = agentIndex[preference.agent] {
            exception.preferred = agent
            exception.aloneUntil = preference.until.flatMap { $0 > now ? $0 : nil }
        }
        return exception == ContactException() ? nil : exception
    }

    /// Lets a contact wait in the matcher, at the place of its stamp. Returns its number there.
    mutating func wait(_ interaction: InteractionRecord) -> Int {
        let contactClass = matcher.contactClass(contactKind(interaction.channel, interaction.requirement))
        return matcher.enter(
            interaction.id, since: interaction.stamp, in: contactClass, exception(of: interaction))
    }

    // MARK: Agents

    func heldCount(by index: Int, on channel: ChannelName) -> Int {
        agents[index].held.count { interactions[$0]?.channel == channel }
    }

    mutating func countHeld(_ id: InteractionID, by index: Int, _ step: Int) {
        guard let channel = interactions[id].flatMap({ matcher.channel($0.channel) }) else { return }
        agents[index].heldByChannel[channel] = UInt16(Int(agents[index].heldByChannel[channel]) + step)
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

    /// A bit for each of the matcher's channels of which one more contact fits (POLICY.md, "Fits").
    func openChannels(to index: Int) -> UInt64 {
        let agent = agents[index]
        var allowed: UInt64 = .max
        var units = 0
        for channel in agent.heldByChannel.indices where agent.heldByChannel[channel] > 0 {
            allowed &= matcher.interrupters[channel] | 1 << UInt64(channel)
            units += matcher.units[channel] * Int(agent.heldByChannel[channel])
        }
        var open: UInt64 = 0
        for channel in agent.heldByChannel.indices
        where agent.heldByChannel[channel] < agent.capacityByChannel[channel] {
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
            skills: agent.skills, groups: agent.groups, site: agent.site,
            channels: agent.capacity.filter { $0.contacts > 0 }.map(\.channel),
            reserve: plan.reserves.first { agent.groups.contains($0.group) }?.group, tiers: tiers(of: agent))
    }

    private func tiers(of agent: AgentRecord) -> [Profile.Tier] {
        plan.queues.compactMap { queue in
            guard let rule = queue.quality else { return nil }
            let results = agent.quality.first { $0.queue == queue.name }
            return Profile.Tier(
                queue: queue.name, tier: rule.tier(count: results?.count ?? 0, total: results?.total ?? 0))
        }
    }

    // MARK: Anew

    /// Teaches the matcher the plan and everything that stands in it: after an activation, and when the site is restored.
    mutating func rebuildMatcher() {
        matcher.adopt(plan)
        for queue in plan.queues { matcher.setOpen(queue.name, isOpen(queue)) }
        for index in agents.indices {
            agents[index].profileIndex = nil
            agents[index].heldByChannel = Array(repeating: 0, count: matcher.channels.count)
            agents[index].capacityByChannel = matcher.channels.map {
                UInt16(clamping: agents[index].isPlanned ? agents[index].capacity(for: $0) : 0)
            }
            for id in agents[index].held { countHeld(id, by: index, 1) }
            agentChanged(index)
        }
        for interaction in interactions.records where interaction.state == .queued {
            let slot = wait(interaction)
            interactions.change(interaction.id) { $0.slot = slot }
            if queue(interaction.requirement.queue) == nil { homeless.append(interaction.id) }
            // What its earlier queue had no rule for may have one now.
            if let moveAt = interaction.moveAt, moveAt <= now { deadlines.add(.intraflow(interaction.id), at: moveAt) }
        }
    }
}

extension Timestamp {
    /// The end of what has no end.
    static let forGood = Timestamp(milliseconds: .max)
}

extension QualityRule {
    /// The tier of an agent with so many results of together `total`; 0 is the best (POLICY.md, "Quality tier").
    package func tier(count: Int, total: Int) -> Int {
        let samples = count + weight
        let own = tier(of: samples == 0 ? prior : (total + prior * weight) / samples)
        return count < newcomerSamples ? min(own, tier(of: prior)) : own
    }

    private func tier(of score: Int) -> Int { tiers.firstIndex { score >= $0 } ?? tiers.count }
}
