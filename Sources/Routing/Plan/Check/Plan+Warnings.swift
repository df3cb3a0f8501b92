import InteractionModel

extension Plan {
    /// Profiles and queues beyond which decisions become slow.
    package static let profilesMax = 4096

    /// What is clear and probably not meant, in the plan's order.
    package var warnings: [PlanFinding] {
        var found =
            queues.flatMap(\.ownWarnings) + agentWarnings + reserveWarnings + channelWarnings
            + networkWarnings
        guard let reach = PlanReach(self) else {
            found.append(
                PlanFinding(
                    .warning, "too-large", ["agents"], "are of too many kinds to say who serves what",
                    advice: "let agents share templates"))
            return found
        }
        found += reachWarnings(reach)
        if reach.kinds.count > Self.profilesMax {
            found.append(
                PlanFinding(
                    .warning, "many-profiles", ["agents"],
                    "are of \(reach.kinds.count) kinds; beyond \(Self.profilesMax) decisions become slow",
                    advice: "give agents who do the same work the same template"))
        }
        if queues.count > Self.profilesMax {
            found.append(PlanFinding(.warning, "many-queues", ["queues"], "are more than \(Self.profilesMax)"))
        }
        return found
    }

    // MARK: Who serves what

    private func reachWarnings(_ reach: PlanReach) -> [PlanFinding] {
        let bands = reach.kinds.indices.map { kind in
            queues.indices.filter { reach.ring[$0][kind] != nil }.map { queues[$0].band }.max()
        }
        return queues.indices.flatMap { queueWarnings(queues[$0], reach, reach.ring[$0], bands) }
            + idlers(reach, bands)
    }

    private func queueWarnings(
        _ queue: QueuePlan, _ reach: PlanReach, _ rings: [Int?], _ bands: [Int?]
    ) -> [PlanFinding] {
        let path = ["queues", queue.name.rawValue]
        let able = reach.kinds.indices.filter { rings[$0] != nil }
        var found = skillWarnings(queue)
        if able.isEmpty {
            found.append(
                PlanFinding(
                    .warning, "unserved", path,
                    "can be served by nobody, in no ring: its contacts wait until they expire",
                    advice: "give an agent its skills and groups, or the queue a way out"))
        }
        let inner = reach.kinds.indices.filter { rings[$0] == 0 }.reduce(0) { $0 + reach.members[$1].count }
        if queue.waitingMax < inner {
            found.append(
                PlanFinding(
                    .warning, "waiting-max-small", path + ["waitingMax"],
                    "is \(queue.waitingMax) and \(inner) agents serve the queue: it refuses what they could take in minutes",
                    advice: "let at least as many wait as there are agents"))
        }
        if queue.liftAfter == nil, let above = able.compactMap({ bands[$0] }).max(), above > queue.band {
            found.append(
                PlanFinding(
                    .warning, "starvation", path + ["band"],
                    "is \(queue.band), its agents also serve band \(above), and nothing lifts who has waited long",
                    advice: "give the queue liftAfter"))
        }
        return found
    }

    private func skillWarnings(_ queue: QueuePlan) -> [PlanFinding] {
        let asked =
            [(["skills"], queue.skills)]
            + queue.rings.enumerated().compactMap { index, ring in
                ring.skills.map { (["rings", "\(index)", "skills"], $0) }
            }
        return asked.flatMap { path, skills in
            skills.skills.filter { wanted in !agents.contains { $0.skills.meets(SkillSet([wanted])) } }.map { wanted in
                PlanFinding(
                    .warning, "skill-nobody-has", ["queues", queue.name.rawValue] + path + [wanted.skill.rawValue],
                    "asks for level \(wanted.level), and no agent has it",
                    advice: "ask for less, or give it to somebody")
            }
        }
    }

    /// Agents whom no queue admits, those alike together.
    private func idlers(_ reach: PlanReach, _ bands: [Int?]) -> [PlanFinding] {
        reach.kinds.indices.filter { bands[$0] == nil }.map { kind in
            let names = reach.members[kind].map { agents[$0].name.rawValue }
            let others = names.count == 1 ? "" : " (and \(names.count - 1) others like this one)"
            let why = reach.kinds[kind].takesNothing ? "takes no channel" : "can serve no queue, in no ring"
            return PlanFinding(
                .warning, "agent-serves-nothing", ["agents", names[0]], why + others,
                advice: "look at the agent's capacity, skills, groups and site")
        }
    }

    // MARK: Agents, reserves, channels

    private var agentWarnings: [PlanFinding] {
        let costs = Dictionary(channelRules.map { ($0.channel, $0.units) }, uniquingKeysWith: { first, _ in first })
        return agents.compactMap { agent in
            guard let units = agent.units else { return nil }
            let dear = agent.capacity.first { $0.contacts > 0 && costs[$0.channel] ?? 0 > units }
            guard let dear else { return nil }
            return PlanFinding(
                .warning, "units-too-few", ["agents", agent.name.rawValue, "units"],
                "are \(units), and one \(dear.channel) costs \(costs[dear.channel] ?? 0): none is ever offered",
                advice: "give more units, or no capacity for \(dear.channel)")
        }
    }

