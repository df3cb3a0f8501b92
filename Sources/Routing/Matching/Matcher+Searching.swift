package import InteractionModel

extension Matcher {
    /// The next decision at `moment`, or nil when no waiting contact can be taken by anyone: of all that some agent could take, the
    /// first in order, and the best of those agents. Whoever asks must carry it out (`leave`, `place`) before asking again.
    ///
    /// Before an input there is no such pair, so each has a seeker in it. One newcomer or one freed agent looks by itself; when there
    /// are more, every contact that might now find somebody seeks, and the first of them in order chooses first.
    package mutating func nextPair(at moment: Timestamp, explaining: Bool = true) -> Match? {
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
            var agent = BestAgent(agent: freed, ring: 0, compared: best.compared)
            if explaining {
                let contactClass = Int(contacts[best.slot].contactClass)
                agent.ring = ring(of: Int(agents[freed].profile), reaching: contactClass) ?? 0
            }
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
        /// The class whose head it is, or -1.
        var contactClass = -1
        var compared = 0
    }

    /// The first in order of the contacts that `agent` could take now.
    ///
    /// A block whose least key is later than the best so far is passed over: the least of all is a bound for those of the mask.
    func bestContact(for agent: UInt32) -> BestContact {
        let line = agents[agent]
        let open = situations[Int(line.situation)].open
        let pool = profilePool[line.profile]
        let kept = pool != Self.noPool && !pools[Int(pool)].isOpen ? Int(pool) &* classWords : -1
        let row = Int(line.profile) &* classWords
        var best = BestContact()
        for block in 0..<blocks.count where headLows[block] <= best.key {
            guard open &>> UInt64(blocks[block].channel) & 1 == 1 else { continue }
            var bits: UInt64 = 0
            for ring in 0..<ringCount {
                bits |= reach[(row &+ block) &* ringCount &+ ring] & headRings[block &* ringCount &+ ring]
            }
            if kept >= 0 { bits &= poolClasses[kept &+ block] }
            compareHeads(block, bits, &best)
        }
        if best.contactClass >= 0 { best.slot = lines[best.contactClass].head }
        if line.alone != none || !exceptionOrder.isEmpty { compareExceptions(agent, line.alone, &best) }
        return best
    }

    @inline(__always)
    private func compareHeads(_ block: Int, _ mask: UInt64, _ best: inout BestContact) {
        var bits = mask
        while bits != 0 {
            let index = block &* 64 &+ bits.trailingZeroBitCount
            bits &= bits &- 1
            let key = headKeys[index]
            guard key <= best.key else { continue }
            best.compared &+= 1
            if blocks[block].isAging || key == best.key {
                compareExactly(index, &best)
            } else {
                best.key = key
                best.contactClass = index
            }
        }
    }

    /// Where the key of the head is only a bound, or as good as another's.
    @inline(never)
    private func compareExactly(_ contactClass: Int, _ best: inout BestContact) {
        let key = exactKey(of: lines[contactClass].head)
        let known = best.contactClass < 0 ? none : lines[best.contactClass].head
        guard key < best.key || (key == best.key && isNumberLess(lines[contactClass].head, known)) else { return }
        best.key = key
        best.contactClass = contactClass
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
        guard ring(of: agent, for: slot) != nil else { return }
        best.key = key
        best.slot = slot
        best.contactClass = -1
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
        let first = (profile &* classWords &+ contactClass >> 6) &* ringCount
        var ring = 0
        while ring < ringCount {
            if reach[first &+ ring] &>> UInt64(contactClass & 63) & 1 == 1 { return ring }
            ring &+= 1
        }
        return nil
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
        if seekingClassCount > 0 {
            for block in 0..<blocks.count where headLows[block] <= best.key {
                compareHeads(block, seekingClasses[block], &best)
            }
            if best.contactClass >= 0 { best.slot = lines[best.contactClass].head }
        }
        for slot in seekingContacts {
            let key = exactKey(of: slot)
            guard key < best.key || (key == best.key && isNumberLess(slot, best.slot)) else { continue }
            best.key = key
            best.slot = slot
        }
        return best.slot == none ? nil : best.slot
    }
}
