import InteractionModel
import Testing

@testable import Routing

@Suite struct PlanCheckTests {
    @Test("A plan that is well made has neither errors nor warnings")
    func clean() {
        #expect(Self.office().errors == [])
        #expect(Self.office().warnings == [])
    }

    private static let contradictions: [(String, String, @Sendable (inout Plan) -> Void)] = [
        (
            "ring-order", "queues.support.rings[1].after",
            { $0.queues[0].rings.append(Ring(after: .seconds(5), skills: SkillSet())) }
        ),
        ("ring-order", "queues.support.rings[0].after", { $0.queues[0].rings[0].after = .zero }),
        (
            "ring-stricter", "queues.support.rings[0].skills",
            { $0.queues[0].rings[0].skills = SkillSet([SkillRequirement(SkillName("german"), level: 9)]) }
        ),
        ("aging-order", "queues.support.aging[1]", { $0.queues[0].aging = curve((60, 10), (60, 20)) }),
        ("aging-falls", "queues.support.aging[1]", { $0.queues[0].aging = curve((60, 10), (90, 5)) }),
        ("tiers-order", "queues.support.quality.tiers", { $0.queues[0].quality = QualityRule(tiers: [60, 80]) }),
        ("order-twice", "queues.support.agentOrder", { $0.queues[0].agentOrder = [.load, .load] }),
        (
            "intraflow-order", "queues.support.intraflow[1].after",
            { $0.queues[0].intraflow = [flow(60, "billing"), flow(60, "billing")] }
        ),
        (
            "interflow-order", "queues.support.interflow[1].after",
            { $0.queues[0].interflow = [away(5, ["munich"]), away(5, ["hamburg"])] }
        ),
        (
            "interflow-twice", "queues.support.interflow[0].sites",
            { $0.queues[0].interflow = [away(5, ["munich", "munich"])] }
        ),
        ("intraflow-self", "queues.support.intraflow[0].to", { $0.queues[0].intraflow = [flow(60, "support")] }),
        (
            "intraflow-cycle", "queues.support.intraflow",
            {
                $0.queues[0].intraflow = [flow(60, "billing")]
                $0.queues[1].intraflow = [flow(60, "support")]
            }
        ),
        (
            "closed-cycle", "queues.support.whenClosed",
            {
                for index in 0...1 { $0.queues[index].hours = CalendarName("day") }
                $0.queues[0].whenClosed = .go(QueueName("billing"))
                $0.queues[1].whenClosed = .go(QueueName("support"))
            }
        ),
        ("overflow-self", "queues.support.overflow[0].to", { $0.queues[0].overflow = [over(to: "support")] }),
        (
            "escalation-self", "queues.support.escalation.queue",
            { $0.queues[0].escalation = .queue(QueueName("support")) }
        ),
        (
            "reserved-twice", "agents.ana.groups",
            { plan in
                plan.agents[0].groups = [GroupName("vip"), GroupName("team")]
                plan.reserves = ["vip", "team"].map { Reserve(group: GroupName($0), keep: 1, queues: []) }
            }
        ),
    ]

    @Test("What contradicts itself is an error that says where", arguments: contradictions)
    func errors(code: String, path: String, change: @Sendable (inout Plan) -> Void) {
        var plan = Self.office()
        change(&plan)
        #expect(plan.errors.map { "\($0.code) \($0.pathText)" } == ["\(code) \(path)"])
        #expect(plan.errors.allSatisfy { $0.severity == .error && $0.advice != nil })
    }

    private static let doubts: [(String, String, @Sendable (inout Plan) -> Void)] = [
        ("late-ring", "queues.support.rings[0].after", { $0.queues[0].rings[0].after = .seconds(20) }),
        ("late-preferred", "queues.support.preferred.waitFor", { $0.queues[0].preferred.waitFor = .minutes(1) }),
        (
            "late-interflow", "queues.support.interflow[0].after",
            { $0.queues[0].interflow = [away(20, ["munich"])] }
        ),
        ("late-offer", "queues.support.offerTimeout", { $0.queues[0].offerTimeout = .seconds(21) }),
        (
            "after-expiry", "queues.support.intraflow[0].after",
            {
                $0.queues[0].expireAfter = .minutes(1)
                $0.queues[0].intraflow = [flow(60, "billing")]
            }
        ),
        (
            "overflow-never", "queues.support.overflow[0]",
            { $0.queues[0].overflow = [Overflow(when: [.waitingAtLeast(200_000)], to: nil)] }
        ),
        ("quality-without-rule", "queues.support.agentOrder", { $0.queues[0].agentOrder = [.quality] }),
        ("quality-unused", "queues.support.quality", { $0.queues[0].quality = QualityRule(tiers: [80]) }),
        ("never-closed", "queues.support.whenClosed", { $0.queues[0].whenClosed = .refuse }),
        ("group-empty", "queues.support.rings[0].groups[0]", { $0.queues[0].rings[0].groups = [GroupName("ghosts")] }),
        ("waiting-max-small", "queues.support.waitingMax", { $0.queues[0].waitingMax = 1 }),
        ("starvation", "queues.support.band", { $0.queues[1].band = 1 }),
        (
            "reserve-all", "reserves.team.keep",
            { $0.reserves = [Reserve(group: GroupName("team"), keep: 2, queues: [])] }
        ),
        (
            "units-too-few", "agents.ana.units",
            {
                $0.agents[0].units = 5; $0.channelRules = [ChannelRule(channel: sms, units: 6)]
            }
        ),
        ("channel-nobody-takes", "channelRules.fax", { $0.channelRules = [ChannelRule(channel: ChannelName("fax"))] }),
        (
            "agent-serves-nothing", "agents.cem",
            { $0.agents.append(AgentPlan(name: AgentName("cem"), capacity: [ChannelCapacity(sms, 0)])) }
        ),
    ]

