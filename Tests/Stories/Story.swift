/// A story's text: what its author wrote, and the steps in it.
///
/// Lines that begin with `|` are what the core recorded; they are read past here and written anew by `told(by:)`.
struct Story {
    struct Chapter {
        var line: Int
        var step: Step
        /// Index in `written` after which its recorded lines stand.
        var end: Int
    }

    let file: String
    /// What the author wrote.
    private(set) var written: [String] = []
    private(set) var chapters: [Chapter] = []
    private(set) var clock = StoryClock()

    var title: String { written.first ?? "" }

    init(file: String, text: String) throws(StoryError) {
        self.file = file
        let all = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        let lines = all.map { NumberedLine(number: $0.offset + 1, text: String($0.element)) }
            .filter { !$0.text.drop(while: { $0 == " " }).hasPrefix("|") }
        written = lines.map(\.text)
        while written.last == "" { written.removeLast() }
        guard let start = lines.firstIndex(where: { $0.text.hasPrefix("plan ") }) else {
            throw StoryError("a story begins with a sentence and then has a plan; there is no line \"plan one:\"")
                .at(1, of: file)
        }
        try readPreface(lines[..<start])
        try readSteps(lines, from: start)
    }

    private mutating func readPreface(_ lines: ArraySlice<NumberedLine>) throws(StoryError) {
        guard let title = lines.first?.text, title.hasSuffix(".") else {
            throw StoryError("a story's first line is one sentence that is true of the system").at(1, of: file)
        }
        for line in lines {
            do { clock = try StoryClock(line.text) ?? clock } catch { throw error.at(line.number, of: file) }
        }
        let digits = file.prefix { $0.isNumber }
        guard let row = Int(digits) else { return }
        guard lines.contains(where: { $0.text.hasPrefix("Keeps out row \(row), ") }) else {
            throw StoryError("its name says complaint \(digits); a line must begin with \"Keeps out row \(row), \"")
                .at(2, of: file)
        }
    }

    private mutating func readSteps(_ lines: [NumberedLine], from start: Int) throws(StoryError) {
        var index = start
        while index < written.count {
            let line = lines[index]
            defer { index += 1 }
            if line.text.isEmpty || line.text.hasPrefix(">") { continue }
            guard !line.text.hasPrefix(" ") else {
                throw StoryError("an indented line belongs to a plan; a step begins at the line's beginning")
                    .at(line.number, of: file)
            }
            var block: [NumberedLine] = []
            while index + 1 < written.count, lines[index + 1].text.hasPrefix(" ") {
                index += 1
                block.append(lines[index])
            }
            do {
                chapters.append(
                    Chapter(line: line.number, step: try Step(line.text, block: block, clock: clock), end: index))
            } catch {
                throw error.at(line.number, of: file)
            }
        }
    }

    /// The whole text with what the core records now.
    func told() throws(StoryError) -> String {
        var stage = Stage(clock: clock)
        var recorded: [Int: [String]] = [:]
        for chapter in chapters {
            do {
                recorded[chapter.end] = try stage.play(chapter.step)
            } catch {
                throw error.at(chapter.line, of: file)
            }
        }
        var lines: [String] = []
        for (index, line) in written.enumerated() {
            lines.append(line)
            lines += recorded[index, default: []].map { "  | \($0)" }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
