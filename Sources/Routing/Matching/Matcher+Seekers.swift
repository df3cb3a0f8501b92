package import InteractionModel

extension Matcher {
    // MARK: Time

    /// Takes the time to be `moment`: opens rings, ends exclusions and the waiting for one agent. Whoever may find somebody because of
    /// it seeks. A moment in the past changes nothing.
    package mutating func advance(to moment: Timestamp) {
        guard moment.milliseconds > now else { return }
        now = moment.milliseconds
        if nextTimer <= now { runTimers() }
    }

    private mutating func runTimers() {
        makeUnique()
        while let contactClass = classTimers.takeDue(at: now) {
            let keyed = lines[contactClass].keyed
            lines[contactClass].armedAt = .max
            headChanged(contactClass)
            if lines[contactClass].keyed > keyed { seek(forClass: contactClass) }
        }
        while let slot = contactTimers.takeDue(at: now) { reconsider(UInt32(slot)) }
        nextTimer = min(classTimers.next ?? .max, contactTimers.next ?? .max)
    }

    /// The moment at which `advance` has something to do; it may be early.
    package var nextDeadline: Timestamp? {
        nextTimer == .max ? nil : Timestamp(milliseconds: nextTimer)
    }

    // MARK: Who seeks

    mutating func seek(forClass contactClass: Int) {
        seeksWidely = true
        let (word, bit) = (contactClass >> 6, UInt64(1) << UInt64(contactClass & 63))
        guard seekingClasses[word] & bit == 0 else { return }
        seekingClasses[word] |= bit
        seekingClassCount += 1
    }

    mutating func stopSeeking(forClass contactClass: Int) {
        seekingClasses[contactClass >> 6] &= ~(1 << UInt64(contactClass & 63))
        seekingClassCount -= 1
    }

    mutating func seek(forContact slot: UInt32) {
        seeksWidely = true
        guard !contacts[slot].seeks else { return }
        contacts[slot].seeks = true
        seekingContacts.append(slot)
    }

    mutating func seekForExceptions(ofQueue queue: UInt32) {
        for slot in exceptionOrder + aloneOrder where lines[contacts[slot].contactClass].queue == queue {
            seek(forContact: slot)
        }
    }

    /// Everyone looks again: after a restart, when nothing is known of what was looked for.
    mutating func seekAll() {
        makeUnique()
        settleSeekers()
        for index in 0..<classes.count where lines[index].isUsed && lines[index].head != none { seek(forClass: index) }
        for slot in exceptionOrder + aloneOrder { seek(forContact: slot) }
    }

    /// Nobody looks: what was folded had been looked for when it was recorded.
    mutating func forgetSeekers() {
        makeUnique()
        settleSeekers()
        endSeeking()
    }

    /// The two who had not joined a line yet do so, and seek on as others do.
    mutating func settleSeekers() {
        if newcomer != none {
            let slot = newcomer
            newcomer = none
            joinLine(slot)
            seek(forClass: Int(contacts[slot].contactClass))
        }
        if freed != none {
            let agent = freed
            freed = none
            list(Int(agent))
            seekingAgents.append(agent)
            seeksWidely = true
        }
    }

    mutating func endSeeking() {
        seekingClasses.fill(0..<seekingClasses.count, with: 0)
        seekingClassCount = 0
        for slot in seekingContacts { contacts[slot].seeks = false }
        seekingContacts.removeAll(keepingCapacity: true)
        seekingAgents.removeAll(keepingCapacity: true)
        openedPools.removeAll(keepingCapacity: true)
        seeksWidely = false
    }

    // MARK: From agents to classes

    /// Turns seeking agents into the classes and contacts they may take: from there on contacts seek.
    mutating func spreadSeekers() {
        if !seekingAgents.isEmpty { for slot in exceptionOrder { seek(forContact: slot) } }
        var last: (profile: UInt32, situation: UInt16) = (none, AgentLine.noSituation)
        for agent in seekingAgents {
            let line = agents[agent]
            guard line.situation != AgentLine.noSituation else { continue }
            var slot = line.alone
            while slot != none {
                seek(forContact: slot)
                slot = contacts[slot].next
            }
            guard (line.profile, line.situation) != last else { continue }
            last = (line.profile, line.situation)
            spread(Int(line.profile), situations[Int(line.situation)].open)
        }
        seekingAgents.removeAll(keepingCapacity: true)
        for pool in openedPools { spread(pool: pool) }
        openedPools.removeAll(keepingCapacity: true)
    }

    private mutating func spread(_ profile: Int, _ open: UInt64) {
        for block in 0..<blocks.count where open >> UInt64(blocks[block].channel) & 1 == 1 {
            var within: UInt64 = 0
            for ring in 0..<ringCount { within |= reach[(profile * classWords + block) * ringCount + ring] }
            let new = within & ~seekingClasses[block]
            seekingClasses[block] |= new
            seekingClassCount += new.nonzeroBitCount
        }
    }

    /// All members with room may now take what they were kept back from.
    private mutating func spread(pool: Int) {
        for slot in exceptionOrder { seek(forContact: slot) }
        for situation in 0..<situations.count where situations[situation].lists > 0 {
            for profile in profiles.indices where profilePool[profile] == UInt8(pool) {
                guard readyLists[situation * profileWords * 64 + profile].count > 0 else { continue }
                spread(profile, situations[situation].open)
            }
        }
        for slot in aloneOrder {
            let agent = agents[contacts[slot].preferred]
            if agent.isPlaced, profilePool[agent.profile] == UInt8(pool) { seek(forContact: slot) }
        }
    }
}
