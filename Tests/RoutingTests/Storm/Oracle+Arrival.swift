import InteractionModel
import Routing

/// Where a contact comes to wait.
extension Oracle {
    enum Arrival: Equatable {
        case waits(String)
        case refused(String)
    }

    /// The queue in which a new contact comes to wait, or the word of the refusal.
    func arrival(of contact: InboundContact, at now: Int64) -> Arrival {
        let wished = contact.wish.queue?.rawValue ?? entryQueue(of: contact)
        guard var here = queue(wished) else { return .refused("unknown-queue") }
        var seen = [here.name]
        while let way = wayOut(of: here, at: now) {
            guard let to = way.to else { return .refused(way.word) }
            guard let next = queue(to), !seen.contains(to) else { break }
            seen.append(to)
            here = next
        }
        if waitingCount(in: here.name) >= here.plan.waitingMax { return .refused("queue-full") }
        return .waits(here.name)
    }

    private func entryQueue(of contact: InboundContact) -> String {
        for entry in plan.entries {
            if let channel = entry.channel, channel != contact.channel { continue }
            if let account = entry.account, account != contact.account { continue }
            if let destination = entry.destination, destination != contact.destination { continue }
            if let direction = entry.direction, direction != contact.direction { continue }
            if let language = entry.language, !speaks(contact.language, language) { continue }
            if let hours = entry.during, !isOpen(hours.rawValue) { continue }
            return entry.queue.rawValue
        }
        return plan.defaultQueue.rawValue
    }

    /// `de` also matches `de-AT`.
    private func speaks(_ spoken: String?, _ wanted: String) -> Bool {
        guard let spoken else { return false }
        let (parts, asked) = (spoken.lowercased().split(separator: "-"), wanted.lowercased().split(separator: "-"))
        return parts.count >= asked.count && Array(parts.prefix(asked.count)) == asked
    }

    private func wayOut(of queue: OracleQueue, at now: Int64) -> (to: String?, word: String)? {
        for rule in queue.plan.overflow {
            guard let of = rule.queue.map({ self.queue($0.rawValue) }) ?? queue else { continue }
            var doAllHold = true
            for condition in rule.conditions where !holds(condition, of: of, at: now) { doAllHold = false }
            if doAllHold { return (rule.to?.rawValue, "turned-away") }
        }
        if isOpen(queue, at: now) { return nil }
        switch queue.plan.whenClosed {
        case .wait: return nil
        case .refuse: return (nil, "queue-closed")
        case .go(let to): return (to.rawValue, "queue-closed")
        }
    }

    private func holds(_ condition: QueueCondition, of queue: OracleQueue, at now: Int64) -> Bool {
        switch condition {
        case .waitingAtLeast(let count): return waitingCount(in: queue.name) >= count
        case .longestWaitAtLeast(let span):
            return contacts.contains { contact in
                contact.isWaiting && contact.queue == queue.name && now - contact.stamp >= span.milliseconds
            }
        case .signedInAtMost(let count):
            var signedIn = 0
            for agent in agents where agent.isPlanned && agent.status != .signedOut && agent.presence != .absent {
                if mayServe(agent, queue, rings: queue.rings.count) { signedIn += 1 }
            }
            return signedIn <= count
        case .availableAtMost(let count):
            var free = 0
            for index in agents.indices where isFree(index, for: queue, at: now) { free += 1 }
            return free <= count
        case .closed: return !isOpen(queue, at: now)
        case .full: return waitingCount(in: queue.name) >= queue.plan.waitingMax
        case .expectedWaitAtLeast, .serviceLevelBelow: return false
        }
    }

    func waitingCount(in queue: String) -> Int { contacts.filter { $0.isWaiting && $0.queue == queue }.count }

    private func mayServe(_ agent: OracleAgent, _ queue: OracleQueue, rings: Int) -> Bool {
        guard agent.capacity.contains(where: { $0.contacts > 0 }) else { return false }
        return queue.rings.prefix(rings).contains { agent.canDo($0.skills) && $0.admits(agent) }
    }

    /// Could take one more of some channel now.
    private func isFree(_ index: Int, for queue: OracleQueue, at now: Int64) -> Bool {
        let agent = agents[index]
        guard agent.isPlanned, isThere(agent), isOnDuty(agent, at: now), agent.status == .available else {
            return false
        }
        guard mayServe(agent, queue, rings: 1) else { return false }
        let held = holdings(at: now).channels[index]
        return agent.capacity.contains { fits($0.channel, agent, holding: held) }
    }

    // MARK: While it waits

