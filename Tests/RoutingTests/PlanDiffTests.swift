import InteractionModel
import Testing

@testable import Routing

@Suite struct PlanDiffTests {
    @Test("A plan differs from itself in nothing", arguments: 0..<50)
    func same(seed: UInt64) {
        var random = RandomPlan(seed: seed)
        let plan = Self.unambiguous(random.next())
        let diff = PlanDiff(from: plan, to: plan)
        #expect(diff.changes == [] && diff.agents == [])
        #expect(diff.summary == "no rule is different")
    }

    @Test("Queues and agents that come, go and change are told in the plan's own keys")
    func changes() {
        let german = SkillSet([SkillRequirement(SkillName("german"), level: 2)])
        let old = Self.plan(
            [QueuePlan(name: QueueName("support"), skills: german)], [Self.agent("ana", german), Self.agent("cem")])
        var support = old.queues[0]
        support.offerTimeout = .seconds(90)
        support.skills = SkillSet()
        support.rings = [Ring(after: .seconds(10), groups: [GroupName("all")])]
        var new = Self.plan(
            [support, QueuePlan(name: QueueName("vip"), skills: german)],
            [Self.agent("ana", german), Self.agent("ben")])
        new.timers.holdMax = .minutes(10)
        let diff = PlanDiff(from: old, to: new)
        #expect(
            diff.changes.map(\.description) == [
                "~ timers.holdMax: 30m → 10m", "+ queues.support.rings[0]: after 10s, groups all",
                "~ queues.support.offerTimeout: 20s → 90s", "- queues.support.skills.german: 2",
                "+ queues.vip: skills.german 2, band 0, headStart 0s, agentOrder load, waitingMax 100000, expireAfter 7d, "
                    + "offerTimeout 20s, wrapUpIsMandatory false, wrapUpMax 5m, dispositions any, "
                    + "serviceLevel 80% within 20s, shortAbandon 5s, starvationMax none",
                "+ agents.ben: capacity.sms 3", "- agents.cem",
            ])
        #expect(diff.agents == [.init(agent: AgentName("ana"), gains: [QueueName("vip")], loses: [])])
        #expect(
            diff.summary == "1 queue more, 1 queue changed, 1 agent more, 1 agent fewer, site rules changed")
    }

    /// Every name once, as whoever reads a plan's text sees to.
    private static func unambiguous(_ random: Plan) -> Plan {
        var plan = random
        plan.queues = first(plan.queues, by: \.name)
        plan.agents = first(plan.agents, by: \.name)
        plan.sites = first(plan.sites, by: \.name)
        plan.channelRules = first(plan.channelRules, by: \.channel)
        plan.reserves = first(plan.reserves, by: \.group)
        plan.statusReasons = first(plan.statusReasons, by: \.name)
        return plan
    }

    private static func first<Part, Word: Hashable>(_ parts: [Part], by name: (Part) -> Word) -> [Part] {
        var seen: Set<Word> = []
        return parts.filter { seen.insert(name($0)).inserted }
    }

    private static func agent(_ name: String, _ skills: SkillSet = SkillSet()) -> AgentPlan {
        AgentPlan(name: AgentName(name), skills: skills, capacity: [ChannelCapacity(ChannelName("sms"), 3)])
    }

    private static func plan(_ queues: [QueuePlan], _ agents: [AgentPlan]) -> Plan {
        Plan(version: "p", queues: queues, defaultQueue: queues[0].name, agents: agents)
    }
}
