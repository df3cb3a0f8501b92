/// Checks the newest entries at each start, so that damage at the end is found before anything is built on it.
enum RecentEntries {
    /// Entries checked: about 2 ms. `verify` checks the rest.
    static let count: Int64 = 1_000

    static func check(_ reads: SQLiteReads) throws(JournalFailure) {
        let last = try reads.last().sequence
        let first = try reads.firstSequence()
        let start = max(first, last - count)
        let before = start == first ? try reads.purged() : nil
        let entries = try reads.checkedEntries(after: start - 1, limit: Int(count) + 1)
        var auditor = before.map { ChainAuditor(after: $0.through, checksum: $0.checksum) }
        var report = VerificationReport(from: start)
        for checked in entries {
            if auditor == nil {
                // In the middle of the chain the first one read serves only as the others' beginning.
                auditor = ChainAuditor(after: checked.entry.sequence, checksum: checked.checksum)
                continue
            }
            auditor?.checkChain(checked, &report)
        }
        guard let finding = report.findings.first else { return }
        throw JournalFailure(
            .corrupt,
            "The journal is damaged among its newest entries. Stop, keep the files as they are, run "
                + "`interflow verify`, and restore the latest backup beside them.", cause: finding.text)
    }
}
