import CSQLite
import InteractionModel

/// The statements of the hot path. Each answers SQLite's result code; SQLITE_DONE means it went well.
///
/// Strings and bytes are bound where they lie and read by SQLite before the scope ends: no copy and no allocation per
/// row. One row per statement: measured as fast as it must be, and the failing row is known.
struct SQLiteWrites {
    /// Takes the write lock at once, so that a transaction never fails half way for the want of it.
    let begin: SQLiteStatement
    let commit: SQLiteStatement
    private let insertEntry: SQLiteStatement
    private let insertContent: SQLiteStatement
    private let updateInteraction: SQLiteStatement
    private let putInteraction: SQLiteStatement
    private let putEntity: SQLiteStatement
    private let deleteEntity: SQLiteStatement
    private let connection: SQLiteConnection

    init(_ connection: SQLiteConnection) throws(JournalFailure) {
        self.connection = connection
        begin = try connection.prepare("BEGIN IMMEDIATE")
        commit = try connection.prepare("COMMIT")
        insertEntry = try connection.prepare("INSERT INTO journal VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
        insertContent = try connection.prepare("INSERT INTO content VALUES(?1, ?2, ?3, ?4)")
        // Leaves the indexed columns out of SET, or SQLite would rewrite the index entries each time.
        updateInteraction = try connection.prepare(
            """
            UPDATE interaction SET state = ?3, queue = ?4, agent = ?5, updated_at = ?7, last_seq = ?9, snap = ?10
            WHERE iid = ?1 AND customer IS ?2 AND created_at = ?6 AND closed_at IS ?8
            """)
        putInteraction = try connection.prepare(
            """
            INSERT INTO interaction VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT(iid) DO UPDATE SET
            customer = ?2, state = ?3, queue = ?4, agent = ?5, created_at = ?6, updated_at = ?7, closed_at = ?8,
            last_seq = ?9, snap = ?10
            """)
        putEntity = try connection.prepare(
            """
            INSERT INTO entity VALUES(?1, ?2, ?3, ?4)
            ON CONFLICT(kind, id) DO UPDATE SET last_seq = ?3, snap = ?4
            """)
        deleteEntity = try connection.prepare("DELETE FROM entity WHERE kind = ?1 AND id = ?2")
    }

    func insert(_ entry: JournalEntry, checksum: UInt64) -> Int32 {
        let statement = insertEntry
        statement.bind(entry.sequence, at: 1)
        statement.bind(entry.at.milliseconds, at: 2)
        statement.bind(entry.epoch, at: 3)
        statement.bind(entry.interaction, at: 5)
        statement.bind(entry.previous, at: 6)
        statement.bind(Int64(bitPattern: checksum), at: 9)
        return entry.type.withBytes { type in
            statement.bind(text: type, at: 4)
            return withText(entry.key, statement, at: 7) {
                entry.body.withUnsafeBufferPointer { body in
                    statement.bind(text: body, at: 8)
                    return statement.run()
                }
            }
        }
    }

    func insert(content: [UInt8], of entry: JournalEntry) -> Int32 {
        insertContent.bind(entry.sequence, at: 1)
        insertContent.bind(entry.contentOwner, at: 2)
        let checksum = EntryChecksum.ofContent(content, sequence: entry.sequence)
        insertContent.bind(Int64(bitPattern: checksum), at: 4)
        return content.withUnsafeBufferPointer { body in
            insertContent.bind(text: body, at: 3)
            return insertContent.run()
        }
    }

    func put(_ row: InteractionRow) -> Int32 {
        if row.createdAt != row.updatedAt {
            let code = bindAndRun(row, updateInteraction)
            if code != SQLITE_DONE || connection.changes == 1 { return code }
        }
        // New, closed, or of another customer now.
        return bindAndRun(row, putInteraction)
    }

    private func bindAndRun(_ row: InteractionRow, _ statement: SQLiteStatement) -> Int32 {
        statement.bind(row.interaction, at: 1)
        statement.bind(row.createdAt.milliseconds, at: 6)
        statement.bind(row.updatedAt.milliseconds, at: 7)
        statement.bind(row.closedAt?.milliseconds, at: 8)
        statement.bind(row.lastSequence, at: 9)
        return withText(row.customer, statement, at: 2) {
            withText(row.state, statement, at: 3) {
                withText(row.queue, statement, at: 4) {
                    withText(row.agent, statement, at: 5) {
                        row.snapshot.withUnsafeBufferPointer { snapshot in
                            statement.bind(text: snapshot, at: 10)
                            return statement.run()
                        }
                    }
                }
            }
        }
    }

    func put(_ row: EntityRow) -> Int32 {
        guard let snapshot = row.snapshot else {
            return withText(row.kind, deleteEntity, at: 1) {
                withText(row.id, deleteEntity, at: 2) { deleteEntity.run() }
            }
        }
        putEntity.bind(row.lastSequence, at: 3)
        return withText(row.kind, putEntity, at: 1) {
            withText(row.id, putEntity, at: 2) {
                snapshot.withUnsafeBufferPointer { bytes in
                    putEntity.bind(text: bytes, at: 4)
                    return putEntity.run()
                }
            }
        }
    }

    @inline(__always)
    private func withText(
        _ text: String?, _ statement: SQLiteStatement, at index: Int32, _ body: () -> Int32
    ) -> Int32 {
        guard let text else {
            statement.bind(nil, at: index)
            return body()
        }
        return text.withBytes { bytes in
            statement.bind(text: bytes, at: index)
            return body()
        }
    }
}
