/// What of a Markdown page is prose, and where its links lead.
enum MarkdownText {
    /// The page with fenced and inline code blanked, line for line.
    static func withoutCode(_ page: SourceFile) -> SourceFile {
        var isFenced = false
        let lines = page.lines.map { line -> String in
            if line.drop(while: { $0 == " " }).hasPrefix("```") {
                isFenced.toggle()
                return ""
            }
            return isFenced ? "" : withoutInlineCode(line)
        }
        return SourceFile(path: page.path, text: lines.joined(separator: "\n"), isExecutable: false)
    }

    private static func withoutInlineCode(_ line: Substring) -> String {
        line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .map { $0.offset % 2 == 0 ? String($0.element) : "code" }.joined()
    }

    /// A path from the project's root, with `.` and `..` taken out; "" is the root itself.
    static func normalized(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", parts.last != nil { parts.removeLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }
}
