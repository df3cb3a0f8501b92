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
}
