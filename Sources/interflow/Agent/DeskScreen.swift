import InteractionModel
import Site

/// Writes the transcript, and on a terminal keeps the view under it without scrolling it away.
struct DeskScreen {
    let isTerminal: Bool
    private let paint: Paint
    private let write: (String) -> Void
    private var drawn: DeskView?
    /// Whether the view must be drawn although nothing in it changed.
    private var isStale = false
    private var pending = ""

    init(isTerminal: Bool, paint: Paint, write: @escaping (String) -> Void = { Terminal.write($0) }) {
        self.isTerminal = isTerminal
        self.paint = paint
        self.write = write
    }

    mutating func show(_ line: DeskLine) {
        let clock = WallTime(.init(milliseconds: line.at)).localClock.prefix(8)
        for (number, text) in line.lines.enumerated() {
            let head = number == 0 ? "\(clock) " : String(repeating: " ", count: 9)
            pending += paint(.dim, head) + coloured(text, line.tone) + (isTerminal ? "\r\n" : "\n")
        }
    }

    private func coloured(_ text: String, _ tone: DeskLine.Tone) -> String {
        switch tone {
        case .note: text
        case .offer: paint(.yellow, text)
        case .customer: paint(.cyan, text)
        case .own: paint(.green, text)
        case .delivery: paint(.dim, text)
        case .alarm: paint(.red, text)
        }
    }

    mutating func ring() { if isTerminal { pending += "\u{07}" } }

    /// Puts out what was shown, and the view when anything in it changed. In one write, so that nothing flickers.
    /// - Parameter columns: of the terminal now.
    mutating func draw(_ view: DeskView?, columns: Int = 80) {
        guard isTerminal else {
            if !pending.isEmpty { write(pending) }
            pending = ""
            return
        }
        guard !pending.isEmpty || view != drawn || isStale else { return }
        var output = erasure(columns) + pending
        if let view {
            for row in view.rows { output += coloured(row) + "\r\n" }
            output += paint(.bold, view.prompt) + view.line + "\r"
            if view.column > 0 { output += "\u{1B}[\(view.column)C" }
        }
        (drawn, pending, isStale) = (view, "", false)
        write(output)
    }

    /// Draws the view anew where it is: the terminal has another size, or somebody else wrote to it.
    mutating func refresh() { isStale = true }

    /// Draws the view anew at the top of an empty screen.
    mutating func clear() {
        pending = "\u{1B}[H\u{1B}[2J" + pending
        drawn = nil
    }

    private func coloured(_ row: DeskView.Row) -> String {
        switch row.tone {
        case .offer: paint(.yellow, row.text)
        case .countdown: paint(.cyan, row.text)
        case .bar: paint(.inverse, row.text)
        }
    }

    /// Back to the first row of the view, and everything below it gone. A row that was drawn on a wider terminal has
    /// become several.
    private func erasure(_ columns: Int) -> String {
        let rows = (drawn?.rows ?? []).reduce(0) { sum, row in
            sum + max(1, (TextWidth.of(row.text) + columns - 1) / columns)
        }
        return "\r" + (rows == 0 ? "" : "\u{1B}[\(rows)A") + "\u{1B}[J"
    }
}
