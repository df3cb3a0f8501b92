/// What is wrong with a story, and where.
struct StoryError: Error, Equatable, CustomStringConvertible {
    var file = ""
    /// From 1.
    var line = 0
    var reason: String

    var description: String { "\(file):\(line): \(reason)" }

    init(_ reason: String) { self.reason = reason }

    /// The same, said of a place that the thrower did not know.
    func at(_ line: Int, of file: String) -> StoryError {
        var placed = self
        if placed.line == 0 { placed.line = line }
        placed.file = file
        return placed
    }
}
