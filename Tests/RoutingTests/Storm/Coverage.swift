/// How often each rule, criterion, fact and refusal occurred: a storm that exercises nothing proves nothing.
struct Coverage: Sendable {
    private(set) var counts: [String: Int] = [:]

    mutating func count(_ what: String) { counts[what, default: 0] += 1 }

    mutating func add(_ other: Coverage) {
        for (what, count) in other.counts { counts[what, default: 0] += count }
    }

    /// Those of `expected` that never occurred.
    func missing(_ expected: [String]) -> [String] { expected.filter { counts[$0] == nil } }

    /// What a storm with these features must have met.
    static func expected(of features: StormFeatures) -> [String] {
        var rules = OracleRule.allCases.map { "rule \($0.rawValue)" }
        var facts = factTypes
        if !features.contains(.hours) {
            rules.removeAll { $0 == "rule closed" || $0 == "rule off-hours" }
            facts.removeAll { $0 == "hours.changed" }
        }
        return rules + facts.map { "fact \($0)" } + decisions + refusals.map { "refused \($0)" }
    }

    private static let factTypes = [
        "site.started", "site.clock", "hours.changed", "plan.activated", "contact.received", "contact.message", "offer.made",
        "offer.ended", "contact.released", "contact.requeued", "contact.moved", "contact.assigned", "contact.held",
        "contact.resumed", "contact.escalated", "contact.returned", "contact.wrapup", "contact.closed",
        "contact.abandoned", "contact.expired", "invite.made", "invite.ended", "guest.joined", "guest.left",
        "contact.transferred", "agent.connected", "agent.lost", "agent.status", "agent.signedOut", "quality.reported",
        "message.queued", "message.attempt", "message.postponed", "message.sent", "message.failed", "message.delivery",
        "party.optedOut", "party.optedIn", "party.help",
    ]

    private static let decisions = [
        "rule later-in-order", "won ring 0", "won ring 1", "won ring 2", "won ring 3", "agent by alone",
        "agent by preferred", "agent by ring", "agent by level", "agent by quality", "agent by load",
        "agent by least-occupied", "agent by round-robin", "agent by longest-idle", "contact by band",
        "contact by place", "contact by head start", "contact by number", "contact overtook", "moved plan",
        "moved intraflow", "moved escalated", "moved supervisor", "overflowed", "remembered", "wished agent",
        "waits alone",
    ]

    private static let refusals = [
        "queue-full", "turned-away", "unknown-queue", "unknown-agent", "unknown-interaction", "not-signed-in",
        "offer-over", "not-yours", "wrong-state", "unknown-disposition", "unknown-reason", "suppressed",
        "holds-contacts", "cannot-serve", "not-available", "same-agent", "nobody-available", "nobody-consulted",
        "no-escalation", "bad-score",
    ]

    /// A line each, by name.
    var table: String {
        counts.sorted { $0.key < $1.key }.map { entry in
            let count = String(entry.value)
            return String(repeating: " ", count: max(0, 10 - count.count)) + count + "  " + entry.key
        }.joined(separator: "\n")
    }
}
