/// One line being typed, with a cursor. Pure.
struct LineEditor: Equatable, Sendable {
    /// As much as one reply may hold; more is not taken.
    static let bytesMax = 32 << 10
    /// Lines remembered for the up arrow.
    static let historyMax = 100

    private(set) var characters: [Character] = []
    /// Where the next character goes, from 0 to `characters.count`.
    private(set) var cursor = 0
    private var bytes = 0
    private var history: [String] = []
    private var place: Int?

    var text: String { String(characters) }
    var isEmpty: Bool { characters.isEmpty }

    /// Takes an editing key. Keys that mean something to the desk are the caller's.
    mutating func take(_ key: KeyReader.Key) {
        switch key {
        case .character(let character): insert(CollectionOfOne(character))
        case .paste(let text): insert(Array(text.filter { $0 == "\n" || !Self.isControl($0) }))
        case .backspace where cursor > 0: remove((cursor - 1)..<cursor)
        case .delete where cursor < characters.count: remove(cursor..<(cursor + 1))
        case .eraseLine: remove(0..<cursor)
        case .eraseWord: remove(wordStart..<cursor)
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(characters.count, cursor + 1)
        case .home: cursor = 0
        case .end: cursor = characters.count
        case .up: recall(-1)
        case .down: recall(1)
        default: break
        }
    }

    /// Gives the line away and begins a new one.
    mutating func finish() -> String {
        let line = text
        if !line.isEmpty, history.last != line { history.append(line) }
        if history.count > Self.historyMax { history.removeFirst() }
        place = nil
        set("")
        return line
    }

    mutating func set(_ line: String) {
        characters = Array(line)
        cursor = characters.count
        bytes = line.utf8.count
    }

    private static func isControl(_ character: Character) -> Bool {
        character.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    private mutating func insert(_ new: some Collection<Character>) {
        let size = new.reduce(0) { $0 + $1.utf8.count }
        guard bytes + size <= Self.bytesMax else { return }
        // Through a string, so that a mark joins the letter before it.
        let head = Array(String(characters[..<cursor]) + String(Array(new)))
        characters = head + characters[cursor...]
        cursor = head.count
        bytes += size
    }

    private mutating func remove(_ range: Range<Int>) {
        bytes -= characters[range].reduce(0) { $0 + $1.utf8.count }
        characters.removeSubrange(range)
        cursor = range.lowerBound
    }

    private var wordStart: Int {
        var start = cursor
        while start > 0, characters[start - 1].isWhitespace { start -= 1 }
        while start > 0, !characters[start - 1].isWhitespace { start -= 1 }
        return start
    }

    private mutating func recall(_ step: Int) {
        let next = (place ?? history.count) + step
        guard history.indices.contains(next) else {
            if step > 0, place != nil { (place, _) = (nil, set("")) }
            return
        }
        place = next
        set(history[next])
    }

    // MARK: Showing

    /// The part of the line that fits `width` columns with the cursor in it, and the cursor's column there.
    func window(_ width: Int) -> (text: String, column: Int) {
        let shown = characters.map { $0 == "\n" ? "⏎" : $0 }
        var start = cursor
        var used = 0
        while start > 0, used + TextWidth.of(shown[start - 1]) < width {
            start -= 1
            used += TextWidth.of(shown[start])
        }
        return (TextWidth.cut(String(shown[start...]), to: width), used)
    }
}
