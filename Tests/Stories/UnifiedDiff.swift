/// Two texts as `diff -u` shows them.
enum UnifiedDiff {
    private enum Line {
        case same(String), gone(String), new(String)

        var text: String {
            switch self {
            case .same(let text): " " + text
            case .gone(let text): "-" + text
            case .new(let text): "+" + text
            }
        }

        var isSame: Bool { if case .same = self { true } else { false } }
    }

    /// Empty when the texts are equal.
    static func text(from old: String, to new: String, context: Int = 3) -> String {
        let lines = merged(split(old), split(new))
        let changes = lines.indices.filter { !lines[$0].isSame }
        var hunks: [Range<Int>] = []
        for change in changes {
            let reach = max(0, change - context)..<min(lines.count, change + context + 1)
            if let last = hunks.last, reach.lowerBound <= last.upperBound {
                hunks[hunks.count - 1] = last.lowerBound..<reach.upperBound
            } else {
                hunks.append(reach)
            }
        }
        return hunks.map { hunk(lines, $0) }.joined(separator: "\n")
    }

    private static func split(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private static func merged(_ old: [String], _ new: [String]) -> [Line] {
        let difference = new.difference(from: old)
        let gone = Set(difference.removals.map { change in if case .remove(let at, _, _) = change { at } else { -1 } })
        let come = Set(
            difference.insertions.map { change in if case .insert(let at, _, _) = change { at } else { -1 } })
        var lines: [Line] = []
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            if gone.contains(left) {
                lines.append(.gone(old[left]))
                left += 1
            } else if come.contains(right) {
                lines.append(.new(new[right]))
                right += 1
            } else {
                lines.append(.same(old[left]))
                left += 1
                right += 1
            }
        }
        return lines
    }

    private static func hunk(_ lines: [Line], _ range: Range<Int>) -> String {
        let (before, inside) = (lines[..<range.lowerBound], lines[range])
        func count(_ lines: ArraySlice<Line>, _ isCounted: (Line) -> Bool) -> Int { lines.count(where: isCounted) }
        let isOld = { (line: Line) in if case .new = line { false } else { true } }
        let isNew = { (line: Line) in if case .gone = line { false } else { true } }
        let head =
            "@@ -\(count(before, isOld) + 1),\(count(inside, isOld)) +\(count(before, isNew) + 1),\(count(inside, isNew)) @@"
        return ([head] + inside.map(\.text)).joined(separator: "\n")
    }
}
