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

    /// Brings the matcher up to date with agent `index`, who may now have room for work.
    mutating func agentChanged(_ index: Int) {
        let profile = profile(of: index)
        let agent = agents[index]
        let fits = matcher.channels.map { heldCount(by: index, on: $0) < agent.capacity(for: $0) }
        let seat = Matcher.Seat(
            profile: profile, condition: agent.condition, load: agent.held.count, since: agent.since, fits: fits)
        if changes.agents.last != index { changes.agents.append(index) }
        guard matcher.seat(of: index) != seat || !agent.isPlanned else { return }
        matcher.place(index, agent.isPlanned ? seat : nil)
        if agent.isPlanned, seat.condition == .available, fits.contains(true) { seekingAgents.append(index) }
    }

    private mutating func profile(of index: Int) -> Int {
        if let known = agents[index].profileIndex { return known }
        let made = matcher.profile(agents[index].profile)
        agents[index].profileIndex = made
        return made
    }

    func heldCount(by index: Int, on channel: ChannelName) -> Int {
        agents[index].held.count { interactions[$0]?.channel == channel }
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
                agents[index].skills = planned.skills
                agents[index].capacity = planned.capacity
                agents[index].profileIndex = nil
            } else {
                agentIndex[planned.name] = agents.count
                agents.append(
                    AgentRecord(
                        name: planned.name, skills: planned.skills, capacity: planned.capacity, since: lastSequence,
                        sinceAt: now, lastSequence: lastSequence))
            }
        }
        for index in agents.indices { agentChanged(index) }
    }
}
