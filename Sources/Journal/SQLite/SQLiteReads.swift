import CSQLite
import InteractionModel

/// The questions both the writer and the readers ask, on whichever connection they own.
final class SQLiteReads {
    let connection: SQLiteConnection
    private var prepared: [String: SQLiteStatement] = [:]
    private var types = TypeNames()

    private static let entryColumns = "SELECT seq, at, epoch, type, iid, prev, key, body"
    private static let interactionColumns =
        "SELECT iid, customer, state, queue, agent, created_at, updated_at, closed_at, last_seq, snap FROM interaction"

    init(_ connection: SQLiteConnection) {
        self.connection = connection
    }

    // MARK: - Entries

    /// The last entry's sequence and checksum. After a purge at least one entry is left, so none means empty.
    func last() throws(JournalFailure) -> (sequence: Int64, checksum: UInt64) {
        try one("SELECT seq, sum FROM journal ORDER BY seq DESC LIMIT 1") {
            ($0.integer(0), UInt64(bitPattern: $0.integer(1)))
        } ?? (0, 0)
    }

    func firstSequence() throws(JournalFailure) -> Int64 {
        try one("SELECT seq FROM journal ORDER BY seq LIMIT 1", read: { $0.integer(0) }) ?? 1
    }

    func firstSequence(at moment: Timestamp) throws(JournalFailure) -> Int64? {
        var low = try firstSequence()
        let last = try last().sequence
        var high = last + 1
        while low < high {
            let middle = low + (high - low) / 2
            // Numbers may leap, and a purge may just have removed some: the next one there is.
            let at = try one(
                "SELECT at FROM journal WHERE seq >= ?1 ORDER BY seq LIMIT 1", [.integer(middle)],
                read: { $0.integer(0) })
            if let at, at >= moment.milliseconds { high = middle } else { low = middle + 1 }
        }
        return try one(
            "SELECT seq FROM journal WHERE seq >= ?1 ORDER BY seq LIMIT 1", [.integer(low)], read: { $0.integer(0) })
    }

    func entries(after sequence: Int64, limit: Int) throws(JournalFailure) -> [JournalEntry] {
        var entries: [JournalEntry] = []
        try rows(
            Self.entryColumns + " FROM journal WHERE seq > ?1 ORDER BY seq LIMIT ?2",
            [.integer(sequence), .integer(Int64(limit))]
        ) { entries.append(entry($0)) }
        return entries
    }

    /// Entries as `verify` needs them: with what the checksum column says.
    func checkedEntries(after sequence: Int64, limit: Int) throws(JournalFailure) -> [CheckedEntry] {
        var entries: [CheckedEntry] = []
        try rows(
            Self.entryColumns + ", sum, json_valid(body) FROM journal WHERE seq > ?1 ORDER BY seq LIMIT ?2",
            [.integer(sequence), .integer(Int64(limit))]
        ) {
            entries.append(
                CheckedEntry(
                    entry: entry($0), checksum: UInt64(bitPattern: $0.integer(8)), bodyIsJSON: $0.integer(9) == 1))
        }
        return entries
    }

    /// Walks the chain back from the state row, or from nothing when there is none.
    func history(of interaction: Int64, limit: Int) throws(JournalFailure) -> [JournalEntry] {
        var entries: [JournalEntry] = []
        var next = try one(
            "SELECT last_seq FROM interaction WHERE iid = ?1", [.integer(interaction)], read: { $0.integer(0) })
        while let sequence = next, entries.count < limit {
            let found = try one(
                Self.entryColumns + ", (SELECT body FROM content WHERE seq = ?1) FROM journal WHERE seq = ?1",
                [.integer(sequence)],
                read: { row in
                    var entry = entry(row)
                    entry.content = row.optionalBytes(8)
                    return entry
                })
            guard let found else { break }  // Purged: what is left is the newer part.
            entries.append(found)
            next = found.previous
        }
        return entries.reversed()
    }

    func find(key: String) throws(JournalFailure) -> (sequence: Int64, interaction: Int64?)? {
        try one(
            "SELECT seq, iid FROM journal WHERE key = ?1", [.text(key)],
            read: { ($0.integer(0), $0.optionalInteger(1)) })
    }

    /// As ``find(key:)`` for each, in one look at the database: a look of its own takes and gives back a lock.
    func find(keys: [String]) throws(JournalFailure) -> [(sequence: Int64, interaction: Int64?)?] {
        try run("BEGIN", [])
        do throws(JournalFailure) {
            var found: [(sequence: Int64, interaction: Int64?)?] = []
            found.reserveCapacity(keys.count)
            for key in keys { found.append(try find(key: key)) }
            try run("COMMIT", [])
            return found
        } catch {
            // Nothing was written; a connection that cannot even end a look refuses the next transaction.
            try? run("ROLLBACK", [])
            throw error
        }
    }

    // MARK: - Content

    func content(of sequence: Int64) throws(JournalFailure) -> [UInt8]? {
        try one("SELECT body FROM content WHERE seq = ?1", [.integer(sequence)], read: { $0.bytes(0) })
    }

