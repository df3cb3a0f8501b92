import InteractionModel
import Routing

/// A plan as a story writes it: one line for each queue, agent, entry or rule, in words instead of members.
struct PlanBlock {
    private var queues: [QueuePlan] = []
    private var agents: [AgentPlan] = []
    private var entries: [Entry] = []
    private var timers = PlanTimers()
    private var channelRules: [ChannelRule] = []
    private var reserves: [Reserve] = []
    private var reasons: [StatusReason] = []
    private var calendars: [PlanCalendar] = []
    private var sites: [SitePlan] = []
    private var idleOrder = IdleOrder.longestIdle
    private var defaultQueue: QueueName?

    static func plan(named name: String, _ lines: [NumberedLine]) throws(StoryError) -> Plan {
        var block = PlanBlock()
        for line in lines {
            do { try block.read(line.text) } catch { throw error.at(line.number, of: "") }
        }
        guard let first = block.queues.first?.name else { throw StoryError("plan \(name) has no queue") }
        var plan = Plan(
            version: name, queues: block.queues, entries: block.entries, defaultQueue: block.defaultQueue ?? first,
            agents: block.agents, timers: block.timers)
        plan.idleOrder = block.idleOrder
        plan.channelRules = block.channelRules
        plan.reserves = block.reserves
        plan.statusReasons = block.reasons
        plan.calendars = block.calendars.map(\.hours)
        plan.sites = block.sites
        return plan
    }

    private mutating func read(_ text: String) throws(StoryError) {
        var words = Words(text)
        let subject = try words.next("what the line is about")
        switch subject {
        case "queue": queues.append(try queue(&words))
        case "ring": try changeQueue { (queue) throws(StoryError) in queue.rings.append(try Self.ring(&words)) }
        case "overflow":
            try changeQueue { (queue) throws(StoryError) in queue.overflow.append(try Self.overflow(&words)) }
        case "intraflow":
            try changeQueue { (queue) throws(StoryError) in
                try words.must("after")
                let after = try words.span("how long")
                try words.must("to")
                queue.intraflow.append(Intraflow(after: after, to: QueueName(try words.next("a queue"))))
            }
        case "agent": agents.append(try Self.agent(&words))
        case "entry": entries.append(try Self.entry(&words))
        case "channel": channelRules.append(try Self.channelRule(&words))
        case "reserve":
            let group = GroupName(try words.next("a group"))
            try words.must("keep")
            let keep = try words.number("how many")
            try words.must("for")
            reserves.append(Reserve(group: group, keep: keep, queues: try words.list("queues").map { QueueName($0) }))
        case "reason":
            let name = try words.next("a reason")
            reasons.append(StatusReason(name: name, limit: words.skip("limit") ? try words.span("the limit") : nil))
        case "idle-order":
            let word = try words.next("an order")
            guard let order = IdleOrder(rawValue: word) else { throw Self.unknown(word, "an idle order") }
            idleOrder = order
        case "timers": try readTimers(&words)
        case "calendar": calendars.append(try PlanCalendar(&words))
        case "holiday":
            let name = try words.next("a calendar")
            guard let index = calendars.firstIndex(where: { $0.name == name }) else {
                throw StoryError("the calendar \(name) must stand before its holidays")
            }
            try calendars[index].addHoliday(&words)
        case "site":
            let name = SiteName(try words.next("a site"))
            sites.append(
                SitePlan(name: name, hours: words.skip("hours") ? CalendarName(try words.next("a calendar")) : nil))
        default:
            throw StoryError(
                "a plan has no \"\(subject)\"; it has queue, ring, overflow, intraflow, agent, entry, channel, reserve, "
                    + "reason, idle-order, calendar, holiday, site and timers")
        }
        try words.end()
    }

    private mutating func changeQueue(_ change: (inout QueuePlan) throws(StoryError) -> Void) throws(StoryError) {
        guard !queues.isEmpty else { throw StoryError("the queue that this line belongs to must stand before it") }
        try change(&queues[queues.count - 1])
    }

    private static func unknown(_ word: String, _ what: String) -> StoryError {
        StoryError("\"\(word)\" is not understood as \(what)")
    }

    // MARK: Queues

