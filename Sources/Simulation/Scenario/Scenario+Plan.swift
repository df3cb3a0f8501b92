import InteractionModel
import Routing

/// Where a contact may stand: a queue, and the site it was sent to where contacts are sent to one.
struct Lane: Sendable {
    let queue: Int
    /// Index of the scenario's sites; nil where one queue is for all.
    let site: Int?
    let name: QueueName
    /// Groups whose agents may serve it, ascending; those of the site only, before a ring widens.
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
            guard let sites, sites.rule != .pooled else {
                return [Lane(queue: index, site: nil, name: QueueName(queues[index].name), groups: able)]
            }
            return siteNames.enumerated().map { number, site in
                Lane(
                    queue: index, site: number, name: QueueName("\(queues[index].name).\(site)"),
                    groups: able.filter { groups[$0].site == site })
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

    func plan(_ lanes: [Lane], _ agents: [SimulatedAgent]) -> Plan {
        var timers = PlanTimers()
        timers.inactiveAfter = Self.never
        var plan = Plan(
            version: "simulated", queues: lanes.map(queuePlan), defaultQueue: lanes[0].name,
            agents: agents.enumerated().map { agentPlan($1, number: $0) }, timers: timers)
        switch policy.order {
        case .longestIdle, .random: plan.idleOrder = .longestIdle
        case .leastOccupied: plan.idleOrder = .leastOccupied
        case .roundRobin: plan.idleOrder = .roundRobin
        }
        return plan
    }

    private func queuePlan(_ lane: Lane) -> QueuePlan {
        let queue = queues[lane.queue]
        var plan = QueuePlan(
            name: lane.name, skills: skills(of: queue.skills), headStart: headStart(of: queue),
            offerTimeout: Self.never, waitingMax: queue.waitingMax ?? .max, expireAfter: Self.never)
        if policy.priority == .strict { plan.band = band(of: queue) }
        if let site = lane.site {
            plan.sites = [SiteName(siteNames[site])]
            if let after = sites?.interflow {
                plan.rings = [Ring(after: Span(seconds: after), sites: siteNames.map { SiteName($0) })]
            }
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

    /// - Throws: What this scenario asks for that cannot be simulated.
    package func check() throws(ScenarioError) {
        guard !queues.isEmpty, !groups.isEmpty else { throw ScenarioError("a scenario needs a queue and a group") }
        guard agentCount <= 100_000 else { throw ScenarioError("\(agentCount) agents are more than 100000") }
        for lane in lanes where lane.groups.isEmpty {
            throw ScenarioError("no group of agents can serve the queue \(lane.name): give one its skills")
        }
        if policy.priority == .strict, priorities.count > QueuePlan.bands.count {
            throw ScenarioError("strict priority has \(QueuePlan.bands.count) bands, not \(priorities.count)")
        }
        if policy.priority == .headStart, let bad = priorities.first(where: { !(0...86_400).contains($0) }) {
            throw ScenarioError("a head start is 0 to 86400 seconds, not \(bad)")
        }
        if policy.choice == .primaryFirst {
            throw ScenarioError("the router has no rule for `choice: primary-first` yet; use longest-wait")
        }
        if sites != nil, groups.contains(where: { $0.site == nil }) {
            throw ScenarioError("with `sites`, every group of agents names its site")
        }
    }
}

extension Span {
    init(seconds: Double) { self.init(milliseconds: Int64((seconds * 1000).rounded())) }
}
