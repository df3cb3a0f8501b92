/// Finds the declared name an operator most likely meant.
package enum NearestName {
    /// "did you mean offerTimeout?", or nil when no name is near.
    package static func question(_ written: String, among names: [String]) -> String? {
        nearest(to: written, among: names).map { "did you mean \($0)?" }
    }

    /// The name with the fewest edits, the first declared among equals; at most a third of its letters may differ.
    static func nearest(to written: String, among names: [String]) -> String? {
        let letters = Array(written.lowercased().unicodeScalars.prefix(ConfigurationLimits.nameBytesMax))
        var best: (name: String, edits: Int)?
        for name in names {
            let edits = distance(letters, Array(name.lowercased().unicodeScalars))
            guard edits <= max(1, name.unicodeScalars.count / 3), edits < best?.edits ?? .max else { continue }
            best = (name, edits)
        }
        return best?.name
    }

    /// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
    static func distance(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...other.count)
        for (row, letter) in one.enumerated() {
            var current = [row + 1]
            for (column, counterpart) in other.enumerated() {
                var edits = min(
                    last[column + 1] + 1, current[column] + 1, last[column] + (letter == counterpart ? 0 : 1))
                if row > 0, column > 0, letter == other[column - 1], one[row - 1] == counterpart {
                    edits = min(edits, beforeLast[column - 1] + 1)
                }
                current.append(edits)
            }
            (beforeLast, last) = (last, current)
        }
        return last[other.count]
    }
}
