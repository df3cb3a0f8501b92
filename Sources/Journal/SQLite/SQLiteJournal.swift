import CSQLite
import Glibc
import InteractionModel
import Threads

/// The embedded journal: one SQLite file in WAL mode with `synchronous=FULL`, written by this one connection.
///
/// The same connection checkpoints and every other is read-only, because SQLite before 3.51.3 can damage a database
/// when two connections write or checkpoint at the same instant. A lock file keeps a second process out.
package final class SQLiteJournal: Journal, @unchecked Sendable {  // Every use of the stored state holds `lock`.
    /// The file's name inside the journal's folder.
    package static let fileName = "journal.sqlite"
    static let lockName = "journal.lock"

    let folder: String
    let options: SQLiteOptions
    let lock = Guarded()
    /// Nil once closed or unusable.
    var open: Opened?
    /// Why every further call is refused.
    var broken: JournalFailure?

    /// What exists while the journal is open.
    struct Opened {
        let connection: SQLiteConnection
        let reads: SQLiteReads
        let writes: SQLiteWrites
        let folderLock: FolderLock
        var epoch: Int64
        var lastSequence: Int64
        var lastChecksum: UInt64
        /// Erased bytes may still be in the log.
        var mustTruncateLog = false
    }

    /// Opens the journal in `folder`, creating folder (0700) and file (0600) as needed, and migrates the schema.
    ///
    /// - Throws: `.held` when another process has it, `.newerSchema`, `.corrupt` when the newest entries' checksums do
    ///   not fit, `.fatal` when the disk does not allow it.
    /// - Parameter afterMigrationStatement: Called after each statement of a migration; the tests' processes die here.
    package init(
        folder: String, options: SQLiteOptions = SQLiteOptions(), afterMigrationStatement: () -> Void = {}
    ) throws(JournalFailure) {
        self.folder = folder
        self.options = options
        try Self.createFolder(folder)
        let folderLock = try FolderLock(path: folder + "/" + Self.lockName)
        let path = folder + "/" + Self.fileName
        try Self.createFile(path)
        let connection = try SQLiteConnection(path: path, flags: SQLITE_OPEN_READWRITE)
        try Self.configure(connection, options)
        try MigrationRunner(connection: connection).run(afterStatement: afterMigrationStatement)
        connection.countLogPages()
        // A kill may have come between an erasure and the emptying of the log.
        let isLogEmpty = try Self.truncateLog(connection)
        let reads = SQLiteReads(connection)
        try RecentEntries.check(reads)
        let last = try reads.last()
        open = Opened(
            connection: connection, reads: reads, writes: try SQLiteWrites(connection), folderLock: folderLock,
            epoch: try Self.epoch(reads), lastSequence: last.sequence, lastChecksum: last.checksum,
            mustTruncateLog: !isLogEmpty)
    }

    deinit { close() }

    package func lastSequence() throws(JournalFailure) -> Int64 {
        try using { opened throws(JournalFailure) in opened.lastSequence }
    }

    package func find(key: String) throws(JournalFailure) -> (sequence: Int64, interaction: Int64?)? {
        try using { opened throws(JournalFailure) in try opened.reads.find(key: key) }
    }

    package func find(keys: [String]) throws(JournalFailure) -> [(sequence: Int64, interaction: Int64?)?] {
        try using { opened throws(JournalFailure) in try opened.reads.find(keys: keys) }
    }

    package func visitOpenInteractions(_ visit: (InteractionRow) -> Void) throws(JournalFailure) {
        try using { opened throws(JournalFailure) in try opened.reads.visitOpenInteractions(visit) }
    }

    package func entities() throws(JournalFailure) -> [EntityRow] {
        try using { opened throws(JournalFailure) in try opened.reads.entities() }
    }

    package func makeReader() throws(JournalFailure) -> any JournalReader {
        try SQLiteJournalReader(folder: folder, options: options)
    }

    package func close() {
        lock.locked {
            open = nil
            broken = broken ?? JournalFailure(.fatal, "The journal was closed. Open it again before using it.")
        }
    }

    /// Runs one call under the lock, and remembers a failure after which nothing may go on.
    func using<Result>(
        _ body: (inout Opened) throws(JournalFailure) -> Result
    ) throws(JournalFailure) -> Result {
        try lock.locked { () throws(JournalFailure) -> Result in
            guard broken == nil, open != nil else { throw broken! }
            do throws(JournalFailure) {
                return try body(&open!)
            } catch {
                remember(error)
                throw error
            }
        }
    }

    /// A failed fsync must not be tried again, not even by the checkpoint that a closing connection would do: the
    /// kernel may have dropped the pages it could not write. Recovery reads what the disk has.
    private func remember(_ failure: JournalFailure) {
        switch failure.kind {
        case .fatal, .corrupt:
            broken = failure
            open?.connection.keepLogOnClose()
            open = nil
        case .full, .deposed, .duplicateKey, .invalid, .held, .newerSchema: break
        }
    }
}

// MARK: - Opening

extension SQLiteJournal {
    /// The steps that opening the journal in `folder` would take; all of them when there is none yet. Changes nothing.
    package static func pendingMigrations(folder: String) throws(JournalFailure) -> [Migration] {
        let path = folder + "/" + fileName
        guard access(path, F_OK) == 0 else { return Migration.all }
        return try MigrationRunner(connection: SQLiteConnection(path: path, flags: SQLITE_OPEN_READONLY)).pending()
    }

    private static func createFolder(_ folder: String) throws(JournalFailure) {
        guard mkdir(folder, 0o700) != 0 else {
            try synchronize(folder: parent(of: folder))
            return
        }
        guard errno == EEXIST else {
            throw JournalFailure(
                .fatal, "The journal's folder \(folder) cannot be created. Create it, owned by this user, mode 0700.",
                cause: String(cString: strerror(errno)))
        }
    }

    /// SQLite gives its log the database's mode, so the mode is right before SQLite sees the file.
    private static func createFile(_ path: String) throws(JournalFailure) {
        let created = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if created >= 0 { Glibc.close(created) }
        guard chmod(path, 0o600) == 0 else {
            throw JournalFailure(
                .fatal, "The journal's file \(path) cannot be created or is not this user's. Check the folder's owner.",
                cause: String(cString: strerror(errno)))
        }
    }

    private static func configure(_ connection: SQLiteConnection, _ options: SQLiteOptions) throws(JournalFailure) {
        try connection.execute("PRAGMA page_size = 4096")
        try connection.execute("PRAGMA journal_mode = WAL")
        try connection.execute("PRAGMA synchronous = FULL")
        try connection.execute("PRAGMA secure_delete = ON")
        try connection.execute("PRAGMA temp_store = MEMORY")
        try connection.execute("PRAGMA cache_size = -\(options.writerCacheKilobytes)")
        if let pages = options.pagesMax { try connection.execute("PRAGMA max_page_count = \(pages)") }
    }

    private static func epoch(_ reads: SQLiteReads) throws(JournalFailure) -> Int64 {
        try reads.one("SELECT epoch FROM lease WHERE name = 'router'", read: { $0.integer(0) }) ?? 0
    }

    static func parent(of path: String) -> String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: true).dropLast()
        return (path.hasPrefix("/") ? "/" : "./") + parts.joined(separator: "/")
    }

    /// Makes a new name in a folder durable.
    static func synchronize(folder: String) throws(JournalFailure) {
        let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { if descriptor >= 0 { Glibc.close(descriptor) } }
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw JournalFailure(
                .fatal, "The folder \(folder) could not be written to disk. Check the disk.",
                cause: String(cString: strerror(errno)))
        }
    }
}
