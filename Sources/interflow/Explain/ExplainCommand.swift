import Glibc
import InteractionModel
import Journal
import Routing
import Site

/// Why a contact went where it went, or still waits.
enum ExplainCommand {
    static let command = Command(
        name: "explain", summary: "Say why a contact went to whom it went, or why it still waits",
        description: [
            "Prints the contact's life line by line and, for every offer, the winner and everybody else under the first rule that "
                + "kept them from it. While it waits: its place, the expected wait, who is kept from it by what, and what will change "
                + "that by itself.",
            "Reads the journal where it lies, beside a running site or without one, and folds it: explanations are what the "
                + "state of that moment gives, not what today's would.",
        ],
        options: [
            .config, JournalFolder.option,
            .init(name: "at", value: "SEQ", summary: "As of this entry, instead of now."),
            .init(name: "json", summary: "As one JSON object."),
        ],
        operands: [.init(name: "CONTACT", summary: "The interaction: 42, #42 or berlin-42.")],
        exits: [
            (.ok, "explained"), (.failed, "there is no such contact, or its entries were purged"),
            (.noInput, "there is no journal"), (.ioError, "the journal cannot be read"),
        ],
        examples: ["interflow explain 42", "interflow explain 42 --at 57 --json"],
        run: { invocation in
            signal(SIGPIPE, SIG_DFL)
            guard let number = JournalHistory.number(invocation.operands[0]) else {
                throw CommandFailure(.usage, "explain needs CONTACT: the interaction's number, such as 42")
            }
            let at = try invocation.integer("at", in: 1...Int.max).map { Int64($0) }
            return try JournalFolder.read(invocation) { reader in
                let life = try ContactLife(reader, of: number, until: at)
                Terminal.say(
                    invocation.has("json") ? life.json : life.lines.map(TerminalText.safe).joined(separator: "\n"))
                return .ok
            }
        })
}

/// The journal that a command reads where it lies.
enum JournalFolder {
    static let option = Command.Option(
        name: "data", value: "FOLDER", summary: "The data folder; the configuration's unless told.")

    static func read(
        _ invocation: Invocation, _ body: (SQLiteJournalReader) throws -> ExitCode
    ) throws -> ExitCode {
        let folder = try JournalCommand.folder(invocation)
        do {
            let reader = try SQLiteJournalReader(folder: folder)
            defer { reader.close() }
            return try body(reader)
        } catch let failure as JournalFailure {
            throw CommandFailure(
                .ioError, "the journal in \(TerminalText.safe(folder)): \(TerminalText.safe(failure.description))")
        }
    }

    /// Folds the journal entry by entry up to `last`; `look` sees the state before each entry, at that entry's moment.
    static func fold(
        _ reader: SQLiteJournalReader, until last: Int64, _ look: (JournalEntry, borrowing RoutingState) throws -> Void,
        wanting wanted: (JournalEntry) -> Bool
    ) throws -> RoutingState {
        guard try reader.firstSequence() == 1 else {
            throw CommandFailure(
                .failed,
                "the journal's oldest entries were purged, so the state of that moment cannot be folded\n"
                    + "interflow journal show N --why prints what was recorded.")
        }
        var state = RoutingState()
        while state.lastSequence < last {
            let entries = try reader.entries(after: state.lastSequence, limit: JournalLimits.readMax)
            guard !entries.isEmpty else { break }
            for entry in entries where entry.sequence <= last {
                if wanted(entry) {
                    state.look(at: entry.at)
                    try look(entry, state)
                }
                try Recovery.fold(entry, into: &state)
            }
            state.settle()
        }
        return state
    }
}
