import InteractionModel
import Routing

/// What each fact changes.
extension Oracle {
    mutating func learn(_ recorded: RecordedFact) {
        switch recorded.fact {
        case .planActivated(let plan): learn(plan, recorded)
        case .siteStarted, .clockStepped: break
        case .received(let received): contacts.append(begin(received, recorded))
        case .agentConnected, .agentConnectionLost, .agentStatusChanged, .agentSignedOut: learnAgent(recorded)
        default: learnContact(recorded)
        }
        settleAccounts(at: recorded.at.milliseconds)
        endVainWaits(at: recorded.at.milliseconds)
    }

    // MARK: Contacts

    func begin(_ received: Received, _ recorded: RecordedFact) -> OracleContact {
        let queue = received.requirement.queue.rawValue
        let own = self.queue(queue)
        var contact = OracleContact(
            id: recorded.sequence, channel: received.channel.rawValue, stamp: recorded.at.milliseconds, queue: queue,
            until: received.expiresAt.milliseconds,
            waitLimit: received.expiresAt.milliseconds - recorded.at.milliseconds,
            expiresAt: received.expiresAt.milliseconds, inQueueSince: recorded.at.milliseconds)
        contact.wishedSkills = received.requirement.skills.plain
        contact.wishedHeadStart =
            received.requirement.headStart.milliseconds - (own?.plan.headStart.milliseconds ?? 0)
        return contact
    }

    private mutating func learnContact(_ recorded: RecordedFact) {
        guard let index = contact(recorded.interaction) else { return }
        let now = recorded.at.milliseconds
        switch recorded.fact {
        case .messageReceived(let until): if let until { resume(index, until.milliseconds) }
        case .messageQueued(let queued): if let until = queued.activeUntil { resume(index, until.milliseconds) }
        case .offered(let offered):
            hold(index, .offered, by: agent(offered.agent), until: offered.until.milliseconds)
            if let agent = agent(offered.agent) { agents[agent].lastOffer = recorded.sequence }
        case .offerEnded(_, let outcome): learn(outcome, of: index, recorded)
        case .released:
            contacts[index].expiresAt = now + contacts[index].waitLimit
            wait(index)
        case .requeued(let requeued): learn(requeued, of: index, now)
        case .wrapUpStarted(_, let until): hold(index, .wrapping, by: contacts[index].holder, until: until.milliseconds)
        case .closed, .abandoned, .expired:
            if let holder = contacts[index].holder { renew(holder, recorded) }
            contacts.remove(at: index)
        default: break
        }
    }

    private mutating func learn(_ outcome: OfferOutcome, of index: Int, _ recorded: RecordedFact) {
        guard let holder = contacts[index].holder else { return complain("an offer ended that was not made") }
        switch outcome {
        case .accepted(let until):
            renew(holder, recorded)
            hold(index, .active, by: holder, until: until.milliseconds)
        case .rejected(_, let until):
            contacts[index].excluded.append((holder, until.milliseconds))
            wait(index)
        case .timedOut, .rescinded: wait(index)
        }
    }

    private mutating func learn(_ requeued: Requeued, of index: Int, _ now: Int64) {
        if let by = agent(requeued.by) { contacts[index].excluded.append((by, requeued.notAgainBefore.milliseconds)) }
        contacts[index].queue = requeued.requirement.queue.rawValue
        contacts[index].wishedSkills = requeued.requirement.skills.plain
        contacts[index].wishedHeadStart =
            requeued.requirement.headStart.milliseconds
            - (queue(contacts[index].queue)?.plan.headStart.milliseconds ?? 0)
        contacts[index].expiresAt = now + contacts[index].waitLimit
        wait(index)
    }

    private mutating func resume(_ index: Int, _ until: Int64) {
        guard contacts[index].holder != nil else { return }
        hold(index, .active, by: contacts[index].holder, until: until)
    }

    private mutating func wait(_ index: Int) {
        hold(index, .queued, by: nil, until: contacts[index].expiresAt)
    }

    private mutating func hold(_ index: Int, _ state: OracleContact.State, by holder: Int?, until: Int64) {
        contacts[index].state = state
        contacts[index].holder = holder
        contacts[index].until = until
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
        case .agentStatusChanged(let name, let status): learn(status, of: name, recorded)
        case .agentSignedOut(let name, _, let reclaimAt):
            change(name) {
                $0.status = .signedOut
                $0.presence = .absent
                $0.reclaimAt = reclaimAt?.milliseconds
            }
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

    private mutating func change(_ name: AgentName, _ body: (inout OracleAgent) -> Void) {
        guard let index = agent(name) else { return }
        body(&agents[index])
    }

    /// Nobody returns to a flood: the account of one who becomes available is at least the smallest of those who are.
    private mutating func levelAccount(of index: Int, at now: Int64) {
        var smallest: Int64?
        for other in agents.indices where other != index && agents[other].status == .available {
            guard isThere(agents[other]) else { continue }
            let account = agents[other].busy
            smallest = min(smallest ?? account, account)
        }
        if let smallest, agents[index].busy < smallest { agents[index].busy = smallest }
    }

    /// The busy account: the time during which an agent held anything.
    private mutating func settleAccounts(at now: Int64) {
        for index in agents.indices {
            let isBusy = contacts.contains { $0.holder == index }
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
        for index in agents.indices { agents[index].isPlanned = false }
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
