import InteractionModel

@testable import Routing

/// Plans that mean nothing and say everything: each field set, or not, by a seed.
struct RandomPlan {
    private var dice: SeededGenerator

    init(seed: UInt64) { dice = SeededGenerator(seed: seed) }

    mutating func next() -> Plan {
        var plan = Plan(
            version: word(), queues: some { $0.queue() }, entries: some { $0.entry() }, defaultQueue: name(),
            agents: some { $0.agent() }, timers: timers())
        plan.idleOrder = dice.pick(IdleOrder.allCases)
        plan.channelRules = some { dice in
            ChannelRule(channel: dice.name(), units: dice.dice.below(4), interruptedBy: dice.maybe { $0.names() })
        }
        plan.reserves = some { Reserve(group: $0.name(), keep: $0.dice.below(9), queues: $0.names()) }
        plan.statusReasons = some { dice in StatusReason(name: dice.word(), limit: dice.maybe { $0.span() }) }
        plan.sites = some { dice in SitePlan(name: dice.name(), hours: dice.maybe { $0.name() }) }
        plan.calendars = some { $0.calendar() }
        plan.origin = maybe { dice in
            var origin = PlanOrigin(
                number: Int64(dice.dice.below(99)), by: dice.word(), comment: dice.maybe { $0.word() },
                file: dice.maybe { $0.word() })
            origin.previous = dice.maybe { $0.word() }
            origin.change = dice.maybe { $0.word() }
            return origin
        }
        return plan
    }

    // MARK: Parts

    private mutating func queue() -> QueuePlan {
        var queue = QueuePlan(
            name: name(), skills: skills(), headStart: span(), offerTimeout: span(), wrapUpMax: span(),
            waitingMax: dice.below(1000), expireAfter: span(), dispositions: some { $0.word() })
        queue.groups = names()
        queue.sites = names()
        queue.rings = some { dice in
            Ring(
                after: dice.span(), skills: dice.maybe { $0.skills() }, groups: dice.maybe { $0.names() },
                sites: dice.maybe { $0.names() })
        }
        queue.hours = maybe { $0.name() }
        queue.band = dice.below(10)
        queue.aging = AgingCurve(some { AgingCurve.Point(waited: $0.span(), headStart: $0.span()) })
        queue.liftAfter = maybe { $0.span() }
        queue.starvationMax = maybe { $0.span() }
        queue.agentOrder = some { $0.dice.pick(AgentCriterion.allCases) }
        queue.quality = maybe { dice in
            QualityRule(
                prior: dice.dice.below(100), weight: dice.dice.below(100), newcomerSamples: dice.dice.below(100),
                tiers: dice.some { $0.dice.below(100) })
        }
        queue.preferred = PreferredRule(rememberFor: span(), waitFor: span())
        queue.overflow = some { $0.overflow() }
        queue.intraflow = some { Intraflow(after: $0.span(), to: $0.name()) }
        queue.interflow = some { Interflow(after: $0.span(), sites: $0.names()) }
        queue.whenClosed = dice.pick([.wait, .refuse, .go(name())])
        queue.escalation = maybe { $0.dice.chance(50) ? .queue($0.name()) : .vendor($0.word()) }
        queue.wrapUpIsMandatory = dice.chance(50)
        queue.serviceLevel = ServiceLevel(within: span(), target: dice.below(101))
        queue.shortAbandon = span()
        return queue
    }

    private mutating func overflow() -> Overflow {
        let all: [QueueCondition] = [
            .waitingAtLeast(dice.below(99)), .longestWaitAtLeast(span()), .expectedWaitAtLeast(span()),
            .signedInAtMost(dice.below(9)), .availableAtMost(dice.below(9)), .serviceLevelBelow(dice.below(100)),
            .closed, .full,
        ]
        return Overflow(when: all.filter { _ in dice.chance(50) }, of: maybe { $0.name() }, to: maybe { $0.name() })
    }

    private mutating func entry() -> Entry {
        var entry = Entry(
            channel: maybe { $0.name() }, account: maybe { $0.name() }, destination: maybe { $0.word() }, queue: name())
        entry.language = maybe { $0.word() }
        entry.direction = maybe { $0.dice.pick(Direction.allCases) }
        entry.during = maybe { $0.name() }
        return entry
    }

    private mutating func agent() -> AgentPlan {
        let channels = (0..<dice.below(4)).map { ChannelCapacity(ChannelName("c\($0)"), dice.below(9)) }
        var agent = AgentPlan(name: name(), skills: skills(), capacity: channels)
        agent.units = maybe { $0.dice.below(99) }
        agent.groups = names()
        agent.site = maybe { $0.name() }
        agent.hours = maybe { $0.name() }
        return agent
    }

    private mutating func calendar() -> OpeningHours {
        let day = [OpenInterval("08:00-12:00"), OpenInterval("22:00-06:00")].compactMap { $0 }
        let exceptions = LocalDate("2026-12-24").map { HoursException(date: $0, title: word(), intervals: day) }
        return OpeningHours(
            name: name(), zone: .utc(until: 1 << 40), week: some { _ in day },
            exceptions: exceptions.map { [$0] } ?? [],
            closures: some { HoursClosure(from: Int64($0.dice.below(99)) * 1000, until: 100_000, title: $0.word()) })
    }

    private mutating func timers() -> PlanTimers {
        var timers = PlanTimers()
        for timer in [
            \PlanTimers.reconnectGrace, \.reclaimAfter, \.offerAgainAfter, \.inactiveAfter, \.holdMax, \.consultMax,
            \.vendorMax, \.sendTimeout, \.sendAttemptsFor, \.deliveryReportAfter,
        ] where dice.chance(70) {
            timers[keyPath: timer] = span()
        }
        timers.noAnswerPause = maybe { $0.span() }
        timers.outboxMax = dice.below(1000)
        return timers
    }

    // MARK: Values

    private mutating func some<Element>(_ make: (inout RandomPlan) -> Element) -> [Element] {
        (0..<dice.below(4)).map { _ in make(&self) }
    }

    private mutating func maybe<Value>(_ make: (inout RandomPlan) -> Value) -> Value? {
        dice.chance(50) ? make(&self) : nil
    }

    private mutating func word() -> String { dice.pick(["a", "sold", "Ä \"q\"\n", "x-1", ""]) + "\(dice.below(50))" }
    private mutating func name<Word: Name>() -> Word { Word("n\(dice.below(20))") }
    private mutating func names<Word: Name>() -> [Word] { some { $0.name() } }
    private mutating func span() -> Span { Span(milliseconds: Int64(dice.pick([0, 1, 20_000, dice.below(1 << 40)]))) }

    private mutating func skills() -> SkillSet {
        SkillSet(some { SkillRequirement($0.name(), level: 1 + $0.dice.below(10)) })
    }
}
