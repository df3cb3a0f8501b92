package import InteractionModel

extension RoutingState {
    /// With more agents than this an explanation counts them by rule instead of naming each.
    package static let namedAgentsMax = 8
    /// With more profiles than this an explanation does not count either: counting would cost more than deciding.
    package static let countedProfilesMax = 64

    private var counts: Bool { matcher.profileCount <= Self.countedProfilesMax }

    /// Why a contact goes to an agent: taken before the offer changes anything.
    func explain(_ pair: Match) -> Explanation {
        let winner = agents[pair.agent]
        let contactClass = Int(matcher.contacts[pair.slot].contactClass)
        let reason = pair.reason
        var made = Explanation(
            search: reason.search, load: reason.load, idle: now.since(winner.sinceAt), waited: reason.waited,
            headStart: Span(milliseconds: matcher.lines[contactClass].headStart),
            dropped: counts ? dropped(from: pair.slot, winner: pair.agent) : [],
            named: agents.count <= Self.namedAgentsMax ? named(from: pair.slot, winner: pair.agent) : [],
            contactsBehind: 0)
        if counts, reason.search == .agentSoughtContact {
            made.contactsBehind = max(0, matcher.contactsWithinReach(of: pair.agent) - 1)
        }
        made.ring = reason.ring
        made.isPreferred = reason.isPreferred
        if plan.idleOrder != .longestIdle { made.idleKey = reason.key }
        let rules = matcher.queueRules[matcher.classes[contactClass].queue]
        if let profile = winner.profileIndex {
            if rules.plan.agentOrder.contains(.level), !rules.plan.skills.skills.isEmpty {
                made.level = rules.level(of: matcher.profiles[profile])
            }
            if rules.plan.agentOrder.contains(.quality) { made.tier = rules.tier(of: matcher.profiles[profile]) }
        }
        return made
    }

    /// Every agent by what a contact of this class meets now, as an explanation counts them. Counted anew only when some agent has
    /// changed since: a flood of contacts leaves the agents as they are. Empty above `countedProfilesMax`.
    mutating func census(for contactClass: Int) -> [Explanation.Dropped] {
        guard counts else { return [] }
        if let known = matcher.knownCensus(of: contactClass) { return known }
        let census = Self.named(matcher.census(of: contactClass, since: now.milliseconds))
        matcher.keepCensus(census, of: contactClass)
        return census
    }

    /// Why nobody has been found yet for a contact that waits. Empty when it does not wait.
    package func whyWaiting(_ id: InteractionID) -> [Explanation.Dropped] {
        guard let slot = interactions[id]?.slot else { return [] }
        return dropped(from: slot, winner: nil)
    }

    /// Agents by the first rule that dropped them: by profile, then what this contact alone brings with it.
    private func dropped(from slot: Int, winner: Int?) -> [Explanation.Dropped] {
        let contact = matcher.contacts[slot]
        var counts = matcher.census(of: Int(contact.contactClass), since: contact.stamp)
        func move(_ count: Int, to rule: Explanation.Rule) {
            counts[Explanation.Rule.laterInOrder.rank] -= count
            counts[rule.rank] += count
        }
        if contact.exception != none {
            var asked: [Int] = []
            for exclusion in matcher.exceptions[Int(contact.exception)].exclusions
            where !asked.contains(exclusion.agent) {
                asked.append(exclusion.agent)
                if rule(dropping: exclusion.agent, from: slot) == .excluded { move(1, to: .excluded) }
            }
        }
        if contact.place == .alone {
            let isAble = rule(dropping: Int(contact.preferred), from: slot) == .laterInOrder
            move(counts[Explanation.Rule.laterInOrder.rank] - (isAble ? 1 : 0), to: .preferred)
        }
        if winner != nil { counts[Explanation.Rule.laterInOrder.rank] -= 1 }
        return Self.named(counts)
    }

    private static func named(_ counts: [Int]) -> [Explanation.Dropped] {
        zip(Explanation.Rule.allCases, counts).filter { $0.1 > 0 }.map { .init(rule: $0.0, count: $0.1) }
    }

    private func named(from slot: Int, winner: Int) -> [Explanation.Named] {
        agents.indices.compactMap { index in
            guard index != winner, let rule = rule(dropping: index, from: slot) else { return nil }
            return Explanation.Named(agent: agents[index].name, rule: rule)
        }
    }

    /// The first rule that keeps agent `index` from a waiting contact; nil for one the plan does not name.
    func rule(dropping index: Int, from slot: Int) -> Explanation.Rule? {
        agents[index].isPlanned ? matcher.rule(dropping: index, from: slot) : nil
    }
}
