package import InteractionModel

extension Matcher {
    // MARK: Coming and going

    /// A contact waits from now on, at the place that `stamp` gives it, and seeks. Returns its number while it waits.
    package mutating func enter(
        _ contact: InteractionID, since stamp: Timestamp, in contactClass: Int, _ exception: ContactException? = nil
    ) -> Int {
        makeUnique()
        let slot = takeSlot()
        var line = ContactLine()
        line.number = contact.number
        line.stamp = stamp.milliseconds
        line.contactClass = UInt32(truncatingIfNeeded: contactClass)
        lines[contactClass].members &+= 1
        waiting[lines[contactClass].queue] &+= 1
        contacts[slot] = line
        if let exception { note(exception, of: slot) }
        settle(slot)
        return Int(slot)
    }

    /// The contact waits no more.
    package mutating func leave(_ slot: Int) {
        makeUnique()
        let slot = UInt32(truncatingIfNeeded: slot)
        let line = contacts[slot]
        assert(line.place != .free, "contact \(line.number) does not wait")
        stepOut(slot, line)
        if line.seeks { seekingContacts.removeAll { $0 == slot } }
        if line.exception != none {
            contactTimers.remove(Int(slot))
            exceptions[Int(line.exception)] = ContactException()
            freeExceptions.append(line.exception)
        }
        lines[line.contactClass].members &-= 1
        waiting[lines[line.contactClass].queue] &-= 1
        contacts[slot].place = .free
        contacts[slot].next = freeContact
        freeContact = slot
    }

    private mutating func takeSlot() -> UInt32 {
        if freeContact == none {
            contacts.append(ContactLine())
            return UInt32(contacts.count - 1)
        }
        let slot = freeContact
        freeContact = contacts[slot].next
        return slot
    }

    private mutating func note(_ exception: ContactException, of slot: UInt32) {
        contacts[slot].preferred = exception.preferred.map { UInt32($0) } ?? none
        guard !exception.exclusions.isEmpty || exception.aloneUntil != nil else { return }
        let index = freeExceptions.popLast() ?? UInt32(exceptions.count)
        if index < exceptions.count { exceptions[Int(index)] = exception } else { exceptions.append(exception) }
        contacts[slot].exception = index
    }

    /// Puts a contact that stands nowhere where it belongs now, as one who seeks.
    private mutating func settle(_ slot: UInt32) {
        let line = contacts[slot]
        if line.exception != none { return settleException(slot, line) }
        if newcomer == none, freed == none, !seeksWidely {
            contacts[slot].place = .newcomer
            newcomer = slot
        } else {
            joinLine(slot)
            seek(forClass: Int(line.contactClass))
        }
    }

    private mutating func settleException(_ slot: UInt32, _ line: ContactLine) {
        let now = now
        exceptions[Int(line.exception)].exclusions.removeAll { $0.until.milliseconds <= now }
        var exception = exceptions[Int(line.exception)]
        if let until = exception.aloneUntil, until.milliseconds <= now || !isReachable(line.preferred) {
            exceptions[Int(line.exception)].aloneUntil = nil
            exception.aloneUntil = nil
        }
        if exception.aloneUntil != nil {
            joinAlone(slot, agent: line.preferred)
        } else if !exception.exclusions.isEmpty {
            joinExceptions(slot)
        } else {
            contactTimers.remove(Int(slot))
            joinLine(slot)
            return seek(forClass: Int(line.contactClass))
        }
        seek(forContact: slot)
        armContact(slot, line, exception)
    }

    private func isReachable(_ agent: UInt32) -> Bool {
        agent < agents.count && agents[agent].isPlaced && agents[agent].condition.isReachable
    }

    private mutating func armContact(_ slot: UInt32, _ line: ContactLine, _ exception: ContactException) {
        var next = exception.aloneUntil?.milliseconds ?? .max
        for exclusion in exception.exclusions { next = min(next, exclusion.until.milliseconds) }
        let contactClass = Int(line.contactClass)
        let open = openRings(contactClass, since: line.stamp)
        if open < Int(lines[contactClass].rings) {
            next = min(next, line.stamp + ringAfter[Int(lines[contactClass].queue) * Self.ringsMax + open])
        }
        guard next != .max else { return contactTimers.remove(Int(slot)) }
        contactTimers.set(Int(slot), to: next)
        nextTimer = min(nextTimer, next)
    }

