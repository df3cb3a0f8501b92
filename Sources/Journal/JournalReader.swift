package import InteractionModel

/// Reads what is durable, beside the writer and without disturbing it.
///
/// Any thread may call, one call runs at a time; give each busy thread its own. Every call is one short read, so that
/// no reader holds the log's space for long: page through by the last sequence seen.
package protocol JournalReader: AnyObject, Sendable {
    /// The newest durable entry's sequence; 0 when empty.
    func lastSequence() throws(JournalFailure) -> Int64

    /// The oldest kept entry's sequence; one more than the last one when there are none.
    func firstSequence() throws(JournalFailure) -> Int64

    /// The first kept entry whose time is `at` or later, found by halving; nil when all are older.
    func firstSequence(at: Timestamp) throws(JournalFailure) -> Int64?

    /// Entries in order, without their content.
    /// - Parameter limit: 1 to ``JournalLimits/readMax``.
    func entries(after sequence: Int64, limit: Int) throws(JournalFailure) -> [JournalEntry]

    /// An interaction's newest `limit` entries, oldest first, with the content that is left.
    func history(of interaction: Int64, limit: Int) throws(JournalFailure) -> [JournalEntry]

    /// The content of one entry; nil when it has none or it was erased.
    func content(of sequence: Int64) throws(JournalFailure) -> [UInt8]?

    /// All content of an interaction, oldest first.
    func contents(of interaction: Int64) throws(JournalFailure) -> [JournalContent]

    /// The entry that carries this idempotency key.
    func find(key: String) throws(JournalFailure) -> (sequence: Int64, interaction: Int64?)?

    func interaction(_ interaction: Int64) throws(JournalFailure) -> InteractionRow?

    /// A customer's interactions, newest first. Walks the open ones, so it takes longer the more are open.
    func interactions(ofCustomer customer: String, limit: Int) throws(JournalFailure) -> [InteractionRow]

    /// State rows by number, closed ones too: what a comparison with the folded journal walks.
    func interactions(after interaction: Int64, limit: Int) throws(JournalFailure) -> [InteractionRow]

    func entities() throws(JournalFailure) -> [EntityRow]

    /// Checks what is stored, while the site works. Comparing state rows with the folded facts is the site's business.
    /// - Parameter progress: Called every few thousand entries with how many were checked of how many; false stops.
    func verify(progress: (_ checked: Int64, _ of: Int64) -> Bool) throws(JournalFailure) -> VerificationReport

    /// Frees the reader's files. Later calls throw `.fatal`.
    func close()
}

extension JournalReader {
    package func history(of interaction: Int64) throws(JournalFailure) -> [JournalEntry] {
        try history(of: interaction, limit: JournalLimits.readMax)
    }

    package func interactions(ofCustomer customer: String) throws(JournalFailure) -> [InteractionRow] {
        try interactions(ofCustomer: customer, limit: JournalLimits.readMax)
    }
}
