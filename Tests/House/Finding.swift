/// One place where a rule is not kept, with what to do instead.
struct Finding: Hashable, Sendable, CustomStringConvertible {
    let path: String
    /// From 1; 0 when the file, the folder or its absence is meant.
    let line: Int
    let reason: String

    var description: String { line > 0 ? "\(path):\(line): \(reason)" : "\(path): \(reason)" }
}
