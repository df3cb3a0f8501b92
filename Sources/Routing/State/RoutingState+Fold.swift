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
        case .hoursChanged(let calendar, let isOpen, let until): foldHours(calendar, isOpen: isOpen, until: until)
        case .received, .messageReceived, .offered, .offerEnded, .released, .requeued, .moved, .assigned, .escalated,
            .returned, .wrapUpStarted, .closed, .abandoned, .expired:
            foldInteraction(recorded)
        case .held, .resumed, .invited, .invitationEnded, .guestJoined, .guestLeft, .transferred:
            foldConversation(recorded)
        case .agentConnected, .agentConnectionLost, .agentStatusChanged, .agentSignedOut, .qualityReported:
            foldAgent(recorded)
        case .messageQueued, .sendStarted, .sendPostponed, .messageSent, .messageFailed, .deliveryReported,
            .messageSettled:
            foldMessage(recorded)
        case .optedOut(let party, let channel, _): suppress(Suppression(party: party, channel: channel), true)
        case .optedIn(let party, let channel, _): suppress(Suppression(party: party, channel: channel), false)
        case .helpAsked: break
        case .custody, .custodyMoved, .custodyForgotten, .relayed, .customerLeft, .relayDelivered, .siteDraining:
            foldNetwork(recorded)
        case .lifeBegan, .fenced, .restorationBegan, .restorationEnded, .restored: foldRestoration(recorded)
        case .route(let change): foldRoute(change, recorded)
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
        case .messageReceived(let activeUntil):
            hear(id, activeUntil: activeUntil)
            relay(.customerWrote, ofAway: id, recorded)
        case .offered(let offered): present(id, offered, recorded)
        case .offerEnded(_, let outcome): endOffer(id, outcome)
        case .released: queueAgain(id, expiresAt: renewedExpiry(of: id, at: recorded.at))
        case .requeued(let requeued): requeue(id, requeued, recorded)
        case .moved(let moved): change(id, as: moved, recorded)
        case .assigned(let preference, _):
            admit(preference.agent, to: id)
            queueAgain(id) { $0.preference = preference }
        case .escalated(let vendor, let by, let until):
            move(id, to: .escalated(vendor: vendor), deadline: until) { $0.lastAgent = by }
        case .returned(_, let expiresAt, let moveAt):
            let limit = expiresAt.since(recorded.at)
            queueAgain(id, expiresAt: expiresAt) {
                $0.waitLimit = limit
                $0.moveAt = moveAt
            }
        case .wrapUpStarted(_, let until, let disposition):
            guard let agent = interactions[id]?.state.agent else { return }
            move(id, to: .wrapping(agent), deadline: until) { $0.disposition = disposition }
        case .closed(let disposition, _, let rememberUntil):
            remember(id, until: rememberUntil, by: recorded)
            end(id, as: .closed(disposition: disposition), recorded)
        case .abandoned(_, let isShort):
            if isShort, let channel = interactions[id]?.channel { tally(channel) { $0.shortAbandoned += 1 } }
            end(id, as: .abandoned, recorded)
        case .expired: end(id, as: .expired, recorded)
        default: break
        }
    }

    private mutating func begin(_ id: InteractionID, _ received: Received, _ recorded: RecordedFact) {
        var interaction = InteractionRecord(
            id: id, channel: received.channel, account: received.account, party: received.party,
            thread: received.thread, requirement: received.requirement,
            stamp: recorded.at.advanced(by: received.transfer?.waited.negated ?? .zero),
            expiresAt: received.expiresAt, waitLimit: received.expiresAt.since(recorded.at),
            deadline: received.expiresAt, updatedAt: recorded.at, lastSequence: recorded.sequence)
        interaction.contact = received.transfer?.contact
        interaction.level = received.transfer?.level ?? 0
        interaction.direction = received.direction
        interaction.language = received.language
        interaction.preference = received.preference
        interaction.notAgents = received.notAgents
        interaction.moveAt = received.moveAt
        interaction.visit = measures.begin(in: received.requirement.queue, announced: received.announced, moment)
        insert(interaction)
        tally(received.channel) { $0.received += 1 }
        changes.interactions.append(id)
        if let transfer = received.transfer { foldTaking(transfer, id, recorded) }
    }

    /// Places a record in everything that follows from it: at its beginning, and when the site is restored.
    mutating func insert(_ inserted: InteractionRecord) {
        var interaction = inserted
        if interaction.state == .queued { measures.stand(&interaction) }
        interactions[interaction.id] = interaction
        if isAtHome(interaction) { threads[interaction.thread] = interaction.id }
        if interaction.deadline < .forGood { deadlines.add(.interaction(interaction.id), at: interaction.deadline) }
        if let until = interaction.heldUntil { deadlines.add(.hold(interaction.id), at: until) }
        tally(interaction.channel) { $0.count(interaction.state, by: 1) }
        enter(interaction)
        for guest in interaction.guests {
            if let until = guest.deadline { deadlines.add(.guest(interaction.id), at: until) }
            take(interaction.id, by: guest.agent)
        }
    }

    /// Somebody wrote: the silence is over.
    mutating func hear(_ id: InteractionID, activeUntil: Timestamp?) {
        guard let until = activeUntil, let agent = interactions[id]?.state.agent else { return }
        move(id, to: .active(agent), deadline: until) { $0.disposition = nil }
    }

    private mutating func present(_ id: InteractionID, _ offered: Offered, _ recorded: RecordedFact) {
        noteFairness(of: id, offered)
        if let index = agentIndex[offered.agent] { agents[index].lastOffer = recorded.sequence }
        move(id, to: .offered(OfferID(recorded.sequence), to: offered.agent), deadline: offered.until)
    }

    private mutating func endOffer(_ id: InteractionID, _ outcome: OfferOutcome) {
        guard case .offered(let offer, let agent)? = interactions[id]?.state else { return }
        switch outcome {
        case .accepted(let activeUntil):
            move(id, to: .active(agent), deadline: activeUntil) {
                $0.acceptedOffer = offer
                $0.preference?.until = nil
            }
            renewPlace(of: agent)
        case .rejected(_, let notAgainBefore):
            exclude(agent, from: id, until: notAgainBefore)
            queueAgain(id) { $0.forgoWaiting(for: agent) }
        case .timedOut, .rescinded: queueAgain(id) { $0.forgoWaiting(for: agent) }
        }
    }

    private mutating func exclude(_ agent: AgentName, from id: InteractionID, until: Timestamp?) {
        interactions.change(id) { $0.exclude(agent, until: until, at: now) }
    }

    /// Whoever is asked for by name is not kept away any more.
    private mutating func admit(_ agent: AgentName, to id: InteractionID) {
        interactions.change(id) { interaction in
            interaction.exclusions.removeAll { $0.agent == agent }
            interaction.notAgents.removeAll { $0 == agent }
        }
    }

    private mutating func requeue(_ id: InteractionID, _ requeued: Requeued, _ recorded: RecordedFact) {
        exclude(requeued.by, from: id, until: requeued.notAgainBefore)
        if let preference = requeued.preference { admit(preference.agent, to: id) }
        queueAgain(id, expiresAt: requeued.expiresAt ?? renewedExpiry(of: id, at: recorded.at)) {
            $0.requirement = requeued.requirement
            $0.preference = requeued.preference
            $0.moveAt = requeued.moveAt
            $0.waitLimit = requeued.expiresAt?.since(recorded.at) ?? $0.waitLimit
        }
    }

    private mutating func change(_ id: InteractionID, as moved: Moved, _ recorded: RecordedFact) {
        guard let old = interactions[id] else { return }
        let wasWaiting = old.state == .queued
        let since = wasWaiting ? old.expiresAt.advanced(by: old.waitLimit.negated) : recorded.at
        queueAgain(id, expiresAt: moved.expiresAt) {
            $0.requirement.queue = moved.to
            $0.waitLimit = moved.expiresAt.since(since)
            $0.moveAt = moved.moveAt
            $0.level = moved.level
            if !wasWaiting { $0.preference = nil }
        }
    }

    /// The time with an agent was no waiting: who is given back after a long talk must not expire at once.
    private func renewedExpiry(of id: InteractionID, at moment: Timestamp) -> Timestamp? {
        interactions[id].map { moment.advanced(by: $0.waitLimit) }
    }

    mutating func queueAgain(
        _ id: InteractionID, expiresAt renewed: Timestamp? = nil,
        changing body: (inout InteractionRecord) -> Void = { _ in }
    ) {
        guard let expiresAt = renewed ?? interactions[id]?.expiresAt else { return }
        move(id, to: .queued, deadline: expiresAt) {
            $0.expiresAt = expiresAt
            $0.acceptedOffer = nil
            body(&$0)
        }
    }

    private mutating func end(_ id: InteractionID, as state: InteractionRecord.State, _ recorded: RecordedFact) {
        guard let interaction = interactions[id] else { return }
        move(id, to: state, deadline: interaction.deadline)
        if threads[interaction.thread] == id { threads[interaction.thread] = nil }
        changes.ended.append(id)
        if case .closed(let disposition) = state {
            foldEnd(of: id, disposition: disposition, recorded)
        } else {
            foldEnd(of: id, disposition: nil, recorded)
        }
    }

    /// The one place where an interaction changes state, so that lines, holders and tallies never disagree. `body`
    /// changes what else must change between leaving one place and entering the next.
    mutating func move(
        _ id: InteractionID, to state: InteractionRecord.State, deadline: Timestamp,
        changing body: (inout InteractionRecord) -> Void = { _ in }
    ) {
        guard let old = interactions[id] else { return }
        // Who keeps it holds it all along: an agent who is gone and held nothing for a moment would never be taken from.
        let isKept = old.state.agent != nil && old.state.agent == state.agent
        if !isKept { leave(old) }
        var isActive = false
        if case .active = state { isActive = true }
        if !isActive { for guest in old.guests { letGo(id, by: guest.agent) } }
        interactions.change(id) {
            $0.state = state
            $0.deadline = deadline
            if let agent = state.agent { $0.lastAgent = agent }
            if !isActive {
                $0.heldUntil = nil
                $0.guests = []
            }
            body(&$0)
        }
        tally(old.channel) {
            $0.count(old.state, by: -1)
            $0.count(state, by: 1)
        }
        if var new = interactions[id] {
            new.visit = measures.follow(old, to: new, moment)
            interactions.change(id) { $0.visit = new.visit }
            if !isKept { enter(new) }
        }
        if !state.hasEnded, deadline < .forGood { deadlines.add(.interaction(id), at: deadline) }
        if !isKept, let worker = old.state.worker { renewPlace(of: worker) }
        if !isActive { for guest in old.guests where !guest.isInvited { renewPlace(of: guest.agent) } }
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

extension InteractionRecord {
    /// An offer to the agent it waited for alone came to nothing: now anybody may have it.
    fileprivate mutating func forgoWaiting(for agent: AgentName) {
        if preference?.agent == agent { preference?.until = nil }
    }

    /// Keeps `agent` away until a moment, or for good.
    fileprivate mutating func exclude(_ agent: AgentName, until: Timestamp?, at now: Timestamp) {
        exclusions.removeAll { $0.agent == agent || $0.until <= now }
        if let until { return exclusions.append(.init(agent: agent, until: until)) }
        guard !notAgents.contains(agent) else { return }
        if notAgents.count >= Self.notAgentsMax { notAgents.removeFirst() }
        notAgents.append(agent)
    }
}
