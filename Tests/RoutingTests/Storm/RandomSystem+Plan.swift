import InteractionModel
import Routing

/// Plans in which every rule varies. The spans are those of a storm: its inputs come less than a second apart.
extension RandomSystem {
    mutating func plan() -> Plan {
        var plan = Plan(
            version: "plan-\(random.below(1000))", queues: queuePlans(), defaultQueue: Self.queues[0], agents: [])
        plan.entries = (0..<random.below(5)).map { _ in entry(among: plan.queues.map(\.name)) }
        plan.defaultQueue = random.pick(plan.queues).name
        setTimers(of: &plan)
        if features.contains(.matching) { setRules(of: &plan) }
        if features.contains(.statuses), random.chance(60) {
            plan.statusReasons = ["lunch", "meeting", "no-answer"].map { reason($0) }
        }
        let reserved = plan.reserves.map(\.group)
        plan.agents = agents.filter { _ in random.chance(80) }.map { agent($0, reserved: reserved) }
        if features.contains(.hours) { setHours(of: &plan) }
        return plan
    }

    private mutating func entry(among queues: [QueueName]) -> Entry {
        var entry = Entry(queue: random.pick(queues))
        if random.chance(60) { entry.channel = random.pick(Self.channels) }
        if random.chance(40) { entry.destination = random.pick(["+4930", "+4931"]) }
        if random.chance(30) { entry.language = random.pick(["de", "EN", "de-AT"]) }
        if random.chance(30) { entry.direction = random.pick(Direction.allCases) }
        return entry
    }

    private mutating func setTimers(of plan: inout Plan) {
        plan.timers.reconnectGrace = .seconds(Int64(random.below(40)))
        plan.timers.reclaimAfter = .seconds(Int64(random.below(60)))
        plan.timers.offerAgainAfter = .seconds(Int64(random.below(60)))
        plan.timers.inactiveAfter = .seconds(Int64(60 + random.below(900)))
        plan.timers.holdMax = .seconds(Int64(5 + random.below(120)))
        plan.timers.consultMax = .seconds(Int64(5 + random.below(120)))
        plan.timers.vendorMax = .seconds(Int64(5 + random.below(120)))
        plan.timers.outboxMax = 2 + random.below(10)
        if features.contains(.statuses), random.chance(50) { plan.timers.noAnswerPause = span(1...30) }
    }

    // MARK: Rules of the site

    private mutating func setRules(of plan: inout Plan) {
        plan.idleOrder = random.chance(40) ? .longestIdle : random.pick(idleOrders)
        plan.channelRules = Self.channels.filter { _ in random.chance(60) }.map { channelRule($0) }
        let names = plan.queues.map(\.name)
        plan.reserves = Self.groups.filter { _ in random.chance(25) }.map { group in
            Reserve(group: group, keep: random.below(3), queues: names.filter { _ in random.chance(40) })
        }
    }

    private var idleOrders: [IdleOrder] {
        features.contains(.leastOccupied) ? IdleOrder.allCases : [.longestIdle, .roundRobin]
    }

    private mutating func reason(_ name: String) -> StatusReason {
        StatusReason(name: name, limit: random.chance(60) ? span(2...60) : nil)
    }

    private mutating func channelRule(_ channel: ChannelName) -> ChannelRule {
        ChannelRule(
            channel: channel, units: random.below(4),
            interruptedBy: random.chance(50) ? nil : Self.channels.filter { _ in random.chance(40) })
    }

    // MARK: Queues

    private mutating func queuePlans() -> [QueuePlan] {
        // Now and then a plan lacks a queue in which somebody waits.
        let names = Self.queues.filter { _ in random.chance(85) }
        let kept = names.isEmpty ? [random.pick(Self.queues)] : names
        return kept.map { queue($0, among: kept) }
    }

    private mutating func queue(_ name: QueueName, among names: [QueueName]) -> QueuePlan {
        var queue = QueuePlan(
            name: name, skills: skills(atMost: 2), headStart: .seconds(Int64(random.below(3) * 45)),
            offerTimeout: .seconds(Int64(1 + random.below(60))), wrapUpMax: .seconds(Int64(random.below(60))),
            waitingMax: size == .small ? 2 + random.below(10) : 60,
            expireAfter: .seconds(Int64(60 + random.below(900))),
            dispositions: random.chance(50) ? ["sold", "lost"] : [])
        if features.contains(.matching) {
            setCircle(of: &queue)
            setOrder(of: &queue)
        }
        queue.shortAbandon = span(0...10)
        setWaysOut(of: &queue, among: names)
        return queue
    }

    /// Who may serve it, and how the circle widens.
    private mutating func setCircle(of queue: inout QueuePlan) {
        if random.chance(40) { queue.groups = some(of: Self.groups) }
        if random.chance(20) { queue.sites = some(of: Self.sites) }
        var after: Int64 = 0
        for _ in 0..<(random.chance(60) ? random.below(4) : 0) {
            after += 500 + Int64(random.below(60)) * 500
            queue.rings.append(ring(after: after))
        }
    }

