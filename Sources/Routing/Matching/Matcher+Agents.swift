import InteractionModel

extension Matcher {
    /// Moves an agent to where `seat` belongs; nil takes the agent out. An agent to whom more is open than before seeks.
    package mutating func place(_ agent: Int, _ seat: Seat?) {
        makeUnique()
        if agent >= agents.count { agents.grow(to: agent + 1, filledWith: AgentLine()) }
        generation &+= 1
        let old = agents[agent]
        let hadOpen = old.situation == AgentLine.noSituation ? 0 : situations[Int(old.situation)].open
        guard let seat else {
            count(old, by: -1)
            return takeOut(agent, old)
        }
        var new = old
        new.key = Self.ordered(seat.key)
        new.since = Self.ordered(seat.since)
        new.profile = UInt32(truncatingIfNeeded: seat.profile)
        new.load = UInt16(clamping: seat.load)
        new.condition = seat.condition
        new.isPlaced = true
        let open = seat.condition == .available ? seat.open : 0
        new.situation = open == 0 ? AgentLine.noSituation : situation(open: open, load: new.load)
        recount(old, new)
        if old.isListed {
            if Self.stand(old, new) {
                agents[agent] = new
                return
            }
            unlist(agent)
            new.isListed = false
        }
        agents[agent] = new
        if new.alone != none, !seat.condition.isReachable { releaseAlone(of: agent) }
        let seeksMore = open & ~hadOpen != 0 || (open != 0 && new.profile != old.profile)
        settle(agent, isOpen: open != 0, seeks: seeksMore)
    }

    /// Whether a listed agent keeps its place.
    private static func stand(_ old: AgentLine, _ new: AgentLine) -> Bool {
        old.situation == new.situation && old.profile == new.profile && old.key == new.key && old.since == new.since
            && old.load == new.load
    }

    private mutating func takeOut(_ agent: Int, _ old: AgentLine) {
        guard old.isPlaced else { return }
        if old.isListed { unlist(agent) }
        if freed == UInt32(agent) { freed = none }
        var new = AgentLine()
        new.alone = old.alone
        agents[agent] = new
        if new.alone != none { releaseAlone(of: agent) }
    }

    /// The only seeker does not join a list before it has looked: most often it is taken at once.
    private mutating func settle(_ agent: Int, isOpen: Bool, seeks: Bool) {
        let isFreed = freed == UInt32(agent)
        if !isOpen {
            if isFreed { freed = none }
        } else if isFreed {
            return
        } else if seeks, freed == none, newcomer == none, !seeksWidely {
            freed = UInt32(agent)
        } else {
            list(agent)
            guard seeks else { return }
            seekingAgents.append(UInt32(agent))
            seeksWidely = true
        }
    }

    /// The same order, without a sign.
    @inline(__always)
    static func ordered(_ number: Int64) -> UInt64 { UInt64(bitPattern: number) ^ 1 << 63 }

    // MARK: Counts

    @inline(__always)
    private mutating func recount(_ old: AgentLine, _ new: AgentLine) {
        let isSame = old.isPlaced && old.profile == new.profile && old.condition == new.condition
        if isSame, profilePool[new.profile] == Self.noPool || (old.load == 0) == (new.load == 0) { return }
        count(old, by: -1)
        count(new, by: 1)
    }

    private mutating func count(_ line: AgentLine, by step: Int) {
        guard line.isPlaced else { return }
        let index = Int(line.profile) &* 5 &+ Int(line.condition.rawValue)
        census[index] = UInt32(truncatingIfNeeded: Int(census[index]) &+ step)
        let pool = profilePool[line.profile]
        if pool != Self.noPool, line.condition == .available, line.load == 0 { countIdle(Int(pool), by: step) }
    }

    private mutating func countIdle(_ pool: Int, by step: Int) {
        let wasOpen = pools[pool].isOpen
        pools[pool].idle += step
        guard wasOpen != pools[pool].isOpen else { return }
        closedPools += wasOpen ? 1 : -1
        if wasOpen {
            openedPools.removeAll { $0 == pool }
        } else {
            openedPools.append(pool)
            seeksWidely = true
        }
    }

    // MARK: Situations

    private mutating func situation(open: UInt64, load: UInt16) -> UInt16 {
        let load = min(load, Situation.loadMax)
        for index in 0..<situations.count where situations[index].load == load && situations[index].open == open {
            return UInt16(index)
        }
        return makeSituation(Situation(open: open, load: load))
    }

