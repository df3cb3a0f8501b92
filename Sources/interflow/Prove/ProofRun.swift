import Federation
import Glibc
import InteractionModel
import Journal
import Routing
import Site

/// Reads all journals, verifies them, and feeds the proof.
struct ProofRun {
    /// Running sites write while they are read: how often all tails are read again, at most.
    private static let roundsMax = 20

    private struct Source {
        var site: ProvenSite
        var reader: SQLiteJournalReader
        var number: Int
        var trail: CustodyTrail
        var position: Int64
    }

    private var sources: [Source] = []
    private var proof: CustodyProof
    private let showsProgress = isatty(STDERR_FILENO) == 1

    init(_ sites: [ProvenSite], watching contact: ContactID?) throws {
        proof = CustodyProof(watching: contact)
        for site in sites {
            do {
                let reader = try SQLiteJournalReader(folder: site.folder)
                let first = try reader.firstSequence()
                sources.append(
                    Source(
                        site: site, reader: reader, number: proof.open(site.name, isWhole: first == 1),
                        trail: CustodyTrail(of: site.name), position: first - 1))
            } catch {
                close()
                throw CommandFailure(
                    .ioError, "the journal of \(site.name): \(TerminalText.safe("\(error)"))")
            }
        }
    }

    func close() {
        for source in sources { source.reader.close() }
    }

    /// - Returns: Whether every journal is whole.
    mutating func read() throws -> Bool {
        var isWhole = true
        for source in sources.indices where try !verify(sources[source]) { isWhole = false }
        for _ in 0..<Self.roundsMax {
            proof.beginRound()
            var isNew = false
            for source in sources.indices where try feed(source) { isNew = true }
            // Nothing moved while they were read: whatever is missing now is missing.
            if !isNew { break }
        }
        clearProgress()
        return isWhole
    }

    func conclude() -> CustodyProof.Report { proof.conclude() }

    func drawing(of contact: ContactID) -> [String] {
        CustodyDrawing(contact, sites: sources.map(\.site.name), events: proof.watchedEvents).lines
    }

    // MARK: One journal

    private func verify(_ source: Source) throws -> Bool {
        let name = source.site.name
        let report = try source.reader.verify { checked, of in
            progress("\(name): entries checked: \(checked) of \(of)")
            return true
        }
        clearProgress()
        for finding in report.findings { Terminal.say(TerminalText.safe("\(name): \(finding.text)")) }
        Terminal.say(
            "\(name): \(report.entriesChecked) entries, "
                + (report.isWhole ? "whole" : "DAMAGED: \(report.findingsCount) findings"))
        return report.isWhole
    }

    /// - Returns: Whether there was something new.
    private mutating func feed(_ index: Int) throws -> Bool {
        let start = sources[index].position
        while true {
            let entries = try sources[index].reader.entries(
                after: sources[index].position, limit: JournalLimits.readMax)
            guard let newest = entries.last else { return sources[index].position > start }
            for entry in entries where CustodyTrail.concerns(entry.type) { try feed(entry, index) }
            sources[index].position = newest.sequence
            progress("\(sources[index].site.name): entries followed: \(newest.sequence)")
        }
    }

    private mutating func feed(_ entry: JournalEntry, _ index: Int) throws {
        let recorded: RecordedFact
        do {
            recorded = try RecordedFact(entry)
        } catch {
            clearProgress()
            throw CommandFailure(
                .failed,
                "\(sources[index].site.name): entry \(entry.sequence) is no fact that can be read: "
                    + TerminalText.safe("\(error)"))
        }
        guard let (contact, event) = sources[index].trail.event(recorded) else { return }
        proof.feed(event, of: contact, at: sources[index].number, entry.sequence)
    }

    // MARK: Progress

    private func progress(_ text: String) {
        if showsProgress { Terminal.write("\r\(text)\u{1B}[K", to: STDERR_FILENO) }
    }

    private func clearProgress() {
        if showsProgress { Terminal.write("\r\u{1B}[K", to: STDERR_FILENO) }
    }
}