    private mutating func ring(after: Int64) -> Ring {
        var ring = Ring(after: Span(milliseconds: after))
        if random.chance(60) { ring.skills = random.chance(50) ? SkillSet() : skills(atMost: 1) }
        if random.chance(50) { ring.groups = random.chance(50) ? [] : some(of: Self.groups) }
        if random.chance(40) { ring.sites = random.chance(60) ? [] : some(of: Self.sites) }
        return ring
    }

    private mutating func setOrder(of queue: inout QueuePlan) {
        if random.chance(40) { queue.band = random.below(4) }
        if random.chance(30) { queue.liftAfter = span(1...60) }
        if random.chance(40) { queue.aging = curve() }
        var criteria = AgentCriterion.allCases
        for last in criteria.indices.reversed() { criteria.swapAt(last, random.below(last + 1)) }
        queue.agentOrder = random.chance(30) ? [.load] : Array(criteria.prefix(random.below(4)))
        if random.chance(75) { queue.quality = quality() }
    }

    private mutating func curve() -> AgingCurve {
        var points: [AgingCurve.Point] = []
        var (waited, headStart): (Int64, Int64) = (random.chance(30) ? 0 : Int64(random.below(20_000)), 0)
        for _ in 0..<(1 + random.below(4)) {
            headStart += Int64(random.below(120_000))
            points.append(.init(waited: Span(milliseconds: waited), headStart: Span(milliseconds: headStart)))
            waited += 1 + Int64(random.below(40_000))
        }
        return AgingCurve(points)
    }

    private mutating func quality() -> QualityRule {
        QualityRule(
            prior: 20 + random.below(70), weight: 1 + random.below(6), newcomerSamples: random.below(6),
            tiers: [80, 60, 40].filter { _ in random.chance(70) })
    }

    // MARK: Ways out

    private mutating func setWaysOut(of queue: inout QueuePlan, among names: [QueueName]) {
        let others = names.filter { $0 != queue.name }
        guard !others.isEmpty else { return }
        if features.contains(.overflow), random.chance(40) {
            queue.overflow = (0...random.below(2)).map { _ in overflow(among: names) }
        }
        if features.contains(.intraflow), random.chance(35) {
            var after: Int64 = 0
            for _ in 0...random.below(2) {
                after += 1000 + Int64(random.below(80)) * 500
                queue.intraflow.append(Intraflow(after: Span(milliseconds: after), to: random.pick(others)))
            }
        }
        if features.contains(.preferred), random.chance(60) {
            queue.preferred = PreferredRule(rememberFor: span(5...300), waitFor: span(0...40))
        }
        if features.contains(.escalation), random.chance(60) {
            queue.escalation = random.chance(40) ? .vendor("repairs") : .queue(random.pick(others))
        }
        if features.contains(.wrapUp) { queue.wrapUpIsMandatory = random.chance(30) }
    }

    private mutating func overflow(among names: [QueueName]) -> Overflow {
        let conditions: [QueueCondition] = [
            .waitingAtLeast(1 + random.below(4)), .longestWaitAtLeast(span(1...60)), .signedInAtMost(random.below(4)),
            .availableAtMost(random.below(3)), .full, .closed,
        ]
        return Overflow(
            when: random.chance(80) ? [random.pick(conditions)] : some(of: conditions),
            of: random.chance(25) ? random.pick(names) : nil, to: random.chance(75) ? random.pick(names) : nil)
    }

    // MARK: Agents

    private mutating func agent(_ name: AgentName, reserved: [GroupName]) -> AgentPlan {
        var agent = AgentPlan(
            name: name, skills: skills(atMost: 3),
            capacity: Self.channels.filter { _ in random.chance(80) }.map {
                ChannelCapacity($0, random.below(size == .few ? 40 : 4))
            })
        guard features.contains(.matching) else { return agent }
        if random.chance(size == .few ? 10 : 40) { agent.units = random.below(8) }
        if random.chance(30) { agent.site = random.pick(Self.sites) }
        for group in Self.groups where random.chance(45) {
            // An agent belongs to at most one reserved group.
            if reserved.contains(group), agent.groups.contains(where: { reserved.contains($0) }) { continue }
            agent.groups.append(group)
        }
        return agent
    }

    // MARK: Parts

    mutating func skills(atMost count: Int) -> SkillSet {
        SkillSet(
            (0..<random.below(count + 1)).map { _ in
                SkillRequirement(random.pick(Self.skills), level: 1 + random.below(3))
            })
    }

    /// One at least.
    private mutating func some<Element>(of elements: [Element]) -> [Element] {
        let chosen = elements.filter { _ in random.chance(50) }
        return chosen.isEmpty ? [random.pick(elements)] : chosen
    }

    /// Whole half seconds: moments then often fall together.
    private mutating func span(_ seconds: ClosedRange<Int>) -> Span {
        Span(milliseconds: Int64(seconds.lowerBound * 2 + random.below((seconds.count - 1) * 2 + 1)) * 500)
    }
}
