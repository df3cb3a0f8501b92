import InteractionModel

/// How long the answered had waited, in classes; since the beginning.
package struct WaitHistogram: Sendable, Equatable {
    /// The longest wait of each class but the last, in seconds.
    package static let bounds: [Int64] = [1, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 14_400, 86_400]

    /// One to a bound, and one for what is longer.
    package internal(set) var counts = [Int64](repeating: 0, count: bounds.count + 1)

    mutating func add(_ wait: Span) {
        counts[Self.bounds.firstIndex { wait.milliseconds <= $0 * 1000 } ?? Self.bounds.count] += 1
    }

    /// Waits of at most each bound, and then all: as Prometheus wants them.
    package var cumulative: [Int64] {
        var sum: Int64 = 0
        return counts.map {
            sum += $0
            return sum
        }
    }

    package static let empty = WaitHistogram()

    init() {}

    init(stored: [Int64]) {
        self.init()
        for (index, count) in stored.prefix(counts.count).enumerated() { counts[index] = count }
    }
}
