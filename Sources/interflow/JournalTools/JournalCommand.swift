import Configuration
import Glibc
import InteractionModel
import Journal
import Site

/// Reads a site's journal where it lies, beside a running site or without one.
enum JournalCommand {
    static let command = Command(
        name: "journal", summary: "Check, read or back up a journal on this machine",
        description: [
            "verify checks every entry and state row: numbers, chains, checksums, and then folds the whole journal and compares "
                + "what follows from it with the state that is stored. It only reads, so the site may work meanwhile.",
            "tail prints the newest entries; -f goes on with what is written. show N prints one interaction's history, and with "
                + "--content what was said: whoever may read the data folder may read that too.",
            "backup FILE writes a whole copy while the site works. Nothing is overwritten.",
            "restored tells the site, before its next start, that its journal was put back from a backup: a new incarnation begins. The journal has "
                + "forgotten what the site promised to its peers after the backup, and they must not take it for the site that promised. A start says "
                + "when this is needed and was not done.",
        ],
        options: [
            .config,
            .init(name: "data", value: "FOLDER", summary: "The data folder; the configuration's unless told."),
            .init(name: "content", summary: "show: with addresses and words of the customer."),
            .init(name: "follow", short: "f", summary: "tail: go on with what comes."),
            .init(name: "last", value: "N", summary: "tail: so many entries; \(lastUsual) unless told."),
            .init(name: "why", short: "w", summary: "tail, show: explain each decision in full."),
        ],
        operands: [
            .init(name: "verify|tail|show|backup|restored", summary: "What to do."),
            .init(name: "N|FILE", isRequired: false, summary: "show: the interaction; backup: the file to write."),
        ],
        exits: [
            (.ok, "done; for verify: the journal is whole"),
            (.failed, "verify found damage, or there is no such interaction"), (.noInput, "there is no journal"),
            (.ioError, "the journal cannot be read, or the copy cannot be written"),
        ],
        examples: [
            "interflow journal verify", "interflow journal show 42 --content",
            "interflow journal backup journal-2026-11-21.sqlite", "interflow journal tail -f --data ./demo/data",
        ], run: run)

    static let lastUsual = 20
    /// How often a follower looks for more.
    private static let pauseMicroseconds: UInt32 = 200_000

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        signal(SIGPIPE, SIG_DFL)
        let folder = try folder(invocation)
        do {
            return try perform(invocation, folder)
        } catch let failure as JournalFailure {
            throw CommandFailure(
                .ioError, "the journal in \(TerminalText.safe(folder)): \(TerminalText.safe(failure.description))")
        }
    }

    private static func perform(_ invocation: Invocation, _ folder: String) throws -> ExitCode {
        let verb = invocation.operands[0]
        guard verb != "backup" else { return try backUp(folder, invocation) }
        guard verb != "restored" else { return try beginIncarnation(folder) }
        let reader = try SQLiteJournalReader(folder: folder)
        defer { reader.close() }
        let printer = LogPrinter(format: .lines(withWhy: invocation.has("why")), paint: .ofOutput)
        switch verb {
        case "verify": return try JournalCheck(reader).run()
        case "tail": return try tail(reader, invocation, printer)
        case "show": return try JournalHistory(reader, printer, withContent: invocation.has("content")).show(invocation)
        default: throw CommandFailure(.usage, "journal can verify, tail, show, backup and restored, not \(verb)")
        }
    }

    private static func tail(
        _ reader: SQLiteJournalReader, _ invocation: Invocation, _ printer: LogPrinter
    ) throws -> ExitCode {
        let last = try invocation.integer("last", in: 0...1_000_000) ?? lastUsual
        var position = max(try reader.firstSequence() - 1, try reader.lastSequence() - Int64(last), 0)
        while true {
            let entries = try reader.entries(after: position, limit: JournalLimits.readMax)
            for entry in entries { printer.print(LogEntry(entry)) }
            position = entries.last?.sequence ?? position
            if !entries.isEmpty { continue }
            guard invocation.has("follow") else { return .ok }
            usleep(pauseMicroseconds)
        }
    }

    private static func backUp(_ folder: String, _ invocation: Invocation) throws -> ExitCode {
        guard invocation.operands.count > 1 else {
            throw CommandFailure(.usage, "backup needs FILE: the file to write")
        }
        try SQLiteJournal.backUp(folder: folder, to: invocation.operands[1])
        Terminal.say(
            "\(TerminalText.safe(invocation.operands[1])) holds the whole journal. Keep site.key and peer.key from the data folder with it, "
                + "but not in the same place for all eyes. Whoever puts it back runs interflow journal restored.")
        return .ok
    }

    private static func beginIncarnation(_ folder: String) throws -> ExitCode {
        // Opening it for writing proves that no site runs on it.
        let journal = try SQLiteJournal(folder: folder)
        defer { journal.close() }
        do {
            let now = WallTime.now
            let last = try journal.lastSequence()
            let fresh = try Incarnation.begin(folder: folder, journalLast: last, now: now.milliseconds)
            let at = try journal.makeReader().entries(after: last - 1, limit: 1).first?.at
            let leadership = try journal.takeLeadership(
                holder: "interflow journal restored",
                at: max(Timestamp(milliseconds: now.milliseconds), at ?? Timestamp(milliseconds: 0)),
                leap: fresh.sequence)
            Terminal.say(
                "incarnation \(fresh.number) begins with the next start; its numbers begin at \(leadership.lastSequence + 1).\n"
                    + "With peers, nothing of the backup moves until every one of them has told what it knows: see interflow peer list."
            )
            return .ok
        } catch let failure as JournalFailure {
            throw failure
        } catch {
            throw CommandFailure(.ioError, TerminalText.safe("\(error)"))
        }
    }

    static func folder(_ invocation: Invocation) throws -> String {
        let folder =
            try invocation["data"] ?? ConfigurationLookup.load(invocation, files: .assumed).loaded.root.data.resolved
        guard access("\(folder)/\(SQLiteJournal.fileName)", F_OK) == 0 else {
            throw CommandFailure(
                .noInput,
                "there is no journal in \(TerminalText.safe(folder)): \(String(cString: strerror(errno)))\n"
                    + "Name the site's data folder with --data, or its configuration with --config.")
        }
        return folder
    }
}
