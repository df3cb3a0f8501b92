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
        case .agentStatusChanged(let name, let status):
            if status == .available { levelAccount(of: name) }
            change(name, by: recorded) {
                if status == .available { Self.renew(&$0, at: recorded) }
                $0.status = status
            }
        case .agentSignedOut(let name, _, let reclaimAt):
            change(name, by: recorded) {
                $0.status = .signedOut
                $0.presence = .absent
                $0.reclaimAt = reclaimAt
            }
        default: break
        }
    }

    private mutating func change(_ name: AgentName, by recorded: RecordedFact, _ body: (inout AgentRecord) -> Void) {
        guard let index = agentIndex[name] else { return }
        body(&agents[index])
        agents[index].lastSequence = recorded.sequence
        if let deadline = agents[index].deadline { deadlines.add(.agent(index), at: deadline) }
        agentChanged(index)
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

    // MARK: The plan

    /// Agents keep their numbers over every change of plan; those it no longer names take nothing new.
    mutating func adopt(_ plan: Plan) {
        self.plan = plan
        changes.plan = true
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
        rebuildMatcher()
    }
}
