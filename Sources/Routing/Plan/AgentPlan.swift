package import InteractionModel

/// What one agent can do, and how much at once.
package struct AgentPlan: Hashable, Sendable {
    package var name: AgentName
    package var skills: SkillSet
    /// Contacts at once, by channel, in order of channel; a channel not named is not taken.
    package let capacity: [ChannelCapacity]
    /// What the contacts held may cost together (`ChannelRule.units`); nil means no such bound.
    package var units: Int?
    package var groups: [GroupName] = []
    /// The site whose agent this is; nil is this site.
    package var site: SiteName?
    /// When the agent works; nil leaves it to the agent.
    package var hours: CalendarName?

    package init(name: AgentName, skills: SkillSet = SkillSet(), capacity: [ChannelCapacity]) {
        self.name = name
        self.skills = skills
        self.capacity = capacity.sorted { $0.channel < $1.channel }
    }
}

/// How many contacts of one channel an agent takes at once. 0 to 1,000.
package struct ChannelCapacity: Hashable, Sendable {
    package let channel: ChannelName
    package let contacts: Int

    package init(_ channel: ChannelName, _ contacts: Int) {
        self.channel = channel
        self.contacts = contacts
    }
}
