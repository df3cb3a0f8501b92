package import InteractionModel

/// What a new plan says differently from an old one, and who serves what because of it.
package struct PlanDiff: Sendable {
    /// The site's own rules, then queues, then agents, each in the order of the new plan; what went comes last.
    package let changes: [PlanChange]
    /// Agents in both plans whose queues are not the same; empty for plans too large to say (`PlanReach.pairsMax`).
    package let agents: [AgentReach]

    /// What an agent gains and loses.
    package struct AgentReach: Hashable, Sendable {
        package let agent: AgentName
        package let gains: [QueueName]
        package let loses: [QueueName]
    }

    private let counts: [String]

    package init(from old: Plan, to new: Plan) {
        let site = Self.changes("", old.settings, new.settings)
        let queues = Self.changes(
            "queues", old.queues.map { ($0.name.rawValue, $0.settings) },
            new.queues.map { ($0.name.rawValue, $0.settings) })
        let agents = Self.changes(
            "agents", old.agents.map { ($0.name.rawValue, $0.settings) },
            new.agents.map { ($0.name.rawValue, $0.settings) })
        changes = site + queues + agents
        self.agents = Self.reach(old, new)
        counts =
            Self.count(queues, "queue") + Self.count(agents, "agent") + (site.isEmpty ? [] : ["site rules changed"])
    }

    /// In a few words, for one line of the log.
    package var summary: String { counts.isEmpty ? "no rule is different" : counts.joined(separator: ", ") }

    // MARK: Settings

    private static func changes(_ path: String, _ old: [Setting], _ new: [Setting]) -> [PlanChange] {
        // Looked up only.
        let before = Dictionary(old.map { ($0.key, $0.text) }, uniquingKeysWith: { first, _ in first })
        let after = Set(new.map(\.key))  // Looked up only.
        let prefix = path.isEmpty ? "" : "\(path)."
        return new.filter { before[$0.key] != $0.text }.map {
            PlanChange(prefix + $0.key, from: before[$0.key], to: $0.text)
        }
            + old.filter { !after.contains($0.key) }.map { PlanChange(prefix + $0.key, from: $0.text, to: nil) }
    }

    private static func changes(
        _ path: String, _ old: [(name: String, settings: [Setting])], _ new: [(name: String, settings: [Setting])]
    ) -> [PlanChange] {
        // Looked up only.
        let before = Dictionary(old.map { ($0.name, $0.settings) }, uniquingKeysWith: { first, _ in first })
        let after = Set(new.map(\.name))  // Looked up only.
        return new.flatMap { part in
            guard let settings = before[part.name] else {
                return [PlanChange("\(path).\(part.name)", from: nil, to: part.settings.line)]
            }
            return changes("\(path).\(part.name)", settings, part.settings)
        } + old.filter { !after.contains($0.name) }.map { PlanChange("\(path).\($0.name)", from: "", to: nil) }
    }

    private static func count(_ changes: [PlanChange], _ noun: String) -> [String] {
        func words(_ count: Int, _ what: String) -> String? {
            count == 0 ? nil : "\(count) \(noun)\(count == 1 ? "" : "s") \(what)"
        }
        let whole = changes.filter {
            $0.path.utf8.count { $0 == UInt8(ascii: ".") } == 1 && ($0.old == nil || $0.new == nil)
        }
        var parts: [String] = []
        for change in changes where !whole.contains(change) {
            let part = change.path.split(separator: ".").prefix(2).joined(separator: ".")
            if parts.last != part { parts.append(part) }
        }
        return [
            words(whole.count { $0.old == nil }, "more"), words(whole.count { $0.new == nil }, "fewer"),
            words(parts.count, "changed"),
        ].compactMap { $0 }
    }

    // MARK: Who serves what

    private static func reach(_ old: Plan, _ new: Plan) -> [AgentReach] {
        guard let before = PlanReach(old), let after = PlanReach(new) else { return [] }
        let kinds = before.kindOfAgent
        let oldKind = Dictionary(
            old.agents.indices.map { (old.agents[$0].name, kinds[$0]) }, uniquingKeysWith: { first, _ in first })
        let newKind = after.kindOfAgent
        var known: [Pair: (gains: [QueueName], loses: [QueueName])] = [:]
        return new.agents.indices.compactMap { index in
            guard let from = oldKind[new.agents[index].name] else { return nil }
            let pair = Pair(old: from, new: newKind[index])
            let found = known[pair] ?? compare(before.queues(of: from, old), after.queues(of: pair.new, new))
            known[pair] = found
            guard !found.gains.isEmpty || !found.loses.isEmpty else { return nil }
            return AgentReach(agent: new.agents[index].name, gains: found.gains, loses: found.loses)
        }
    }

    private struct Pair: Hashable {
        let old, new: Int
    }

    private static func compare(_ old: [QueueName], _ new: [QueueName]) -> (gains: [QueueName], loses: [QueueName]) {
        let (before, after) = (Set(old), Set(new))  // Looked up only.
        return (new.filter { !before.contains($0) }, old.filter { !after.contains($0) })
    }
}

extension PlanReach {
    /// By the agent's index in the plan.
    fileprivate var kindOfAgent: [Int] {
        var kinds = [Int](repeating: 0, count: members.reduce(0) { $0 + $1.count })
        for (kind, agents) in members.enumerated() {
            for agent in agents { kinds[agent] = kind }
        }
        return kinds
    }

    fileprivate func queues(of kind: Int, _ plan: Plan) -> [QueueName] {
        plan.queues.indices.filter { ring[$0][kind] != nil }.map { plan.queues[$0].name }
    }
}
