import InteractionModel

extension RoutingState {
    /// Makes a recorded fact true. Never decides: the same facts give the same state whatever the plan says today.
    package mutating func fold(_ recorded: RecordedFact) {
        lastSequence = recorded.sequence
        now = max(now, recorded.at)
        switch recorded.fact {
        case .siteStarted(let epoch, _, let wallOffset):
            self.epoch = epoch
            self.wallOffset = wallOffset
            changes.tallies = true  // They share the site's row.
        case .clockStepped(let wallOffset):
            self.wallOffset = wallOffset
            changes.tallies = true
        case .planActivated(let plan): adopt(plan)
        case .received, .messageReceived, .offered, .offerEnded, .released, .requeued, .wrapUpStarted, .closed,
            .abandoned, .expired:
            foldInteraction(recorded)
        case .agentConnected, .agentConnectionLost, .agentStatusChanged, .agentSignedOut: foldAgent(recorded)
        case .messageQueued, .sendStarted, .sendPostponed, .messageSent, .messageFailed, .deliveryReported,
            .messageSettled:
            foldMessage(recorded)
        case .optedOut(let party, let channel, _): suppress(Suppression(party: party, channel: channel), true)
        case .optedIn(let party, let channel, _): suppress(Suppression(party: party, channel: channel), false)
        case .helpAsked: break
        }
        if let id = recorded.interaction, id.number != recorded.sequence { stampInteraction(id, recorded) }
    }

    private mutating func stampInteraction(_ id: InteractionID, _ recorded: RecordedFact) {
        let isKnown = interactions.change(id) {
            $0.lastSequence = recorded.sequence
            $0.updatedAt = recorded.at
        }
        guard isKnown else { return }
        if changes.interactions.last != id { changes.interactions.append(id) }
    }

    private mutating func suppress(_ suppression: Suppression, _ isSuppressed: Bool) {
        if isSuppressed { suppressed.insert(suppression) } else { suppressed.remove(suppression) }
        changes.suppressions.append(suppression)
    }

    // MARK: Interactions

    private mutating func foldInteraction(_ recorded: RecordedFact) {
        guard let id = recorded.interaction else { return }
        switch recorded.fact {
        case .received(let received): begin(id, received, recorded)
        case .messageReceived(let activeUntil): hear(id, activeUntil: activeUntil)
        case .offered(let offered):
            noteOffer(to: offered.agent, recorded.sequence)
            move(id, to: .offered(OfferID(recorded.sequence), to: offered.agent), deadline: offered.until)
        case .offerEnded(_, let outcome): endOffer(id, outcome)
        case .released:
            renewExpiry(of: id, at: recorded.at)
            queueAgain(id)
        case .requeued(let requeued):
            exclude(requeued.by, from: id, until: requeued.notAgainBefore)
            renewExpiry(of: id, at: recorded.at)
            queueAgain(id, as: requeued.requirement)
        case .wrapUpStarted(_, let until):
            guard let agent = interactions[id]?.state.agent else { return }
            move(id, to: .wrapping(agent), deadline: until)
        case .closed(let disposition, _): end(id, as: .closed(disposition: disposition))
        case .abandoned: end(id, as: .abandoned)
        case .expired: end(id, as: .expired)
        default: break
        }
    }

    private mutating func begin(_ id: InteractionID, _ received: Received, _ recorded: RecordedFact) {
        insert(
            InteractionRecord(
                id: id, channel: received.channel, account: received.account, party: received.party,
                thread: received.thread, requirement: received.requirement, stamp: recorded.at,
                expiresAt: received.expiresAt, waitLimit: received.expiresAt.since(recorded.at),
                deadline: received.expiresAt, updatedAt: recorded.at,
                lastSequence: recorded.sequence))
        tally(received.channel) { $0.received += 1 }
        changes.interactions.append(id)
    }

    /// Places a record in everything that follows from it: at its beginning, and when the site is restored.
    mutating func insert(_ inserted: InteractionRecord) {
        var interaction = inserted
        if interaction.state == .queued { wait(&interaction) }
        interactions[interaction.id] = interaction
        threads[interaction.thread] = interaction.id
        deadlines.add(.interaction(interaction.id), at: interaction.deadline)
        tally(interaction.channel) { $0.count(interaction.state, by: 1) }
        if let agent = interaction.state.agent, let index = agentIndex[agent] { hold(interaction, by: index) }
    }

