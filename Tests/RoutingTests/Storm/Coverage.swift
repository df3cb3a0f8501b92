/// How often each rule, criterion, fact and refusal occurred: a storm that exercises nothing proves nothing.
struct Coverage: Sendable {
    private(set) var counts: [String: Int] = [:]

    mutating func count(_ what: String) { counts[what, default: 0] += 1 }

    mutating func add(_ other: Coverage) {
        for (what, count) in other.counts { counts[what, default: 0] += count }
    }

    /// Those of `expected` that never occurred.
    func missing(_ expected: [String]) -> [String] { expected.filter { counts[$0] == nil } }

    /// What a storm with these features must have met.
    static func expected(of features: StormFeatures) -> [String] { [] }

    /// A line each, by name.
    var table: String {
        counts.sorted { $0.key < $1.key }.map { entry in
            let count = String(entry.value)
            return String(repeating: " ", count: max(0, 10 - count.count)) + count + "  " + entry.key
        }.joined(separator: "\n")
    }
}
