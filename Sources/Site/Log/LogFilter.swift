package import InteractionModel
import JSON
import Journal

/// Which entries a reader of the routing log wants. What is nil matches everything.
package struct LogFilter: Sendable, Equatable {
    package var interaction: InteractionID?
    package var queue: String?
    package var agent: String?
    package var channel: String?
    /// The beginning of a type: `offer` for every `offer.…`.
    package var type: String?

    package init() {}

    package var isEmpty: Bool { self == LogFilter() }

    /// Facts of an interaction belong to its queue, agent and channel even where their bodies do not name them.
    func matches(_ entry: JournalEntry, row: (Int64) -> InteractionRow?) -> Bool {
        if let interaction, entry.interaction != interaction.number { return false }
        if let type, !entry.type.hasPrefix(type) { return false }
        guard queue != nil || agent != nil || channel != nil else { return true }
        let body = (try? JSONValue.parse(entry.body, limits: JSONLimits(maxBytes: 4 << 20))) ?? .null
        let row = entry.interaction.flatMap(row)
        let snapshot = row.flatMap { try? JSONValue.parse($0.snapshot) } ?? .null
        return Self.matches(queue, body["queue"]?.stringValue, row?.queue)
            && Self.matches(agent, body["agent"]?.stringValue, row?.agent)
            && Self.matches(channel, body["channel"]?.stringValue, snapshot["channel"]?.stringValue)
    }

    private static func matches(_ wanted: String?, _ own: String?, _ ofInteraction: String?) -> Bool {
        wanted.map { $0 == (own ?? ofInteraction) } ?? true
    }
}
