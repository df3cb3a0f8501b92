import InteractionModel

extension Matcher {
    /// The next decision at `moment`, or nil when no waiting contact can be taken by anyone: of all that some agent could take, the
    /// first in order, and the best of those agents. Whoever asks must carry it out (`leave`, `place`) before asking again.
    ///
    /// Before an input there is no such pair, so each has a seeker in it. One newcomer or one freed agent looks by itself; when there
    /// are more, every contact that might now find somebody seeks, and the first of them in order chooses first.
    mutating func nextPair(at moment: Timestamp, explaining: Bool = true) -> Match? {
        advance(to: moment)
        guard seeksWidely || newcomer != none || freed != none else { return nil }
        makeUnique()
        if !seeksWidely {
            if freed == none { return pairOfNewcomer(explaining) }
            if newcomer == none { return pairOfFreed(explaining) }
        }
        return firstOfSeekers(explaining)
    }

    // MARK: One newcomer

    private mutating func pairOfNewcomer(_ explaining: Bool) -> Match? {
        let slot = newcomer
        let contactClass = Int(contacts[slot].contactClass)
        let head = lines[contactClass].head
        // Whoever waits before it needs the same and has found nobody.
        if lines[contactClass].isOpen, head == none || isBefore(slot, head) {
            let rings = openRings(contactClass, since: contacts[slot].stamp)
            let best = bestAgent(for: slot, rings: rings)
            if best.agent != none { return match(slot, best, .contactSoughtAgent, explaining) }
        }
        newcomer = none
        joinLine(slot)
        return nil
    }

    private func match(
        _ slot: UInt32, _ best: BestAgent, _ search: Explanation.Search, _ explaining: Bool
    ) -> Match {
        let contact = contacts[slot]
        var reason = MatchReason()
        if explaining {
            let agent = agents[best.agent]
            reason = MatchReason(
                search: search, ring: best.ring, isPreferred: contact.preferred == best.agent, load: Int(agent.load),
                key: Int64(bitPattern: agent.key ^ 1 << 63), waited: Span(milliseconds: now &- contact.stamp),
                compared: best.compared)
        }
        return Match(
            contact: InteractionID(contact.number), slot: Int(slot), agent: Int(best.agent), reason: reason)
    }

    // MARK: One freed agent

    private mutating func pairOfFreed(_ explaining: Bool) -> Match? {
        let best = bestContact(for: freed)
        if best.slot != none {
            let agent = BestAgent(agent: freed, ring: best.ring, compared: best.compared)
            return match(best.slot, agent, .agentSoughtContact, explaining)
        }
        let agent = freed
        freed = none
        list(Int(agent))
        return nil
    }

    struct BestContact {
        var key = Matcher.noKey - 1
        var slot = none
        var ring = 0
        var compared = 0
    }

    /// The first in order of the contacts that `agent` could take now.
    func bestContact(for agent: UInt32) -> BestContact {
        let line = agents[agent]
        let open = situations[Int(line.situation)].open
        let pool = profilePool[line.profile]
        let kept = pool != Self.noPool && !pools[Int(pool)].isOpen ? Int(pool) &* classWords : -1
        var best = BestContact()
        for ring in 0..<ringCount {
            let row = (Int(line.profile) &* ringCount &+ ring) &* classWords
            compareHeads(ring, &best) { block in
                guard open &>> UInt64(blocks[block].channel) & 1 == 1 else { return 0 }
                return kept < 0 ? reach[row &+ block] : reach[row &+ block] & poolClasses[kept &+ block]
            }
        }
        if line.alone != none || !exceptionOrder.isEmpty { compareExceptions(agent, line.alone, &best) }
        return best
    }

    /// Compares the heads of the classes in `mask` that compete in `ring`. A block whose least key is later than the best so far is
    /// passed over: the least of all is a bound for those of the mask.
    @inline(__always)
    private func compareHeads(_ ring: Int, _ best: inout BestContact, _ mask: (Int) -> UInt64) {
        let row = ring &* classWords
        for block in 0..<blocks.count where headLows[row &+ block] <= best.key {
            var bits = mask(block)
            let first = (row &+ block) &* 64
            while bits != 0 {
                let bit = bits.trailingZeroBitCount
                bits &= bits &- 1
                let key = headKeys[first &+ bit]
                if key <= best.key { compare(block &* 64 &+ bit, key, ring, blocks[block].isAging, &best) }
            }
        }
    }

