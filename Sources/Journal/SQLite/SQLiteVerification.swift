import CSQLite

/// The structural check of an SQLite journal, in pages, so that the writer's log can shrink meanwhile.
struct SQLiteVerification {
    let reads: SQLiteReads
    /// Rows per read, and per call of the progress function.
    private static let page = 5_000

    func run(_ progress: (Int64, Int64) -> Bool) throws(JournalFailure) -> VerificationReport {
        let purged = try reads.purged()
        let last = try reads.last().sequence
        var report = VerificationReport(from: purged.through + 1)
        var auditor = ChainAuditor(after: purged.through, checksum: purged.checksum)
        try walkEntries(through: last, &auditor, &report, progress)
        guard !report.wasStopped else { return report }
        try walkInteractions(auditor, through: last, &report)
        try walkContent(&report)
        try checkKeys(&report)
        try checkFile(&report)
        return report
    }

    private func walkEntries(
        through last: Int64, _ auditor: inout ChainAuditor, _ report: inout VerificationReport,
        _ progress: (Int64, Int64) -> Bool
    ) throws(JournalFailure) {
        let total = last - report.from + 1
        while report.through < last {
            let limit = min(Int64(Self.page), last - report.through)
            let entries = try reads.checkedEntries(after: report.through, limit: Int(limit))
            guard !entries.isEmpty else { break }
            for checked in entries { auditor.check(checked, &report) }
            guard progress(report.entriesChecked, total) else {
                report.wasStopped = true
                return
            }
        }
        if report.through < last { report.note(last, "entries up to \(last) were there and are missing now") }
    }

    private func walkInteractions(
        _ auditor: ChainAuditor, through last: Int64, _ report: inout VerificationReport
    ) throws(JournalFailure) {
        var after = Int64.min
        while true {
            let rows = try reads.interactions(after: after, limit: Self.page)
            for row in rows { auditor.check(row, through: last, &report) }
            guard let next = rows.last?.interaction else { break }
            after = next
        }
        try noteEach(
            "SELECT last_seq, 'the snapshot of interaction ' || iid || ' is not JSON' FROM interaction WHERE NOT json_valid(snap)",
            &report)
        try noteEach(
            "SELECT last_seq, 'the snapshot of ' || kind || ' ' || id || ' is not JSON' FROM entity WHERE NOT json_valid(snap)",
            &report)
    }

    private func walkContent(_ report: inout VerificationReport) throws(JournalFailure) {
        var after: Int64 = 0
        var found: Int64
        repeat {
            found = 0
            try reads.rows(
                """
                SELECT c.seq, c.body, c.sum, c.iid = coalesce(j.iid, j.seq), json_valid(c.body)
                FROM content c LEFT JOIN journal j USING(seq) WHERE c.seq > ?1 ORDER BY c.seq LIMIT \(Self.page)
                """, [.integer(after)]
            ) {
                found += 1
                after = $0.integer(0)
                check(content: $0, &report)
            }
            report.contentsChecked += found
        } while found > 0
    }

    private func check(content row: SQLiteStatement, _ report: inout VerificationReport) {
        let sequence = row.integer(0)
        if EntryChecksum.ofContent(row.bytes(1), sequence: sequence) != UInt64(bitPattern: row.integer(2)) {
            report.note(sequence, "the content of entry \(sequence) does not match its checksum")
        }
        if row.integer(3) != 1 {
            report.note(sequence, "the content of entry \(sequence) belongs to an interaction that the entry does not")
        }
        if row.integer(4) == 0 { report.note(sequence, "the content of entry \(sequence) is not JSON") }
    }

    private func checkKeys(_ report: inout VerificationReport) throws(JournalFailure) {
        try noteEach(
            """
            SELECT max(seq), 'entries ' || min(seq) || ' and ' || max(seq) || ' have the same idempotency key'
            FROM journal WHERE key IS NOT NULL GROUP BY key HAVING count(*) > 1
            """, &report)
    }

    private func checkFile(_ report: inout VerificationReport) throws(JournalFailure) {
        var found = report
        try reads.rows("PRAGMA integrity_check(\(VerificationReport.findingsMax))") {
            let text = $0.string(0)
            if text != "ok" { found.note(nil, "the file: \(text)") }
        }
        report = found
    }

    private func noteEach(_ sql: String, _ report: inout VerificationReport) throws(JournalFailure) {
        var found = report
        try reads.rows(sql) { found.note($0.integer(0), $0.string(1)) }
        report = found
    }
}

extension SQLiteReads {
    /// How far the journal was purged, and the checksum its first kept entry continues.
    func purged() throws(JournalFailure) -> (through: Int64, checksum: UInt64) {
        try one(
            "SELECT through_seq, through_sum FROM purge",
            read: { ($0.integer(0), UInt64(bitPattern: $0.integer(1))) }) ?? (0, 0)
    }
}