    func contents(of interaction: Int64) throws(JournalFailure) -> [JournalContent] {
        var contents: [JournalContent] = []
        try rows("SELECT seq, body FROM content WHERE iid = ?1 ORDER BY seq", [.integer(interaction)]) {
            contents.append(JournalContent(sequence: $0.integer(0), body: $0.bytes(1)))
        }
        return contents
    }

    // MARK: - State rows

    func interaction(_ interaction: Int64) throws(JournalFailure) -> InteractionRow? {
        try one(
            Self.interactionColumns + " WHERE iid = ?1", [.integer(interaction)], read: { self.interactionRow($0) })
    }

    func interactions(ofCustomer customer: String, limit: Int) throws(JournalFailure) -> [InteractionRow] {
        // Closed ones have an index by customer; open ones are picked out of theirs, which holds the customer too.
        try interactionRows(
            """
             WHERE customer = ?1 AND closed_at IS NOT NULL UNION ALL \(Self.interactionColumns) WHERE iid IN
            (SELECT iid FROM interaction INDEXED BY interaction_open WHERE closed_at IS NULL AND customer = ?1)
            ORDER BY created_at DESC, iid DESC LIMIT ?2
            """,
            [.text(customer), .integer(Int64(limit))])
    }

    func interactions(after interaction: Int64, limit: Int) throws(JournalFailure) -> [InteractionRow] {
        try interactionRows(" WHERE iid > ?1 ORDER BY iid LIMIT ?2", [.integer(interaction), .integer(Int64(limit))])
    }

    func visitOpenInteractions(_ visit: (InteractionRow) -> Void) throws(JournalFailure) {
        try rows(Self.interactionColumns + " WHERE closed_at IS NULL ORDER BY created_at, iid") {
            visit(interactionRow($0))
        }
    }

    func entities() throws(JournalFailure) -> [EntityRow] {
        var entities: [EntityRow] = []
        try rows("SELECT kind, id, last_seq, snap FROM entity ORDER BY kind, id") {
            entities.append(
                EntityRow(kind: $0.string(0), id: $0.string(1), lastSequence: $0.integer(2), snapshot: $0.bytes(3)))
        }
        return entities
    }

    // MARK: - Rows

    private func interactionRows(
        _ condition: String, _ values: [SQLiteValue]
    ) throws(JournalFailure) -> [InteractionRow] {
        var found: [InteractionRow] = []
        try rows(Self.interactionColumns + condition, values) { found.append(interactionRow($0)) }
        return found
    }

    private func entry(_ row: SQLiteStatement) -> JournalEntry {
        JournalEntry(
            sequence: row.integer(0), at: Timestamp(milliseconds: row.integer(1)), epoch: row.integer(2),
            type: types.name(row.buffer(3)), interaction: row.optionalInteger(4), previous: row.optionalInteger(5),
            key: row.optionalString(6), body: row.bytes(7))
    }

    private func interactionRow(_ row: SQLiteStatement) -> InteractionRow {
        InteractionRow(
            interaction: row.integer(0), customer: row.optionalString(1), state: types.name(row.buffer(2)),
            queue: row.optionalString(3), agent: row.optionalString(4),
            createdAt: Timestamp(milliseconds: row.integer(5)), updatedAt: Timestamp(milliseconds: row.integer(6)),
            closedAt: row.optionalInteger(7).map(Timestamp.init(milliseconds:)), lastSequence: row.integer(8),
            snapshot: row.bytes(9))
    }

    /// The first row of a question, if there is one.
    func one<Value>(
        _ sql: String, _ values: [SQLiteValue] = [], read: (SQLiteStatement) -> Value
    ) throws(JournalFailure) -> Value? {
        let statement = try statement(sql, values)
        defer { statement.reset() }
        let code = statement.step()
        guard code != SQLITE_DONE else { return nil }
        guard code == SQLITE_ROW else { throw connection.failure(code, sql) }
        return read(statement)
    }

    /// Every row of a question.
    func rows(
        _ sql: String, _ values: [SQLiteValue] = [], read: (SQLiteStatement) -> Void
    ) throws(JournalFailure) {
        let statement = try statement(sql, values)
        defer { statement.reset() }
        var code = statement.step()
        while code == SQLITE_ROW {
            read(statement)
            code = statement.step()
        }
        guard code == SQLITE_DONE else { throw connection.failure(code, sql) }
    }

    /// Runs a statement that returns no rows.
    func run(_ sql: String, _ values: [SQLiteValue]) throws(JournalFailure) {
        try rows(sql, values) { _ in }
    }

    /// The statement, compiled at its first use, with the values bound.
    private func statement(_ sql: String, _ values: [SQLiteValue]) throws(JournalFailure) -> SQLiteStatement {
        let statement = if let known = prepared[sql] { known } else { try connection.prepare(sql) }
        prepared[sql] = statement
        for (index, value) in values.enumerated() {
            switch value {
            case .integer(let integer): statement.bind(integer, at: Int32(index + 1))
            case .text(let text): statement.bind(copyOf: text, at: Int32(index + 1))
            }
        }
        return statement
    }
}
