import Glibc
import InteractionModel
import Journal
import Routing
import Site

/// Whether a journal is whole, and whether the stored state is what its facts lead to.
struct JournalCheck {
    /// Differences shown; more are counted.
    static let differencesMax = 20
    /// How often to try for a moment in which the site writes nothing.
    private static let attemptsMax = 50

    private let reader: SQLiteJournalReader
    private let showsProgress = isatty(STDERR_FILENO) == 1

    init(_ reader: SQLiteJournalReader) { self.reader = reader }

    func run() throws -> ExitCode {
        let report = try reader.verify { checked, of in
            progress("entries checked: \(checked) of \(of)")
            return true
        }
        clearProgress()
        for finding in report.findings {
            Terminal.say(TerminalText.safe((finding.sequence.map { "entry \($0): " } ?? "") + finding.text))
        }
        Terminal.say(
            "\(report.entriesChecked) entries (\(report.from) to \(report.through)), \(report.contentsChecked) contents, "
                + "\(report.stateRowsChecked) state rows: \(report.isWhole ? "whole" : "\(report.findingsCount) findings")"
        )
        let isEqual = try compareState()
        guard report.isWhole, isEqual else {
            Terminal.complain(
                "the journal is damaged. Stop the site, keep these files, and restore the latest backup beside them.")
            return .failed
        }
        return .ok
    }

    // MARK: The state

    private func compareState() throws -> Bool {
        guard try reader.firstSequence() == 1 else {
            Terminal.say(
                "the oldest entries were purged, so the state cannot be folded from the beginning: not compared")
            return true
        }
        var folded = RoutingState()
        for _ in 0..<Self.attemptsMax {
            try fold(into: &folded)
            let stored = try storedRows()
            guard try reader.lastSequence() == folded.lastSequence else { continue }
            return try tell(
                StateComparison(folded: folded.allRows(), stored: stored) { id in
                    try reader.interaction(id.number)?.stateRow
                })
        }
        throw CommandFailure(
            .unavailable,
            "the site writes without a pause, so its state could not be compared\n"
                + "Check a copy: interflow journal backup FOLDER/journal.sqlite, then verify --data FOLDER.")
    }

    private func fold(into state: inout RoutingState) throws {
        do {
            try Recovery.fold(reader, into: &state) { sequence in
                progress("entries folded: \(sequence)")
                return true
            }
        } catch let failure as JournalFailure {
            throw failure
        } catch {
            clearProgress()
            throw CommandFailure(
                .failed,
                "an entry after \(state.lastSequence) is no fact that can be read: \(TerminalText.safe("\(error)"))")
        }
        clearProgress()
    }

    /// What is open, and every entity but the shell's own.
    private func storedRows() throws -> StateRows {
        var rows = StateRows(entities: try reader.entities().filter { $0.kind != "probe" }.map(\.stateRow))
        var last: Int64 = 0
        while true {
            let page = try reader.interactions(after: last, limit: JournalLimits.readMax)
            guard let newest = page.last else { return rows }
            rows.interactions += page.filter { $0.closedAt == nil }.map(\.stateRow)
            last = newest.interaction
        }
    }

    private func tell(_ comparison: StateComparison) throws -> Bool {
        let differences = comparison.differences
        for difference in differences.prefix(Self.differencesMax) { Terminal.say(TerminalText.safe(difference)) }
        if differences.count > Self.differencesMax {
            Terminal.say("and \(differences.count - Self.differencesMax) more differences")
        }
        Terminal.say(
            "\(comparison.compared) state rows against the folded journal: "
                + (differences.isEmpty ? "equal" : "\(differences.count) differences"))
        return differences.isEmpty
    }

    // MARK: Progress

    private func progress(_ text: String) {
        if showsProgress { Terminal.write("\r\(text)\u{1B}[K", to: STDERR_FILENO) }
    }

    private func clearProgress() {
        if showsProgress { Terminal.write("\r\u{1B}[K", to: STDERR_FILENO) }
    }
}