    private var reserveWarnings: [PlanFinding] {
        let used = queues.flatMap { queue in
            queue.groups.enumerated().map { ($1, ["queues", queue.name.rawValue, "groups", "\($0)"]) }
                + queue.rings.enumerated().flatMap { index, ring in
                    (ring.groups ?? []).enumerated().map {
                        ($1, ["queues", queue.name.rawValue, "rings", "\(index)", "groups", "\($0)"])
                    }
                }
        }
        var count: [GroupName: Int] = [:]
        for agent in agents { for group in agent.groups { count[group, default: 0] += 1 } }
        let empty = used.filter { count[$0.0] == nil }.map { group, path in
            PlanFinding(
                .warning, "group-empty", path, "has no member: \(group)", advice: "put agents into it, or leave it out")
        }
        return empty
            + reserves.filter { $0.keep >= count[$0.group] ?? 0 }.map { reserve in
                PlanFinding(
                    .warning, "reserve-all", ["reserves", reserve.group.rawValue, "keep"],
                    "is \(reserve.keep), and the group has \(count[reserve.group] ?? 0): other queues never get one of them",
                    advice: "keep fewer than there are")
            }
    }

    private var channelWarnings: [PlanFinding] {
        let taken = Set(agents.flatMap { $0.capacity.filter { $0.contacts > 0 }.map(\.channel) })  // Looked up only.
        return channelRules.flatMap { rule in
            let path = ["channelRules", rule.channel.rawValue]
            let named =
                [(path, rule.channel)]
                + (rule.interruptedBy ?? []).enumerated().map { (path + ["interruptedBy", "\($0)"], $1) }
            return named.filter { !taken.contains($0.1) }.map { path, channel in
                PlanFinding(
                    .warning, "channel-nobody-takes", path, "speaks of \(channel), which no agent takes",
                    advice: "is the channel's name right?")
            }
        }
    }
}

extension QueuePlan {
    private func warning(_ code: String, _ path: [String], _ reason: String, _ advice: String) -> PlanFinding {
        PlanFinding(.warning, code, ["queues", name.rawValue] + path, reason, advice: advice)
    }

    /// What a queue's own numbers say against one another.
    fileprivate var ownWarnings: [PlanFinding] {
        lateRings + lateInterflow + serviceWarnings + never + orderWarnings + closedWarnings
    }

    private var lateRings: [PlanFinding] {
        rings.enumerated().compactMap { index, ring in
            guard ring.after >= serviceLevel.within else { return nil }
            return warning(
                "late-ring", ["rings", "\(index)", "after"],
                "opens after \(ring.after.planText), when the service level (\(serviceLevel.within.planText)) is missed already",
                "open it earlier, or promise less")
        }
    }

    private var lateInterflow: [PlanFinding] {
        interflow.enumerated().compactMap { index, way in
            guard way.after >= serviceLevel.within else { return nil }
            return warning(
                "late-interflow", ["interflow", "\(index)", "after"],
                "offers it elsewhere after \(way.after.planText), when the service level (\(serviceLevel.within.planText)) is missed already",
                "offer it earlier, or promise less")
        }
    }

    private var serviceWarnings: [PlanFinding] {
        let within = serviceLevel.within
        var found: [PlanFinding] = []
        if preferred.waitFor > .zero, preferred.waitFor >= within {
            found.append(
                warning(
                    "late-preferred", ["preferred", "waitFor"],
                    "waits \(preferred.waitFor.planText) for one agent alone; the service level is \(within.planText)",
                    "wait less, or promise less"))
        }
        if offerTimeout > within {
            found.append(
                warning(
                    "late-offer", ["offerTimeout"],
                    "is \(offerTimeout.planText): one offer that rings out misses the service level (\(within.planText))",
                    "let an offer ring shorter, or promise less"))
        }
        return found
    }

    /// What comes only after the contact has expired, or when the queue is full.
    private var never: [PlanFinding] {
        var late: [([String], Span)] = rings.enumerated().map { (["rings", "\($0)", "after"], $1.after) }
        late += intraflow.enumerated().map { (["intraflow", "\($0)", "after"], $1.after) }
        late += interflow.enumerated().map { (["interflow", "\($0)", "after"], $1.after) }
        if let liftAfter { late.append((["liftAfter"], liftAfter)) }
        var found = late.filter { $0.1 >= expireAfter }.map { path, span in
            warning(
                "after-expiry", path, "is \(span.planText), and contacts expire after \(expireAfter.planText)",
                "make it shorter than expireAfter")
        }
        for (index, way) in overflow.enumerated() where way.queue == nil || way.queue == name {
            for case .waitingAtLeast(let count) in way.conditions where count > waitingMax {
                found.append(
                    warning(
                        "overflow-never", ["overflow", "\(index)"],
                        "needs \(count) waiting; the queue is full at \(waitingMax)",
                        "ask for fewer, or use full: true"))
            }
        }
        return found
    }

    private var orderWarnings: [PlanFinding] {
        let isAsked = agentOrder.contains(.quality)
        if isAsked, quality == nil {
            return [
                warning(
                    "quality-without-rule", ["agentOrder"], "names quality, and the queue has no quality rule",
                    "add quality")
            ]
        }
        if !isAsked, quality != nil {
            return [
                warning("quality-unused", ["quality"], "is not named in agentOrder", "name it there, or leave it out")
            ]
        }
        return []
    }

    private var closedWarnings: [PlanFinding] {
        guard hours == nil else { return [] }
        var found: [PlanFinding] = []
        if whenClosed != .wait {
            found.append(
                warning("never-closed", ["whenClosed"], "never applies: the queue has no hours", "give it hours"))
        }
        for (index, way) in overflow.enumerated()
        where way.conditions.contains(.closed) && (way.queue == nil || way.queue == name) {
            found.append(
                warning(
                    "never-closed", ["overflow", "\(index)"], "never applies: the queue has no hours", "give it hours"))
        }
        return found
    }
}
