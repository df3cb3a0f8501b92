import InteractionModel

extension Plan {
    /// What contradicts itself, in the plan's order: none of it may become active. Names that lead nowhere and numbers out
    /// of bounds are the business of whoever reads the plan's text.
    package var errors: [PlanFinding] {
        queues.flatMap(\.errors) + cycles + agentsReservedTwice + networkErrors
    }

    // MARK: Ways that lead in a circle

    private var cycles: [PlanFinding] {
        let moves = Dictionary(
            queues.map { ($0.name, $0.intraflow.map(\.to)) }, uniquingKeysWith: { first, _ in first })
        let closed = Dictionary(
            queues.compactMap { queue in
                if case .go(let next) = queue.whenClosed { (queue.name, [next]) } else { nil }
            }, uniquingKeysWith: { first, _ in first })
        return circles(of: moves, "intraflow", "intraflow-cycle", "its contacts would move in a circle for ever")
            + circles(of: closed, "whenClosed", "closed-cycle", "while all are closed nobody could say where they wait")
    }

    /// One finding for each circle, at its first queue. Length 1 is judged with the queue itself.
    private func circles(
        of ways: [QueueName: [QueueName]], _ key: String, _ code: String, _ consequence: String
    ) -> [PlanFinding] {
        var isSettled: Set<QueueName> = []  // Looked up only.
        var found: [PlanFinding] = []
        for queue in queues where !isSettled.contains(queue.name) {
            var trail: [QueueName] = []
            walk(queue.name, ways, &trail, &isSettled) { circle in
                let names = (circle + [circle[0]]).map(\.rawValue).joined(separator: " → ")
                found.append(
                    PlanFinding(
                        .error, code, ["queues", circle[0].rawValue, key],
                        "leads in a circle (\(names)): \(consequence)",
                        advice: "take one of these ways out"))
            }
        }
        return found
    }

    private func walk(
        _ queue: QueueName, _ ways: [QueueName: [QueueName]], _ trail: inout [QueueName],
        _ isSettled: inout Set<QueueName>, _ tell: ([QueueName]) -> Void
    ) {
        // Depth first without recursion: four thousand queues may stand in one row.
        var ahead: [(queue: QueueName, next: Int)] = [(queue, 0)]
        trail = [queue]
        while let last = ahead.last {
            let nexts = ways[last.queue] ?? []
            guard last.next < nexts.count else {
                isSettled.insert(last.queue)
                ahead.removeLast()
                trail.removeLast()
                continue
            }
            ahead[ahead.count - 1].next += 1
            let next = nexts[last.next]
            if let start = trail.firstIndex(of: next) {
                if trail.count - start > 1 { tell(Array(trail[start...])) }
            } else if !isSettled.contains(next) {
                ahead.append((next, 0))
                trail.append(next)
            }
        }
    }

    // MARK: Reserves

    private var agentsReservedTwice: [PlanFinding] {
        guard reserves.count > 1 else { return [] }
        let reserved = Set(reserves.map(\.group))  // Looked up only.
        return agents.compactMap { agent in
            let groups = agent.groups.filter { reserved.contains($0) }
            guard groups.count > 1 else { return nil }
            return PlanFinding(
                .error, "reserved-twice", ["agents", agent.name.rawValue, "groups"],
                "is in two reserved groups, \(groups[0]) and \(groups[1]): nobody could say whom the agent is kept for",
                advice: "leave one of them, or drop a reserve")
        }
    }
}

extension QueuePlan {
    private func error(_ code: String, _ path: [String], _ reason: String, _ advice: String) -> PlanFinding {
        PlanFinding(.error, code, ["queues", name.rawValue] + path, reason, advice: advice)
    }

    fileprivate var errors: [PlanFinding] { ringErrors + orderErrors + wayErrors }

    private var ringErrors: [PlanFinding] {
        var found: [PlanFinding] = []
        var before = (after: Span.zero, skills: skills, groups: groups, sites: sites)
        for (index, ring) in rings.enumerated() {
            let own = (ring.after, ring.skills ?? skills, ring.groups ?? groups, ring.sites ?? sites)
            if ring.after <= before.after {
                found.append(
                    error(
                        "ring-order", ["rings", "\(index)", "after"],
                        "opens after \(ring.after.planText), no later than what comes before it (\(before.after.planText))",
                        "put the rings in order of `after`"))
            }
            if own.2 == before.groups, own.3 == before.sites, !before.skills.meets(own.1) {
                found.append(
                    error(
                        "ring-stricter", ["rings", "\(index)", "skills"],
                        "asks for more than what comes before it, of the same groups and sites: it admits nobody new",
                        "ask for lower levels or fewer skills, or name other groups or sites"))
            }
            before = own
        }
        return found
    }

    private var orderErrors: [PlanFinding] {
        var found: [PlanFinding] = []
        for (index, (one, other)) in zip(aging.points, aging.points.dropFirst()).enumerated() {
            let path = ["aging", "\(index + 1)"]
            if other.waited <= one.waited {
                found.append(
                    error(
                        "aging-order", path, "comes no later than the point before it",
                        "put points in order of `waited`"))
            } else if other.headStart < one.headStart {
                found.append(
                    error(
                        "aging-falls", path,
                        "earns less (\(other.headStart.planText)) than the point before it (\(one.headStart.planText)): "
                            + "who waits longer would fall behind",
                        "never let headStart fall"))
            }
        }
        if let tiers = quality?.tiers, zip(tiers, tiers.dropFirst()).contains(where: { $0 <= $1 }) {
            found.append(error("tiers-order", ["quality", "tiers"], "must descend", "write the best tier first"))
        }
        if Set(agentOrder).count < agentOrder.count {
            found.append(error("order-twice", ["agentOrder"], "names a criterion twice", "name each once"))
        }
        return found
    }

    private var wayErrors: [PlanFinding] {
        var found: [PlanFinding] = []
        for (index, (one, other)) in zip(intraflow, intraflow.dropFirst()).enumerated() where other.after <= one.after {
            found.append(
                error(
                    "intraflow-order", ["intraflow", "\(index + 1)", "after"], "comes no later than the way before it",
                    "put the ways in order of `after`"))
        }
        for (index, (one, other)) in zip(interflow, interflow.dropFirst()).enumerated() where other.after <= one.after {
            found.append(
                error(
                    "interflow-order", ["interflow", "\(index + 1)", "after"], "comes no later than the way before it",
                    "put the ways in order of `after`"))
        }
        for (index, way) in interflow.enumerated() where Set(way.sites).count < way.sites.count {
            found.append(
                error(
                    "interflow-twice", ["interflow", "\(index)", "sites"], "name a site twice", "name each site once"))
        }
        for (index, way) in intraflow.enumerated() where way.to == name {
            found.append(
                error("intraflow-self", ["intraflow", "\(index)", "to"], Self.leadsHere, "name another queue"))
        }
        for (index, way) in overflow.enumerated() where way.to == name {
            found.append(error("overflow-self", ["overflow", "\(index)", "to"], Self.leadsHere, "name another queue"))
        }
        if whenClosed == .go(name) {
            found.append(error("closed-self", ["whenClosed", "to"], Self.leadsHere, "name another queue"))
        }
        if escalation == .queue(name) {
            found.append(error("escalation-self", ["escalation", "queue"], Self.leadsHere, "name another queue"))
        }
        return found
    }

    private static let leadsHere = "leads to the queue it starts from"
}
