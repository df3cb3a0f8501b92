/// What the clocks of one time zone show, as a table: so that no decision asks the machine's own data, which change.
///
/// All moments are seconds of wall time since 1970-01-01 UTC; a *reading* is what a clock there shows, in seconds since
/// its own 1970-01-01 00:00.
package struct ZoneTable: Hashable, Sendable {
    /// From `from` on a clock shows UTC plus `offset`.
    package struct Transition: Hashable, Sendable {
        package let from: Int64
        /// Seconds east of UTC.
        package let offset: Int64

        package init(from: Int64, offset: Int64) {
            self.from = from
            self.offset = offset
        }
    }

    /// As in the tz database: `Europe/Berlin`.
    package let name: String
    /// By moment. The first offset also holds before, the last also after; never empty.
    package let transitions: [Transition]
    /// Until when the table was made: later changes of the clocks are not in it.
    package let horizonEnd: Int64

    /// Offsets larger than this are no zone's.
    package static let offsetMax: Int64 = 86_400

    /// Sorts the transitions and drops those that change nothing; an empty table is UTC.
    package init(name: String, transitions: [Transition], horizonEnd: Int64) {
        self.name = name
        self.horizonEnd = horizonEnd
        precondition(transitions.allSatisfy { abs($0.offset) <= Self.offsetMax }, "No zone is a day off: \(name)")
        var kept: [Transition] = []
        for transition in transitions.sorted(by: { $0.from < $1.from }) where kept.last?.offset != transition.offset {
            kept.append(transition)
        }
        self.transitions = kept.isEmpty ? [Transition(from: 0, offset: 0)] : kept
    }

    package static func utc(until horizonEnd: Int64) -> ZoneTable {
        ZoneTable(name: "UTC", transitions: [], horizonEnd: horizonEnd)
    }

    /// Seconds east of UTC.
    package func offset(at moment: Int64) -> Int64 { transitions[index(at: moment)].offset }

    /// What a clock shows.
    package func reading(at moment: Int64) -> Int64 { moment + offset(at: moment) }

    /// The first moment at which a clock shows `reading` or later: where it is skipped, the jump; where it comes twice, the
    /// first time.
    package func firstMoment(of reading: Int64) -> Int64 {
        var index = index(at: reading - Self.offsetMax)
        while true {
            let moment = max(index == 0 ? .min : transitions[index].from, reading - transitions[index].offset)
            if moment < end(of: index) { return moment }
            index += 1
        }
    }

    /// The moment after the last at which a clock shows less than `reading`: where it is skipped, the jump; where the time
    /// before it comes twice, the second time.
    package func lastMoment(before reading: Int64) -> Int64 {
        var index = index(at: reading + Self.offsetMax)
        while true {
            let moment = min(end(of: index), reading - transitions[index].offset)
            if index == 0 || moment > transitions[index].from { return moment }
            index -= 1
        }
    }

    private func end(of index: Int) -> Int64 {
        index + 1 < transitions.count ? transitions[index + 1].from : .max
    }

    /// The transition in force.
    private func index(at moment: Int64) -> Int {
        var low = 0
        var high = transitions.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if transitions[middle].from <= moment { low = middle } else { high = middle }
        }
        return low
    }
}
