import InteractionModel

/// One key of a plan and what it says, as text: two plans are compared by these.
struct Setting: Hashable, Sendable {
    let key: String
    let text: String

    init(_ key: String, _ text: String) {
        self.key = key
        self.text = text
    }

    init?(_ key: String, _ text: String?) {
        guard let text else { return nil }
        self.init(key, text)
    }
}

extension [Setting] {
    var line: String { map { "\($0.key) \($0.text)" }.joined(separator: ", ") }
}

extension Plan {
    /// Everything but queues and agents.
    var settings: [Setting] {
        var settings = [Setting("defaultQueue", defaultQueue.rawValue), Setting("idleOrder", idleOrder.rawValue)]
        settings += entries.enumerated().map { Setting("entries[\($0)]", $1.text) }
        settings += sites.map { Setting("sites.\($0.name)", $0.hours.map { "hours \($0)" } ?? "always open") }
        settings += calendars.map { Setting("calendars.\($0.name)", $0.text) }
        settings += channelRules.map { rule in
            let interrupted = rule.interruptedBy.map { "interruptedBy [\(Self.list($0))]" } ?? "gives way to all"
            return Setting("channelRules.\(rule.channel)", "units \(rule.units), \(interrupted)")
        }
        settings += reserves.map { Setting("reserves.\($0.group)", "keep \($0.keep) for \(Self.list($0.queues))") }
        settings += statusReasons.map { Setting("statusReasons.\($0.name)", $0.limit?.planText ?? "no limit") }
        return settings + network.settings + timers.settings
    }

    static func list(_ names: [some Name]) -> String { names.map(\.rawValue).joined(separator: ", ") }
}

extension Entry {
    fileprivate var text: String {
        let parts: [Setting?] = [
            Setting("channel", channel?.rawValue), Setting("account", account?.rawValue), Setting("to", destination),
            Setting("language", language), Setting("direction", direction?.rawValue),
            Setting("during", during?.rawValue),
            Setting("queue", queue.rawValue),
        ]
        return parts.compactMap { $0 }.line
    }
}

extension OpeningHours {
    private static let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    fileprivate var text: String {
        let hours = zip(Self.days, week).compactMap { day, intervals in
            intervals.isEmpty ? nil : "\(day) \(intervals.map(\.description).joined(separator: " "))"
        }
        let dates = exceptions.map { exception in
            let hours = exception.intervals.map(\.description).joined(separator: " ")
            return "\(exception.date) \(hours.isEmpty ? "closed" : hours)"
        }
        let closed = closures.isEmpty ? [] : ["\(closures.count) closures"]
        return ([zone.name] + (hours.isEmpty ? ["never open"] : hours) + dates + closed).joined(separator: ", ")
    }
}

extension PlanTimers {
    fileprivate var settings: [Setting] {
        [
            Setting("timers.reconnectGrace", reconnectGrace.planText),
            Setting("timers.reclaimAfter", reclaimAfter.planText),
            Setting("timers.offerAgainAfter", offerAgainAfter.planText),
            Setting("timers.inactiveAfter", inactiveAfter.planText), Setting("timers.holdMax", holdMax.planText),
            Setting("timers.consultMax", consultMax.planText), Setting("timers.vendorMax", vendorMax.planText),
            Setting("timers.noAnswerPause", noAnswerPause?.planText ?? "none"),
            Setting("timers.sendTimeout", sendTimeout.planText),
            Setting("timers.sendAttemptsFor", sendAttemptsFor.planText),
            Setting("timers.deliveryReportAfter", deliveryReportAfter.planText),
            Setting("timers.outboxMax", "\(outboxMax)"),
        ]
    }
}

extension AgentPlan {
    var settings: [Setting] {
        let settings: [Setting?] =
            skills.skills.map { Setting("skills.\($0.skill)", "\($0.level)") }
            + capacity.map { Setting("capacity.\($0.channel)", "\($0.contacts)") } + [
                Setting("units", units.map { "\($0)" }),
                groups.isEmpty ? nil : Setting("groups", Plan.list(groups.sorted())),
                Setting("site", site?.rawValue), Setting("hours", hours?.rawValue),
            ]
        return settings.compactMap { $0 }
    }
}

