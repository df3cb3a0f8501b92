import InteractionModel

extension RoutingState {
    /// Decides everything that fell due, in order of moment, before anything newer is looked at. Whoever seeks
    /// because of it is matched once, afterwards: after a long pause all of it is equally late.
    mutating func runDeadlines() {
        matcher.advance(to: now)
        repeat {
            while let (subject, moment) = deadlines.takeDue(at: now) { fallDue(subject, at: moment) }
            houseHomeless()
            forgetCustody()
        } while deadlines.next.map { $0 <= now } ?? false
        if deadlines.isSweepDue(meant: subjectsWithDeadlines) { dropStaleDeadlines() }
    }

    private mutating func fallDue(_ subject: DeadlineSubject, at moment: Timestamp) {
        switch subject {
        case .message(let id): messageFellDue(id, at: moment)
        case .agent(let index): agentFellDue(index, at: moment)
        case .interaction(let id): interactionFellDue(id, at: moment)
        case .hold(let id): if interactions[id]?.heldUntil == moment { record(.resumed(reason: "limit"), about: id) }
        case .guest(let id): guestsFellDue(id)
        case .intraflow(let id): intraflowFellDue(id, at: moment)
        case .route(let number): routeFellDue(number, at: moment)
        case .gate: if gates.contains(where: { $0.until == moment }) { readCalendars() }
        }
    }

    private var subjectsWithDeadlines: Int {
        tallies.reduce(messages.count + agents.count + placesKept) { $0 + Int($1.open) }
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
        case .hold(let id): interactions[id]?.heldUntil == moment
        case .guest(let id): interactions[id]?.guests.contains { $0.deadline == moment } == true
        case .intraflow(let id): interactions[id].map { $0.state == .queued && $0.moveAt == moment } == true
        case .route(let number): isMeant(route: number, at: moment)
        case .gate: gates.contains { $0.until == moment }
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
            let until = plan.timers.noAnswerPause.map { now.advanced(by: $0) }
            record(.agentStatusChanged(agent, .notReady(.noAnswer), until: until))
        case .active: startWrapUp(id, reason: "silence")
        case .wrapping: close(interaction, disposition: nil, by: "wrap-up limit")
        case .escalated: takeFromVendor(id, reason: "limit")
        case .away: giveUpAway(id)
        case .handingOver: break
        case .closed, .abandoned, .expired: break
        }
    }
}
