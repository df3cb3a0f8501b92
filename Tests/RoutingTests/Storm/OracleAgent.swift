/// One agent, as the facts tell it.
final class OracleAgent {
    enum Presence: Equatable {
        case absent, connected
        case lost(until: Int64)
    }

    enum Status: Equatable {
        case signedOut, available, notReady
    }

    let name: String
    var isPlanned = true
    var skills: [(skill: String, level: Int)] = []
    var capacity: [(channel: String, contacts: Int)] = []
    var units: Int?
    var groups: [String] = []
    var site: String?
    var hours: String?
    var status = Status.signedOut
    var statusUntil: Int64?
    var presence = Presence.absent
    var reclaimAt: Int64?
    /// The sequence of the fact since which the agent counts as idle.
    var idleSince: Int64
    var idleSinceAt: Int64
    /// The sequence of the last offer made to the agent.
    var lastOffer: Int64 = 0
    /// The busy account, and since when the agent has held anything.
    var busy: Int64 = 0
    var busySince: Int64?
    /// By queue: how many results, and their sum.
    var results: [(queue: String, count: Int, sum: Int)] = []

    func account(at now: Int64) -> Int64 { busy + (busySince.map { now - $0 } ?? 0) }

    func note(_ score: Int, for queue: String) {
        guard let place = results.firstIndex(where: { $0.queue == queue }) else {
            return results.append((queue, 1, score))
        }
        results[place].count += 1
        results[place].sum += score
    }

    init(name: String, idleSince: Int64, idleSinceAt: Int64) {
        self.name = name
        self.idleSince = idleSince
        self.idleSinceAt = idleSinceAt
    }

    func level(of skill: String) -> Int {
        for own in skills where own.skill == skill { return own.level }
        return 0
    }

    func capacity(for channel: String) -> Int {
        for own in capacity where own.channel == channel { return own.contacts }
        return 0
    }

    /// Every skill asked for, at its level or above.
    func canDo(_ wanted: [(skill: String, level: Int)]) -> Bool {
        for one in wanted where level(of: one.skill) < one.level { return false }
        return true
    }
}
