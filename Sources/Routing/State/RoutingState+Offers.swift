import InteractionModel

extension RoutingState {
    // MARK: Answers

    mutating func accept(_ offer: OfferID, by name: AgentName) -> Answer {
        if let (id, guest) = invitation(offer, to: name), guest.isInvited { return acceptInvitation(offer, to: id) }
        guard let id = interaction(offered: offer, to: name) else { return offerOver(offer, by: name) }
        record(.offerEnded(offer, .accepted(activeUntil: now.advanced(by: plan.timers.inactiveAfter))), about: id)
        return .accepted(id, isNew: false)
    }

    mutating func reject(_ offer: OfferID, by name: AgentName, reason: String?) -> Answer {
        if let (id, guest) = invitation(offer, to: name), guest.isInvited {
            return rejectInvitation(offer, to: id, reason: reason)
        }
        guard let id = interaction(offered: offer, to: name) else { return .refused(.offerOver(offer, holder: nil)) }
        let pause = now.advanced(by: plan.timers.offerAgainAfter)
        record(.offerEnded(offer, .rejected(reason: reason, notAgainBefore: pause)), about: id)
        return .accepted(id, isNew: false)
    }

    private func interaction(offered offer: OfferID, to name: AgentName) -> InteractionID? {
        guard let index = agentIndex[name] else { return nil }
        return agents[index].held.first { interactions[$0]?.state == .offered(offer, to: name) }
    }

    /// An acceptance that comes twice is no error: the first one made the contact this agent's.
    private func offerOver(_ offer: OfferID, by name: AgentName) -> Answer {
        for agent in agents {
            for id in agent.held where isOffer(offer, of: id, to: agent.name) {
                guard agent.name == name else { return .refused(.offerOver(offer, holder: agent.name)) }
                return .accepted(id, isNew: false)
            }
        }
        return .refused(.offerOver(offer, holder: nil))
    }

    private func isOffer(_ offer: OfferID, of id: InteractionID, to agent: AgentName) -> Bool {
        guard let interaction = interactions[id] else { return false }
        if interaction.guests.contains(where: { $0.offer == offer && $0.agent == agent }) { return true }
        guard interaction.state.agent == agent else { return false }
        if case .offered(offer, _) = interaction.state { return true }
        return interaction.acceptedOffer == offer
    }

    // MARK: Matching

    /// Leaves no pair unmatched: of all waiting contacts that some agent could take now, the first in order goes to the
    /// best of those agents, again and again.
    ///
    /// Before an input no such pair exists, so every new one has a seeker in it, and whoever does not seek need not be
    /// looked at. One input normally leaves one seeker; `matchInOrder` serves the rest.
    mutating func match() {
        if seekingAgents.isEmpty, seekingContacts.count == 1 {
            seekAgent(for: seekingContacts[0], search: .contactSoughtAgent)
        } else if seekingContacts.isEmpty, let only = seekingAgents.first, seekingAgents.allSatisfy({ $0 == only }) {
            while let id = bestContact(for: only) { seekAgent(for: id, search: .agentSoughtContact) }
        } else if !seekingAgents.isEmpty || !seekingContacts.isEmpty {
            matchInOrder()
        }
        seekingContacts.removeAll(keepingCapacity: true)
        seekingAgents.removeAll(keepingCapacity: true)
    }

    /// Several seek at once: a plan changed, or a contact came back and its agent has room for another. The contact
    /// first in order chooses first, whoever it was that sought, so nobody is overtaken by one who only came back.
    private mutating func matchInOrder() {
        let seekers = seekingContacts
        let returned = seekers.compactMap { interactions[$0] }.filter { $0.state == .queued }
        var open = Set(returned.compactMap(\.contactClass))
        for index in seekingAgents { open.formUnion(matcher.classesWithinReach(of: index)) }
        while let id = firstServable(in: &open) {
            seekAgent(for: id, search: seekers.contains(id) ? .contactSoughtAgent : .agentSoughtContact)
        }
    }

    /// The first in order of the waiting contacts of `open` for whom there is an agent. Takes out the classes that
    /// nobody can take any more; the order in which a set is walked does not matter to a minimum.
    private func firstServable(in open: inout Set<Int>) -> InteractionID? {
        open = open.filter { matcher.hasAgent(for: $0) }
        let heads = open.compactMap { contactClass in
            matcher.firstInOrder(of: contactClass) { id in
                let declined = excluded(from: id)
                return declined.isEmpty || matcher.bestAgent(for: contactClass, excluding: declined) != nil
            }
        }
        return heads.min()?.interaction
    }

    /// Agents who may not be offered `id` for a while, by number.
    func excluded(from id: InteractionID) -> [Int] {
        guard let interaction = interactions[id] else { return [] }
        if let queue = queue(interaction.requirement.queue), !isOpen(queue) { return Array(agents.indices) }
        if let preference = interaction.preference, let until = preference.until, until > now {
            return agents.indices.filter { agents[$0].name != preference.agent }
        }
        guard !interaction.exclusions.isEmpty || !interaction.notAgents.isEmpty else { return [] }
        return interaction.exclusions.filter { $0.until > now }.compactMap { agentIndex[$0.agent] }
            + interaction.notAgents.compactMap { agentIndex[$0] }
    }

    private func bestContact(for index: Int) -> InteractionID? {
        matcher.bestContact(for: index) { !excluded(from: $0).contains(index) }?.interaction
    }

    private mutating func seekAgent(for id: InteractionID, search: Explanation.Search) {
        guard let contactClass = interactions[id]?.contactClass, matcher.hasAgent(for: contactClass) else { return }
        guard let interaction = interactions[id] else { return }
        guard let place = matcher.bestAgent(for: contactClass, excluding: excluded(from: id)) else { return }
        let why = explain(interaction, contactClass: contactClass, to: place.agent, search: search)
        offer(interaction, to: place.agent, why: why)
    }

    private mutating func offer(_ interaction: InteractionRecord, to index: Int, why: Explanation) {
        let limit = plan.queue(interaction.requirement.queue)?.offerTimeout ?? Span.seconds(20)
        let offered = Offered(
            agent: agents[index].name, until: now.advanced(by: limit), planVersion: plan.version, why: why)
        record(.offered(offered), about: interaction.id)
    }
}
