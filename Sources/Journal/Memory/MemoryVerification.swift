import CSQLite

/// The structural check of a store, with the same auditor and the same judge of JSON as the SQLite engine's.
struct MemoryVerification {
    let stored: MemoryStore.Stored

    func run(_ progress: (Int64, Int64) -> Bool) throws(JournalFailure) -> VerificationReport {
        let judge = SQLiteReads(try SQLiteConnection(path: ":memory:", flags: SQLITE_OPEN_READWRITE))
        var report = VerificationReport(from: stored.purgedThrough + 1)
        var auditor = ChainAuditor(after: stored.purgedThrough, checksum: stored.purgedChecksum)
        for checked in stored.entries {
            let isJSON = try judge.isJSON(checked.entry.body)
            auditor.check(
                CheckedEntry(entry: checked.entry, checksum: checked.checksum, bodyIsJSON: isJSON), &report)
        }
        report.wasStopped = !progress(report.entriesChecked, report.entriesChecked)
        for row in stored.interactions(after: .min, limit: .max) {
            auditor.check(row, through: stored.lastSequence, &report)
            guard try !judge.isJSON(row.snapshot) else { continue }
            report.note(row.lastSequence, "the snapshot of interaction \(row.interaction) is not JSON")
        }
        for row in stored.sortedEntities() {
            guard try !judge.isJSON(row.snapshot ?? []) else { continue }
            report.note(row.lastSequence, "the snapshot of \(row.kind) \(row.id) is not JSON")
        }
        for sequence in stored.contents.keys.sorted() { try check(contentOf: sequence, judge, &report) }
        return report
    }

    private func check(
        contentOf sequence: Int64, _ judge: SQLiteReads, _ report: inout VerificationReport
    ) throws(JournalFailure) {
        guard let content = stored.contents[sequence] else { return }
        report.contentsChecked += 1
        if EntryChecksum.ofContent(content.body, sequence: sequence) != content.checksum {
            report.note(sequence, "the content of entry \(sequence) does not match its checksum")
        }
        if try !judge.isJSON(content.body) { report.note(sequence, "the content of entry \(sequence) is not JSON") }
    }
}

extension SQLiteReads {
    fileprivate func isJSON(_ bytes: [UInt8]) throws(JournalFailure) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        return try one("SELECT json_valid(?1)", [.text(text)], read: { $0.integer(0) == 1 }) ?? false
    }
}
