import InteractionModel
import JSON
import Routing

/// One decision in one line, for a person who reads along at night: when, which interaction, what, and why.
package struct LogLine: Sendable, Equatable {
    package let time: String
    package let interaction: String
    package let what: String
    package let detail: String
    /// The explanation in full, a line each; empty where the detail says it all.
    package let why: [String]

    /// The line of an entry; nil for entries that say nothing to people.
    package init?(_ entry: LogEntry) {
        time = WallTime(entry.at).localClock
        interaction = entry.interaction.map { "#\($0)" } ?? ""
        if entry.type.hasPrefix("journal.") {
            (what, detail, why) = ("journal", "a new term began", [])
            return
        }
        guard let fact = try? Fact(type: entry.type, body: entry.body) else {
            (what, detail, why) = (entry.type, String(decoding: entry.body, as: UTF8.self), [])
            return
        }
        (what, detail, why) = FactWords.words(fact)
    }

    /// Safe for a terminal, whatever names and reasons hold.
    package func text(withWhy: Bool = false) -> String {
        let head = "\(time) \(Self.pad(interaction, 9)) \(Self.pad(what, 12)) \(detail)"
        let lines = withWhy ? [head] + why.map { String(repeating: " ", count: 23) + $0 } : [head]
        return lines.map(TerminalText.safe).joined(separator: "\n")
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}

/// Text that a terminal shows and never obeys.
package enum TerminalText {
    /// Leaves out C0 and C1 controls (escape sequences begin with one), and the marks that reorder text.
    package static func safe(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
        var safe = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !isUnsafe(scalar) { safe.append(scalar) }
        return String(safe)
    }

    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }
}
