import InteractionModel
import Routing

/// What each fact changes.
extension Oracle {
    mutating func learn(_ recorded: RecordedFact) {
        switch recorded.fact {
        case .planActivated(let plan): learn(plan, recorded)
        case .siteStarted(_, _, let offset): wallOffset = offset.milliseconds
        case .clockStepped(let offset): wallOffset = offset.milliseconds
        case .received(let received): contacts.append(begin(received, recorded))
        case .agentConnected, .agentConnectionLost, .agentStatusChanged, .agentSignedOut, .qualityReported:
            learnAgent(recorded)
        case .hoursChanged(let calendar, let isOpen, let until):
            hours.removeAll { $0.calendar == calendar.rawValue }
            hours.append((calendar.rawValue, isOpen, until?.milliseconds))
        default: learnContact(recorded)
        }
        settleAccounts(at: recorded.at.milliseconds)
        endVainWaits(at: recorded.at.milliseconds)
    }

    // MARK: Contacts

    func begin(_ received: Received, _ recorded: RecordedFact) -> OracleContact {
        let contact = OracleContact(received, recorded)
        prefer(received.preference, contact)
        return contact
    }

    private func prefer(_ preference: Preference?, _ contact: OracleContact) {
        contact.preferred = preference.flatMap { agent($0.agent) }
        contact.aloneUntil = contact.preferred == nil ? nil : preference?.until?.milliseconds
    }

    private mutating func learnContact(_ recorded: RecordedFact) {
        guard let index = contact(recorded.interaction) else { return }
        let workers = contacts[index].workers
        learnContact(index, recorded)
        let left = contact(recorded.interaction).map { contacts[$0].workers } ?? []
        for worker in workers where !left.contains(worker) { renew(worker, recorded) }
    }

    private mutating func learnContact(_ index: Int, _ recorded: RecordedFact) {
        let now = recorded.at.milliseconds
        switch recorded.fact {
        case .messageReceived(let until): if let until { resume(index, until.milliseconds) }
        case .messageQueued(let queued): if let until = queued.activeUntil { resume(index, until.milliseconds) }
        case .offered(let offered):
            hold(index, .offered, by: agent(offered.agent), until: offered.until.milliseconds)
            if let agent = agent(offered.agent) { agents[agent].lastOffer = recorded.sequence }
        case .offerEnded(_, let outcome): learn(outcome, of: index, recorded)
        case .released: wait(index, until: now + contacts[index].waitLimit)
        case .requeued(let requeued): learn(requeued, of: index, recorded)
        case .moved(let moved): learn(moved, of: index, recorded)
        case .assigned(let preference, _):
            admit(preference.agent, to: index)
            prefer(preference, contacts[index])
        case .escalated(_, _, let until):
            hold(index, .escalated, by: nil, until: until.milliseconds)
        case .returned(_, let expiresAt, let moveAt):
            contacts[index].waitLimit = expiresAt.milliseconds - now
            contacts[index].moveAt = moveAt?.milliseconds
            wait(index, until: expiresAt.milliseconds)
        case .wrapUpStarted(_, let until, _):
            hold(index, .wrapping, by: contacts[index].holder, until: until.milliseconds)
        case .closed, .abandoned, .expired:
            if let holder = contacts[index].holder {
                if case .closed(_, _, let until?) = recorded.fact {
                    memories.removeAll { $0.thread == contacts[index].thread }
                    memories.append((contacts[index].thread, holder, until.milliseconds))
                }
            }
            contacts.remove(at: index)
        default: learnConversation(recorded, of: index)
        }
    }

    private mutating func learn(_ outcome: OfferOutcome, of index: Int, _ recorded: RecordedFact) {
        guard let holder = contacts[index].holder else { return complain("an offer ended that was not made") }
        // Whoever waited for the one who let the offer go waits for anybody now.
        if contacts[index].preferred == holder { contacts[index].aloneUntil = nil }
        switch outcome {
        case .accepted(let until):
            renew(holder, recorded)
            contacts[index].aloneUntil = nil
            hold(index, .active, by: holder, until: until.milliseconds)
        case .rejected(_, let until):
            exclude(holder, from: index, until: until.milliseconds)
            wait(index)
        case .timedOut, .rescinded: wait(index)
        }
    }

