import Federation
import InteractionModel
import Routing

/// Where a contact may stand: a queue, and the site it was sent to where contacts are sent to one.
struct Lane: Sendable {
    let queue: Int
    /// Index of the scenario's sites; nil where one queue is for all.
    let site: Int?
    let name: QueueName
    /// Groups whose agents may serve it, ascending; those of the site only.
    let groups: [Int]
}

/// The scenario in the router's own words.
extension Scenario {
    /// No timer of the router's may end what the simulated world has not ended.
    static let never = Span.hours(24 * 365 * 200)
    static let channel = ChannelName("voice")

    /// The skill by which the simulator, drawing at random, asks for one agent.
    static func ownSkill(of agent: Int) -> SkillName { SkillName("only-\(agent)") }

    /// Queue by queue, and in each site by site.
    var lanes: [Lane] {
        queues.indices.flatMap { index -> [Lane] in
            let able = groups.indices.filter { skills(of: groups[$0].skills).meets(skills(of: queues[index].skills)) }
            let name = QueueName(queues[index].name)
            guard network != nil else { return [Lane(queue: index, site: nil, name: name, groups: able)] }
            return siteNames.enumerated().map { number, site in
                Lane(queue: index, site: number, name: name, groups: able.filter { groups[$0].site == site })
            }
        }
    }

    func skills(of levels: [SkillLevel]) -> SkillSet {
        SkillSet(levels.map { SkillRequirement(SkillName($0.skill), level: $0.level) })
    }

    /// Agents in the order of their groups; their names end in their number.
    func agents() -> [SimulatedAgent] {
        var agents: [SimulatedAgent] = []
        let sites = siteNames
        for (index, group) in groups.enumerated() {
            let site = group.site.flatMap { sites.firstIndex(of: $0) } ?? 0
            for _ in 0..<group.count {
                let name = AgentName("\(group.name)-\(agents.count)")
                agents.append(SimulatedAgent(name: name, group: index, site: site))
            }
        }
        return agents
    }

    /// What `core` goes by: everybody, or its own agents and the way to its peers.
    func plan(for core: SiteCore, _ agents: [SimulatedAgent]) -> Plan {
        var timers = PlanTimers()
        timers.inactiveAfter = Self.never
        let own = agents.enumerated().filter { network == nil || $1.site == core.site }
        var plan = Plan(
            version: "simulated", queues: queues.map { queuePlan($0, at: core) },
            defaultQueue: QueueName(queues[0].name), agents: own.map { agentPlan($1, number: $0) }, timers: timers)
        plan.network = networkPlan
        switch policy.order {
        case .longestIdle, .random: plan.idleOrder = .longestIdle
        case .leastOccupied: plan.idleOrder = .leastOccupied
        case .roundRobin: plan.idleOrder = .roundRobin
        }
        return plan
    }

    private func queuePlan(_ queue: CustomerQueue, at core: SiteCore) -> QueuePlan {
        var plan = QueuePlan(
            name: QueueName(queue.name), skills: skills(of: queue.skills), headStart: headStart(of: queue),
            offerTimeout: Self.never, waitingMax: queue.waitingMax ?? .max, expireAfter: Self.never)
        if policy.priority == .strict { plan.band = band(of: queue) }
        if let after = network?.interflow {
            let others = siteNames.map { SiteName($0) }.filter { $0 != core.name }
            plan.interflow = [Interflow(after: Span(seconds: after), sites: others)]
        }
        return plan
    }

    private func agentPlan(_ agent: SimulatedAgent, number: Int) -> AgentPlan {
        let group = groups[agent.group]
        var levels = skills(of: group.skills).skills
        if policy.order == .random { levels.append(SkillRequirement(Self.ownSkill(of: number))) }
        var plan = AgentPlan(
            name: agent.name, skills: SkillSet(levels), capacity: [ChannelCapacity(Self.channel, 1)])
        plan.site = group.site.map { SiteName($0) }
        return plan
    }

    /// The priorities in use, ascending.
    private var priorities: [Double] { Set(queues.map(\.priority)).sorted() }

    private func band(of queue: CustomerQueue) -> Int { priorities.firstIndex(of: queue.priority) ?? 0 }

    private func headStart(of queue: CustomerQueue) -> Span {
        switch policy.priority {
        case .headStart: Span(seconds: queue.priority)
        case .strict: .zero
        }
    }
}

extension Span {
    init(seconds: Double) { self.init(milliseconds: Int64((seconds * 1000).rounded())) }
}
