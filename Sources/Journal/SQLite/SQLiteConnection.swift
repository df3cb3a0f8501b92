import CSQLite

/// One connection to SQLite, used by one thread at a time: whoever owns it holds a lock around each use.
final class SQLiteConnection {
    let handle: OpaquePointer
    private var statements: [SQLiteStatement] = []
    /// Pages in the write-ahead log after the latest commit, set by SQLite's hook.
    private let logPages: UnsafeMutablePointer<Int32>

    /// How long a statement waits for another program's lock before it fails, milliseconds.
    static let busyTimeout: Int32 = 5_000

    init(path: String, flags: Int32) throws(JournalFailure) {
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let opened else {
            let cause = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "no memory"
            sqlite3_close_v2(opened)
            throw JournalFailure(
                .fatal,
                "The journal \(path) cannot be opened. Check that it exists, that its folder belongs to this user "
                    + "and that the disk is mounted.", cause: cause)
        }
        handle = opened
        logPages = .allocate(capacity: 1)
        logPages.initialize(to: 0)
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, Self.busyTimeout)
    }

    deinit {
        for statement in statements { sqlite3_finalize(statement.handle) }
        sqlite3_close_v2(handle)
        logPages.deallocate()
    }

    /// Turns SQLite's own checkpoints off and counts pages instead: its hook swallows a checkpoint's I/O error.
    func countLogPages() {
        sqlite3_wal_hook(
            handle,
            { context, _, _, pages in
                context?.assumingMemoryBound(to: Int32.self).pointee = pages
                return SQLITE_OK
            }, logPages)
    }

    var pagesInLog: Int32 { logPages.pointee }

    func forgetLogPages() { logPages.pointee = 0 }

    /// Makes closing leave the files alone, for a connection that met an I/O error.
    func keepLogOnClose() {
        _ = interflow_sqlite_keep_log_on_close(handle)
    }

    /// Runs statements that return nothing of interest.
    func execute(_ sql: String) throws(JournalFailure) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code, "running \(sql)") }
    }

    /// Compiles a statement that is used again and again; it lives as long as the connection.
    func prepare(_ sql: String) throws(JournalFailure) -> SQLiteStatement {
        var compiled: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &compiled, nil)
        guard code == SQLITE_OK, let compiled else { throw failure(code, "preparing \(sql)") }
        let statement = SQLiteStatement(compiled)
        statements.append(statement)
        return statement
    }

    /// Rows changed by the latest statement.
    var changes: Int { Int(sqlite3_changes(handle)) }

    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// What an extended result code means to the caller.
    func failure(_ code: Int32, _ doing: String) -> JournalFailure {
        let cause = "SQLite \(code) while \(doing): \(String(cString: sqlite3_errmsg(handle)))"
        return switch code & 0xFF {
        case SQLITE_FULL:
            JournalFailure(
                .full,
                "The disk that holds the journal is full. Nothing was written. Answer 503, free space, "
                    + "and append the same batch again.", cause: cause)
        case SQLITE_CORRUPT, SQLITE_NOTADB:
            JournalFailure(
                .corrupt,
                "The journal's file is damaged. Stop, keep the files as they are, and restore the latest "
                    + "backup beside them.", cause: cause)
        case SQLITE_BUSY, SQLITE_LOCKED:
            JournalFailure(
                .fatal,
                "Another program holds the journal's lock. Close it (open the journal only with "
                    + "`sqlite3 -readonly`), then start this process again.", cause: cause)
        default:
            JournalFailure(
                .fatal,
                "The journal could not be read or written, and it is not known what became durable. Acknowledge "
                    + "nothing, check the disk, and start this process again: it recovers from the journal.",
                cause: cause)
        }
    }
}
