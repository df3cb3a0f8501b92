package import Calendars
package import Configuration
package import InteractionModel
import JSON
package import Routing

/// The routing rules: what stands in a site's own file beside addresses and accounts, and alone in a plan's file.
package struct PlanConfiguration: ConfigurationSection {
    static let skills = Key(
        "skills", .list(of: .name, count: 0...4096), default: [], "Every skill that queues and agents may name.")
    static let groups = Key(
        "groups", .list(of: .name, count: 0...4096), default: [],
        "Every group of agents that queues, agents and reserves may name: a team, a level of support, a vendor's people."
    )
    static let sites = Key(
        "sites", .named(.section(AgentSiteSection.self), count: 0...1024), default: [],
        "The sites that agents may belong to, with their hours.")
    static let calendars = Key(
        "calendars", .named(.section(CalendarSection.self), count: 0...500), default: [],
        "When queues, agents and sites are open, by a name of your choosing.")
    static let queues = Key("queues", .named(.section(QueueSection.self), count: 1...4096), "The queues, by name.")
    static let defaultQueue = Key("defaultQueue", .located(.name), "Where a contact waits that no entry matches.")
    static let entries = Key(
        "entries", .list(of: .section(EntrySection.self), count: 0...10_000), default: [],
        "Which contacts enter which queue; the first that matches wins.")
    static let templates = Key(
        "templates", .named(.section(TemplateSection.self), count: 0...4096), default: [],
        "What many agents share, by name, so that a thousand agents need a thousand lines.")
    static let agents = Key(
        "agents", .named(.section(AgentSection.self), count: 0...100_000), default: [], "The agents, by name.")
    static let idleOrder = Key(
        "idleOrder", .one(of: IdleOrder.self), default: .longestIdle,
        "Who goes first among agents whom a queue's agentOrder leaves equal; one for the whole site.")
    static let channelRules = Key(
        "channelRules", .named(.section(ChannelRuleSection.self), count: 0...32), default: [],
        "What a contact of a channel costs, and what may break into it, by channel.")
    static let reserves = Key(
        "reserves", .named(.section(ReserveSection.self), count: 0...64), default: [],
        "Agents kept back for some queues, by group.")
    static let statusReasons = Key(
        "statusReasons", .named(.section(StatusReasonSection.self), count: 0...64), default: [],
        "Why an agent may be not ready; none listed allows any word.")
    static let routing = Key(
        "routing", .section(RoutingSection.self), "Where switches are told to deliver calls.")
    static let timers = Key("timers", .section(TimersSection.self), "The site's own deadlines.")

    package static let keys: KeyList = [
        skills, groups, sites, calendars, queues, defaultQueue, entries, templates, agents, idleOrder, channelRules,
        reserves,
        statusReasons, routing, timers,
    ]

    package static func check(_ section: inout SectionReader) {
        PlanNames(section).check(&section)
        guard section.isSound, section.ifSound(queues) != nil, section.ifSound(defaultQueue) != nil else { return }
        for error in plan(section).errors {
            section.complain(at: section.place(at: error.path), error.reason, hint: error.advice)
        }
    }

    /// Without calendars and version.
    private let rules: Plan
    /// As written; their hours depend on the year they are made in.
    package let calendars: [Named<CalendarSection>]

    package init(reading section: SectionReader) {
        rules = Self.plan(section)
        calendars = section[Self.calendars]
    }

    /// The plan with its calendars as of a moment of wall time, and with its version.
    ///
    /// - Throws: when a zone or a file of holidays, checked when the section was read, has changed since.
    package func plan(at moment: Timestamp) throws(CalendarError) -> Plan {
        var plan = rules
        plan.calendars = try calendars.openingHours(from: moment)
        return plan.versioned
    }

    /// A digest of what is written, the files of holidays included: it changes only when somebody changes a file, not with the
    /// year and not with the machine's zones.
    package var source: String {
        var writer = JSONWriter(reservingCapacity: 4096)
        rules.write(to: &writer)
        var bytes = writer.bytes
        for calendar in calendars {
            let written = calendar.value
            let hours = (written.open + written.except).map { "\($0.name) \($0.value.map(\.description))" }
            bytes += Array("\(calendar.name) \(written.zone) \(hours)".utf8)
            for file in written.holidays { bytes += (try? ConfigurationFile.bytes(of: file.resolved)) ?? [] }
        }
        return "f-" + Plan.digest(bytes)
    }

    private static func plan(_ section: SectionReader) -> Plan {
        let templates = section[templates]
        var plan = Plan(
            version: "", queues: section[queues].map { $0.value.plan(named: $0.name) },
            entries: section[entries].map(\.plan), defaultQueue: QueueName(section[defaultQueue].value),
            agents: section[agents].map { agent in
                agent.value.plan(named: agent.name, after: agent.value.template.flatMap { templates.named($0.value) })
            }, timers: section[timers].plan)
        plan.sites = section[sites].map { $0.value.plan(named: $0.name) }
        plan.idleOrder = section[idleOrder]
        plan.channelRules = section[channelRules].map { $0.value.rule(for: $0.name) }
        plan.reserves = section[reserves].map { $0.value.reserve(of: $0.name) }
        plan.statusReasons = section[statusReasons].map { $0.value.reason(named: $0.name) }
        plan.network = section[routing].plan
        return plan
    }
}