extension QueuePlan {
    /// Optional parts only where they say something.
    var settings: [Setting] {
        var settings = skills.skills.map { Setting("skills.\($0.skill)", "\($0.level)") }
        if !groups.isEmpty { settings.append(Setting("groups", Plan.list(groups))) }
        if !sites.isEmpty { settings.append(Setting("sites", Plan.list(sites))) }
        settings += rings.enumerated().map { Setting("rings[\($0)]", $1.text) }
        settings += [Setting("hours", hours?.rawValue)].compactMap { $0 }
        return settings + orderSettings + waySettings + serviceSettings
    }

    private var orderSettings: [Setting] {
        let settings: [Setting?] = [
            Setting("band", "\(band)"), Setting("headStart", headStart.planText),
            aging.isFlat
                ? nil
                : Setting(
                    "aging",
                    aging.points.map { "\($0.waited.planText): \($0.headStart.planText)" }.joined(separator: ", ")),
            Setting("liftAfter", liftAfter?.planText),
            Setting("agentOrder", agentOrder.isEmpty ? "none" : agentOrder.map(\.rawValue).joined(separator: ", ")),
            Setting("quality", quality?.text),
            preferred == PreferredRule()
                ? nil
                : Setting(
                    "preferred", "rememberFor \(preferred.rememberFor.planText), waitFor \(preferred.waitFor.planText)"),
        ]
        return settings.compactMap { $0 }
    }

    private var waySettings: [Setting] {
        var settings = [Setting("waitingMax", "\(waitingMax)"), Setting("expireAfter", expireAfter.planText)]
        settings += overflow.enumerated().map { Setting("overflow[\($0)]", $1.text) }
        settings += intraflow.enumerated().map { Setting("intraflow[\($0)]", "after \($1.after.planText) to \($1.to)") }
        settings += interflow.enumerated().map { index, way in
            let sites = way.sites.map(\.rawValue).joined(separator: ", ")
            return Setting("interflow[\(index)]", "after \(way.after.planText) to site \(sites)")
        }
        switch whenClosed {
        case .wait: break
        case .refuse: settings.append(Setting("whenClosed", "refuse"))
        case .go(let queue): settings.append(Setting("whenClosed", "to \(queue)"))
        }
        switch escalation {
        case .queue(let queue)?: settings.append(Setting("escalation", "to \(queue)"))
        case .vendor(let vendor)?: settings.append(Setting("escalation", "to vendor \(vendor)"))
        case nil: break
        }
        return settings
    }

    private var serviceSettings: [Setting] {
        [
            Setting("offerTimeout", offerTimeout.planText), Setting("wrapUpIsMandatory", "\(wrapUpIsMandatory)"),
            Setting("wrapUpMax", wrapUpMax.planText),
            Setting("dispositions", dispositions.isEmpty ? "any" : dispositions.joined(separator: ", ")),
            Setting("serviceLevel", "\(serviceLevel.target)% within \(serviceLevel.within.planText)"),
            Setting("shortAbandon", shortAbandon.planText), Setting("starvationMax", starvationMax?.planText ?? "none"),
        ]
    }
}

extension Ring {
    fileprivate var text: String {
        var parts = ["after \(after.planText)"]
        if let skills {
            let list = skills.skills.map { "\($0.skill) \($0.level)" }.joined(separator: ", ")
            parts.append(list.isEmpty ? "no skills" : "skills \(list)")
        }
        if let groups { parts.append(groups.isEmpty ? "any group" : "groups \(Plan.list(groups))") }
        if let sites { parts.append(sites.isEmpty ? "any site" : "sites \(Plan.list(sites))") }
        return parts.joined(separator: ", ")
    }
}

extension QualityRule {
    fileprivate var text: String {
        "tiers \(tiers.map { "\($0)" }.joined(separator: ", ")), prior \(prior), weight \(weight), newcomers to \(newcomerSamples)"
    }
}

extension Overflow {
    fileprivate var text: String {
        let when = conditions.map(\.text).joined(separator: " and ")
        return "when \(queue.map { "\($0) has " } ?? "")\(when) \(to.map { "to \($0)" } ?? "refuse")"
    }
}

extension QueueCondition {
    fileprivate var text: String {
        switch self {
        case .waitingAtLeast(let count): "waiting ≥ \(count)"
        case .longestWaitAtLeast(let span): "longest wait ≥ \(span.planText)"
        case .expectedWaitAtLeast(let span): "expected wait ≥ \(span.planText)"
        case .signedInAtMost(let count): "signed in ≤ \(count)"
        case .availableAtMost(let count): "available ≤ \(count)"
        case .serviceLevelBelow(let percent): "service level < \(percent)%"
        case .closed: "closed"
        case .full: "full"
        }
    }
}