    private mutating func learn(_ requeued: Requeued, of index: Int, _ recorded: RecordedFact) {
        let now = recorded.at.milliseconds
        if let by = agent(requeued.by) {
            exclude(by, from: index, until: requeued.notAgainBefore?.milliseconds ?? .max)
        }
        if let preference = requeued.preference { admit(preference.agent, to: index) }
        contacts[index].queue = requeued.requirement.queue.rawValue
        contacts[index].wishedSkills = requeued.requirement.skills.plain
        contacts[index].wishedHeadStart = requeued.requirement.headStart.milliseconds
        if let expiresAt = requeued.expiresAt { contacts[index].waitLimit = expiresAt.milliseconds - now }
        contacts[index].moveAt = requeued.moveAt?.milliseconds
        prefer(requeued.preference, contacts[index])
        wait(index, until: now + contacts[index].waitLimit)
    }

    private mutating func learn(_ moved: Moved, of index: Int, _ recorded: RecordedFact) {
        let now = recorded.at.milliseconds
        let old = contacts[index]
        let since = old.isWaiting ? old.expiresAt - old.waitLimit : now
        contacts[index].queue = moved.to.rawValue
        contacts[index].waitLimit = moved.expiresAt.milliseconds - since
        contacts[index].moveAt = moved.moveAt?.milliseconds
        contacts[index].level = moved.level
        if !old.isWaiting { prefer(nil, contacts[index]) }
        wait(index, until: moved.expiresAt.milliseconds)
    }

    private mutating func exclude(_ agent: Int, from index: Int, until: Int64) {
        contacts[index].excluded.append((agents[agent].name, until))
    }

    /// Whoever is asked for by name is not kept away any more.
    private mutating func admit(_ name: AgentName, to index: Int) {
        contacts[index].excluded.removeAll { $0.agent == name.rawValue }
    }

    // MARK: Conversations

    private mutating func learnConversation(_ recorded: RecordedFact, of index: Int) {
        switch recorded.fact {
        case .held(let until): contacts[index].heldUntil = until.milliseconds
        case .resumed: contacts[index].heldUntil = nil
        case .invited(let invitation):
            guard let agent = agent(invitation.agent) else { return }
            contacts[index].guests.append(
                .init(agent: agent, offer: recorded.sequence, until: invitation.until.milliseconds))
        case .invitationEnded(let offer, let outcome): learn(outcome, of: offer, at: index, recorded)
        case .guestJoined(let name):
            for place in contacts[index].guests.indices where contacts[index].guests[place].agent == agent(name) {
                contacts[index].guests[place].until = nil
            }
        case .guestLeft(let name, _):
            remove(agent(name), from: index)
        case .transferred(let transferred):
            remove(agent(transferred.to), from: index)
            contacts[index].heldUntil = nil
            hold(index, .active, by: agent(transferred.to), until: transferred.activeUntil.milliseconds)
        default: break
        }
    }

    private mutating func remove(_ guest: Int?, from index: Int) {
        contacts[index].guests.removeAll { $0.agent == guest }
    }

    private mutating func learn(
        _ outcome: InvitationOutcome, of offer: OfferID, at index: Int, _ recorded: RecordedFact
    ) {
        guard let place = contacts[index].guests.firstIndex(where: { $0.offer == offer.number }) else { return }
        switch outcome {
        case .accepted(let until):
            contacts[index].guests[place].until = until.milliseconds
            contacts[index].guests[place].hasAnswered = true
            renew(contacts[index].guests[place].agent, recorded)
        case .rejected, .timedOut, .cancelled: contacts[index].guests.remove(at: place)
        }
    }

    private mutating func resume(_ index: Int, _ until: Int64) {
        guard contacts[index].holder != nil else { return }
        hold(index, .active, by: contacts[index].holder, until: until)
    }

    private mutating func wait(_ index: Int, until: Int64? = nil) {
        if let until { contacts[index].expiresAt = until }
        hold(index, .queued, by: nil, until: contacts[index].expiresAt)
    }

    private mutating func hold(_ index: Int, _ state: OracleContact.State, by holder: Int?, until: Int64) {
        contacts[index].state = state
        contacts[index].holder = holder
        contacts[index].until = until
        if let holder { contacts[index].lastAgent = holder }
        if state != .active {
            contacts[index].heldUntil = nil
            contacts[index].guests = []
        }
    }

