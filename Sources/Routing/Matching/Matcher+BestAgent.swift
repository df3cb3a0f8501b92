import InteractionModel

extension Matcher {
    struct BestAgent {
        var agent = none
        var ring = 0
        var compared = 0
    }

    /// The least key so far, and where its list is; between equal keys the agents themselves decide.
    private struct BestList {
        var key = Matcher.noKey - 1
        var agent = none
        var compared = 0
    }

    /// The best of the agents who could take the contact, with `rings` of its queue's rings open.
    func bestAgent(for slot: UInt32, rings: Int) -> BestAgent {
        let contact = contacts[slot]
        if contact.preferred != none {
            if let ring = ring(of: contact.preferred, for: slot) {
                return BestAgent(agent: contact.preferred, ring: ring, compared: 1)
            }
            if contact.place == .alone { return BestAgent() }
        }
        let contactClass = Int(contact.contactClass)
        let line = lines[contactClass]
        guard line.channel != Self.noChannel else { return BestAgent() }
        let search = Search(
            channel: UInt64(line.channel), closed: closedPools == 0 ? -1 : contactClass, exception: contact.exception,
            usesLoad: line.usesLoad)
        var step = Int(line.firstStep)
        let last = step &+ Int(line.steps)
        while step < last, Int(steps[step].ring) < rings {
            // Steps that differ only in what is tried after the load go together.
            var end = step &+ 1
            while end < last, steps[end].ring == steps[step].ring, steps[end].before == steps[step].before { end &+= 1 }
            let best = bestAgent(steps: step..<end, search)
            if best.agent != none {
                return BestAgent(agent: best.agent, ring: Int(steps[step].ring), compared: best.compared)
            }
            step = end
        }
        return BestAgent()
    }

    private struct Search {
        var channel: UInt64
        /// The class whose rights to closed reserves must be asked; -1 when no reserve is closed.
        var closed: Int
        /// Index of the contact's exceptions, or none.
        var exception: UInt32
        var usesLoad: Bool
    }

    /// The best in a group of rank steps equal in all that comes before the load: by load, then by step, then by idleness.
    @inline(__always)
    private func bestAgent(steps group: Range<Int>, _ search: Search) -> BestList {
        var best = BestList()
        var place = 0
        let count = situationOrder.count
        while place < count {
            let load = situations[Int(situationOrder[place])].load
            var end = place &+ 1
            if search.usesLoad {
                if load == Situation.loadMax { return bestCrowded(group, place, search) }
                while end < count, situations[Int(situationOrder[end])].load == load { end &+= 1 }
            } else {
                end = count
            }
            for step in group {
                for other in place..<end {
                    compareLists(Int(situationOrder[other]), step, search, &best)
                }
                if best.agent != none { return best }
            }
            place = end
        }
        return best
    }

    @inline(__always)
    private func compareLists(_ situation: Int, _ step: Int, _ search: Search, _ best: inout BestList) {
        let seen = situations[situation]
        guard seen.lists != 0, seen.open &>> search.channel & 1 == 1 else { return }
        let row = situation &* profileWords
        let mask = step &* profileWords
        let words = (profiles.count &+ 63) >> 6
        for word in 0..<words where readyLows[row &+ word] <= best.key {
            var bits = stepRows[mask &+ word]
            if search.closed >= 0, bits != 0 { bits &= ~keptBack(word, from: search.closed) }
            let first = (row &+ word) &* 64
            while bits != 0 {
                let bit = bits.trailingZeroBitCount
                bits &= bits &- 1
                if readyKeys[first &+ bit] <= best.key { compareHead(first &+ bit, search.exception, &best) }
            }
        }
    }

    @inline(__always)
    private func compareHead(_ list: Int, _ exception: UInt32, _ best: inout BestList) {
        best.compared &+= 1
        var agent = readyLists[list].head
        var key = readyKeys[list]
        if exception != none {
            agent = firstAllowed(agent, exception)
            guard agent != none else { return }
            key = agents[agent].key
        }
        if key < best.key || (key == best.key && (best.agent == none || isChosenBefore(agent, best.agent))) {
            best.key = key
            best.agent = agent
        }
    }

    private func firstAllowed(_ head: UInt32, _ exception: UInt32) -> UInt32 {
        var agent = head
        while agent != none, isExcluded(agent, exception) { agent = agents[agent].next }
        return agent
    }

    private func isExcluded(_ agent: UInt32, _ exception: UInt32) -> Bool {
        exceptions[Int(exception)].exclusions.contains { $0.agent == Int(agent) && $0.until.milliseconds > now }
    }

    /// The profiles of one word whose reserve is closed to the class.
    func keptBack(_ word: Int, from contactClass: Int) -> UInt64 {
        var kept: UInt64 = 0
        for pool in pools.indices where !mayTake(pool: UInt8(pool), contactClass) {
            kept |= poolProfiles[pool * profileWords + word]
        }
        return kept
    }

    /// Those who hold `Situation.loadMax` contacts or more share their lists whatever they hold: each is looked at.
    private func bestCrowded(_ group: Range<Int>, _ place: Int, _ search: Search) -> BestList {
        var best = BestList()
        var bestRank: (load: UInt16, step: Int) = (.max, .max)
        for other in place..<situationOrder.count {
            let situation = Int(situationOrder[other])
            guard situations[situation].open >> search.channel & 1 == 1 else { continue }
            for step in group {
                for profile in profiles.indices {
                    let word = stepRows[step * profileWords + profile >> 6]
                    let kept = search.closed < 0 ? 0 : keptBack(profile >> 6, from: search.closed)
                    guard (word & ~kept) >> UInt64(profile & 63) & 1 == 1 else { continue }
                    var agent = readyLists[situation * profileWords * 64 + profile].head
                    while agent != none {
                        let rank = (agents[agent].load, step)
                        let isBetter =
                            rank == bestRank ? best.agent == none || isChosenBefore(agent, best.agent) : rank < bestRank
                        best.compared += 1
                        if isBetter, search.exception == none || !isExcluded(agent, search.exception) {
                            (best.agent, bestRank) = (agent, rank)
                        }
                        agent = agents[agent].next
                    }
                }
            }
        }
        return best
    }
}
