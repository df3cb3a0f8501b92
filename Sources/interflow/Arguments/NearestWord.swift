/// What somebody probably meant.
enum NearestWord {
    /// The word of `known` within a third of its length in edits (one at least), if there is one.
    static func to(_ word: String, among known: [String]) -> String? {
        let ranked = known.map { ($0, distance(Array(word), Array($0))) }.min { $0.1 < $1.1 }
        guard let (nearest, distance) = ranked, distance <= max(1, nearest.count / 3) else { return nil }
        return nearest
    }

    /// Edits from one word to the other (Levenshtein).
    private static func distance(_ one: [Character], _ other: [Character]) -> Int {
        var row = Array(0...other.count)
        for (line, character) in one.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for (column, wanted) in other.enumerated() {
                let above = row[column + 1]
                row[column + 1] = character == wanted ? diagonal : 1 + min(diagonal, row[column], above)
                diagonal = above
            }
        }
        return row[other.count]
    }
}
