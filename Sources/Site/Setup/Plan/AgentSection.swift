package import Configuration
import InteractionModel
import Routing

/// What an agent and a template of agents may both say.
package struct AgentSection: ConfigurationSection {
    static let template = Key(
        optional: "template", .located(.name),
        "What this one shares with others: skills, capacity and groups are added to the template's, the rest replaces it."
    )
    static let skills = Key(
        "skills", .named(.integer(in: 1...10), count: 0...64), default: [],
        "What the agent can do, with levels from 1 to 10.")
    static let capacity = Key(
        "capacity", .named(.integer(in: 0...1000), count: 0...32), default: [], "Contacts at once, by channel.")
    static let units = Key(
        optional: "units", .integer(in: 0...1_000_000), example: 100,
        "What the contacts held may cost together (channelRules says what each costs); without it there is no such bound."
    )
    static let groups = Key(
        "groups", .list(of: .located(.name), count: 0...64), default: [], "The groups the agent belongs to.")
    static let site = Key(
        optional: "site", .located(.name),
        "The site whose agent this is, one of `sites`; without it the agent belongs to none of them.")
    static let hours = Key(
        optional: "hours", .located(.name), staysCommented: true, "The calendar of when the agent works.")

    package static let keys: KeyList = [template, skills, capacity, units, groups, site, hours]

    let template: Located<String>?
    let skills: [Named<Int>]
    let capacity: [Named<Int>]
    let units: Int?
    let groups: [Located<String>]
    let site, hours: Located<String>?

    package init(reading section: SectionReader) {
        template = section[Self.template]
        skills = section[Self.skills]
        capacity = section[Self.capacity]
        units = section[Self.units]
        groups = section[Self.groups]
        site = section[Self.site]
        hours = section[Self.hours]
    }

    func plan(named name: String, after template: TemplateSection?) -> AgentPlan {
        let skills = Self.merged(template?.skills ?? [], skills)
        let capacity = Self.merged(template?.capacity ?? [], capacity)
        var agent = AgentPlan(
            name: AgentName(name), skills: SkillSet(skills),
            capacity: capacity.map { ChannelCapacity(ChannelName($0.name), $0.value) })
        agent.units = units ?? template?.units
        agent.groups = (template?.groups ?? []).names()
        for group in groups.names() as [GroupName] where !agent.groups.contains(group) { agent.groups.append(group) }
        agent.site = (site ?? template?.site).map { SiteName($0.value) }
        agent.hours = (hours ?? template?.hours).map { CalendarName($0.value) }
        return agent
    }

    /// The agent's own word counts, also where it is the lower one.
    private static func merged(_ template: [Named<Int>], _ own: [Named<Int>]) -> [Named<Int>] {
        template.filter { shared in !own.contains { $0.name == shared.name } } + own
    }
}

/// What many agents share.
package struct TemplateSection: ConfigurationSection {
    package static let keys: KeyList = [
        AgentSection.skills, AgentSection.capacity, AgentSection.units, AgentSection.groups, AgentSection.site,
        AgentSection.hours,
    ]

    let skills, capacity: [Named<Int>]
    let units: Int?
    let groups: [Located<String>]
    let site, hours: Located<String>?

    package init(reading section: SectionReader) {
        skills = section[AgentSection.skills]
        capacity = section[AgentSection.capacity]
        units = section[AgentSection.units]
        groups = section[AgentSection.groups]
        site = section[AgentSection.site]
        hours = section[AgentSection.hours]
    }
}
