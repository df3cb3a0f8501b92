import InteractionModel

extension RoutingState {
    mutating func foldAgent(_ recorded: RecordedFact) {
        switch recorded.fact {
        case .agentConnected(let name, let session):
            change(name, by: recorded) {
                $0.presence = .connected(session: session)
                $0.reclaimAt = nil
            }
        case .agentConnectionLost(let name, let session, let until):
            change(name, by: recorded) { $0.presence = .lost(session: session, until: until) }
        case .agentStatusChanged(let name, let status, let until):
            if status == .available { catchUp(name, at: recorded.at) }
            change(name, by: recorded) {
                if status == .available { Self.renew(&$0, at: recorded) }
                $0.status = status
                $0.statusUntil = until
            }
        case .agentSignedOut(let name, _, let reclaimAt):
            change(name, by: recorded) {
                $0.status = .signedOut
                $0.statusUntil = nil
                $0.presence = .absent
                $0.reclaimAt = reclaimAt
            }
        case .qualityReported(let name, let queue, let score):
            change(name, by: recorded) {
                $0.note(score, for: queue)
                $0.profileIndex = nil  // The tier may be another.
            }
        default: break
        }
    }

    /// Who comes back to work has been busy at least as much as the least busy of those who are there: nobody returns
    /// from a holiday to a flood (Rocket.Chat 13134).
    private mutating func catchUp(_ name: AgentName, at moment: Timestamp) {
        guard let index = agentIndex[name], agents[index].status != .available else { return }
        let others = agents.indices.filter { $0 != index && agents[$0].isPlanned && agents[$0].condition == .available }
        guard let least = others.map({ agents[$0].account(at: moment) }).min() else { return }
        let missing = least.milliseconds - agents[index].account(at: moment).milliseconds
        guard missing > 0 else { return }
        agents[index].busy = Span(milliseconds: agents[index].busy.milliseconds + missing)
    }

    private mutating func change(_ name: AgentName, by recorded: RecordedFact, _ body: (inout AgentRecord) -> Void) {
        guard let index = agentIndex[name] else { return }
        body(&agents[index])
        agents[index].lastSequence = recorded.sequence
        if let deadline = agents[index].deadline { deadlines.add(.agent(index), at: deadline) }
        agentChanged(index)
        stopWaitingAlone(for: index)
    }

    private static func renew(_ agent: inout AgentRecord, at recorded: RecordedFact) {
        agent.since = recorded.sequence
        agent.sinceAt = recorded.at
    }

    /// An agent who takes or ends work goes to the end of the line of equals.
    mutating func renewPlace(of name: AgentName) {
        guard let index = agentIndex[name] else { return }
        agents[index].since = lastSequence
        agents[index].sinceAt = now
        agents[index].lastSequence = lastSequence
        agentChanged(index)
    }

    // MARK: The plan and its hours

    /// Agents keep their numbers over every change of plan; those it no longer names take nothing new.
    mutating func adopt(_ plan: Plan) {
        setPlan(plan)
        for index in agents.indices { agents[index].isPlanned = false }
        for planned in plan.agents {
            if let index = agentIndex[planned.name] {
                agents[index].isPlanned = true
                agents[index].take(planned)
            } else {
                agentIndex[planned.name] = agents.count
                var agent = AgentRecord(
                    name: planned.name, skills: planned.skills, capacity: planned.capacity, since: lastSequence,
                    sinceAt: now, lastSequence: lastSequence)
                agent.take(planned)
                agents.append(agent)
            }
        }
        for index in agents.indices { agents[index].quality.removeAll { queueIndex[$0.queue] == nil } }
        rebuildMatcher()
        for index in agents.indices { stopWaitingAlone(for: index) }
        applyHours()
    }

    private mutating func setPlan(_ plan: Plan) {
        self.plan = plan
        measures.adopt(plan)
        changes.plan = true
        forgetGates()
        queueIndex = [:]
        interflowing = plan.queues.indices.filter { !plan.queues[$0].interflow.isEmpty }
        for (index, queue) in plan.queues.enumerated() where queueIndex[queue.name] == nil {
            queueIndex[queue.name] = index
        }
    }
}

extension AgentRecord {
    fileprivate mutating func note(_ score: Int, for queue: QueueName) {
        let place = quality.firstIndex { $0.queue >= queue } ?? quality.endIndex
        if place == quality.endIndex || quality[place].queue != queue {
            quality.insert(QualityResults(queue: queue), at: place)
        }
        quality[place].add(score)
    }
}