    /// The queue's own rule for those who have waited long.
    func nextIntraflow(in queue: OracleQueue) -> (after: Int64, to: String)? {
        for rule in queue.plan.intraflow where rule.to.rawValue != queue.name && self.queue(rule.to.rawValue) != nil {
            return (max(1000, rule.after.milliseconds), rule.to.rawValue)
        }
        return nil
    }

    func moveAt(in name: String, at now: Int64) -> Int64? {
        queue(name).flatMap { nextIntraflow(in: $0) }.map { now + $0.after }
    }

    mutating func check(_ moved: Moved, _ fact: RecordedFact) {
        guard let index = contact(fact.interaction) else { return complain("fact \(fact.sequence) moved nobody") }
        let (now, contact) = (fact.at.milliseconds, contacts[index])
        coverage.count("moved \(moved.reason.rawValue)")
        if moved.from.rawValue != contact.queue { complain("fact \(fact.sequence) moved from \(moved.from)") }
        switch moved.reason {
        case .plan:
            if queue(contact.queue) != nil || moved.to != plan.defaultQueue { complain("\(fact.fact) has no reason") }
        case .intraflow:
            let rule = queue(contact.queue).flatMap { nextIntraflow(in: $0) }
            let isDue = contact.isWaiting && contact.moveAt.map { $0 <= now } == true
            if rule?.to != moved.to.rawValue || !isDue { complain("\(fact.fact) has no reason") }
        case .escalated:
            if queue(contact.queue)?.plan.escalation != .queue(moved.to) { complain("\(fact.fact) has no reason") }
        case .supervisor: break
        }
        expect("moveAt", moved.moveAt?.milliseconds ?? -1, moveAt(in: moved.to.rawValue, at: now) ?? -1, fact)
        guard contact.isWaiting, let limit = queue(moved.to.rawValue)?.plan.expireAfter.milliseconds else { return }
        let since = contact.expiresAt - contact.waitLimit
        expect("until", moved.expiresAt.milliseconds, since + max(contact.waitLimit, limit), fact)
    }

    // MARK: New contacts

    /// What a new contact's fact must say.
    mutating func check(_ received: Received, of contact: InboundContact, _ fact: RecordedFact) {
        let now = fact.at.milliseconds
        let day: Int64 = 24 * 3_600_000
        let place = arrival(of: contact, at: now)
        if place != .waits(received.requirement.queue.rawValue) {
            complain("fact \(fact.sequence) queued in \(received.requirement.queue), expected \(place)")
        }
        if received.requirement.skills != contact.wish.skills { complain("fact \(fact.sequence) lost wished skills") }
        let wished = min(max(contact.wish.headStart?.milliseconds ?? 0, -day), day)
        expect("headStart", received.requirement.headStart.milliseconds, wished, fact)
        guard let queue = queue(received.requirement.queue.rawValue) else { return }
        expect("until", received.expiresAt.milliseconds, now + queue.plan.expireAfter.milliseconds, fact)
        expect("moveAt", received.moveAt?.milliseconds ?? -1, moveAt(in: queue.name, at: now) ?? -1, fact)
        if received.notAgents != contact.wish.notAgents { complain("fact \(fact.sequence) lost who is not wished") }
        let preference = preference(of: contact, in: queue, at: now)
        if preference?.agent != received.preference?.agent || preference?.until != received.preference?.until {
            complain("fact \(fact.sequence) prefers \(received.preference as Any), expected \(preference as Any)")
        }
        if preference != nil { coverage.count(contact.wish.preferredAgent == nil ? "remembered" : "wished agent") }
        if preference?.until != nil { coverage.count("waits alone") }
        if received.requirement.queue != (contact.wish.queue ?? QueueName(entryQueue(of: contact))) {
            coverage.count("overflowed")
        }
    }

    private func preference(of contact: InboundContact, in queue: OracleQueue, at now: Int64) -> (
        agent: AgentName, until: Timestamp?
    )? {
        var wanted = contact.wish.preferredAgent
        if wanted == nil, queue.plan.preferred.rememberFor > .zero {
            for memory in memories where memory.thread == contact.thread.rawValue && memory.until > now {
                wanted = AgentName(agents[memory.agent].name)
            }
        }
        guard let wanted, !contact.wish.notAgents.contains(wanted), let index = agent(wanted), agents[index].isPlanned
        else { return nil }
        let span = (contact.wish.preferredFor ?? queue.plan.preferred.waitFor).milliseconds
        let until = span > 0 && isThere(agents[index]) ? Timestamp(milliseconds: now + span) : nil
        return (wanted, until)
    }
}
