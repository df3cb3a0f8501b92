import InteractionModel

/// One queue's plan in the matcher's own numbers.
struct QueueRules: Sendable {
    struct Circle: Sendable {
        var after: Int64
        var skills: [SkillNeed]
        /// Empty means anybody.
        var groups: [Int]
        var sites: [Int]

        func admits(_ profile: Profile, ownNeeds: [SkillNeed]) -> Bool {
            profile.meets(skills) && profile.meets(ownNeeds) && admitsPlace(of: profile)
        }

        func admitsPlace(of profile: Profile) -> Bool {
            (groups.isEmpty || groups.contains { profile.groups.contains($0) })
                && (sites.isEmpty || profile.site.map { sites.contains($0) } == true)
        }
    }

    let plan: QueuePlan
    /// Ring 0 is the queue itself; `after` ascends.
    var rings: [Circle]
    var usesLoad: Bool
    /// The criteria tried before the load, and those after it; each once.
    var before: [AgentCriterion]
    var after: [AgentCriterion]
    var isOpen = true

    init(_ plan: QueuePlan, rings: [Circle]) {
        self.plan = plan
        self.rings = rings
        var order: [AgentCriterion] = []
        for criterion in plan.agentOrder where !order.contains(criterion) { order.append(criterion) }
        usesLoad = order.contains(.load)
        let place = order.firstIndex(of: .load) ?? order.endIndex
        before = Array(order[..<place])
        after = Array(order[place...].dropFirst())
    }

    /// The least ring that admits `profile`, or nil.
    func ring(of profile: Profile, ownNeeds: [SkillNeed]) -> Int? {
        rings.firstIndex { $0.admits(profile, ownNeeds: ownNeeds) }
    }

    /// A number for what `criteria` say of `profile`, better is smaller.
    func rank(_ profile: Profile, by criteria: [AgentCriterion]) -> UInt32 {
        criteria.reduce(0) { rank, criterion in
            switch criterion {
            case .level: rank << 12 | UInt32(Int(UInt8.max) - level(of: profile))
            case .quality: rank << 12 | UInt32(min(tier(of: profile), 4095))
            case .load: rank
            }
        }
    }

    /// The lowest of the levels in what the queue itself asks for; all are equal where it asks for nothing.
    func level(of profile: Profile) -> Int {
        rings[0].skills.reduce(Int(UInt8.max)) { lowest, need in
            min(lowest, need.skill < 0 ? 0 : Int(profile.level(need.skill)))
        }
    }

    func tier(of profile: Profile) -> Int {
        guard plan.quality != nil else { return 0 }
        return profile.kind.tiers.first { $0.queue == plan.name }.map { max(0, $0.tier) } ?? 0
    }
}
