import InteractionModel

/// The last half hour in cells of one minute of site time.
///
/// A window of m minutes is the minute that runs and the m − 1 before it, so it reaches back between m − 1 and m minutes.
struct MinuteRing: Sendable, Equatable {
    static let minutes = 30

    struct Cell: Sendable, Equatable {
        /// Whole minutes of site time; -1 where nothing was counted yet.
        var minute: Int64 = -1
        var counts = QueueCounts()
        /// The fact counted last.
        var lastSequence: Int64 = 0
    }

    private(set) var cells = [Cell](repeating: Cell(), count: minutes)
    /// The cells changed since they were last written down, a bit each.
    private(set) var changed: UInt32 = 0

    static func == (one: MinuteRing, other: MinuteRing) -> Bool { one.cells == other.cells }

    static func minute(of moment: Timestamp) -> Int64 { max(0, moment.milliseconds) / 60_000 }

    mutating func count(at moment: Timestamp, sequence: Int64, _ change: (inout QueueCounts) -> Void) {
        let minute = Self.minute(of: moment)
        let slot = Int(minute % Int64(Self.minutes))
        if cells[slot].minute != minute { cells[slot] = Cell(minute: minute) }
        change(&cells[slot].counts)
        cells[slot].lastSequence = sequence
        changed |= 1 << UInt32(slot)
    }

    /// - Parameter minutes: 1 to 30.
    func sum(over minutes: Int, at moment: Timestamp) -> QueueCounts {
        let newest = Self.minute(of: moment)
        var sum = QueueCounts()
        for cell in cells where cell.minute > newest - Int64(minutes) && cell.minute <= newest { sum.add(cell.counts) }
        return sum
    }

    /// The slots changed since the last call.
    mutating func takeChanged() -> [Int] {
        defer { changed = 0 }
        return changed == 0 ? [] : (0..<Self.minutes).filter { changed & (1 << UInt32($0)) != 0 }
    }

    mutating func restore(_ cell: Cell, in slot: Int) { cells[slot] = cell }
}
