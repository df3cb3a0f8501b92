import InteractionModel

/// Hold, consultations and conferences. One agent owns the contact at every moment; the others are guests.
extension RoutingState {
    // MARK: Hold

    mutating func hold(_ id: InteractionID, by name: AgentName) -> Answer {
        guard let interaction = interactions[id], interaction.state == .active(name), interaction.heldUntil == nil
        else {
            return refusal(of: id, for: name)
        }
        record(.held(until: now.advanced(by: plan.timers.holdMax)), about: id)
        return .accepted(id, isNew: false)
    }

    mutating func resume(_ id: InteractionID, by name: AgentName) -> Answer {
        guard let interaction = interactions[id], interaction.state == .active(name), interaction.heldUntil != nil
        else {
            return refusal(of: id, for: name)
        }
        record(.resumed(reason: "agent"), about: id)
        return .accepted(id, isNew: false)
    }

    // MARK: Asking a colleague in

    mutating func consult(_ id: InteractionID, by name: AgentName, _ target: AgentCommand.Target) -> Answer {
        guard let interaction = interactions[id], interaction.state == .active(name) else {
            return refusal(of: id, for: name)
        }
        guard interaction.guests.count + 1 < InteractionRecord.participantsMax else {
            return .refused(.tooManyParticipants(InteractionRecord.participantsMax))
        }
        let colleague: AgentName
        var found: QueueName?
        switch target {
        case .agent(let agent):
            if let obstacle = obstacle(toInviting: agent, to: interaction) { return .refused(obstacle) }
            colleague = agent
        case .queue(let queue):
            guard let queue = self.queue(queue) else { return .refused(.unknownQueue(queue)) }
            guard let best = bestColleague(in: queue, for: interaction) else {
                return .refused(.nobodyAvailable(queue.name))
            }
            (colleague, found) = (agents[best].name, queue.name)
        case .site(let site):
            return .refused(.siteUnavailable(site, why: "cannot be consulted; a contact can be handed over to it"))
        }
        let limit = queue(interaction.requirement.queue)?.offerTimeout ?? Span.seconds(20)
        record(
            .invited(Invitation(agent: colleague, by: name, queue: found, until: now.advanced(by: limit))), about: id)
        return .accepted(id, isNew: false)
    }

    private func obstacle(toInviting colleague: AgentName, to interaction: InteractionRecord) -> Refusal? {
        guard let index = agentIndex[colleague], agents[index].isPlanned else { return .unknownAgent(colleague) }
        guard interaction.state.agent != colleague, !interaction.guests.contains(where: { $0.agent == colleague })
        else {
            return .sameAgent(colleague)
        }
        let agent = agents[index]
        guard agent.capacity(for: interaction.channel) > 0 else {
            return .cannotServe(colleague, why: "does not take \(interaction.channel)")
        }
        switch agent.condition {
        case .signedOut: return .notSignedIn(colleague)
        case .unreachable: return .notAvailable(colleague, why: "cannot be reached just now")
        case .offHours: return .notAvailable(colleague, why: "is off hours")
        case .notReady: return .notAvailable(colleague, why: "is not ready")
        case .available: break
        }
        return hasRoom(index, for: interaction.channel)
            ? nil : .notAvailable(colleague, why: "has no room for one more \(interaction.channel)")
    }

    /// Who of a queue's agents holds least, then is idle longest.
    private func bestColleague(in queue: QueuePlan, for interaction: InteractionRecord) -> Int? {
        let rings = rings(of: queue)
        let able = agents.indices.filter { index in
            rings.contains { $0.admits(agents[index], plan) }
                && obstacle(toInviting: agents[index].name, to: interaction) == nil
        }
        return able.min {
            (agents[$0].held.count, agents[$0].since, $0) < (agents[$1].held.count, agents[$1].since, $1)
        }
    }

    /// The contact that `name` was asked into by `offer`, with what became of it.
    func invitation(_ offer: OfferID, to name: AgentName) -> (id: InteractionID, guest: Guest)? {
        guard let index = agentIndex[name] else { return nil }
        for id in agents[index].held {
            if let guest = interactions[id]?.guests.first(where: { $0.offer == offer && $0.agent == name }) {
                return (id, guest)
            }
        }
        return nil
    }

    mutating func acceptInvitation(_ offer: OfferID, to id: InteractionID) -> Answer {
        record(.invitationEnded(offer, .accepted(until: now.advanced(by: plan.timers.consultMax))), about: id)
        return .accepted(id, isNew: false)
    }

    mutating func rejectInvitation(_ offer: OfferID, to id: InteractionID, reason: String?) -> Answer {
        record(.invitationEnded(offer, .rejected(reason: reason)), about: id)
        return .accepted(id, isNew: false)
    }

    // MARK: What comes of it

