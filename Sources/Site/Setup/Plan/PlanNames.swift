import Configuration
import Routing

/// Judges every name one part of the rules uses of another: whether it is there, and which one was meant.
struct PlanNames {
    private let queues: [Named<QueueSection>]
    private let agents: [Named<AgentSection>]
    private let templates: [Named<TemplateSection>]
    private let sites: [Named<AgentSiteSection>]
    private let reserves: [Named<ReserveSection>]
    private let entries: [EntrySection]
    private let defaultQueue: Located<String>?
    private let calendars: [Named<CalendarSection>]
    private let statusReasons: [Named<StatusReasonSection>]
    private let channelRules: [Named<ChannelRuleSection>]
    private let routing: RoutingSection?
    /// Nil where the list itself was complained about: then nobody can say what it lacks.
    private let known: [Kind: KnownNames]

    private enum Kind: String {
        case queue, skill, group, template, site, calendar
        case networkSite = "routing site"
    }

    init(_ section: SectionReader) {
        let queues = section.ifSound(PlanConfiguration.queues)
        let templates = section.ifSound(PlanConfiguration.templates)
        let sites = section.ifSound(PlanConfiguration.sites)
        self.queues = queues ?? []
        self.templates = templates ?? []
        self.sites = sites ?? []
        let calendars = section.ifSound(PlanConfiguration.calendars)
        self.calendars = calendars ?? []
        agents = section.ifSound(PlanConfiguration.agents) ?? []
        reserves = section.ifSound(PlanConfiguration.reserves) ?? []
        entries = section.ifSound(PlanConfiguration.entries) ?? []
        defaultQueue = section.ifSound(PlanConfiguration.defaultQueue)
        statusReasons = section.ifSound(PlanConfiguration.statusReasons) ?? []
        channelRules = section.ifSound(PlanConfiguration.channelRules) ?? []
        routing = section.ifSound(PlanConfiguration.routing)
        var known: [Kind: KnownNames] = [:]
        known[.queue] = queues.map { KnownNames($0.map(\.name)) }
        known[.template] = templates.map { KnownNames($0.map(\.name)) }
        known[.site] = sites.map { KnownNames($0.map(\.name)) }
        known[.calendar] = calendars.map { KnownNames($0.map(\.name)) }
        known[.networkSite] = routing.map { KnownNames($0.sites.map(\.name)) }
        known[.skill] = section.ifSound(PlanConfiguration.skills).map { KnownNames($0) }
        known[.group] = section.ifSound(PlanConfiguration.groups).map { KnownNames($0) }
        self.known = known
    }

    func check(_ section: inout SectionReader) {
        checkChosen(&section)
        if let defaultQueue { check([defaultQueue], .queue, &section) }
        for queue in queues { check(queue.value, &section) }
        for entry in entries {
            check([entry.queue], .queue, &section)
            check(entry.during, .calendar, &section)
        }
        for template in templates {
            check(template.value.skills, &section)
            check(template.value.groups, .group, &section)
            check(template.value.site, .site, &section)
            check(template.value.hours, .calendar, &section)
        }
        for agent in agents { check(agent, &section) }
        for site in sites { check(site.value.hours, .calendar, &section) }
        for reserve in reserves {
            check([Located(value: reserve.name, place: reserve.place)], .group, &section)
            check(reserve.value.queues, .queue, &section)
        }
        for service in routing?.services ?? [] {
            check([service.value.queue], .queue, &section)
            for step in service.value.steps {
                check(step.sites, .networkSite, &section)
                check(step.during, .calendar, &section)
            }
        }
    }

    /// What the operator chose becomes part of keys, labels and paths.
    private func checkChosen(_ section: inout SectionReader) {
        let names =
            queues.map { ($0.name, $0.place) } + agents.map { ($0.name, $0.place) }
            + templates.map { ($0.name, $0.place) } + sites.map { ($0.name, $0.place) }
            + calendars.map { ($0.name, $0.place) }
            + statusReasons.map { ($0.name, $0.place) } + channelRules.map { ($0.name, $0.place) }
            + networkNames
        for (name, place) in names where !PlanName.isValid(name) {
            section.complain(at: place, "is no name", hint: PlanName.rule)
        }
    }

    private var networkNames: [(String, Place)] {
        guard let routing else { return [] }
        return routing.sites.map { ($0.name, $0.place) } + routing.services.map { ($0.name, $0.place) }
            + routing.clients.map { ($0.name, $0.place) }
    }

    private func check(_ queue: QueueSection, _ section: inout SectionReader) {
        check(queue.skills, &section)
        check(queue.groups, .group, &section)
        check(queue.sites, .site, &section)
        check(queue.hours, .calendar, &section)
        for ring in queue.rings {
            check(ring.skills ?? [], &section)
            check(ring.groups ?? [], .group, &section)
            check(ring.sites ?? [], .site, &section)
        }
        for overflow in queue.overflow {
            check(overflow.of, .queue, &section)
            check(overflow.to, .queue, &section)
        }
        check(queue.intraflow.map(\.to), .queue, &section)
        check(queue.whenClosed.to, .queue, &section)
        check(queue.escalation?.queue, .queue, &section)
    }

    private func check(_ agent: Named<AgentSection>, _ section: inout SectionReader) {
        check(agent.value.template, .template, &section)
        check(agent.value.skills, &section)
        check(agent.value.groups, .group, &section)
        check(agent.value.site, .site, &section)
        check(agent.value.hours, .calendar, &section)
        let shared = agent.value.template.flatMap { templates.named($0.value)?.capacity } ?? []
        if agent.value.capacity.isEmpty, shared.isEmpty {
            section.complain(
                at: agent.place, "has no capacity",
                hint: "say how many contacts at once, by channel, as in capacity: { sms: 3 }")
        }
    }

    // MARK: One name

    private func check(_ skills: [Named<Int>], _ section: inout SectionReader) {
        check(skills.map { Located(value: $0.name, place: $0.place) }, .skill, &section)
    }

    private func check(_ name: Located<String>?, _ kind: Kind, _ section: inout SectionReader) {
        if let name { check([name], kind, &section) }
    }

    private func check(_ names: [Located<String>], _ kind: Kind, _ section: inout SectionReader) {
        guard let known = known[kind] else { return }
        for name in names where !known.contains(name.value) {
            section.complain(
                at: name.place, "names the \(kind.rawValue) \(name.value), which is not there",
                hint: known.hint(for: name.value, kind.rawValue))
        }
    }
}

/// The names of one kind, quick to look up.
struct KnownNames {
    /// Names listed in a hint; of more only the nearest is told.
    private static let listedMax = 12
    private let names: [String]
    private let set: Set<String>  // Looked up only.

    init(_ names: [String]) {
        self.names = names
        set = Set(names)
    }

    func contains(_ name: String) -> Bool { set.contains(name) }

    func hint(for name: String, _ kind: String) -> String {
        if let question = NearestName.question(name, among: names) { return question }
        guard !names.isEmpty else { return "list it under \(kind)s" }
        let more = names.count > Self.listedMax ? " and \(names.count - Self.listedMax) more" : ""
        return "\(kind)s are \(names.prefix(Self.listedMax).joined(separator: ", "))\(more)"
    }
}