    private mutating func queue(_ words: inout Words) throws(StoryError) -> QueuePlan {
        var queue = QueuePlan(name: QueueName(try words.next("the queue's name")))
        while !words.isEmpty {
            let word = try words.next("a rule")
            switch word {
            case "default": defaultQueue = queue.name
            case "skills": queue.skills = try words.skills("skills")
            case "groups": queue.groups = try words.list("groups").map { GroupName($0) }
            case "sites": queue.sites = try words.list("sites").map { SiteName($0) }
            case "hours": queue.hours = CalendarName(try words.next("a calendar"))
            case "band": queue.band = try words.number("the band")
            case "head-start": queue.headStart = try words.span("the head start")
            case "aging": queue.aging = try Self.aging(try words.list("points"))
            case "lift": queue.liftAfter = try words.span("when it is lifted")
            case "order": queue.agentOrder = try Self.criteria(try words.list("criteria"))
            case "quality": queue.quality = try Self.quality(&words)
            case "remember": queue.preferred.rememberFor = try words.span("how long")
            case "wait-for-preferred": queue.preferred.waitFor = try words.span("how long")
            case "waiting": queue.waitingMax = try words.number("how many may wait")
            case "expires": queue.expireAfter = try words.span("when it expires")
            case "when-closed": queue.whenClosed = try Self.whenClosed(&words)
            case "escalates": queue.escalation = try Self.escalation(&words)
            case "offer": queue.offerTimeout = try words.span("how long an offer rings")
            case "wrap-up": queue.wrapUpMax = try words.span("how long wrap-up lasts")
            case "mandatory": queue.wrapUpIsMandatory = true
            case "dispositions": queue.dispositions = try words.list("dispositions")
            case "short-abandon": queue.shortAbandon = try words.span("how long")
            default: throw Self.unknown(word, "a queue's rule")
            }
        }
        return queue
    }

    private static func aging(_ points: [String]) throws(StoryError) -> AgingCurve {
        var curve: [AgingCurve.Point] = []
        for point in points {
            let parts = point.split(separator: ":").map(String.init)
            guard parts.count == 2 else { throw unknown(point, "a point of aging, as in 2min:30s") }
            curve.append(.init(waited: try TimeText.span(parts[0]), headStart: try TimeText.span(parts[1])))
        }
        return AgingCurve(curve)
    }

    private static func criteria(_ names: [String]) throws(StoryError) -> [AgentCriterion] {
        var criteria: [AgentCriterion] = []
        for name in names where name != "none" {
            guard let criterion = AgentCriterion(rawValue: name) else { throw unknown(name, "a criterion") }
            criteria.append(criterion)
        }
        return criteria
    }

    /// `quality prior:50,weight:20,newcomers:20 tiers 80,60`
    private static func quality(_ words: inout Words) throws(StoryError) -> QualityRule {
        let parts = try words.levels("parts of a quality rule")
        try words.must("tiers")
        var rule = QualityRule(tiers: try words.list("tiers").compactMap { Int($0) })
        for part in parts {
            switch part.name {
            case "prior": rule.prior = part.level
            case "weight": rule.weight = part.level
            case "newcomers": rule.newcomerSamples = part.level
            default: throw unknown(part.name, "a part of a quality rule")
            }
        }
        return rule
    }

    private static func whenClosed(_ words: inout Words) throws(StoryError) -> WhenClosed {
        let word = try words.next("what happens when it is closed")
        switch word {
        case "wait": return .wait
        case "refuse": return .refuse
        case "go": return .go(QueueName(try words.next("a queue")))
        default: throw unknown(word, "what happens when it is closed")
        }
    }

    private static func escalation(_ words: inout Words) throws(StoryError) -> Escalation {
        if words.skip("vendor") { return .vendor(try words.next("a vendor")) }
        _ = words.skip("to")
        return .queue(QueueName(try words.next("a queue")))
    }

    private static func ring(_ words: inout Words) throws(StoryError) -> Ring {
        try words.must("after")
        var ring = Ring(after: try words.span("when it opens"))
        while !words.isEmpty {
            let word = try words.next("what it opens to")
            switch word {
            case "skills": ring.skills = words.skip("none") ? SkillSet() : try words.skills("skills")
            case "groups": ring.groups = words.skip("any") ? [] : try words.list("groups").map { GroupName($0) }
            case "sites": ring.sites = words.skip("any") ? [] : try words.list("sites").map { SiteName($0) }
            default: throw unknown(word, "a ring's rule")
            }
        }
        return ring
    }

