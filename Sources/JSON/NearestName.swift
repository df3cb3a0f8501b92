/// Finds what a mistyped name was probably meant to be.
enum NearestName {
    /// Longer names are not compared: the work grows with the product of the lengths.
    static let lengthMax = 64

    /// The known name that needs the fewest letters changed, if those are at most a third of them.
    static func find(_ name: String, among known: [String]) -> String? {
        guard name.utf8.count <= lengthMax else { return nil }
        let letters = Array(name.lowercased().utf8)
        var best: (name: String, distance: Int)?
        for candidate in known where candidate.utf8.count <= lengthMax {
            let distance = distance(letters, Array(candidate.lowercased().utf8))
            if distance * 3 <= max(letters.count, candidate.utf8.count), distance < best?.distance ?? .max {
                best = (candidate, distance)
            }
        }
        return best?.name
    }

    /// Insertions, deletions, replacements and swaps of neighbours from one to the other, row by row.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for i in left.indices {
            var row = [i + 1]
            for j in right.indices {
                let replaced = last[j] + (left[i] == right[j] ? 0 : 1)
                var least = min(replaced, min(row[j], last[j + 1]) + 1)
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    least = min(least, beforeLast[j - 1] + 1)
                }
                row.append(least)
            }
            (beforeLast, last) = (last, row)
        }
        return last[right.count]
    }
}