    /// The owner sends a colleague away, or takes an invitation back.
    mutating func dismiss(_ id: InteractionID, by name: AgentName, _ colleague: AgentName) -> Answer {
        guard let interaction = interactions[id], interaction.state == .active(name) else {
            return refusal(of: id, for: name)
        }
        guard interaction.guests.contains(where: { $0.agent == colleague }) else {
            return .refused(.notAGuest(colleague, of: id))
        }
        dismiss(colleague, from: id, reason: "sent away by \(name)")
        return .accepted(id, isNew: false)
    }

    /// The colleague has the contact now, and who had it is out of it.
    mutating func complete(_ id: InteractionID, by name: AgentName, to colleague: AgentName?) -> Answer {
        guard let interaction = interactions[id], interaction.state == .active(name) else {
            return refusal(of: id, for: name)
        }
        let present = interaction.guests.filter { !$0.isInvited }
        guard let guest = colleague.map({ wanted in present.first { $0.agent == wanted } }) ?? present.first else {
            return .refused(colleague.map { .notAGuest($0, of: id) } ?? .nobodyConsulted(id))
        }
        pass(id, from: name, to: guest.agent, reason: "transfer")
        return .accepted(id, isNew: false)
    }

    /// Everyone consulted speaks with the customer too.
    mutating func conference(_ id: InteractionID, by name: AgentName) -> Answer {
        guard let interaction = interactions[id], interaction.state == .active(name) else {
            return refusal(of: id, for: name)
        }
        let consulted = interaction.guests.filter { !$0.isInvited && $0.joinedSince == nil }
        guard !consulted.isEmpty else { return .refused(.nobodyConsulted(id)) }
        if interaction.heldUntil != nil { record(.resumed(reason: "conference"), about: id) }
        for guest in consulted { record(.guestJoined(guest.agent), about: id) }
        return .accepted(id, isNew: false)
    }

    /// A guest goes, or the owner leaves the contact to whoever has been in the conference longest.
    mutating func leave(_ id: InteractionID, by name: AgentName) -> Answer {
        guard let interaction = interactions[id], case .active(let owner) = interaction.state else {
            return refusal(of: id, for: name)
        }
        if owner == name {
            return handOver(id, from: name, reason: "left")
                ? .accepted(id, isNew: false) : .refused(.nobodyConsulted(id))
        }
        guard interaction.guests.contains(where: { $0.agent == name && !$0.isInvited }) else {
            return refusal(of: id, for: name)
        }
        record(.guestLeft(name, reason: "left"), about: id)
        return .accepted(id, isNew: false)
    }

    // MARK: Ends that nobody asked for

    mutating func guestsFellDue(_ id: InteractionID) {
        for guest in interactions[id]?.guests ?? [] {
            guard let deadline = guest.deadline, deadline <= now else { continue }
            if guest.isInvited {
                record(.invitationEnded(guest.offer, .timedOut), about: id)
            } else {
                record(.guestLeft(guest.agent, reason: "limit"), about: id)
            }
        }
    }

    /// Ends one colleague's part, whatever it is.
    mutating func dismiss(_ agent: AgentName, from id: InteractionID, reason: String) {
        guard let guest = interactions[id]?.guests.first(where: { $0.agent == agent }) else { return }
        if guest.isInvited {
            record(.invitationEnded(guest.offer, .cancelled(reason: reason)), about: id)
        } else {
            record(.guestLeft(agent, reason: reason), about: id)
        }
    }

    mutating func dismissGuests(of id: InteractionID, reason: String) {
        for guest in interactions[id]?.guests ?? [] { dismiss(guest.agent, from: id, reason: reason) }
    }

    /// Leaves a conference to whoever has been in it longest. False when there is nobody.
    @discardableResult
    mutating func handOver(_ id: InteractionID, from owner: AgentName, reason: String) -> Bool {
        guard let interaction = interactions[id], interaction.state == .active(owner) else { return false }
        let joined = interaction.guests.filter { $0.joinedSince != nil }
        guard let heir = joined.min(by: { ($0.joinedSince ?? 0) < ($1.joinedSince ?? 0) }) else { return false }
        pass(id, from: owner, to: heir.agent, reason: reason)
        return true
    }

    /// Whom the former owner asked in and who is not in the conference goes with the former owner.
    private mutating func pass(_ id: InteractionID, from owner: AgentName, to heir: AgentName, reason: String) {
        for guest in interactions[id]?.guests ?? [] where guest.agent != heir && guest.joinedSince == nil {
            dismiss(guest.agent, from: id, reason: "handed on")
        }
        let until = now.advanced(by: plan.timers.inactiveAfter)
        record(.transferred(Transferred(from: owner, to: heir, reason: reason, activeUntil: until)), about: id)
    }
}
