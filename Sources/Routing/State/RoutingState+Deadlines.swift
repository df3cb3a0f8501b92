import InteractionModel

extension RoutingState {
    /// Decides everything that fell due, in order of moment, before anything newer is looked at. Whoever seeks
    /// because of it is matched once, at the end: after a long pause all of it is equally late.
    mutating func runDeadlines() {
        while let (subject, moment) = deadlines.takeDue(at: now) {
            switch subject {
            case .message(let id): messageFellDue(id, at: moment)
            case .agent(let index): agentFellDue(index, at: moment)
            case .exclusion(let id): if interactions[id]?.state == .queued { seekingContacts.append(id) }
            case .interaction(let id): interactionFellDue(id, at: moment)
            }
        }
        match()
    }

    private mutating func interactionFellDue(_ id: InteractionID, at moment: Timestamp) {
        guard let interaction = interactions[id], interaction.deadline == moment else { return }
        switch interaction.state {
        case .queued: record(.expired, about: id)
        case .offered(let offer, let agent):
            record(.offerEnded(offer, .timedOut), about: id)
            // A status the agent chose since then stays, and who could not be reached has not failed to answer.
            guard let index = agentIndex[agent], agents[index].condition == .available else { return }
            record(.agentStatusChanged(agent, .notReady(.noAnswer)))
        case .active: startWrapUp(id, reason: "silence")
        case .wrapping: record(.closed(disposition: nil, by: "wrap-up limit"), about: id)
        case .closed, .abandoned, .expired: break
        }
    }
}