    /// `overflow when waiting 5 when full of sales to support`, `overflow when closed refuse`
    private static func overflow(_ words: inout Words) throws(StoryError) -> Overflow {
        var conditions: [QueueCondition] = []
        while words.skip("when") { conditions.append(try condition(&words)) }
        let other = words.skip("of") ? QueueName(try words.next("a queue")) : nil
        if words.skip("refuse") { return Overflow(when: conditions, of: other, to: nil) }
        try words.must("to")
        return Overflow(when: conditions, of: other, to: QueueName(try words.next("a queue")))
    }

    private static func condition(_ words: inout Words) throws(StoryError) -> QueueCondition {
        let word = try words.next("a condition")
        switch word {
        case "waiting": return .waitingAtLeast(try words.number("how many"))
        case "longest-wait": return .longestWaitAtLeast(try words.span("how long"))
        case "expected-wait": return .expectedWaitAtLeast(try words.span("how long"))
        case "signed-in-at-most": return .signedInAtMost(try words.number("how many"))
        case "available-at-most": return .availableAtMost(try words.number("how many"))
        case "service-below": return .serviceLevelBelow(try words.number("percent"))
        case "closed": return .closed
        case "full": return .full
        default: throw unknown(word, "a condition")
        }
    }

    // MARK: Agents and the rest

    private static func agent(_ words: inout Words) throws(StoryError) -> AgentPlan {
        let name = AgentName(try words.next("the agent's name"))
        var (skills, capacity) = (SkillSet(), [ChannelCapacity]())
        var (units, groups): (Int?, [GroupName]) = (nil, [])
        var (site, hours): (SiteName?, CalendarName?) = (nil, nil)
        while !words.isEmpty {
            let word = try words.next("what the agent can do")
            switch word {
            case "skills": skills = try words.skills("skills")
            case "takes":
                capacity = try words.levels("channels").map { ChannelCapacity(ChannelName($0.name), $0.level) }
            case "units": units = try words.number("units")
            case "groups": groups = try words.list("groups").map { GroupName($0) }
            case "site": site = SiteName(try words.next("a site"))
            case "hours": hours = CalendarName(try words.next("a calendar"))
            default: throw unknown(word, "something about an agent")
            }
        }
        var agent = AgentPlan(name: name, skills: skills, capacity: capacity)
        (agent.units, agent.groups, agent.site, agent.hours) = (units, groups, site, hours)
        return agent
    }

    private static func entry(_ words: inout Words) throws(StoryError) -> Entry {
        var entry = Entry(queue: QueueName(""))
        while !words.isEmpty {
            let word = try words.next("what enters")
            switch word {
            case "channel": entry.channel = ChannelName(try words.next("a channel"))
            case "account": entry.account = AccountName(try words.next("an account"))
            case "destination": entry.destination = try words.next("an address")
            case "language": entry.language = try words.next("a language")
            case "direction": entry.direction = Direction(rawValue: try words.next("a direction"))
            case "during": entry.during = CalendarName(try words.next("a calendar"))
            case "to": entry.queue = QueueName(try words.next("a queue"))
            default: throw unknown(word, "something about an entry")
            }
        }
        return entry
    }

    private static func channelRule(_ words: inout Words) throws(StoryError) -> ChannelRule {
        var rule = ChannelRule(channel: ChannelName(try words.next("a channel")))
        if words.skip("units") { rule.units = try words.number("units") }
        if words.skip("interrupted-by") {
            rule.interruptedBy = words.skip("none") ? [] : try words.list("channels").map { ChannelName($0) }
        }
        return rule
    }

    private mutating func readTimers(_ words: inout Words) throws(StoryError) {
        while !words.isEmpty {
            let word = try words.next("a timer")
            let span = try words.span("how long \(word) is")
            switch word {
            case "reconnect": timers.reconnectGrace = span
            case "reclaim": timers.reclaimAfter = span
            case "offer-again": timers.offerAgainAfter = span
            case "silence": timers.inactiveAfter = span
            case "hold": timers.holdMax = span
            case "consult": timers.consultMax = span
            case "vendor": timers.vendorMax = span
            case "no-answer-pause": timers.noAnswerPause = span
            default: throw Self.unknown(word, "a timer")
            }
        }
    }
}
