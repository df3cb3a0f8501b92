/// What somebody probably meant.
enum NearestWord {
    /// The word of `known` within a third of its length in edits (one at least), if there is one.
    static func to(_ word: String, among known: [String]) -> String? {
        let ranked = known.map { ($0, distance(Array(word), Array($0))) }.min { $0.1 < $1.1 }
        guard let (nearest, distance) = ranked, distance <= max(1, nearest.count / 3) else { return nil }
        return nearest
    }

    /// Edits from one word to the other, two neighbours changing places being one (optimal string alignment).
    private static func distance(_ one: [Character], _ other: [Character]) -> Int {
        var before: [Int] = []
        var row = Array(0...other.count)
        for (line, character) in one.enumerated() {
            var next = [line + 1]
            for (column, wanted) in other.enumerated() {
                var edits = min(row[column] + (character == wanted ? 0 : 1), row[column + 1] + 1, next[column] + 1)
                if line > 0, column > 0, character == other[column - 1], one[line - 1] == wanted {
                    edits = min(edits, before[column - 1] + 1)
                }
                next.append(edits)
            }
            (before, row) = (row, next)
        }
        return row[other.count]
    }
}
