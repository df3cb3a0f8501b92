import CSQLite

/// A reader in the middle of a long question: it sees the database as it was.
final class OldView {
    private var database: OpaquePointer?

    init(_ path: String) {
        sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, nil)
        sqlite3_exec(database, "BEGIN; SELECT count(*) FROM journal", nil, nil, nil)
    }

    func close() { sqlite3_close(database) }
}
