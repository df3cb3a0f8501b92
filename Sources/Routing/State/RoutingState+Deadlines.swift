import InteractionModel

extension RoutingState {
    /// Decides everything that fell due, in order of moment, before anything newer is looked at. Whoever seeks
    /// because of it is matched once, at the end: after a long pause all of it is equally late.
    mutating func runDeadlines() {
        matcher.advance(to: now)
        while let (subject, moment) = deadlines.takeDue(at: now) {
            switch subject {
            case .message(let id): messageFellDue(id, at: moment)
            case .agent(let index): agentFellDue(index, at: moment)
            case .interaction(let id): interactionFellDue(id, at: moment)
            }
        }
        match()
        if deadlines.isSweepDue(meant: subjectsWithDeadlines) { dropStaleDeadlines() }
    }

    private var subjectsWithDeadlines: Int {
        tallies.reduce(messages.count + agents.count) { $0 + Int($1.open) }
    }

    private mutating func dropStaleDeadlines() {
        var queue = DeadlineQueue()
        swap(&queue, &deadlines)
        queue.dropStale { isMeant($0, at: $1) }
        deadlines = queue
    }

    /// Whether a deadline still ends something.
    private func isMeant(_ subject: DeadlineSubject, at moment: Timestamp) -> Bool {
        switch subject {
        case .message(let id): messages[id]?.deadline == moment
        case .agent(let index): agents[index].deadline == moment
        case .interaction(let id): interactions[id].map { !$0.state.hasEnded && $0.deadline == moment } == true
        }
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
