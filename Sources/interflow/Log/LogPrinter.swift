import JSON
import Site

/// Writes entries of the routing log, one after the other.
struct LogPrinter: Sendable {
    enum Format: Equatable, Sendable {
        case lines(withWhy: Bool)
        case json
    }

    let format: Format
    let paint: Paint
    var write: @Sendable (String) -> Void = { Terminal.write($0) }

    func print(_ entry: LogEntry) { if let text = text(entry) { write(text + "\n") } }

    /// Nil for entries that say nothing to people.
    func text(_ entry: LogEntry) -> String? {
        switch format {
        case .json:
            var writer = JSONWriter(reservingCapacity: 512)
            entry.write(to: &writer)
            return String(decoding: writer.bytes, as: UTF8.self)
        case .lines(let withWhy):
            guard let line = LogLine(entry) else { return nil }
            let text = line.text(withWhy: withWhy)
            return Self.colour(of: line.what).map { paint($0, text) } ?? text
        }
    }

    /// What asks for somebody's eyes stands out.
    private static func colour(of what: String) -> Paint.Colour? {
        switch what {
        case "offered": .yellow
        case "accepted", "closed": .green
        case "received", "message": .cyan
        case "no answer", "not sent", "abandoned", "expired", "taken back", "opted out", "retry later": .red
        case "started", "plan", "clock", "journal": .dim
        default: nil
        }
    }
}
