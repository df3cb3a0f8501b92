import InteractionModel
import Routing

/// A queue of the plan with everything a ring inherits written out.
final class OracleQueue: Sendable {
    struct Ring: Sendable {
        let after: Int64
        let skills: [(skill: String, level: Int)]
        let groups: [String]
        let sites: [String]

        /// Whether the agent belongs to one of the ring's groups and sites.
        func admits(_ agent: OracleAgent) -> Bool {
            var inGroup = groups.isEmpty
            for group in agent.groups where groups.contains(group) { inGroup = true }
            var inSite = sites.isEmpty
            if let site = agent.site, sites.contains(site) { inSite = true }
            return inGroup && inSite
        }
    }

    let plan: QueuePlan
    let name: String
    let skills: [(skill: String, level: Int)]
    /// Ring 0 is the queue itself.
    let rings: [Ring]

    init(_ plan: QueuePlan) {
        self.plan = plan
        name = plan.name.rawValue
        skills = plan.skills.plain
        let groups = plan.groups.map(\.rawValue)
        let sites = plan.sites.map(\.rawValue)
        var rings = [Ring(after: 0, skills: plan.skills.plain, groups: groups, sites: sites)]
        for ring in plan.rings {
            rings.append(
                Ring(
                    after: ring.after.milliseconds, skills: ring.skills?.plain ?? plan.skills.plain,
                    groups: ring.groups?.map(\.rawValue) ?? groups, sites: ring.sites?.map(\.rawValue) ?? sites))
        }
        self.rings = rings
    }

    /// The strict priority of a contact that has waited so long.
    func band(waited: Int64) -> Int {
        if let lift = plan.liftAfter, waited >= lift.milliseconds { return 9 }
        return plan.band
    }

    /// The head start that waiting earns: on the straight line between the points around `waited`.
    func aging(waited: Int64) -> Int64 {
        var points: [(x: Int64, y: Int64)] = [(0, 0)]
        for point in plan.aging.points { points.append((point.waited.milliseconds, point.headStart.milliseconds)) }
        var earned = points[0].y
        for index in points.indices {
            let here = points[index]
            guard here.x <= waited else { continue }
            earned = here.y
            guard index + 1 < points.count, points[index + 1].x > waited else { continue }
            let next = points[index + 1]
            earned = here.y + (next.y - here.y) * (waited - here.x) / (next.x - here.x)
        }
        return earned
    }

    /// The tier of somebody with `count` results of together `sum`; 0 is the best.
    func tier(count: Int, sum: Int) -> Int {
        guard let rule = plan.quality else { return 0 }
        func tier(ofScore score: Int) -> Int {
            for index in rule.tiers.indices where score >= rule.tiers[index] { return index }
            return rule.tiers.count
        }
        let weight = count + rule.weight
        let own = tier(ofScore: weight == 0 ? rule.prior : (sum + rule.prior * rule.weight) / weight)
        return count < rule.newcomerSamples ? min(own, tier(ofScore: rule.prior)) : own
    }
}

extension SkillSet {
    var plain: [(skill: String, level: Int)] { skills.map { ($0.skill.rawValue, $0.level) } }
}
