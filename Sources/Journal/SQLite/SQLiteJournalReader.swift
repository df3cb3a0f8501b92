import CSQLite
package import InteractionModel
import Threads

/// A read-only connection with a lock around each call.
package final class SQLiteJournalReader: JournalReader, @unchecked Sendable {  // Every use of `reads` holds `lock`.
    private let lock = Guarded()
    private var reads: SQLiteReads?

    /// Opens the journal in `folder` for reading, beside a writer of this or another process, or of none.
    package init(folder: String, options: SQLiteOptions = SQLiteOptions()) throws(JournalFailure) {
        let path = folder + "/" + SQLiteJournal.fileName
        let connection = try SQLiteConnection(path: path, flags: SQLITE_OPEN_READONLY)
        try connection.execute("PRAGMA cache_size = -\(options.readerCacheKilobytes)")
        let pending = try MigrationRunner(connection: connection).pending()
        guard pending.isEmpty else {
            throw JournalFailure(
                .fatal,
                "The journal has schema \(pending[0].version - 1), this program reads \(Migration.newest). Start "
                    + "the site once, so that it migrates, then read.")
        }
        reads = SQLiteReads(connection)
    }

    package func lastSequence() throws(JournalFailure) -> Int64 {
        try using { reads throws(JournalFailure) in try reads.last().sequence }
    }

    package func firstSequence() throws(JournalFailure) -> Int64 {
        try using { reads throws(JournalFailure) in try reads.firstSequence() }
    }

    package func firstSequence(at moment: Timestamp) throws(JournalFailure) -> Int64? {
        try using { reads throws(JournalFailure) in try reads.firstSequence(at: moment) }
    }

    package func entries(after sequence: Int64, limit: Int) throws(JournalFailure) -> [JournalEntry] {
        BatchRules.requirePage(limit)
        return try using { reads throws(JournalFailure) in try reads.entries(after: sequence, limit: limit) }
    }

    package func history(of interaction: Int64, limit: Int) throws(JournalFailure) -> [JournalEntry] {
        BatchRules.requirePage(limit)
        return try using { reads throws(JournalFailure) in try reads.history(of: interaction, limit: limit) }
    }

    package func content(of sequence: Int64) throws(JournalFailure) -> [UInt8]? {
        try using { reads throws(JournalFailure) in try reads.content(of: sequence) }
    }

    package func contents(of interaction: Int64) throws(JournalFailure) -> [JournalContent] {
        try using { reads throws(JournalFailure) in try reads.contents(of: interaction) }
    }

    package func find(key: String) throws(JournalFailure) -> (sequence: Int64, interaction: Int64?)? {
        try using { reads throws(JournalFailure) in try reads.find(key: key) }
    }

    package func interaction(_ interaction: Int64) throws(JournalFailure) -> InteractionRow? {
        try using { reads throws(JournalFailure) in try reads.interaction(interaction) }
    }

    package func interactions(ofCustomer customer: String, limit: Int) throws(JournalFailure) -> [InteractionRow] {
        BatchRules.requirePage(limit)
        return try using { reads throws(JournalFailure) in try reads.interactions(ofCustomer: customer, limit: limit) }
    }

    package func interactions(after interaction: Int64, limit: Int) throws(JournalFailure) -> [InteractionRow] {
        BatchRules.requirePage(limit)
        return try using { reads throws(JournalFailure) in try reads.interactions(after: interaction, limit: limit) }
    }

    package func entities() throws(JournalFailure) -> [EntityRow] {
        try using { reads throws(JournalFailure) in try reads.entities() }
    }

    package func verify(
        progress: (_ checked: Int64, _ of: Int64) -> Bool
    ) throws(JournalFailure) -> VerificationReport {
        try using { reads throws(JournalFailure) in try SQLiteVerification(reads: reads).run(progress) }
    }

    package func close() {
        lock.locked { reads = nil }
    }

    private func using<Result>(
        _ body: (SQLiteReads) throws(JournalFailure) -> Result
    ) throws(JournalFailure) -> Result {
        try lock.locked { () throws(JournalFailure) -> Result in
            guard let reads else {
                throw JournalFailure(.fatal, "The journal's reader was closed. Make a new one.")
            }
            return try body(reads)
        }
    }
}
