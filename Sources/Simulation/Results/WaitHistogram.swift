/// How long contacts waited, counted in cells: a millisecond wide up to 256 ms, then 256 cells to every doubling, so that a
/// quantile is never more than 0.4 % off.
package struct WaitHistogram: Sendable, Equatable {
    package static let resolution = "1 ms up to 256 ms, then 0.4 % of the value"
    private static let bits = 8

    /// By cell; as long as the longest wait needs.
    package private(set) var counts: [Int] = []
    package private(set) var total = 0

    package init() {}

    package mutating func add(microseconds: Int64) {
        let cell = Self.cell(of: UInt64(max(0, (microseconds + 999) / 1000)))
        if cell >= counts.count { counts += Array(repeating: 0, count: cell + 1 - counts.count) }
        counts[cell] += 1
        total += 1
    }

    package mutating func add(_ other: WaitHistogram) {
        if other.counts.count > counts.count {
            counts += Array(repeating: 0, count: other.counts.count - counts.count)
        }
        for cell in other.counts.indices { counts[cell] += other.counts[cell] }
        total += other.total
    }

    /// The least wait, in seconds, that `part` of all did not exceed; nil when there are none.
    package func quantile(_ part: Double) -> Double? {
        guard total > 0 else { return nil }
        let wanted = max(1, Int((part * Double(total)).rounded(.up)))
        var seen = 0
        for cell in counts.indices {
            seen += counts[cell]
            if seen >= wanted { return Self.upperEnd(of: cell) }
        }
        return nil
    }

    /// How many waited no longer than `seconds`, as near as a cell tells.
    package func count(upTo seconds: Double) -> Int {
        counts.indices.prefix { Self.upperEnd(of: $0) <= seconds }.reduce(0) { $0 + counts[$1] }
    }

    private static func cell(of milliseconds: UInt64) -> Int {
        guard milliseconds >= 1 << UInt64(bits) else { return Int(milliseconds) }
        let shift = 63 - milliseconds.leadingZeroBitCount - bits
        return (shift + 1) << bits + Int(milliseconds >> UInt64(shift)) - 1 << bits
    }

    /// In seconds.
    package static func upperEnd(of cell: Int) -> Double {
        guard cell >= 1 << bits else { return Double(cell) / 1000 }
        let shift = cell >> bits - 1
        let step = cell & (1 << bits - 1) + 1 << bits
        return Double((step + 1) << shift - 1) / 1000
    }
}
