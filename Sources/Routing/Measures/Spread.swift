/// The mean and variance of the newest of a row of spans, each weighing a little less than the one after it. Whole milliseconds.
struct Spread: Sendable, Equatable {
    /// How many spans it remembers, in the mean: one more weighs 1/32.
    static let memory: Int64 = 32
    /// Longer spans count as this long, so that squares stay within 64 bits: a day.
    static let spanMax: Int64 = 86_400_000

    /// How many spans were taken, up to `memory`.
    private(set) var count: Int64 = 0
    /// Weighted sums, as of `count` spans.
    private(set) var sum: Int64 = 0
    private(set) var squares: Int64 = 0

    init() {}

    init(count: Int64, sum: Int64, squares: Int64) {
        (self.count, self.sum, self.squares) = (count, sum, squares)
    }

    mutating func add(_ span: Int64) {
        let span = min(max(span, 0), Self.spanMax)
        if count == Self.memory {
            sum -= sum / Self.memory
            squares -= squares / Self.memory
        } else {
            count += 1
        }
        sum += span
        squares += span * span
    }

    var mean: Int64 { count > 0 ? sum / count : 0 }

    var variance: Int64 {
        guard count > 0 else { return 0 }
        let mean = self.mean
        return max(0, squares / count - mean * mean)
    }
}
