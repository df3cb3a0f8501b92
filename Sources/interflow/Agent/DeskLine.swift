import Site

/// A piece of the transcript: what happened, in one or more lines, safe for a terminal.
struct DeskLine: Equatable, Sendable {
    enum Tone: Equatable, Sendable {
        case note, offer, customer, own, delivery, alarm
    }

    /// Wall clock, milliseconds.
    let at: Int64
    let tone: Tone
    let lines: [String]

    /// Control characters are taken out here, so nothing reaches the screen with them.
    init(_ tone: Tone, _ lines: [String], at: Int64) {
        self.at = at
        self.tone = tone
        self.lines = lines.flatMap { line in
            line.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        }.map { TerminalText.safe(String($0).replacing("\t", with: " ")) }
    }
}

/// What the desk wants done.
enum DeskEffect: Equatable, Sendable {
    case show(DeskLine)
    case send(String)
    /// Something wants the agent's eyes.
    case ring
    /// The line typed was not taken: leave it where it is.
    case keepLine
    case leave(ExitCode, String)
}
