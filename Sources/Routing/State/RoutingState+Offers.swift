import InteractionModel

extension RoutingState {
    // MARK: Answers

    mutating func accept(_ offer: OfferID, by name: AgentName) -> Answer {
        guard let id = interaction(offered: offer, to: name) else { return offerOver(offer, by: name) }
        record(.offerEnded(offer, .accepted(activeUntil: now.advanced(by: plan.timers.inactiveAfter))), about: id)
        return .accepted(id, isNew: false)
    }

    mutating func reject(_ offer: OfferID, by name: AgentName, reason: String?) -> Answer {
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
        guard let index = agentIndex[name] else { return .refused(.offerOver(offer, holder: nil)) }
        for id in agents[index].held where interactions[id]?.acceptedOffer == offer {
            return .accepted(id, isNew: false)
        }
        return .refused(.offerOver(offer, holder: nil))
    }

    // MARK: Matching

    /// Lets everyone who came to wait or became able look for a counterpart, until no eligible pair is left.
    ///
    /// Contacts look first, oldest first with their head start; then agents, who has been able longest first. One
    /// input normally leaves one seeker, so the order matters only when a plan or a lost agent frees several at once.
    mutating func match() {
        if !seekingContacts.isEmpty {
            for id in inOrder(seekingContacts) { seekAgent(for: id) }
            seekingContacts.removeAll(keepingCapacity: true)
        }
        if !seekingAgents.isEmpty {
            for index in inOrder(seekingAgents) { while seekContact(for: index) {} }
            seekingAgents.removeAll(keepingCapacity: true)
        }
    }

    private func inOrder(_ contacts: [InteractionID]) -> [InteractionID] {
        contacts.count < 2 ? contacts : contacts.sorted { order(of: $0) < order(of: $1) }
    }

    private func inOrder(_ seekers: [Int]) -> [Int] {
        seekers.count < 2 ? seekers : seekers.sorted { agents[$0].since < agents[$1].since }
    }

    private func order(of id: InteractionID) -> WaitingLine.Place {
        guard let interaction = interactions[id] else { return WaitingLine.Place(stamp: now, interaction: id) }
        let stamp = interaction.stamp.advanced(by: interaction.requirement.headStart.negated)
        return WaitingLine.Place(stamp: stamp, interaction: id)
    }

    private mutating func seekAgent(for id: InteractionID) {
        guard let interaction = interactions[id], interaction.state == .queued else { return }
        let contactClass = matcher.contactClass(interaction.contactKind)
        let excluded = interaction.exclusions.filter { $0.until > now }.compactMap { agentIndex[$0.agent] }
        guard let place = matcher.bestAgent(for: contactClass, excluding: excluded) else { return }
        let why = explain(interaction, contactClass: contactClass, to: place.agent, search: .contactSoughtAgent)
        offer(interaction, to: place.agent, why: why)
    }

    /// Whether a contact was found: the agent may then have room for another.
    private mutating func seekContact(for index: Int) -> Bool {
        let name = agents[index].name
        let found = matcher.bestContact(for: index) { id in
            interactions[id]?.exclusions.contains { $0.agent == name && $0.until > now } == false
        }
        guard let found, let interaction = interactions[found.place.interaction] else { return false }
        let why = explain(interaction, contactClass: found.contactClass, to: index, search: .agentSoughtContact)
        offer(interaction, to: index, why: why)
        return true
    }

    private mutating func offer(_ interaction: InteractionRecord, to index: Int, why: Explanation) {
        let limit = plan.queue(interaction.requirement.queue)?.offerTimeout ?? Span.seconds(20)
        let offered = Offered(
            agent: agents[index].name, until: now.advanced(by: limit), planVersion: plan.version, why: why)
        record(.offered(offered), about: interaction.id)
    }
}