    @inline(__always)
    private func compare(_ contactClass: Int, _ key: UInt64, _ ring: Int, _ isAging: Bool, _ best: inout BestContact) {
        best.compared &+= 1
        let head = lines[contactClass].head
        let exact = isAging ? exactKey(of: head) : key
        if exact < best.key || (exact == best.key && isNumberLess(head, best.slot)) {
            best.key = exact
            best.slot = head
            best.ring = ring
        }
    }

    private func isNumberLess(_ one: UInt32, _ other: UInt32) -> Bool {
        other == none || contacts[one].number < contacts[other].number
    }

    private func compareExceptions(_ agent: UInt32, _ alone: UInt32, _ best: inout BestContact) {
        for slot in exceptionOrder {
            guard leastKey(of: slot) <= best.key else { break }
            compareException(slot, agent, &best)
        }
        var slot = alone
        while slot != none {
            compareException(slot, agent, &best)
            slot = contacts[slot].next
        }
    }

    private func compareException(_ slot: UInt32, _ agent: UInt32, _ best: inout BestContact) {
        best.compared += 1
        let key = exactKey(of: slot)
        guard key < best.key || (key == best.key && isNumberLess(slot, best.slot)) else { return }
        guard let ring = ring(of: agent, for: slot) else { return }
        best.key = key
        best.slot = slot
        best.ring = ring
    }

    // MARK: One pair

    /// The ring of an agent for a contact that it could take now; nil when it could not, by whatever rule.
    func ring(of agent: UInt32, for slot: UInt32) -> Int? {
        let contact = contacts[slot]
        let contactClass = Int(contact.contactClass)
        let line = lines[contactClass]
        guard agent < agents.count, agents[agent].isPlaced, line.isOpen else { return nil }
        let seat = agents[agent]
        guard seat.situation != AgentLine.noSituation, line.channel != Self.noChannel,
            situations[Int(seat.situation)].open >> UInt64(line.channel) & 1 == 1
        else { return nil }
        let rings = openRings(contactClass, since: contact.stamp)
        guard let ring = ring(of: Int(seat.profile), reaching: contactClass), ring < rings else { return nil }
        if !mayTake(pool: profilePool[seat.profile], contactClass) { return nil }
        if contact.place == .alone, contact.preferred != agent { return nil }
        return excludes(contact, agent) ? nil : ring
    }

    /// The least ring in which a profile may take a class, open or not.
    func ring(of profile: Int, reaching contactClass: Int) -> Int? {
        (0..<ringCount).first { ring in
            let word = reach[(profile * ringCount + ring) * classWords + contactClass >> 6]
            return word >> UInt64(contactClass & 63) & 1 == 1
        }
    }

    func mayTake(pool: UInt8, _ contactClass: Int) -> Bool {
        guard pool != Self.noPool, !pools[Int(pool)].isOpen else { return true }
        return poolClasses[Int(pool) * classWords + contactClass >> 6] >> UInt64(contactClass & 63) & 1 == 1
    }

    func excludes(_ contact: ContactLine, _ agent: UInt32) -> Bool {
        guard contact.exception != none else { return false }
        return exceptions[Int(contact.exception)].exclusions.contains {
            $0.agent == Int(agent) && $0.until.milliseconds > now
        }
    }

    // MARK: Several seekers

    private mutating func firstOfSeekers(_ explaining: Bool) -> Match? {
        settleSeekers()
        if !seekingAgents.isEmpty || !openedPools.isEmpty { spreadSeekers() }
        while let slot = firstSeeker() {
            let contact = contacts[slot]
            let contactClass = Int(contact.contactClass)
            let rings = openRings(contactClass, since: contact.stamp)
            let best = lines[contactClass].isOpen ? bestAgent(for: slot, rings: rings) : BestAgent()
            if best.agent != none { return match(slot, best, .contactSoughtAgent, explaining) }
            if contact.place == .line {
                stopSeeking(forClass: contactClass)
            } else {
                contacts[slot].seeks = false
                seekingContacts.removeAll { $0 == slot }
            }
        }
        endSeeking()
        return nil
    }

    /// The first in order of the heads of seeking classes and of the contacts that seek by themselves.
    private func firstSeeker() -> UInt32? {
        var best = BestContact()
        if seekingClassCount > 0 { compareHeads(0, &best) { seekingClasses[$0] } }
        for slot in seekingContacts {
            let key = exactKey(of: slot)
            guard key < best.key || (key == best.key && isNumberLess(slot, best.slot)) else { continue }
            best.key = key
            best.slot = slot
        }
        return best.slot == none ? nil : best.slot
    }
}