    /// The agent's place among equals counts from this fact on.
    private mutating func renew(_ agent: Int, _ recorded: RecordedFact) {
        agents[agent].idleSince = recorded.sequence
        agents[agent].idleSinceAt = recorded.at.milliseconds
    }

    // MARK: Agents

    private mutating func learnAgent(_ recorded: RecordedFact) {
        switch recorded.fact {
        case .agentConnected(let name, _):
            change(name) {
                $0.presence = .connected
                $0.reclaimAt = nil
            }
        case .agentConnectionLost(let name, _, let until):
            change(name) { $0.presence = .lost(until: until.milliseconds) }
        case .agentStatusChanged(let name, let status, let until):
            learn(status, of: name, recorded)
            change(name) { $0.statusUntil = until?.milliseconds }
        case .agentSignedOut(let name, _, let reclaimAt):
            change(name) {
                $0.status = .signedOut
                $0.presence = .absent
                $0.reclaimAt = reclaimAt?.milliseconds
                $0.statusUntil = nil
            }
        case .qualityReported(let name, let queue, let score):
            change(name) { $0.note(score, for: queue.rawValue) }
        default: break
        }
    }

    private mutating func learn(_ status: AgentStatus, of name: AgentName, _ recorded: RecordedFact) {
        guard let index = agent(name) else { return }
        switch status {
        case .signedOut: agents[index].status = .signedOut
        case .notReady: agents[index].status = .notReady
        case .available:
            if agents[index].status != .available { levelAccount(of: index, at: recorded.at.milliseconds) }
            agents[index].status = .available
            renew(index, recorded)
        }
    }

    private mutating func change(_ name: AgentName, _ body: (OracleAgent) -> Void) {
        guard let index = agent(name) else { return }
        body(agents[index])
    }

    /// Nobody returns to a flood: the account of one who becomes available is at least the smallest of those who are.
    private mutating func levelAccount(of index: Int, at now: Int64) {
        var smallest: Int64?
        for other in agents.indices where other != index && agents[other].status == .available {
            guard isThere(agents[other]), isOnDuty(agents[other], at: now) else { continue }
            let account = agents[other].account(at: now)
            smallest = min(smallest ?? account, account)
        }
        guard let smallest else { return }
        agents[index].busy += max(0, smallest - agents[index].account(at: now))
    }

    /// The busy account: the time during which an agent held anything.
    private mutating func settleAccounts(at now: Int64) {
        for index in agents.indices {
            let isBusy = contacts.contains { contact in
                contact.holder == index || contact.guests.contains { $0.agent == index }
            }
            if isBusy, agents[index].busySince == nil {
                agents[index].busySince = now
            } else if !isBusy, let since = agents[index].busySince {
                agents[index].busy += now - since
                agents[index].busySince = nil
            }
            if !isBusy { agents[index].reclaimAt = nil }
        }
    }

    /// A contact whose preferred agent is away, or was waited for long enough, never waits for that agent alone again.
    private mutating func endVainWaits(at now: Int64) {
        for index in contacts.indices where contacts[index].aloneUntil != nil {
            if agentWaitedForAlone(by: contacts[index], at: now) == nil { contacts[index].aloneUntil = nil }
        }
    }

    // MARK: The plan

    private mutating func learn(_ plan: Plan, _ recorded: RecordedFact) {
        self.plan = plan
        queues = plan.queues.map { OracleQueue($0) }
        hours = hours.filter { gate in plan.calendars.contains { $0.name.rawValue == gate.calendar } }
        for index in agents.indices {
            agents[index].isPlanned = false
            agents[index].results = agents[index].results.filter { queue($0.queue) != nil }
        }
        for planned in plan.agents {
            if agent(planned.name) == nil {
                agents.append(
                    OracleAgent(
                        name: planned.name.rawValue, idleSince: recorded.sequence,
                        idleSinceAt: recorded.at.milliseconds))
            }
            change(planned.name) {
                $0.isPlanned = true
                $0.skills = planned.skills.plain
                $0.capacity = planned.capacity.map { ($0.channel.rawValue, $0.contacts) }
                $0.units = planned.units
                $0.groups = planned.groups.map(\.rawValue)
                $0.site = planned.site?.rawValue
                $0.hours = planned.hours?.rawValue
            }
        }
    }
}
