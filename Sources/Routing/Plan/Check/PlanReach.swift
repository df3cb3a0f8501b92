import InteractionModel

/// Who could ever serve what under a plan: agents who are alike as far as rings are concerned, and the queues that admit them.
struct PlanReach: Sendable {
    /// Agents of equal skills, groups, site and hours, who take some channel or none.
    struct Kind: Hashable, Sendable {
        let skills: SkillSet
        let groups: [GroupName]
        let site: SiteName?
        let hours: CalendarName?
        let takesNothing: Bool
    }

    /// Pairs of kind and queue looked at; of a larger plan nothing is said about who serves what.
    static let pairsMax = 4_000_000

    /// In order of first naming.
    let kinds: [Kind]
    /// The agents of each kind, as indexes into the plan's.
    let members: [[Int]]
    /// By queue, then by kind: the least ring that admits it (0 is the queue itself), or nil.
    let ring: [[Int?]]

    /// Nil when the plan is larger than `pairsMax`.
    init?(_ plan: Plan) {
        var index: [Kind: Int] = [:]
        var kinds: [Kind] = []
        var members: [[Int]] = []
        for (number, agent) in plan.agents.enumerated() {
            let kind = Kind(
                skills: agent.skills, groups: agent.groups.sorted(), site: agent.site, hours: agent.hours,
                takesNothing: agent.capacity.allSatisfy { $0.contacts == 0 })
            if let known = index[kind] {
                members[known].append(number)
            } else {
                index[kind] = kinds.count
                kinds.append(kind)
                members.append([number])
            }
        }
        guard kinds.count * plan.queues.count <= Self.pairsMax else { return nil }
        ring = plan.queues.map { queue in kinds.map { queue.ring(admitting: $0) } }
        self.kinds = kinds
        self.members = members
    }
}

extension QueuePlan {
    /// The least ring that ever admits such an agent, however long a contact waits; nil for none.
    fileprivate func ring(admitting kind: PlanReach.Kind) -> Int? {
        guard !kind.takesNothing else { return nil }
        if admits(kind, skills, groups, sites) { return 0 }
        let ring = rings.firstIndex { admits(kind, $0.skills ?? skills, $0.groups ?? groups, $0.sites ?? sites) }
        return ring.map { $0 + 1 }
    }

    private func admits(_ kind: PlanReach.Kind, _ skills: SkillSet, _ groups: [GroupName], _ sites: [SiteName]) -> Bool
    {
        kind.skills.meets(skills) && (groups.isEmpty || groups.contains { kind.groups.contains($0) })
            && (sites.isEmpty || kind.site.map { sites.contains($0) } ?? false)
    }
}
