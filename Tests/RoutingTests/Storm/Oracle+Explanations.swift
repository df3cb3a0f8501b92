import InteractionModel
import Routing

/// The recorded reasons, computed again.
extension Oracle {
    /// Agents by the first rule that drops them, counted; those whom none drops are `later-in-order`.
    func rules(for contact: OracleContact, at now: Int64) -> [(agent: Int, rule: String)] {
        let holdings = holdings(at: now)
        var rules: [(agent: Int, rule: String)] = []
        for index in agents.indices where agents[index].isPlanned {
            let rule = firstRule(dropping: index, for: contact, holdings, at: now)
            rules.append((index, rule?.rawValue ?? "later-in-order"))
        }
        return rules
    }

    mutating func check(_ received: Received, _ fact: RecordedFact) {
        guard checksExplanations else { return }
        let contact = begin(received, fact)
        guard contact.excluded.isEmpty, contact.aloneUntil == nil else { return }
        let rules = rules(for: contact, at: fact.at.milliseconds)
        for one in rules { coverage.count("rule \(one.rule)") }
        compare(received.agents, rules.map(\.rule), fact)
    }

    mutating func check(_ why: Explanation, of pair: OraclePair, _ fact: RecordedFact) {
        let now = fact.at.milliseconds
        let contact = contacts[pair.contact]
        let winner = agents[pair.agent]
        let rules = rules(for: contact, at: now).filter { $0.agent != pair.agent }
        for one in rules { coverage.count("rule \(one.rule)") }
        compare(why.dropped, rules.map(\.rule), fact)
        if agents.count <= 8 {
            let named = rules.map { "\(agents[$0.agent].name) \($0.rule)" }
            let found = why.named.map { "\($0.agent) \(word($0.rule))" }
            if found != named { complain("fact \(fact.sequence) names \(found), expected \(named)") }
        }
        let held = holdings(at: now).channels[pair.agent].count
        expect("load", Int64(why.load), Int64(held), fact)
        expect("idle", why.idle.milliseconds, now - winner.idleSinceAt, fact)
        expect("waited", why.waited.milliseconds, now - contact.stamp, fact)
        expect("ring", Int64(why.ring), Int64(pair.ring), fact)
        expect("preferred", why.isPreferred ? 1 : 0, contact.preferred == pair.agent ? 1 : 0, fact)
        let queue = queue(contact.queue)
        if let level = why.level, queue?.skills.isEmpty == false {
            expect("level", Int64(level), Int64(self.level(of: winner, in: queue)), fact)
        }
        if let tier = why.tier { expect("tier", Int64(tier), Int64(self.tier(of: winner, in: queue)), fact) }
        switch plan.idleOrder {
        case .longestIdle: expect("idleKey", why.idleKey ?? 0, 0, fact)
        case .leastOccupied: expect("idleKey", why.idleKey ?? -1, winner.busy, fact)
        case .roundRobin: expect("idleKey", why.idleKey ?? -1, winner.lastOffer, fact)
        }
        expect("headStart", why.headStart.milliseconds, headStart(of: contact), fact)
    }

    private func word(_ rule: Explanation.Rule) -> String {
        rule.rawValue == "declined-before" ? OracleRule.excluded.rawValue : rule.rawValue
    }

    private mutating func compare(_ found: [Explanation.Dropped], _ rules: [String], _ fact: RecordedFact) {
        let words = OracleRule.allCases.map(\.rawValue) + ["later-in-order"]
        let expected = words.compactMap { word in
            let count = rules.filter { $0 == word }.count
            return count == 0 ? nil : "\(count) \(word)"
        }
        let counted = found.map { "\($0.count) \(word($0.rule))" }
        guard counted != expected else { return }
        complain("fact \(fact.sequence), \(fact.fact.type), counts \(counted), expected \(expected)")
    }
}
