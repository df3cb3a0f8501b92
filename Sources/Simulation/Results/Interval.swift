/// An estimate with its 99 % confidence interval, over replications or batches that are taken as independent.
package struct Interval: Sendable, Hashable {
    package let mean: Double
    /// Infinite when there is only one value.
    package let halfWidth: Double
    package let count: Int

    package var low: Double { mean - halfWidth }
    package var high: Double { mean + halfWidth }

    package static let confidence = 0.99

    init(mean: Double, halfWidth: Double, count: Int) {
        self.mean = mean
        self.halfWidth = halfWidth
        self.count = count
    }

    /// Nil when there are no values.
    package init?(_ values: [Double]) {
        guard !values.isEmpty else { return nil }
        count = values.count
        let mean = values.reduce(0, +) / Double(count)
        self.mean = mean
        let freedom = count - 1
        guard freedom > 0 else {
            halfWidth = .infinity
            return
        }
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let variance = squares / Double(freedom)
        halfWidth = StudentT.quantile995(freedom) * (variance / Double(count)).squareRoot()
    }

    package func holds(_ value: Double) -> Bool { abs(value - mean) <= halfWidth }
}

/// Student's distribution.
enum StudentT {
    /// The value that is not exceeded with probability 0.995: tables up to 30 degrees of freedom, then Fisher's expansion
    /// (Abramowitz and Stegun 26.7.5), which is within 1e-4 there.
    static func quantile995(_ freedom: Int) -> Double {
        if freedom <= table.count { return table[freedom - 1] }
        let z = 2.575_829_303_548_901
        let n = Double(freedom)
        let cube = z * z * z
        let fifth = cube * z * z
        let seventh = fifth * z * z
        return z + (cube + z) / (4 * n) + (5 * fifth + 16 * cube + 3 * z) / (96 * n * n)
            + (3 * seventh + 19 * fifth + 17 * cube - 15 * z) / (384 * n * n * n)
    }

    private static let table = [
        63.657, 9.925, 5.841, 4.604, 4.032, 3.707, 3.499, 3.355, 3.250, 3.169, 3.106, 3.055, 3.012, 2.977, 2.947,
        2.921, 2.898, 2.878, 2.861, 2.845, 2.831, 2.819, 2.807, 2.797, 2.787, 2.779, 2.771, 2.763, 2.756, 2.750,
    ]
}
