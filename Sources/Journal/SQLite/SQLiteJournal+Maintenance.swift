import CSQLite
import Glibc
package import InteractionModel

extension SQLiteJournal {
    package func maintain() throws(JournalFailure) {
        try using { opened throws(JournalFailure) in
            if opened.mustTruncateLog {
                opened.mustTruncateLog = try !Self.truncateLog(opened.connection)
            } else if opened.connection.pagesInLog >= options.checkpointPages {
                checkpoint(&opened)
                if let broken { throw broken }
            }
        }
    }

    /// Copies the log's pages into the database. The commit before it is durable whatever happens here, so a failure
    /// shows at the next call.
    func checkpoint(_ opened: inout Opened) {
        let code = sqlite3_wal_checkpoint_v2(opened.connection.handle, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
        opened.connection.forgetLogPages()
        switch code & 0xFF {
        case SQLITE_OK, SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL: break  // The next commit counts the pages again.
        default:
            broken = opened.connection.failure(code, "checkpointing")
            opened.connection.keepLogOnClose()
        }
    }

    package func eraseContent(of interaction: Int64) throws(JournalFailure) -> Erasure {
        try using { opened throws(JournalFailure) in
            var removed = 0
            try Self.commit(&opened) { opened throws(JournalFailure) in
                try opened.reads.run("DELETE FROM content WHERE iid = ?1", [.integer(interaction)])
                removed = opened.connection.changes
                return opened.lastChecksum
            }
            opened.mustTruncateLog = try !Self.truncateLog(opened.connection)
            return Erasure(removed: removed, overwritten: !opened.mustTruncateLog)
        }
    }

    /// Empties the log; false when a reader still looks at an older state of it.
    static func truncateLog(_ connection: SQLiteConnection) throws(JournalFailure) -> Bool {
        sqlite3_busy_timeout(connection.handle, 0)  // The site's loop does not wait for a reader.
        defer { sqlite3_busy_timeout(connection.handle, SQLiteConnection.busyTimeout) }
        let code = sqlite3_wal_checkpoint_v2(connection.handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
        connection.forgetLogPages()
        switch code & 0xFF {
        case SQLITE_OK: return true
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL: return false
        default: throw connection.failure(code, "emptying the log")
        }
    }

    package func purge(before: Timestamp, limit: Int) throws(JournalFailure) -> Purge {
        precondition((1...JournalLimits.purgeMax).contains(limit), "a purge removes 1 to \(JournalLimits.purgeMax)")
        return try using { opened throws(JournalFailure) in
            let reads = opened.reads
            let first = try reads.firstSequence()
            let end = try Self.purgeEnd(before: before, opened)
            // Numbers may leap: what is counted are entries, and the checksum that is kept is that of the last there is.
            let next = try reads.one(
                "SELECT seq FROM journal WHERE seq < ?1 ORDER BY seq LIMIT 1 OFFSET ?2",
                [.integer(end), .integer(Int64(limit))], read: { $0.integer(0) })
            let bound = next ?? end
            let old = try reads.one(
                "SELECT max(seq), count(*) FROM journal WHERE seq < ?1", [.integer(bound)],
                read: { (through: $0.optionalInteger(0), count: $0.integer(1)) })
            guard let old, let through = old.through else {
                return Purge(removed: 0, through: first - 1, isFinished: true)
            }
            try Self.commit(&opened) { opened throws(JournalFailure) in
                try Self.remove(through: through, opened.reads)
                return opened.lastChecksum
            }
            return Purge(removed: Int(old.count), through: through, isFinished: bound == end)
        }
    }

    /// The first entry that must stay.
    private static func purgeEnd(before: Timestamp, _ opened: Opened) throws(JournalFailure) -> Int64 {
        let oldest = try opened.reads.one(
            "SELECT min(created_at) FROM interaction WHERE closed_at IS NULL", read: { $0.optionalInteger(0) })
        let moment = min(before, oldest.flatMap { $0 }.map(Timestamp.init(milliseconds:)) ?? before)
        return min(try opened.reads.firstSequence(at: moment) ?? opened.lastSequence, opened.lastSequence)
    }

    private static func remove(through: Int64, _ reads: SQLiteReads) throws(JournalFailure) {
        let steps = [
            "UPDATE purge SET through_seq = ?1, through_sum = (SELECT sum FROM journal WHERE seq = ?1)",
            "DELETE FROM content WHERE seq <= ?1",
            """
            DELETE FROM interaction WHERE closed_at IS NOT NULL AND last_seq <= ?1
            AND iid IN (SELECT iid FROM journal WHERE seq <= ?1)
            """,
            "DELETE FROM journal WHERE seq <= ?1",
        ]
        for step in steps { try reads.run(step, [.integer(through)]) }
    }

    /// Writes a whole, compact copy of the journal to `path` while the site works; callable from any thread.
    ///
    /// The copy is durable under its name when this returns; until then it is called `path` + ".partial". Erased content
    /// is not in it. While it runs (about 2 s per GB) the log cannot shrink.
    /// - Throws: `.full` when the target's disk is full, `.fatal` when `path` exists or cannot be written. The journal
    ///   itself goes on in both cases.
    package func backUp(to path: String) throws(JournalFailure) {
        try Self.backUp(folder: folder, to: path)
    }

    /// The same for the journal in `folder`, which another process may be writing.
    package static func backUp(folder: String, to path: String) throws(JournalFailure) {
        let partial = path + ".partial"
        guard access(path, F_OK) != 0 else {
            throw JournalFailure(
                .fatal, "The backup \(path) already exists. Choose another name; nothing is overwritten.")
        }
        unlink(partial)
        let source = try SQLiteConnection(path: folder + "/" + fileName, flags: SQLITE_OPEN_READONLY)
        do throws(JournalFailure) {
            try SQLiteReads(source).run("VACUUM INTO ?1", [.text(partial)])
            try keep(partial, as: path)
        } catch {
            unlink(partial)
            throw JournalFailure(
                error.kind,
                "The backup \(path) failed; the journal itself is not touched by that. Check the target's "
                    + "disk and its free space, then do it again.", cause: error.description)
        }
    }

    private static func keep(_ partial: String, as path: String) throws(JournalFailure) {
        let descriptor = Glibc.open(partial, O_RDWR | O_CLOEXEC)
        defer { if descriptor >= 0 { Glibc.close(descriptor) } }
        guard descriptor >= 0, fchmod(descriptor, 0o600) == 0, fsync(descriptor) == 0, rename(partial, path) == 0 else {
            throw JournalFailure(.fatal, "It could not be made durable.", cause: String(cString: strerror(errno)))
        }
        try synchronize(folder: parent(of: path))
    }
}
