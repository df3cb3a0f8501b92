import Foundation

/// One text file of the project.
struct SourceFile: Sendable {
    /// From the project's root.
    let path: String
    let text: String
    let isExecutable: Bool
    /// The text with comments and the inside of strings turned into blanks; every character keeps its place.
    let code: String

    init(path: String, text: String, isExecutable: Bool) {
        self.path = path
        self.text = text
        self.isExecutable = isExecutable
        code = path.hasSuffix(".swift") ? SwiftCode.blanked(text) : text
    }

    var parts: [String] { path.split(separator: "/").map(String.init) }
    var isSwift: Bool { path.hasSuffix(".swift") }
    var isScript: Bool { text.hasPrefix("#!") }
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    func isUnder(_ folder: String) -> Bool { path.hasPrefix(folder + "/") }

    /// One finding for each match of a regular expression in the code, or in the whole text.
    func findings(
        _ pattern: String, inComments: Bool = false, unless excuse: String? = nil, _ reason: (String) -> String
    ) -> [Finding] {
        let searched = inComments ? text : code
        guard let expression = try? NSRegularExpression(pattern: pattern, options: .anchorsMatchLines) else {
            return [Finding(path: path, line: 0, reason: "the rule's own pattern is broken: \(pattern)")]
        }
        let whole = NSRange(searched.startIndex..., in: searched)
        return expression.matches(in: searched, range: whole).compactMap { match in
            guard let range = Range(match.range, in: searched) else { return nil }
            let line = searched[..<range.lowerBound].utf8.count { $0 == 0x0A } + 1
            if let excuse, lines[max(0, line - 2)...(line - 1)].contains(where: { $0.contains(excuse) }) { return nil }
            return Finding(path: path, line: line, reason: reason(String(searched[range])))
        }
    }
}
