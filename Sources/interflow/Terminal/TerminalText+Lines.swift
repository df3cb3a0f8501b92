import Site

extension TerminalText {
    /// Text of several lines: the line ends stay, everything else a terminal would obey goes.
    static func lines(_ text: String) -> String {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { safe(String($0)) }
            .joined(separator: "\n")
    }
}
