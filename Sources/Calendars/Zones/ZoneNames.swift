/// Finds the zone that somebody most likely meant.
enum ZoneNames {
    /// The name with the fewest edits; a place written without its continent is its zone.
    static func nearest(to written: String, among names: [String]) -> String? {
        let wanted = letters(written)
        if let place = names.first(where: { letters(lastPart(of: $0)) == wanted || letters($0) == wanted }) {
            return place
        }
        var best: (name: String, edits: Int)?
        for name in names {
            let edits = min(distance(wanted, letters(name)), distance(wanted, letters(lastPart(of: name))) + 1)
            guard edits <= max(1, wanted.count / 3), edits < best?.edits ?? .max else { continue }
            best = (name, edits)
        }
        return best?.name
    }

    private static func lastPart(of name: String) -> Substring { name.split(separator: "/").last ?? "" }

    private static func letters(_ text: some StringProtocol) -> [UInt8] {
        text.lowercased().utf8.prefix(64).map { $0 == UInt8(ascii: " ") ? UInt8(ascii: "_") : $0 }
    }

    /// Insertions, deletions and substitutions (Levenshtein).
    private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
        var last = Array(0...other.count)
        for (row, letter) in one.enumerated() {
            var current = [row + 1]
            for (column, counterpart) in other.enumerated() {
                let substituted = last[column] + (letter == counterpart ? 0 : 1)
                current.append(min(last[column + 1] + 1, current[column] + 1, substituted))
            }
            last = current
        }
        return last[other.count]
    }
}
