import Foundation
import InteractionModel
import Journal
import Testing

@Suite("Crashes")
struct CrashTests {
    @Test("Ten kills lose nothing acknowledged, leave no gap, and the state rows are what the facts add up to")
    func kills() throws {
        let folder = Scratch.path()
        var acknowledged: Int64 = 0
        for round in 0..<10 {
            let writer = try WriterProcess("append", folder, "\([1, 16, 64][round % 3])")
            for _ in 0..<(20 + 37 * round) { acknowledged = try sequence(writer.line()) }
            writer.killNow()
            if let last = writer.remainingLines().last { acknowledged = try sequence(last) }
            let stored = try SQLiteJournal(folder: folder).lastSequence()
            #expect(stored >= acknowledged, "round \(round)")
            try checkFold(folder)
        }
    }

    @Test("An I/O error is final: the process is told to recover, and a new one finds all that was acknowledged")
    func failedWrite() throws {
        let folder = Scratch.path()
        var lines = try WriterProcess("outgrow", folder, "\(1 << 20)").remainingLines()
        #expect(lines.suffix(2) == ["fatal", "fatal"])
        lines.removeLast(2)
        #expect(try SQLiteJournal(folder: folder).lastSequence() >= sequence(lines.last))
        try checkFold(folder)
    }

    @Test("A second process is refused and hears who holds the journal")
    func secondProcess() throws {
        let folder = Scratch.path()
        let writer = try WriterProcess("append", folder, "1")
        _ = try sequence(writer.line())
        let failure = #expect(throws: JournalFailure.self) { try SQLiteJournal(folder: folder) }
        #expect(failure?.kind == .held)
        #expect(failure?.text.contains("pid \(writer.identifier)") == true)
        // Reading beside it is allowed.
        #expect(try SQLiteJournalReader(folder: folder).lastSequence() >= 1)
        writer.killNow()
        _ = writer.remainingLines()
        try SQLiteJournal(folder: folder).close()
    }

    private func sequence(_ line: String?) throws -> Int64 {
        try #require(line.flatMap { Int64($0) }, "\(line ?? "the process ended")")
    }

    /// Folds every fact the writer's workload wrote, and compares with every state row.
    private func checkFold(_ folder: String) throws {
        let reader = try SQLiteJournalReader(folder: folder)
        let report = try reader.verify { _, _ in true }
        #expect(report.findings == [])
        var folded: [Int64: (state: String, last: Int64, facts: Int)] = [:]
        var after: Int64 = 0
        while true {
            let entries = try reader.entries(after: after, limit: 5_000)
            guard let last = entries.last else { break }
            for entry in entries {
                guard let interaction = entry.interaction else { continue }
                folded[interaction] = (entry.type, entry.sequence, (folded[interaction]?.facts ?? 0) + 1)
            }
            after = last.sequence
        }
        var rows = 0
        var next: Int64 = 0
        while let last = try reader.interactions(after: next, limit: 5_000).last {
            for row in try reader.interactions(after: next, limit: 5_000) {
                rows += 1
                let expected = try #require(folded[row.interaction])
                let snapshot = String(decoding: row.snapshot, as: UTF8.self)
                let agrees =
                    row.state == expected.state && row.lastSequence == expected.last
                    && snapshot.hasPrefix("{\"facts\":\(expected.facts),")
                    && (row.closedAt != nil) == (expected.facts == 6)
                #expect(agrees, "\(row) is not \(expected)")
            }
            next = last.interaction
        }
        #expect(rows == folded.count)
    }
}
