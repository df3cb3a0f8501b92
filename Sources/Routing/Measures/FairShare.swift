package import InteractionModel

/// What one agent was offered, beside what was this agent's due.
///
/// Looked at where there was a choice among equals: two to sixteen agents of one profile (equal skills, groups, site, tiers), holding as much,
/// who all could have taken the contact. Each was entitled to one part in that number; one of them got it. Who decides among them is the plan's `idleOrder` alone, so in the
/// long run every agent's offers are what the agent was entitled to. Offers to a preferred agent, of contacts that exclude somebody, and among more
/// than sixteen are not looked at. Counted since this process began, or since the first fact folded: it follows from facts, but it is not kept in rows.
package struct FairShare: Sendable, Equatable {
    /// Divisible by every number of equals that is looked at, so that parts add up exactly.
    static let whole: Int64 = 720_720
    static let equalsMax = 16

    /// Offers of this kind that the agent got.
    package internal(set) var offered: Int64 = 0
    /// Times the agent was one of the equals.
    package internal(set) var chances: Int64 = 0
    var entitledParts: Int64 = 0

    package static let none = FairShare()

    /// Offers the agent was entitled to.
    package var entitled: Double { Double(entitledParts) / Double(Self.whole) }
    /// 1 is fair; nil below twenty offers entitled to, where chance alone decides.
    package var ratio: Double? { entitledParts >= 20 * Self.whole ? Double(offered) / entitled : nil }
}

extension Measures {
    package func share(of agent: Int) -> FairShare { shares.indices.contains(agent) ? shares[agent] : FairShare() }

    /// The least and the largest ratio of offers to entitlement, over agents who can be judged; nil when there are none.
    package var shareSpread: (least: Double, largest: Double)? {
        let ratios = shares.compactMap(\.ratio)
        guard let least = ratios.min(), let largest = ratios.max() else { return nil }
        return (least, largest)
    }

    mutating func credit(_ equals: [UInt32], offeredTo winner: Int) {
        guard let last = equals.max() else { return }
        while shares.count <= Int(last) { shares.append(FairShare()) }
        let part = FairShare.whole / Int64(equals.count)
        for agent in equals {
            shares[Int(agent)].entitledParts += part
            shares[Int(agent)].chances += 1
        }
        shares[winner].offered += 1
    }
}

extension RoutingState {
    /// What an agent was offered beside what was due.
    package func share(of agent: AgentName) -> FairShare? { agentIndex[agent].map { measures.share(of: $0) } }

    /// Before an offer is folded: who else could have had it as well.
    mutating func noteShares(of contact: InteractionRecord, _ offered: Offered, to agent: Int) {
        guard let slot = contact.slot, !offered.why.isPreferred else { return }
        let equals = matcher.equals(of: agent, for: slot)
        if equals.count > 1 { measures.credit(equals, offeredTo: agent) }
    }
}

extension Matcher {
    /// The agents of one profile and one situation with `agent`, itself included; empty when they are more than are looked at, or when the
    /// contact makes exceptions.
    func equals(of agent: Int, for slot: Int) -> [UInt32] {
        let line = agents[agent]
        guard line.situation != AgentLine.noSituation, contacts[slot].exception == none else { return [] }
        let list = readyLists[Int(line.situation) * profileWords * 64 + Int(line.profile)]
        guard (1...UInt32(FairShare.equalsMax)).contains(list.count) else { return [] }
        var equals: [UInt32] = line.isListed ? [] : [UInt32(agent)]
        var next = list.head
        while next != none {
            equals.append(next)
            next = agents[next].next
        }
        return equals.count > FairShare.equalsMax ? [] : equals
    }

    /// Who may serve a queue, by what they could do now; in as many steps as there are profiles and situations. Nil for a queue nobody asked for yet.
    func staffing(of name: QueueName) -> RoutingState.Staffing? {
        guard let queue = queueIndex[name] else { return nil }
        var staffing = RoutingState.Staffing()
        for profile in profiles.indices {
            let members = members(of: profile)
            guard members > 0, profiles[profile].channels != 0,
                let ring = queueRules[queue].ring(of: profiles[profile], ownNeeds: [])
            else { continue }
            staffing.able += members
            staffing.signedIn += members - count(profile, .signedOut)
            guard ring == 0 else { continue }
            for situation in 0..<situations.count where situations[situation].open != 0 {
                var ready = Int(readyLists[situation * profileWords * 64 + profile].count)
                if freed != none, Int(agents[freed].profile) == profile, Int(agents[freed].situation) == situation {
                    ready += 1
                }
                staffing.available += ready
                if situations[situation].load == 0 { staffing.idle += ready }
            }
        }
        return staffing
    }
}
