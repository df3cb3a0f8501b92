import InteractionModel

/// Where a contact comes to wait: entries, and the ways out of a queue (POLICY.md, "Where a contact waits").
extension RoutingState {
    enum Arrival {
        /// `via`: the rules that sent it on, in words.
        case waits(QueuePlan, via: [String])
        case refused(Refusal)
    }

    func entryQueue(for contact: InboundContact) -> QueueName {
        plan.entries.first { $0.matches(contact) && isOpen($0.during) }?.queue ?? plan.defaultQueue
    }

    /// Follows the ways out, each queue once; where one leads back it stays.
    func arrival(in first: QueuePlan) -> Arrival {
        var queue = first
        var seen = [queue.name]
        var via: [String] = []
        while let way = wayOut(of: queue) {
            guard let to = way.to else { return .refused(way.refusal(of: queue.name)) }
            guard let next = self.queue(to), !seen.contains(to) else { break }
            via.append("\(queue.name): \(way.rule) → \(to)")
            seen.append(to)
            queue = next
        }
        return .waits(queue, via: via)
    }

    private struct WayOut {
        /// Nil refuses.
        var to: QueueName?
        var rule: String
        var isClosed = false

        func refusal(of queue: QueueName) -> Refusal {
            isClosed ? .queueClosed(queue) : .turnedAway(queue, rule: rule)
        }
    }

    private func wayOut(of queue: QueuePlan) -> WayOut? {
        for (index, rule) in queue.overflow.enumerated() {
            guard let of = rule.queue.map({ self.queue($0) }) ?? queue else { continue }
            guard rule.conditions.allSatisfy({ holds($0, of: of) }) else { continue }
            let conditions = rule.conditions.map(\.words).joined(separator: ", ")
            let place = rule.queue.map { " of \($0)" } ?? ""
            return WayOut(to: rule.to, rule: "overflow \(index + 1) (\(conditions)\(place))")
        }
        guard !isOpen(queue) else { return nil }
        switch queue.whenClosed {
        case .wait: return nil
        case .refuse: return WayOut(to: nil, rule: "closed", isClosed: true)
        case .go(let to): return WayOut(to: to, rule: "closed")
        }
    }

    /// Whether something is true of a queue now.
    func holds(_ condition: QueueCondition, of queue: QueuePlan) -> Bool {
        switch condition {
        case .waitingAtLeast(let count): matcher.waiting(in: queue.name) >= count
        case .longestWaitAtLeast(let span): isLongestWait(in: queue.name, atLeast: span)
        case .signedInAtMost(let count): staffing(of: queue.name).signedIn <= count
        case .availableAtMost(let count): staffing(of: queue.name).available <= count
        case .closed: !isOpen(queue)
        case .full: matcher.waiting(in: queue.name) >= queue.waitingMax
        case .expectedWaitAtLeast(let span): isExpectedWait(in: queue.name, atLeast: span)
        case .serviceLevelBelow(let percent): isServiceLevel(of: queue.name, below: percent)
        }
    }

    /// Whether one more contact of `channel` fits agent `index`.
    func hasRoom(_ index: Int, for channel: ChannelName) -> Bool {
        matcher.channel(channel).map { openChannels(to: index) >> UInt64($0) & 1 == 1 } ?? false
    }

    // MARK: Rings

    /// One circle of agents as a queue opens it, everything filled in; the first is the queue itself.
    struct Circle {
        var skills: SkillSet
        var groups: [GroupName]
        var sites: [SiteName]

        func admits(_ agent: AgentRecord, _ plan: Plan, own: SkillSet = SkillSet()) -> Bool {
            guard agent.skills.meets(skills), agent.skills.meets(own) else { return false }
            guard !groups.isEmpty || !sites.isEmpty else { return true }
            guard let planned = plan.agents.first(where: { $0.name == agent.name }) else { return false }
            return (groups.isEmpty || planned.groups.contains { groups.contains($0) })
                && (sites.isEmpty || planned.site.map { sites.contains($0) } ?? false)
        }
    }

    func rings(of queue: QueuePlan) -> [Circle] {
        let inner = Circle(skills: queue.skills, groups: queue.groups, sites: queue.sites)
        return [inner]
            + queue.rings.map {
                Circle(
                    skills: $0.skills ?? inner.skills, groups: $0.groups ?? inner.groups, sites: $0.sites ?? inner.sites
                )
            }
    }
}

extension Entry {
    func matches(_ contact: InboundContact) -> Bool {
        matches(channel: contact.channel, account: contact.account, destination: contact.destination)
            && (direction ?? contact.direction) == contact.direction && matches(language: contact.language)
    }

    /// RFC 4647 §3.3.1, basic filtering: `de` matches `de-AT`, whatever the case.
    private func matches(language spoken: String?) -> Bool {
        guard let range = language?.lowercased() else { return true }
        guard let spoken = spoken?.lowercased() else { return false }
        return spoken == range || spoken.hasPrefix(range + "-")
    }
}

extension QueueCondition {
    /// As the record says it.
    var words: String {
        switch self {
        case .waitingAtLeast(let count): "waiting ≥ \(count)"
        case .longestWaitAtLeast(let span): "longest wait ≥ \(span.milliseconds) ms"
        case .expectedWaitAtLeast(let span): "expected wait ≥ \(span.milliseconds) ms"
        case .signedInAtMost(let count): "signed in ≤ \(count)"
        case .availableAtMost(let count): "available ≤ \(count)"
        case .serviceLevelBelow(let percent): "service level < \(percent) %"
        case .closed: "closed"
        case .full: "full"
        }
    }
}
