import InteractionModel
import Routing

/// Why an agent cannot take a contact, in the policy's order; the words are the policy's.
enum OracleRule: String, CaseIterable {
    case channel
    case skill
    case group
    case ring
    case closed
    case signedOut = "signed-out"
    case unreachable
    case offHours = "off-hours"
    case notReady = "not-ready"
    case capacity
    case reserved
    case excluded
    case preferred
}

/// One agent for one contact, with all that decides between agents: smaller goes first, item by item.
struct OraclePair {
    var contact: Int
    var agent: Int
    var ring: Int
    var order: [(name: String, value: Int64)]

    /// Whether this one goes first, and what decided.
    func isBefore(_ other: OraclePair) -> (Bool, by: String) {
        for index in order.indices where order[index].value != other.order[index].value {
            return (order[index].value < other.order[index].value, order[index].name)
        }
        return (agent < other.agent, "number")
    }
}

/// What all agents hold at one moment.
struct OracleHoldings {
    /// By agent, the channel of each contact held.
    var channels: [[String]]
    /// By reserve of the plan, how many members of its group are idle.
    var idle: [Int]
}

extension Oracle {
    // MARK: Order

    /// Of all waiting contacts that some agent could take, the first in order, and the best of those agents.
    func nextPair(at now: Int64, _ note: (String) -> Void = { _ in }) -> OraclePair? {
        let holdings = holdings(at: now)
        for contact in waitingInOrder(at: now) {
            var best: OraclePair?
            var decidedBy = "alone"
            for agent in agents.indices where agents[agent].isPlanned {
                guard firstRule(dropping: agent, for: contact, holdings, at: now) == nil else { continue }
                let pair = pair(contact, agent, holdings, at: now)
                guard let known = best else {
                    best = pair
                    continue
                }
                let (isBefore, by) = pair.isBefore(known)
                decidedBy = by
                if isBefore { best = pair }
            }
            if let best {
                note("agent by \(decidedBy)")
                return best
            }
        }
        return nil
    }

    /// The waiting contacts, as indices: band, place in time, number.
    func waitingInOrder(at now: Int64) -> [Int] {
        var keys: [(band: Int, place: Int64, id: Int64, index: Int)] = []
        for index in contacts.indices where contacts[index].isWaiting {
            let (band, place) = standing(of: contacts[index], at: now)
            keys.append((band, place, contacts[index].id, index))
        }
        keys.sort { one, other in
            if one.band != other.band { return one.band > other.band }
            if one.place != other.place { return one.place < other.place }
            return one.id < other.id
        }
        return keys.map(\.index)
    }

    func standing(of contact: OracleContact, at now: Int64) -> (band: Int, place: Int64) {
        let waited = now - contact.stamp
        guard let queue = queue(contact.queue) else { return (0, contact.stamp - contact.wishedHeadStart) }
        let place = contact.stamp - headStart(of: contact) - queue.aging(waited: waited)
        return (queue.band(waited: waited), place)
    }

    /// The queue's head start and the contact's own together, between nothing and a day.
    func headStart(of contact: OracleContact) -> Int64 {
        let queues = queue(contact.queue)?.plan.headStart.milliseconds ?? 0
        return min(max(queues + contact.wishedHeadStart, 0), 24 * 3_600_000)
    }

    private func pair(_ contact: Int, _ agent: Int, _ holdings: OracleHoldings, at now: Int64) -> OraclePair {
        let waiting = contacts[contact]
        let ring = ring(of: agent, for: waiting, at: now) ?? .max
        let someone = agents[agent]
        var order: [(name: String, value: Int64)] = []
        order.append(("preferred", waiting.preferred == agent ? 0 : 1))
        order.append(("ring", Int64(ring)))
        let queue = queue(waiting.queue)
        for criterion in queue?.plan.agentOrder ?? [] {
            switch criterion {
            case .level: order.append(("level", -Int64(level(of: someone, in: queue))))
            case .quality: order.append(("quality", Int64(tier(of: someone, in: queue))))
            case .load: order.append(("load", Int64(holdings.channels[agent].count)))
            }
        }
        switch plan.idleOrder {
        case .longestIdle: break
        case .leastOccupied: order.append(("least-occupied", someone.busy))
        case .roundRobin: order.append(("round-robin", someone.lastOffer))
        }
        order.append(("longest-idle", someone.idleSince))
        return OraclePair(contact: contact, agent: agent, ring: ring, order: order)
    }

    /// The lowest of the agent's levels in the skills that the queue itself asks for.
    func level(of agent: OracleAgent, in queue: OracleQueue?) -> Int {
        var lowest: Int?
        for skill in queue?.skills ?? [] {
            let level = agent.level(of: skill.skill)
            lowest = min(lowest ?? level, level)
        }
        return lowest ?? 0
    }