    /// Somebody wrote: the silence is over.
    mutating func hear(_ id: InteractionID, activeUntil: Timestamp?) {
        guard let until = activeUntil, let agent = interactions[id]?.state.agent else { return }
        move(id, to: .active(agent), deadline: until)
    }

    private mutating func endOffer(_ id: InteractionID, _ outcome: OfferOutcome) {
        guard case .offered(let offer, let agent)? = interactions[id]?.state else { return }
        switch outcome {
        case .accepted(let activeUntil):
            interactions.change(id) { $0.acceptedOffer = offer }
            move(id, to: .active(agent), deadline: activeUntil)
            renewPlace(of: agent)
        case .rejected(_, let notAgainBefore):
            exclude(agent, from: id, until: notAgainBefore)
            queueAgain(id)
        case .timedOut, .rescinded: queueAgain(id)
        }
    }

    private mutating func exclude(_ agent: AgentName, from id: InteractionID, until: Timestamp) {
        interactions[id]?.exclusions.removeAll { $0.agent == agent || $0.until <= now }
        interactions[id]?.exclusions.append(.init(agent: agent, until: until))
    }

    /// The time with an agent was no waiting: who is given back after a long talk must not expire at once.
    private mutating func renewExpiry(of id: InteractionID, at moment: Timestamp) {
        guard let limit = interactions[id]?.waitLimit else { return }
        interactions[id]?.expiresAt = moment.advanced(by: limit)
    }

    private mutating func queueAgain(_ id: InteractionID, as requirement: Requirement? = nil) {
        guard let expiresAt = interactions[id]?.expiresAt else { return }
        if let requirement { interactions[id]?.requirement = requirement }
        interactions[id]?.acceptedOffer = nil
        move(id, to: .queued, deadline: expiresAt)
    }

    private mutating func end(_ id: InteractionID, as state: InteractionRecord.State) {
        guard let interaction = interactions[id] else { return }
        let agent = interaction.state.agent
        move(id, to: state, deadline: interaction.deadline)
        if threads[interaction.thread] == id { threads[interaction.thread] = nil }
        changes.ended.append(id)
        if let agent { renewPlace(of: agent) }
    }

    /// The one place where an interaction changes state, so that lines, holders and tallies never disagree.
    private mutating func move(_ id: InteractionID, to state: InteractionRecord.State, deadline: Timestamp) {
        guard var interaction = interactions[id] else { return }
        let old = interaction.state
        // An agent who keeps it is no more and no less able than before.
        let isKept = old.agent != nil && old.agent == state.agent
        if !isKept { leave(&interaction) }
        interaction.state = state
        interaction.deadline = deadline
        if let agent = state.agent { interaction.lastAgent = agent }
        tally(interaction.channel) {
            $0.count(old, by: -1)
            $0.count(state, by: 1)
        }
        if !isKept { enter(&interaction) }
        interactions[id] = interaction
        if !state.hasEnded { deadlines.add(.interaction(id), at: deadline) }
    }

    private mutating func leave(_ interaction: inout InteractionRecord) {
        if interaction.state == .queued {
            guard let slot = interaction.slot else { return }
            matcher.leave(slot)
            interaction.slot = nil
        } else if let agent = interaction.state.agent, let index = agentIndex[agent] {
            letGo(interaction, by: index)
        }
    }

    private mutating func enter(_ interaction: inout InteractionRecord) {
        if interaction.state == .queued {
            wait(&interaction)
        } else if let agent = interaction.state.agent, let index = agentIndex[agent] {
            hold(interaction, by: index)
        }
    }

    mutating func tally(_ channel: ChannelName, _ change: (inout ChannelTally) -> Void) {
        changes.tallies = true
        if let index = tallies.firstIndex(where: { $0.channel == channel }) { return change(&tallies[index]) }
        var made = ChannelTally(channel: channel)
        change(&made)
        let place = tallies.firstIndex { $0.channel > channel } ?? tallies.endIndex
        tallies.insert(made, at: place)
    }
}
