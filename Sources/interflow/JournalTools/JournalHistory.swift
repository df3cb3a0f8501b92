import InteractionModel
import Journal
import Site

/// One interaction from its first fact to its last.
struct JournalHistory {
    private let reader: SQLiteJournalReader
    private let printer: LogPrinter
    private let withContent: Bool

    init(_ reader: SQLiteJournalReader, _ printer: LogPrinter, withContent: Bool) {
        self.reader = reader
        self.printer = printer
        self.withContent = withContent
    }

    func show(_ invocation: Invocation) throws -> ExitCode {
        guard invocation.operands.count > 1, let number = Self.number(invocation.operands[1]) else {
            throw CommandFailure(.usage, "show needs N: the interaction's number, such as 42")
        }
        guard let row = try reader.interaction(number) else {
            throw CommandFailure(
                .failed, "there is no interaction \(number) in this journal; it was never there, or was purged")
        }
        let parts = [
            "#\(number)", row.state, row.queue.map { "queue \($0)" }, row.agent.map { "agent \($0)" },
            "since \(WallTime(row.createdAt).localDate)",
        ]
        Terminal.say(TerminalText.safe(parts.compactMap { $0 }.joined(separator: ", ")))
        for entry in try reader.history(of: number) { show(entry) }
        return .ok
    }

    /// `42`, `#42` or `berlin-42`.
    static func number(_ text: String) -> Int64? {
        Int64(text.split { $0 == "#" || $0 == "-" }.last ?? "").flatMap { $0 > 0 ? $0 : nil }
    }

    private func show(_ entry: JournalEntry) {
        printer.print(LogEntry(entry))
        guard withContent, let bytes = entry.content else { return }
        guard let content = ContactContent(bytes: bytes) else { return write("(content of an unknown form)") }
        write("\(content.from) → \(content.to)")
        if let subject = content.message.subject { write("Subject: \(subject)") }
        for line in content.message.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            write(String(line))
        }
        for media in content.message.media { write("[\(media.contentType) \(media.url)]") }
        for attribute in content.attributes { write("\(attribute.name): \(attribute.value)") }
    }

    /// Under the line it belongs to.
    private func write(_ text: String) {
        Terminal.say(String(repeating: " ", count: 23) + "│ " + TerminalText.safe(text))
    }
}
