package import Configuration
import InteractionModel
import Routing

/// What one contact of a channel takes of an agent.
package struct ChannelRuleSection: ConfigurationSection {
    static let units = Key(
        "units", .integer(in: 0...1000), default: 0, "What one contact costs of an agent's units.")
    static let interruptedBy = Key(
        optional: "interruptedBy", .list(of: .name, count: 0...32), example: ["voice"],
        "The only channels offered to an agent who holds one of this; without it any is, with [] none.")

    package static let keys: KeyList = [units, interruptedBy]

    private let units: Int
    private let interruptedBy: [String]?

    package init(reading section: SectionReader) {
        units = section[Self.units]
        interruptedBy = section[Self.interruptedBy]
    }

    func rule(for channel: String) -> ChannelRule {
        ChannelRule(
            channel: ChannelName(channel), units: units, interruptedBy: interruptedBy?.map { ChannelName($0) })
    }
}

/// Agents kept back for some queues, under their group's name.
package struct ReserveSection: ConfigurationSection {
    static let keep = Key(
        "keep", .integer(in: 1...100_000), "How many of the group stay idle for these queues alone.")
    static let queues = Key(
        "queues", .list(of: .located(.name), count: 1...64), "The queues they are kept for.")

    package static let keys: KeyList = [keep, queues]

    let queues: [Located<String>]
    private let keep: Int

    package init(reading section: SectionReader) {
        keep = section[Self.keep]
        queues = section[Self.queues]
    }

    func reserve(of group: String) -> Reserve {
        Reserve(group: GroupName(group), keep: keep, queues: queues.names())
    }
}

/// A reason for being not ready, under its word.
package struct StatusReasonSection: ConfigurationSection {
    static let limit = Key(
        optional: "limit", .duration(in: .seconds(1) ... .seconds(86_400)), example: .seconds(2700),
        "After this the agent is available again without saying so.")

    package static let keys: KeyList = [limit]

    private let limit: Duration?

    package init(reading section: SectionReader) { limit = section[Self.limit] }

    func reason(named name: String) -> StatusReason { StatusReason(name: name, limit: limit.map { Span($0) }) }
}

/// A site that agents belong to, under its name.
package struct AgentSiteSection: ConfigurationSection {
    static let hours = Key(
        optional: "hours", .located(.name), staysCommented: true, "The calendar of when its agents work.")

    package static let keys: KeyList = [hours]

    let hours: Located<String>?

    package init(reading section: SectionReader) { hours = section[Self.hours] }

    func plan(named name: String) -> SitePlan {
        SitePlan(name: SiteName(name), hours: hours.map { CalendarName($0.value) })
    }
}

extension SkillSet {
    init(_ named: [Named<Int>]) {
        self.init(named.map { SkillRequirement(SkillName($0.name), level: $0.value) })
    }
}

extension [Located<String>] {
    func names<Word: Name>() -> [Word] { map { Word($0.value) } }
}

extension Span {
    /// Whole milliseconds.
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self.init(milliseconds: seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }
}