    func tier(of agent: OracleAgent, in queue: OracleQueue?) -> Int {
        guard let queue else { return 0 }
        for results in agent.results where results.queue == queue.name {
            return queue.tier(count: results.count, sum: results.sum)
        }
        return queue.tier(count: 0, sum: 0)
    }

    // MARK: Who could take a contact

    /// The first rule that keeps the agent from the contact; nil when none does.
    func firstRule(
        dropping index: Int, for contact: Int, _ holdings: OracleHoldings, at now: Int64
    ) -> OracleRule? {
        firstRule(dropping: index, for: contacts[contact], holdings, at: now)
    }

    func firstRule(
        dropping index: Int, for waiting: OracleContact, _ holdings: OracleHoldings, at now: Int64
    ) -> OracleRule? {
        let agent = agents[index]
        guard let queue = queue(waiting.queue) else { return .skill }
        if agent.capacity(for: waiting.channel) <= 0 { return .channel }
        let able = queue.rings.filter { agent.canDo($0.skills) && agent.canDo(waiting.wishedSkills) }
        if able.isEmpty { return .skill }
        let admitting = able.filter { $0.admits(agent) }
        if admitting.isEmpty { return .group }
        if !admitting.contains(where: { $0.after <= now - waiting.stamp }) { return .ring }
        if !isOpen(queue, at: now) { return .closed }
        if agent.status == .signedOut || agent.presence == .absent { return .signedOut }
        if agent.presence != .connected { return .unreachable }
        if !isOnDuty(agent, at: now) { return .offHours }
        if agent.status != .available { return .notReady }
        if !fits(waiting.channel, agent, holding: holdings.channels[index]) { return .capacity }
        if isReserved(agent, from: queue, holdings) { return .reserved }
        for pause in waiting.excluded where pause.agent == agent.name && pause.until > now { return .excluded }
        if let alone = agentWaitedForAlone(by: waiting, at: now), alone != index { return .preferred }
        return nil
    }

    /// The least open ring that admits the agent by skills, group and site.
    func ring(of index: Int, for waiting: OracleContact, at now: Int64) -> Int? {
        guard let queue = queue(waiting.queue) else { return nil }
        for number in queue.rings.indices {
            let ring = queue.rings[number]
            guard ring.after <= now - waiting.stamp, agents[index].canDo(ring.skills) else { continue }
            if agents[index].canDo(waiting.wishedSkills), ring.admits(agents[index]) { return number }
        }
        return nil
    }

    func fits(_ channel: String, _ agent: OracleAgent, holding held: [String]) -> Bool {
        if held.filter({ $0 == channel }).count >= agent.capacity(for: channel) { return false }
        if let bound = agent.units {
            var units = 0
            for one in held + [channel] {
                for rule in plan.channelRules where rule.channel.rawValue == one { units += rule.units }
            }
            if units > bound { return false }
        }
        for other in held where other != channel {
            for rule in plan.channelRules where rule.channel.rawValue == other {
                guard let allowed = rule.interruptedBy else { continue }
                if !allowed.contains(where: { $0.rawValue == channel }) { return false }
            }
        }
        return true
    }

    private func isReserved(_ agent: OracleAgent, from queue: OracleQueue, _ holdings: OracleHoldings) -> Bool {
        for index in plan.reserves.indices {
            let reserve = plan.reserves[index]
            guard agent.groups.contains(reserve.group.rawValue) else { continue }
            if reserve.queues.contains(where: { $0.rawValue == queue.name }) { continue }
            if holdings.idle[index] <= reserve.keep { return true }
        }
        return false
    }

    /// The agent for whom a contact waits alone now.
    func agentWaitedForAlone(by contact: OracleContact, at now: Int64) -> Int? {
        guard let preferred = contact.preferred, let until = contact.aloneUntil, now < until else { return nil }
        return isThere(agents[preferred]) ? preferred : nil
    }

    /// Planned, signed in and connected.
    func isThere(_ agent: OracleAgent) -> Bool {
        agent.isPlanned && agent.status != .signedOut && agent.presence == .connected
    }

    // MARK: What agents hold

    func holdings(at now: Int64) -> OracleHoldings {
        var channels = [[String]](repeating: [], count: agents.count)
        for contact in contacts {
            if let holder = contact.holder { channels[holder].append(contact.channel) }
            for guest in contact.guests { channels[guest.agent].append(contact.channel) }
        }
        var idle: [Int] = []
        for reserve in plan.reserves {
            var count = 0
            for index in agents.indices where agents[index].groups.contains(reserve.group.rawValue) {
                let agent = agents[index]
                guard isThere(agent), isOnDuty(agent, at: now), agent.status == .available else { continue }
                if channels[index].isEmpty { count += 1 }
            }
            idle.append(count)
        }
        return OracleHoldings(channels: channels, idle: idle)
    }
}
