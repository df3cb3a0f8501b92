import InteractionModel
import JSON
import Site

/// The site's queues as a table with small bars. Pure.
struct QueueTable {
    private static let barWidth = 8
    private static let titles = [
        "queue", "waiting", "", "longest", "expected", "in time", "", "ASA", "AHT", "agents",
    ]

    private struct Row {
        var cells: [String]
        var isBelowTarget: Bool
    }

    private let rows: [Row]

    /// - Parameter queues: as `GET /v1/queues` has them.
    init(_ queues: [JSONValue]) {
        let most = queues.compactMap { $0["waiting"]?.integerValue }.max() ?? 0
        rows = queues.map { Self.row($0, most: most) }
    }

    func lines(paint: Paint) -> [String] {
        let widths = Self.titles.indices.map { column in
            max(Self.titles[column].count, rows.map { TextWidth.of($0.cells[column]) }.max() ?? 0)
        }
        func line(_ cells: [String]) -> String {
            var text = ""
            for (cell, width) in zip(cells, widths) {
                text += cell + String(repeating: " ", count: max(0, width - TextWidth.of(cell)) + 2)
            }
            while text.last == " " { text.removeLast() }
            return text
        }
        return [paint(.bold, line(Self.titles))]
            + rows.map { $0.isBelowTarget ? paint(.red, line($0.cells)) : line($0.cells) }
    }

    private static func row(_ queue: JSONValue, most: Int64) -> Row {
        let waiting = queue["waiting"]?.integerValue ?? 0
        let window = queue["last30Minutes"]
        let level = window?["serviceLevel"]?["answered-in-time-of-offered"]?.doubleValue
        let target = queue["serviceLevel"]?["target"]?.integerValue ?? 0
        let isOpen = queue["open"]?.boolValue ?? true
        let name = TerminalText.safe(queue["queue"]?.stringValue ?? "") + (isOpen ? "" : " (closed)")
        let cells = [
            name, "\(waiting)", bar(Double(waiting), of: Double(most)), span(queue["longestWait"]),
            expected(queue["expectedWait"]), level.map { "\(Int($0)) % of \(target)" } ?? "-",
            level.map { bar($0, of: 100) } ?? "", span(window?["meanWait"]), span(window?["meanHandling"]),
            agents(queue["agents"]),
        ]
        return Row(cells: cells, isBelowTarget: level.map { $0 < Double(target) } ?? false)
    }

    /// In eighths of a letter.
    static func bar(_ value: Double, of whole: Double) -> String {
        guard whole > 0, value > 0 else { return "" }
        let eighths = max(1, min(barWidth * 8, Int(value / whole * Double(barWidth * 8))))
        let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
        return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
    }

    private static func span(_ value: JSONValue?) -> String {
        value?.integerValue.map { Words.length(Span(milliseconds: $0)) } ?? "-"
    }

    private static func expected(_ value: JSONValue?) -> String {
        guard let p50 = value?["p50"]?.integerValue, let p90 = value?["p90"]?.integerValue else {
            return "- (" + TerminalText.safe(value?["silent"]?.stringValue ?? "unknown") + ")"
        }
        return "\(Words.length(Span(milliseconds: p50))) / \(Words.length(Span(milliseconds: p90)))"
    }

    private static func agents(_ value: JSONValue?) -> String {
        let signedIn = value?["signedIn"]?.integerValue ?? 0
        let available = value?["available"]?.integerValue ?? 0
        return "\(signedIn) in, \(available) free"
    }
}
