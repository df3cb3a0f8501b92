package import InteractionModel

/// The one writer of a site's journal: where facts become durable before anyone is answered.
///
/// Calls are serial: the site's loop appends, and only when that returned releases acknowledgements and performs
/// effects. An engine may be called from any thread, but the next append is never begun before the last one's result.
/// After a failure of kind `.fatal` or `.corrupt` the object refuses everything; open a new one.
package protocol Journal: AnyObject, Sendable {
    /// The newest durable entry's sequence; 0 when empty.
    func lastSequence() throws(JournalFailure) -> Int64

    /// Becomes the one that may append, and writes the marker entry ``JournalEntry/leadershipType`` to say so.
    ///
    /// The epoch grows by one each time; an older epoch's append is refused from then on as `.deposed`.
    /// - Throws: `.held` while another process leads, where an engine allows standbys; ask again.
    /// - Parameters:
    ///   - holder: Who leads, for the operator: host and incarnation, at most ``JournalLimits/keyBytesMax`` bytes.
    ///   - at: The marker's time, not before the last entry's.
    ///   - leap: The marker's sequence is above this too: of a journal that was restored from a backup, whose lost
    ///     continuation gave numbers that must not be given again. No other entry may leave a gap before it.
    func takeLeadership(holder: String, at: Timestamp, leap: Int64) throws(JournalFailure) -> Leadership

    /// Makes the batch durable: when this returns it survives a power loss; when it throws none of it was written,
    /// except that after `.fatal` nobody knows before recovery.
    func append(_ batch: JournalBatch) throws(JournalFailure)

    /// Housekeeping that may take some milliseconds. Call it after each append, when acknowledgements have been
    /// released; usually it does nothing. Append does it itself only when it was forgotten for long.
    func maintain() throws(JournalFailure)

    /// The entry that carries this idempotency key.
    func find(key: String) throws(JournalFailure) -> (sequence: Int64, interaction: Int64?)?

    /// The entries that carry these keys, in the keys' order: one look for a whole batch.
    func find(keys: [String]) throws(JournalFailure) -> [(sequence: Int64, interaction: Int64?)?]

    /// The state rows of interactions that are not closed, oldest first, one by one: what a restart continues from.
    /// `visit` must not call the journal.
    func visitOpenInteractions(_ visit: (InteractionRow) -> Void) throws(JournalFailure)

    /// All entities' state rows, ordered by kind and id in byte order.
    func entities() throws(JournalFailure) -> [EntityRow]

    /// A reader for one other thread at a time. It sees what is durable and cannot disturb the writer.
    func makeReader() throws(JournalFailure) -> any JournalReader

    /// Deletes the personal content of an interaction's entries and overwrites the bytes in the engine's own files.
    func eraseContent(of interaction: Int64) throws(JournalFailure) -> Erasure

    /// Removes the oldest entries, with their content and the closed interactions that end among them.
    ///
    /// Removes at most `limit` entries in one transaction, so call it again between appends until it is finished.
    /// It stops before the first entry not older than `before`, before the oldest open interaction (which thus keeps
    /// its whole history), and before the last entry.
    func purge(before: Timestamp, limit: Int) throws(JournalFailure) -> Purge

    /// Ends writing and frees files and locks. Later calls throw `.fatal`; closing twice does nothing.
    func close()
}

extension Journal {
    /// All open interactions' state rows at once. For half a million of them prefer to visit.
    package func openInteractions() throws(JournalFailure) -> [InteractionRow] {
        var rows: [InteractionRow] = []
        try visitOpenInteractions { rows.append($0) }
        return rows
    }

    package func purge(before: Timestamp) throws(JournalFailure) -> Purge {
        try purge(before: before, limit: JournalLimits.purgeMax)
    }
}

extension Journal {
    /// The same without a gap.
    package func takeLeadership(holder: String, at: Timestamp) throws(JournalFailure) -> Leadership {
        try takeLeadership(holder: holder, at: at, leap: 0)
    }
}
