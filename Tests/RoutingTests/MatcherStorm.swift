import InteractionModel

@testable import Routing

/// A small centre under a seeded storm, kept twice: in a matcher, and in plain arrays that say the policy the slow way.
struct MatcherStorm {
    static let channels: [ChannelName] = ["chat", "mail", "voice"]
    static let skills: [SkillName] = ["a", "b", "c"]
    static let groups = ["g", "h"].map { GroupName($0) }
    static let sites = ["s", "t"].map { SiteName($0) }
    static let queues: [QueueName] = ["one", "two", "three", "four"]

    struct Agent {
        var kind: Profile.Kind
        var capacity: [Int]
        var units: Int?
        var condition = AgentCondition.available
        var held: [Int] = []
        var since: Int64
        var lastOffer: Int64 = 0
        var busy: Int64 = 0
        var isPlanned = true
    }

    struct Contact {
        var id: Int64
        var kind: ContactKind
        var stamp: Int64
        var slot = -1
        var preferred: Int?
        var aloneUntil: Int64?
        var exclusions: [(agent: Int, until: Int64)] = []
    }

    private(set) var complaints: [String] = []
    private(set) var decisions: [[Int64]] = []
    private var random: SeededGenerator
    private var matcher = Matcher()
    private var plan: Plan
    private var agents: [Agent] = []
    private var waiting: [Contact] = []
    private var talks: [(agent: Int, contact: Contact)] = []
    private var closed: [QueueName] = []
    private var now: Int64 = 1_700_000_000_000
    private var sequence: Int64 = 0

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        plan = Plan(version: "storm", queues: [], defaultQueue: "one", agents: [])
        makePlan()
        matcher.adopt(plan)
        for index in agents.indices { place(index) }
        settle()
    }

    // MARK: The plan

    private mutating func makePlan() {
        plan.queues = Self.queues.map { queue($0) }
        plan.idleOrder = random.pick(IdleOrder.allCases)
        plan.channelRules = Self.channels.filter { _ in random.chance(50) }.map { name in
            ChannelRule(
                channel: name, units: random.below(4),
                interruptedBy: random.chance(40) ? Self.channels.filter { _ in random.chance(50) } : nil)
        }
        if random.chance(50) {
            plan.reserves = [
                Reserve(
                    group: Self.groups[0], keep: random.below(3), queues: Self.queues.filter { _ in random.chance(40) })
            ]
        }
        for number in 0..<2 + random.below(6) { agents.append(agent(number)) }
        plan.agents = agents.indices.map { index in
            AgentPlan(
                name: AgentName("agent\(index)"), skills: agents[index].kind.skills,
                capacity: zip(Self.channels, agents[index].capacity).map { ChannelCapacity($0, $1) })
        }
    }

    private mutating func queue(_ name: QueueName) -> QueuePlan {
        var queue = QueuePlan(name: name, skills: skillSet(2), headStart: .seconds(Int64(random.below(3) * 20)))
        if random.chance(25) { queue.groups = [random.pick(Self.groups)] }
        if random.chance(25) { queue.sites = [random.pick(Self.sites)] }
        for number in 0..<random.below(4) {
            var ring = Ring(after: .seconds(Int64(5 + number * 10 + random.below(9))))
            if random.chance(60) { ring.skills = skillSet(1) }
            if random.chance(40) { ring.groups = random.chance(50) ? [] : Self.groups }
            if random.chance(40) { ring.sites = random.chance(50) ? [] : Self.sites }
            queue.rings.append(ring)
        }
        if random.chance(30) { queue.band = random.below(10) }
        if random.chance(30) { queue.liftAfter = .seconds(Int64(10 + random.below(60))) }
        if random.chance(40) {
            queue.aging = AgingCurve([
                .init(waited: .seconds(Int64(1 + random.below(9))), headStart: .seconds(Int64(random.below(20)))),
                .init(
                    waited: .seconds(Int64(10 + random.below(40))), headStart: .seconds(Int64(20 + random.below(90)))),
            ])
        }
        let criteria = AgentCriterion.allCases.filter { _ in random.chance(60) }
        queue.agentOrder = random.chance(50) ? criteria : criteria.reversed()
        if random.chance(50) { queue.quality = QualityRule(tiers: [70, 40]) }
        return queue
    }

    private mutating func skillSet(_ most: Int) -> SkillSet {
        SkillSet(
            (0..<random.below(most + 1)).map { _ in
                SkillRequirement(random.pick(Self.skills), level: 1 + random.below(3))
            })
    }

    private mutating func agent(_ number: Int) -> Agent {
        let capacity = Self.channels.map { _ in random.chance(75) ? random.below(4) + (random.chance(10) ? 17 : 0) : 0 }
        let groups = Self.groups.filter { _ in random.chance(40) }
        let kind = Profile.Kind(
            skills: skillSet(3), groups: groups, site: random.chance(60) ? random.pick(Self.sites) : nil,
            channels: zip(Self.channels, capacity).filter { $0.1 > 0 }.map(\.0),
            reserve: plan.reserves.first { groups.contains($0.group) }?.group, tiers: tiers())
        return Agent(
            kind: kind, capacity: capacity, units: random.chance(30) ? random.below(9) : nil, since: Int64(number))
    }

    private mutating func tiers() -> [Profile.Tier] {
        plan.queues.filter { $0.quality != nil }.map { .init(queue: $0.name, tier: random.below(3)) }
    }

    // MARK: What happens

    mutating func happen() {
        if random.chance(60) { now += Int64(random.below(random.chance(5) ? 40_000 : 2500)) }
        matcher.advance(to: Timestamp(milliseconds: now))
        endVainWaits()
        if random.chance(70) { settle() }
        for _ in 0..<(random.chance(15) ? 3 : 1) { change() }
        settle()
    }

    private mutating func change() {
        switch random.below(100) {
        case ..<40: if waiting.count < 14 { arrive() }
        case ..<46: if !waiting.isEmpty { matcher.leave(waiting.remove(at: random.below(waiting.count)).slot) }
        case ..<72: endTalk(comesBack: false)
        case ..<80: endTalk(comesBack: true)
        case ..<92: changeAgent()
        case ..<95: changeTier()
        default: changeHours()
        }
    }

    private mutating func arrive() {
        sequence += 1
        var contact = Contact(
            id: sequence,
            kind: ContactKind(
                channel: random.chance(95) ? random.pick(Self.channels) : "fax", queue: random.pick(Self.queues),
                skills: random.chance(20) ? skillSet(1) : SkillSet(),
                headStart: .seconds(random.chance(20) ? Int64(random.below(60) - 20) : 0)), stamp: now)
        wishFor(&contact)
        enter(contact)
    }

    /// Mostly nothing; now and then an agent to wait for, or some not to.
    private mutating func wishFor(_ contact: inout Contact) {
        if random.chance(20) {
            contact.preferred = random.below(agents.count)
            if random.chance(70) { contact.aloneUntil = now + Int64(random.below(20_000)) }
        }
        if random.chance(10) {
            contact.exclusions.append(
                (random.below(agents.count), random.chance(30) ? .max : now + Int64(random.below(20_000))))
        }
    }

    private mutating func enter(_ contact: Contact) {
        var contact = contact
        if let until = contact.aloneUntil, until <= now || !isReachable(contact.preferred!) { contact.aloneUntil = nil }
        var exception = ContactException()
        exception.preferred = contact.preferred
        exception.aloneUntil = contact.aloneUntil.map { Timestamp(milliseconds: $0) }
        exception.exclusions = contact.exclusions.map {
            .init(agent: $0.agent, until: Timestamp(milliseconds: $0.until))
        }
        contact.slot = matcher.enter(
            InteractionID(contact.id), since: Timestamp(milliseconds: contact.stamp),
            in: matcher.contactClass(contact.kind), exception == ContactException() ? nil : exception)
        waiting.append(contact)
    }

    private mutating func endTalk(comesBack: Bool) {
        guard !talks.isEmpty else { return }
        let talk = talks.remove(at: random.below(talks.count))
        let channel = Self.channels.firstIndex(of: talk.contact.kind.channel)!
        agents[talk.agent].held.remove(at: agents[talk.agent].held.firstIndex(of: channel)!)
        if comesBack {
            var contact = talk.contact
            contact.exclusions.append((talk.agent, now + Int64(random.below(9000))))
            if random.chance(30) { wishFor(&contact) }
            if random.chance(20) { contact.kind.queue = random.pick(Self.queues) }
            enter(contact)
        } else {
            renew(talk.agent)
            agents[talk.agent].busy += Int64(random.below(5000))
        }
        place(talk.agent)
    }

    private mutating func changeAgent() {
        let index = random.below(agents.count)
        agents[index].isPlanned = random.chance(97)
        agents[index].condition = random.chance(60) ? .available : random.pick(AgentCondition.allCases)
        if agents[index].condition == .available { renew(index) }
        place(index)
    }

    private mutating func changeTier() {
        let index = random.below(agents.count)
        agents[index].kind.tiers = tiers()
        place(index)
    }

    private mutating func changeHours() {
        let queue = random.pick(Self.queues)
        if closed.contains(queue) { closed.removeAll { $0 == queue } } else { closed.append(queue) }
        matcher.setOpen(queue, !closed.contains(queue))
    }

    private mutating func renew(_ index: Int) {
        sequence += 1
        agents[index].since = sequence
    }

    private mutating func place(_ index: Int) {
        let agent = agents[index]
        defer { endVainWaits() }
        guard agent.isPlanned else { return matcher.place(index, nil) }
        var open: UInt64 = 0
        for channel in Self.channels.indices where fits(channel, agent) {
            if let bit = matcher.channel(Self.channels[channel]) { open |= 1 << UInt64(bit) }
        }
        matcher.place(
            index,
            Seat(
                profile: matcher.profile(agent.kind), condition: agent.condition, open: open, load: agent.held.count,
                key: key(agent), since: agent.since))
    }

    private func key(_ agent: Agent) -> Int64 {
        switch plan.idleOrder {
        case .longestIdle: agent.since
        case .leastOccupied: agent.busy
        case .roundRobin: agent.lastOffer
        }
    }

    // MARK: Deciding

    private mutating func settle() {
        while complaints.isEmpty {
            let expected = expectedPair()
            let pair = matcher.nextPair(at: Timestamp(milliseconds: now))
            guard pair?.contact.number == expected?.contact, pair?.agent == expected?.agent else {
                let found = pair.map { "\($0.contact) to \($0.agent)" } ?? "nobody"
                let wanted = expected.map { "\($0.contact) to \($0.agent)" } ?? "nobody"
                return complaints.append("found \(found), expected \(wanted)")
            }
            guard let pair, let expected else { return }
            if pair.reason.ring != expected.ring { complaints.append("ring \(pair.reason.ring), not \(expected.ring)") }
            carryOut(pair)
        }
    }

    private mutating func carryOut(_ pair: Match) {
        let contact = waiting.remove(at: waiting.firstIndex { $0.id == pair.contact.number }!)
        decisions.append([contact.id, Int64(pair.agent)])
        matcher.leave(pair.slot)
        agents[pair.agent].held.append(Self.channels.firstIndex(of: contact.kind.channel)!)
        agents[pair.agent].held.sort()
        sequence += 1
        agents[pair.agent].lastOffer = sequence
        if random.chance(70) { agents[pair.agent].since = sequence }
        talks.append((pair.agent, contact))
        place(pair.agent)
    }

    // MARK: The policy in plain loops

    private func isReachable(_ agent: Int) -> Bool { agents[agent].isPlanned && agents[agent].condition.isReachable }

    private mutating func endVainWaits() {
        for index in waiting.indices {
            guard let until = waiting[index].aloneUntil else { continue }
            if until <= now || !isReachable(waiting[index].preferred!) { waiting[index].aloneUntil = nil }
        }
    }

    private func expectedPair() -> (contact: Int64, agent: Int, ring: Int)? {
        let order = waiting.map { contact -> (Int, Int64, Int64, Contact) in
            let queue = plan.queue(contact.kind.queue)!
            let waited = now - contact.stamp
            let band = queue.liftAfter.map { waited >= $0.milliseconds } == true ? 9 : queue.band
            let own = queue.headStart.milliseconds + contact.kind.headStart.milliseconds
            let place =
                contact.stamp - min(max(own, 0), 86_400_000)
                - queue.aging.headStart(after: Span(milliseconds: waited)).milliseconds
            return (-band, place, contact.id, contact)
        }.sorted { ($0.0, $0.1, $0.2) < ($1.0, $1.1, $1.2) }
        for (_, _, _, contact) in order {
            let able = agents.indices.compactMap { index in ring(of: index, for: contact).map { (index, $0) } }
            let best = able.min { one, other in
                rank(one.0, one.1, contact).lexicographicallyPrecedes(rank(other.0, other.1, contact))
            }
            if let best { return (contact.id, best.0, best.1) }
        }
        return nil
    }

    private func rank(_ index: Int, _ ring: Int, _ contact: Contact) -> [Int64] {
        let agent = agents[index]
        let queue = plan.queue(contact.kind.queue)!
        var rank: [Int64] = [contact.preferred == index ? 0 : 1, Int64(ring)]
        for criterion in queue.agentOrder {
            switch criterion {
            case .level: rank.append(-Int64(queue.skills.skills.map { level(agent, $0.skill) }.min() ?? 0))
            case .quality: rank.append(Int64(agent.kind.tiers.first { $0.queue == queue.name }?.tier ?? 0))
            case .load: rank.append(Int64(agent.held.count))
            }
        }
        return rank + [key(agent), agent.since, Int64(index)]
    }

    private func level(_ agent: Agent, _ skill: SkillName) -> Int {
        agent.kind.skills.skills.first { $0.skill == skill }?.level ?? 0
    }

    private func ring(of index: Int, for contact: Contact) -> Int? {
        let agent = agents[index]
        let queue = plan.queue(contact.kind.queue)!
        guard agent.isPlanned, agent.condition == .available, !closed.contains(queue.name) else { return nil }
        guard let channel = Self.channels.firstIndex(of: contact.kind.channel), fits(channel, agent) else { return nil }
        if let alone = contact.aloneUntil, alone > now, contact.preferred != index { return nil }
        if contact.exclusions.contains(where: { $0.agent == index && $0.until > now }) { return nil }
        if let reserve = plan.reserves.first, agent.kind.reserve == reserve.group, !reserve.queues.contains(queue.name)
        {
            let idle = agents.count {
                $0.isPlanned && $0.kind.reserve == reserve.group && $0.condition == .available && $0.held.isEmpty
            }
            if idle <= reserve.keep { return nil }
        }
        let rings = [Ring(after: .zero)] + queue.rings
        return rings.firstIndex { ring in
            let groups = ring.groups ?? queue.groups
            let sites = ring.sites ?? queue.sites
            return ring.after.milliseconds <= now - contact.stamp
                && agent.kind.skills.meets(ring.skills ?? queue.skills)
                && agent.kind.skills.meets(contact.kind.skills)
                && (groups.isEmpty || groups.contains { agent.kind.groups.contains($0) })
                && (sites.isEmpty || agent.kind.site.map { sites.contains($0) } == true)
        }
    }

    private func fits(_ channel: Int, _ agent: Agent) -> Bool {
        guard agent.held.count(where: { $0 == channel }) < agent.capacity[channel] else { return false }
        func rule(_ channel: Int) -> ChannelRule? { plan.channelRules.first { $0.channel == Self.channels[channel] } }
        if let bound = agent.units, (agent.held + [channel]).map({ rule($0)?.units ?? 0 }).reduce(0, +) > bound {
            return false
        }
        return agent.held.allSatisfy { other in
            other == channel || rule(other)?.interruptedBy.map { $0.contains(Self.channels[channel]) } ?? true
        }
    }
}
