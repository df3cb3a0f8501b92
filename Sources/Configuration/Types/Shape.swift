/// What a key takes, told apart only as far as the sample and the reference page need it.
indirect enum Shape: Sendable {
    /// With its article: "an integer from 0 to 20".
    case scalar(String)
    case list(of: Shape, count: ClosedRange<Int>)
    case named(of: Shape, count: ClosedRange<Int>)
    case section(KeyList)
    /// A section whose keys depend on the value of the key `by`.
    case chosen(by: String)
    /// The first, or one of a few words that stand for values of it.
    case words([String], or: Shape)

    /// Fit after "must be" and for the reference page.
    var text: String {
        switch self {
        case .scalar(let text): text
        case .list(of: let item, let count): "a list of \(Self.range(count)), each \(item.text)"
        case .named(of: let item, let count): "a mapping of \(Self.range(count)) names, each to \(item.text)"
        case .section: "a section of keys"
        case .chosen(by: let key): "a section of keys that depend on `\(key)`"
        case .words(let words, or: let shape): "\(words.joined(separator: ", ")), or \(shape.text)"
        }
    }

    private static func range(_ count: ClosedRange<Int>) -> String { "\(count.lowerBound) to \(count.upperBound)" }
}