    @Test("What is probably not meant is a warning that says where", arguments: doubts)
    func warnings(code: String, path: String, change: @Sendable (inout Plan) -> Void) {
        var plan = Self.office()
        change(&plan)
        #expect(plan.warnings.map { "\($0.code) \($0.pathText)" } == ["\(code) \(path)"])
        #expect(plan.errors == [])
    }

    @Test("A queue that asks for what nobody has is told so, and which skill is lacking")
    func unserved() {
        var plan = Self.office()
        plan.queues[1].skills = SkillSet([SkillRequirement(SkillName("latin"))])
        #expect(
            plan.warnings.map { "\($0.code) \($0.pathText)" } == [
                "skill-nobody-has queues.billing.skills.latin", "unserved queues.billing",
            ])
    }

    @Test("Four thousand queues in one row of ways are judged without running out of stack")
    func longRow() {
        var plan = Self.office()
        plan.queues = (0..<4096).map { QueuePlan(name: QueueName("q\($0)")) }
        for index in 0..<4095 { plan.queues[index].intraflow = [Self.flow(60, "q\(index + 1)")] }
        #expect(plan.errors == [])
        plan.queues[4095].intraflow = [Self.flow(60, "q0")]
        #expect(plan.errors.map(\.code) == ["intraflow-cycle"])
    }

    // MARK: Hours

    /// Monday 2026-11-23 12:00 UTC.
    private static let monday = Timestamp(milliseconds: 1_795_435_200_000)

    private static func calendar(_ name: String, _ days: Range<Int>, _ hours: String, except date: String? = nil)
        -> OpeningHours
    {
        let day = [OpenInterval(hours)].compactMap { $0 }
        let exceptions = date.flatMap { LocalDate($0) }.map { [HoursException(date: $0, title: "")] } ?? []
        return OpeningHours(
            name: CalendarName(name), zone: .utc(until: 1 << 40), week: (0..<7).map { days.contains($0) ? day : [] },
            exceptions: exceptions)
    }

    @Test("A queue that is open only while its agents sleep is told so, and one whose hours they share is not")
    func hoursWithoutAgents() {
        var plan = Self.office()
        plan.calendars = [Self.calendar("day", 0..<5, "08:00-17:00"), Self.calendar("night", 0..<5, "22:00-06:00")]
        plan.queues[0].hours = CalendarName("day")
        for index in plan.agents.indices { plan.agents[index].hours = CalendarName("night") }
        #expect(
            plan.warnings(at: Self.monday).map { "\($0.code) \($0.pathText)" } == ["unserved-in-hours queues.support"])
        plan.agents[1].hours = nil
        #expect(plan.warnings(at: Self.monday) == [])
        plan.agents[1].site = SiteName("lima")
        plan.sites = [SitePlan(name: SiteName("lima"), hours: CalendarName("night"))]
        #expect(plan.warnings(at: Self.monday).map(\.code) == ["unserved-in-hours"])
    }

    @Test("A calendar that never opens, and one whose holidays end within a year, are told")
    func calendars() {
        var plan = Self.office()
        plan.calendars = [
            Self.calendar("never", 0..<0, "08:00-17:00"),
            Self.calendar("day", 0..<7, "08:00-17:00", except: "2026-12-24"),
            Self.calendar("long", 0..<7, "08:00-17:00", except: "2027-12-24"),
        ]
        #expect(
            plan.warnings(at: Self.monday).map { "\($0.code) \($0.pathText)" } == [
                "never-open calendars.never", "calendar-ends calendars.day",
            ])
    }

    // MARK: The office

    private static let sms = ChannelName("sms")

    private static func office() -> Plan {
        let german = SkillSet([SkillRequirement(SkillName("german"), level: 3)])
        var support = QueuePlan(name: QueueName("support"), skills: german)
        support.rings = [Ring(after: .seconds(10), skills: SkillSet())]
        let billing = QueuePlan(name: QueueName("billing"))
        let agents = ["ana", "ben"].map { name in
            var agent = AgentPlan(name: AgentName(name), skills: german, capacity: [ChannelCapacity(sms, 3)])
            agent.groups = [GroupName("team")]
            return agent
        }
        return Plan(version: "p", queues: [support, billing], defaultQueue: support.name, agents: agents)
    }

    private static func curve(_ points: (Int64, Int64)...) -> AgingCurve {
        AgingCurve(points.map { .init(waited: .seconds($0.0), headStart: .seconds($0.1)) })
    }

    private static func flow(_ seconds: Int64, _ queue: String) -> Intraflow {
        Intraflow(after: .seconds(seconds), to: QueueName(queue))
    }

    private static func away(_ seconds: Int64, _ sites: [SiteName]) -> Interflow {
        Interflow(after: .seconds(seconds), sites: sites)
    }

    private static func over(to queue: String) -> Overflow {
        Overflow(when: [.full], to: QueueName(queue))
    }
}