    /// Out of wherever it stands.
    private mutating func stepOut(_ slot: UInt32, _ line: ContactLine) {
        switch line.place {
        case .free: break
        case .newcomer: newcomer = none
        case .line: leaveLine(slot, line)
        case .exception: exceptionOrder.remove(at: placeAmongExceptions(slot))
        case .alone: leaveAlone(slot, line)
        }
    }

    // MARK: Lines

    /// Most come last; who comes back to an old place is most often near the front. So the place is looked for from both ends.
    mutating func joinLine(_ slot: UInt32) {
        let contactClass = Int(contacts[slot].contactClass)
        var before = lines[contactClass].tail
        var after = lines[contactClass].head
        if before == none || isBefore(before, slot) {
            after = none
        } else if isBefore(slot, after) {
            before = none
        } else {
            while true {
                let previous = contacts[before].previous
                if isBefore(previous, slot) {
                    after = before
                    before = previous
                    break
                }
                before = previous
                let next = contacts[after].next
                if isBefore(slot, next) {
                    before = after
                    after = next
                    break
                }
                after = next
            }
        }
        lines[contactClass].length &+= 1
        contacts[slot].place = .line
        contacts[slot].previous = before
        contacts[slot].next = after
        if after == none { lines[contactClass].tail = slot } else { contacts[after].previous = slot }
        if before == none {
            lines[contactClass].head = slot
            headChanged(contactClass)
        } else {
            contacts[before].next = slot
        }
    }

    @inline(__always)
    func isBefore(_ one: UInt32, _ other: UInt32) -> Bool {
        let (first, second) = (contacts[one], contacts[other])
        return first.stamp == second.stamp ? first.number < second.number : first.stamp < second.stamp
    }

    private mutating func leaveLine(_ slot: UInt32, _ line: ContactLine) {
        let contactClass = Int(line.contactClass)
        lines[contactClass].length &-= 1
        if line.next == none {
            lines[contactClass].tail = line.previous
        } else {
            contacts[line.next].previous = line.previous
        }
        if line.previous == none {
            lines[contactClass].head = line.next
            headChanged(contactClass)
        } else {
            contacts[line.previous].next = line.next
        }
    }

    /// Brings the keys of a class's head up to date, and the moment at which they must be looked at again. Only the head's rings
    /// need watching: while it waits nobody within its rings is able, so those behind it, within no more rings, wait rightly too.
    mutating func headChanged(_ contactClass: Int) {
        let line = lines[contactClass]
        var open = 0
        var key = Self.noKey
        if line.head != none, line.isOpen {
            let stamp = contacts[line.head].stamp
            open = openRings(contactClass, since: stamp)
            key = leastKey(of: line, since: stamp, isLifted: isLifted(line, since: stamp))
            arm(contactClass, line, since: stamp, open: open)
        }
        Self.setKey(&headKeys, &headLows, 0, contactClass, key)
        if open != Int(line.keyed) { setOpenRings(contactClass, from: Int(line.keyed), to: open) }
    }

    private mutating func setOpenRings(_ contactClass: Int, from old: Int, to new: Int) {
        let first = (contactClass >> 6) * ringCount
        let bit: UInt64 = 1 << UInt64(contactClass & 63)
        for ring in min(old, new)..<max(old, new) {
            if ring < new { headRings[first + ring] |= bit } else { headRings[first + ring] &= ~bit }
        }
        lines[contactClass].keyed = UInt8(truncatingIfNeeded: new)
    }

    @inline(__always)
    private mutating func arm(_ contactClass: Int, _ line: ClassLine, since stamp: Int64, open: Int) {
        var next = Int64.max
        if open < Int(line.rings) { next = stamp &+ ringAfter[Int(line.queue) &* Self.ringsMax &+ open] }
        if line.liftAfter != .max, !isLifted(line, since: stamp) { next = min(next, stamp &+ line.liftAfter) }
        // An earlier moment may stay: looking too early does no harm.
        guard next < line.armedAt else { return }
        lines[contactClass].armedAt = next
        classTimers.set(contactClass, to: next)
        nextTimer = min(nextTimer, next)
    }

    // MARK: Contacts outside the lines