    /// There are as many as agents are ever seen in at one time, for a plan of few channels a handful; one that no agent is in is used
    /// again.
    private mutating func makeSituation(_ made: Situation) -> UInt16 {
        var index = 0
        while index < situations.count, situations[index].lists != 0 || isFreedIn(index) { index += 1 }
        if situations.count < Self.situationsBeforeReuse || index == situations.count {
            index = situations.count
            situations.append(made)
            readyLists.grow(to: situations.count * 64 * profileWords, filledWith: ReadyList())
            readyKeys.grow(to: situations.count * 64 * profileWords, filledWith: Self.noKey)
            readyLows.grow(to: situations.count * profileWords, filledWith: Self.noKey)
            situationOrder.append(0)
        } else {
            situations[index] = made
        }
        let order = (0..<situations.count).sorted { (situations[$0].load, $0) < (situations[$1].load, $1) }
        for (place, situation) in order.enumerated() { situationOrder[place] = UInt16(situation) }
        return UInt16(index)
    }

    static let situationsBeforeReuse = 32

    private func isFreedIn(_ situation: Int) -> Bool {
        freed != none && Int(agents[freed].situation) == situation
    }

    // MARK: Ready lists

    @inline(__always)
    func isChosenBefore(_ one: UInt32, _ other: UInt32) -> Bool {
        let (first, second) = (agents[one], agents[other])
        if first.key != second.key { return first.key < second.key }
        if first.since != second.since { return first.since < second.since }
        return one < other
    }

    /// Whoever became idle last belongs at the end; who only came back to an old place is most often near the front. So the place is
    /// looked for from both ends at once.
    mutating func list(_ agent: Int) {
        let me = UInt32(truncatingIfNeeded: agent)
        let line = agents[agent]
        let row = Int(line.situation) &* profileWords
        let index = row &* 64 &+ Int(line.profile)
        var ends = readyLists[index]
        var before = ends.tail
        var after = ends.head
        if before == none {
            situations[Int(line.situation)].lists &+= 1
        } else if !isChosenBefore(me, before) {
            after = none
        } else if isChosenBefore(me, after) {
            before = none
        } else {
            // From here on `before` comes after the agent, and `after` before it, until one of them is passed.
            while true {
                let previous = agents[before].previous
                if !isChosenBefore(me, previous) {
                    after = before
                    before = previous
                    break
                }
                before = previous
                let next = agents[after].next
                if isChosenBefore(me, next) {
                    before = after
                    after = next
                    break
                }
                after = next
            }
        }
        agents[agent].previous = before
        agents[agent].next = after
        agents[agent].isListed = true
        if after == none { ends.tail = me } else { agents[after].previous = me }
        if before == none {
            ends.head = me
            setReadyKey(row, Int(line.profile), line.key)
        } else {
            agents[before].next = me
        }
        ends.count &+= 1
        readyLists[index] = ends
    }

    mutating func unlist(_ agent: Int) {
        let line = agents[agent]
        let row = Int(line.situation) &* profileWords
        let index = row &* 64 &+ Int(line.profile)
        var ends = readyLists[index]
        if line.next == none { ends.tail = line.previous } else { agents[line.next].previous = line.previous }
        if line.previous == none {
            ends.head = line.next
            setReadyKey(row, Int(line.profile), line.next == none ? Self.noKey : agents[line.next].key)
            if line.next == none { situations[Int(line.situation)].lists &-= 1 }
        } else {
            agents[line.previous].next = line.next
        }
        ends.count &-= 1
        readyLists[index] = ends
        agents[agent].isListed = false
    }

    @inline(__always)
    private mutating func setReadyKey(_ row: Int, _ profile: Int, _ key: UInt64) {
        Self.setKey(&readyKeys, &readyLows, row, profile, key)
    }

    /// Sets one key of a row of blocks of 64, and keeps the least of its block.
    @inline(__always)
    static func setKey(
        _ keys: inout FlatTable<UInt64>, _ lows: inout FlatTable<UInt64>, _ row: Int, _ index: Int, _ key: UInt64
    ) {
        let place = row &* 64 &+ index
        let old = keys[place]
        if old == key { return }
        keys[place] = key
        let block = row &+ index >> 6
        let low = lows[block]
        if key <= low {
            lows[block] = key
        } else if old == low {
            lows[block] = leastKey(keys, from: block &* 64)
        }
    }

    /// The least of 64, in four chains: one chain waits for each comparison.
    @inline(__always)
    private static func leastKey(_ keys: FlatTable<UInt64>, from first: Int) -> UInt64 {
        var (one, two, three, four) = (noKey, noKey, noKey, noKey)
        var place = first
        while place < first &+ 64 {
            one = min(one, keys[place])
            two = min(two, keys[place &+ 1])
            three = min(three, keys[place &+ 2])
            four = min(four, keys[place &+ 3])
            place &+= 4
        }
        return min(min(one, two), min(three, four))
    }
}
