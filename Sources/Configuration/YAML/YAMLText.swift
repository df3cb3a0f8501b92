/// Writes a scalar so that this room's own reader, and any other, takes back the same text.
enum YAMLText {
    static func scalar(_ text: String) -> String {
        isPlainSafe(text) ? text : "\"" + Printable.escaped(text) + "\""
    }

    /// Plain is only what no YAML reader can take for anything else; the rest is quoted.
    private static func isPlainSafe(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last, !isNull(text) else { return false }
        guard first.isASCIIAlphanumeric || "/_+.".utf8.contains(first), !text.hasPrefix("...") else { return false }
        guard last != 0x20, last != 0x3A else { return false }
        guard text.utf8.allSatisfy({ $0.isASCIIAlphanumeric || " _./@+-:".utf8.contains($0) }) else { return false }
        return !zip(text.utf8, text.utf8.dropFirst()).contains { $0 == 0x3A && $1 == 0x20 }
    }

    /// What YAML takes for "no value" when it stands without quotes.
    static func isNull(_ text: String) -> Bool {
        ["", "~", "null", "Null", "NULL"].contains(text)
    }
}