    private mutating func joinExceptions(_ slot: UInt32) {
        contacts[slot].place = .exception
        exceptionOrder.insert(slot, at: placeAmongExceptions(slot))
    }

    private func placeAmongExceptions(_ slot: UInt32) -> Int {
        let key = leastKey(of: slot)
        let number = contacts[slot].number
        var low = 0
        var high = exceptionOrder.count
        while low < high {
            let middle = (low + high) / 2
            let other = exceptionOrder[middle]
            let otherKey = leastKey(of: other)
            if otherKey < key || (otherKey == key && contacts[other].number < number) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    private mutating func joinAlone(_ slot: UInt32, agent: UInt32) {
        let first = agents[agent].alone
        contacts[slot].place = .alone
        aloneOrder.insert(slot, at: placeAmongAlone(slot))
        contacts[slot].previous = none
        contacts[slot].next = first
        if first != none { contacts[first].previous = slot }
        agents[agent].alone = slot
    }

    private func placeAmongAlone(_ slot: UInt32) -> Int {
        var low = 0
        var high = aloneOrder.count
        while low < high {
            let middle = (low + high) / 2
            if aloneOrder[middle] < slot { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func leaveAlone(_ slot: UInt32, _ line: ContactLine) {
        aloneOrder.remove(at: placeAmongAlone(slot))
        if line.next != none { contacts[line.next].previous = line.previous }
        if line.previous == none {
            agents[line.preferred].alone = line.next
        } else {
            contacts[line.previous].next = line.next
        }
    }

    /// The agent went: whoever waited for that agent alone waits for anybody, and does not go back to waiting so.
    mutating func releaseAlone(of agent: Int) {
        while agents[agent].alone != none {
            let slot = agents[agent].alone
            reconsider(slot)
        }
    }

    /// Time or an agent changed something for a contact outside the lines.
    mutating func reconsider(_ slot: UInt32) {
        stepOut(slot, contacts[slot])
        if contacts[slot].seeks {
            contacts[slot].seeks = false
            seekingContacts.removeAll { $0 == slot }
        }
        settle(slot)
    }

    // MARK: Order

    /// How many rings are open to who has waited since `stamp`: at least the queue itself.
    @inline(__always)
    func openRings(_ contactClass: Int, since stamp: Int64) -> Int {
        let rings = Int(lines[contactClass].rings)
        let first = Int(lines[contactClass].queue) &* Self.ringsMax
        var open = 1
        while open < rings, ringAfter[first &+ open] <= now &- stamp { open &+= 1 }
        return open
    }

    @inline(__always)
    func isLifted(_ line: ClassLine, since stamp: Int64) -> Bool { now &- stamp >= line.liftAfter }

    /// A contact's place as one number, smaller first: the band, then the place in time. Exact within ±18 million years.
    @inline(__always)
    static func key(band: Int, place: Int64) -> UInt64 {
        let bound: Int64 = 1 << 59
        let inside = min(max(place, 1 - bound), bound - 2)
        return UInt64(truncatingIfNeeded: bandMax &- band) << 60 | UInt64(bitPattern: inside &+ bound)
    }

    /// The key of who has waited since `stamp` if all the head start that waiting can earn were earned already.
    @inline(__always)
    func leastKey(of line: ClassLine, since stamp: Int64, isLifted: Bool) -> UInt64 {
        Self.key(
            band: isLifted ? Self.bandMax : Int(line.band),
            place: stamp &- line.headStart &- line.agingMax)
    }

    /// The least key that a contact can come to have: never changes.
    func leastKey(of slot: UInt32) -> UInt64 {
        let contact = contacts[slot]
        let line = lines[contact.contactClass]
        return leastKey(of: line, since: contact.stamp, isLifted: line.liftAfter != .max)
    }

    /// The key as of now.
    func exactKey(of slot: UInt32) -> UInt64 {
        let contact = contacts[slot]
        let line = lines[contact.contactClass]
        var key = leastKey(of: line, since: contact.stamp, isLifted: isLifted(line, since: contact.stamp))
        if line.agingMax != 0 {
            let waited = Span(milliseconds: max(0, now &- contact.stamp))
            let earned = queueRules[Int(line.queue)].plan.aging.headStart(after: waited).milliseconds
            key &+= UInt64(bitPattern: line.agingMax &- earned)
        }
        return key
    }
}
