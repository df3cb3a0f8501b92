import InteractionModel

/// The rules one by one, for explanations: what the searches know as masks and keys is here asked of one agent and one contact.
extension Matcher {
    /// What keeps all members of a profile from a class at any time.
    enum Verdict: Sendable {
        case channel, skill, group
        /// The least ring in which they may take it.
        case ring(Int)
    }

    func verdict(_ profile: Int, _ contactClass: Int) -> Verdict {
        let line = lines[contactClass]
        guard line.channel != Self.noChannel, profiles[profile].channels >> UInt64(line.channel) & 1 == 1 else {
            return .channel
        }
        if let ring = ring(of: profile, reaching: contactClass) { return .ring(ring) }
        let needs = classes[contactClass].needs
        let isSkilled = queueRules[Int(line.queue)].rings.contains {
            profiles[profile].meets($0.skills) && profiles[profile].meets(needs)
        }
        return isSkilled ? .group : .skill
    }

    /// The first rule that keeps a placed agent from a waiting contact; `laterInOrder` when none does.
    func rule(dropping agent: Int, from slot: Int) -> Explanation.Rule {
        let contact = contacts[slot]
        let contactClass = Int(contact.contactClass)
        let seat = agents[agent]
        switch verdict(Int(seat.profile), contactClass) {
        case .channel: return .channel
        case .skill: return .skill
        case .group: return .group
        case .ring(let ring): if ring >= openRings(contactClass, since: contact.stamp) { return .ring }
        }
        if !lines[contactClass].isOpen { return .closed }
        switch seat.condition {
        case .signedOut: return .signedOut
        case .unreachable: return .unreachable
        case .offHours: return .offHours
        case .notReady: return .notReady
        case .available: break
        }
        guard isRoom(for: contactClass, seat) else { return .capacity }
        if !mayTake(pool: profilePool[seat.profile], contactClass) { return .reserved }
        if excludes(contact, UInt32(agent)) { return .excluded }
        return contact.place == .alone && contact.preferred != UInt32(agent) ? .preferred : .laterInOrder
    }

    private func isRoom(for contactClass: Int, _ seat: AgentLine) -> Bool {
        seat.situation != AgentLine.noSituation
            && situations[Int(seat.situation)].open >> UInt64(lines[contactClass].channel) & 1 == 1
    }

    /// How many profiles have a kind.
    var profileCount: Int { profileIndex.count }

    /// Agents by the first rule that keeps them from a contact of the class that has waited since `stamp`, in as many steps as there
    /// are profiles. What belongs to one contact alone (exclusions, a preferred agent) is not in it.
    func census(of contactClass: Int, since stamp: Int64) -> [Int] {
        var counts = [Int](repeating: 0, count: Explanation.Rule.allCases.count)
        let open = openRings(contactClass, since: stamp)
        for profile in profiles.indices {
            let members = members(of: profile)
            guard members > 0 else { continue }
            switch verdict(profile, contactClass) {
            case .channel: counts[Explanation.Rule.channel.rank] += members
            case .skill: counts[Explanation.Rule.skill.rank] += members
            case .group: counts[Explanation.Rule.group.rank] += members
            case .ring(let ring) where ring >= open: counts[Explanation.Rule.ring.rank] += members
            case .ring where !lines[contactClass].isOpen: counts[Explanation.Rule.closed.rank] += members
            case .ring: countAble(profile, contactClass, &counts)
            }
        }
        return counts
    }

    private func countAble(_ profile: Int, _ contactClass: Int, _ counts: inout [Int]) {
        counts[Explanation.Rule.signedOut.rank] += count(profile, .signedOut)
        counts[Explanation.Rule.unreachable.rank] += count(profile, .unreachable)
        counts[Explanation.Rule.offHours.rank] += count(profile, .offHours)
        counts[Explanation.Rule.notReady.rank] += count(profile, .notReady)
        let ready = readyCount(profile, contactClass)
        counts[Explanation.Rule.capacity.rank] += count(profile, .available) - ready
        let rule: Explanation.Rule = mayTake(pool: profilePool[profile], contactClass) ? .laterInOrder : .reserved
        counts[rule.rank] += ready
    }

    private func readyCount(_ profile: Int, _ contactClass: Int) -> Int {
        var ready = 0
        for situation in 0..<situations.count
        where situations[situation].lists > 0
            && situations[situation].open >> UInt64(lines[contactClass].channel) & 1 == 1
        {
            ready += Int(readyLists[situation * profileWords * 64 + profile].count)
        }
        if freed != none, Int(agents[freed].profile) == profile, isRoom(for: contactClass, agents[freed]) { ready += 1 }
        return ready
    }

    /// How many contacts wait that the agent could take now.
    func contactsWithinReach(of agent: Int) -> Int {
        guard agents[agent].situation != AgentLine.noSituation else { return 0 }
        var count = 0
        for index in 0..<classes.count where lines[index].head != none {
            // Who has waited longer is within no fewer rings: where the last is within reach, all are.
            if ring(of: UInt32(agent), for: lines[index].tail) != nil {
                count += Int(lines[index].length)
                continue
            }
            var slot = lines[index].head
            while slot != none, ring(of: UInt32(agent), for: slot) != nil {
                count += 1
                slot = contacts[slot].next
            }
        }
        for slot in exceptionOrder where ring(of: UInt32(agent), for: slot) != nil { count += 1 }
        var slot = agents[agent].alone
        while slot != none {
            if ring(of: UInt32(agent), for: slot) != nil { count += 1 }
            slot = contacts[slot].next
        }
        return count
    }

    func knownCensus(of contactClass: Int) -> [Explanation.Dropped]? {
        let known = classes[contactClass].census
        return known.generation == generation ? known.dropped : nil
    }

    mutating func keepCensus(_ census: [Explanation.Dropped], of contactClass: Int) {
        classes[contactClass].census = (generation, census)
    }
}
