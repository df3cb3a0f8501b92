import InteractionModel

/// The words of one line, taken from the front.
struct Words {
    private(set) var left: ArraySlice<String>

    init(_ text: some StringProtocol) {
        left = text.split(separator: " ").map { String($0) }[...]
    }

    var first: String? { left.first }
    var isEmpty: Bool { left.isEmpty }

    mutating func skip(_ word: String) -> Bool {
        guard left.first == word else { return false }
        left.removeFirst()
        return true
    }

    mutating func next(_ what: String) throws(StoryError) -> String {
        guard let word = left.popFirst() else { throw StoryError("\(what) is missing") }
        return word
    }

    mutating func must(_ words: String...) throws(StoryError) {
        for word in words where !skip(word) {
            throw StoryError("\"\(word)\" is expected" + (first.map { " before \"\($0)\"" } ?? " here"))
        }
    }

    func end() throws(StoryError) {
        guard let first else { return }
        throw StoryError("\"\(first)\" is not understood here")
    }

    // MARK: Kinds of words

    mutating func span(_ what: String) throws(StoryError) -> Span { try TimeText.span(try next(what)) }

    mutating func number(_ what: String) throws(StoryError) -> Int {
        let word = try next(what)
        guard let number = Int(word) else { throw StoryError("\"\(word)\" is no number; \(what) is") }
        return number
    }

    /// `a,b,c`
    mutating func list(_ what: String) throws(StoryError) -> [String] {
        try next(what).split(separator: ",").map(String.init)
    }

    /// `german:2,law`; a level not written is 1.
    mutating func levels(_ what: String) throws(StoryError) -> [(name: String, level: Int)] {
        var levels: [(String, Int)] = []
        for item in try list(what) {
            let parts = item.split(separator: ":", omittingEmptySubsequences: false)
            guard let level = parts.count == 1 ? 1 : Int(parts[1]), parts.count < 3 else {
                throw StoryError("\"\(item)\" is none of \(what); write a name, or name:number")
            }
            levels.append((String(parts[0]), level))
        }
        return levels
    }

    mutating func skills(_ what: String) throws(StoryError) -> SkillSet {
        SkillSet(try levels(what).map { SkillRequirement(SkillName($0.name), level: $0.level) })
    }
}
