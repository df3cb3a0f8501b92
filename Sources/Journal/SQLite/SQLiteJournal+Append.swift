import CSQLite
package import InteractionModel

extension SQLiteJournal {
    package func takeLeadership(holder: String, at: Timestamp, leap: Int64) throws(JournalFailure) -> Leadership {
        try using { opened throws(JournalFailure) in
            try BatchRules.check(holder: holder)
            let epoch = opened.epoch + 1
            let marker = JournalEntry.leadershipMarker(
                sequence: max(opened.lastSequence, leap) + 1, at: at, epoch: epoch, holder: holder)
            let batch = JournalBatch(epoch: epoch, entries: [marker])
            try BatchRules.check(batch, epoch: epoch, lastSequence: opened.lastSequence)
            try Self.commit(&opened) { opened throws(JournalFailure) in
                try Self.claim(opened, epoch: epoch, holder: holder, at: at)
                return try Self.write(batch, opened)
            }
            opened.epoch = epoch
            opened.lastSequence = marker.sequence
            return Leadership(epoch: epoch, lastSequence: marker.sequence)
        }
    }

    package func append(_ batch: JournalBatch) throws(JournalFailure) {
        try using { opened throws(JournalFailure) in
            try BatchRules.check(batch, epoch: opened.epoch, lastSequence: opened.lastSequence)
            try Self.commit(&opened) { opened throws(JournalFailure) in try Self.write(batch, opened) }
            opened.lastSequence = batch.entries.last?.sequence ?? opened.lastSequence
            if opened.connection.pagesInLog >= options.checkpointPages * options.checkpointNeglect {
                checkpoint(&opened)
            }
        }
    }

    /// One transaction around `write`, which answers the new last checksum.
    static func commit(
        _ opened: inout Opened, _ write: (Opened) throws(JournalFailure) -> UInt64
    ) throws(JournalFailure) {
        let connection = opened.connection
        do {
            try check(opened.writes.begin.run(), connection, "beginning a transaction")
            let checksum = try write(opened)
            try check(opened.writes.commit.run(), connection, "committing")
            opened.lastChecksum = checksum
        } catch {
            try rollBack(connection, after: error)
            throw error
        }
    }

    /// SQLite has often rolled back by itself; if it cannot, what is in the file is not known.
    private static func rollBack(
        _ connection: SQLiteConnection, after failure: JournalFailure
    ) throws(JournalFailure) {
        guard connection.isInTransaction else { return }
        do {
            try connection.execute("ROLLBACK")
        } catch {
            throw JournalFailure(.fatal, error.text, cause: "\(error.cause), after \(failure.description)")
        }
    }

    private static func write(_ batch: JournalBatch, _ opened: Opened) throws(JournalFailure) -> UInt64 {
        let connection = opened.connection
        var checksum = opened.lastChecksum
        for entry in batch.entries {
            checksum = EntryChecksum.of(entry, after: checksum)
            let code = opened.writes.insert(entry, checksum: checksum)
            if code != SQLITE_DONE { throw refusal(of: entry, code, connection) }
            if let content = entry.content {
                let code = opened.writes.insert(content: content, of: entry)
                try check(code, connection, "writing content")
            }
        }
        for row in batch.interactions { try check(opened.writes.put(row), connection, "writing an interaction row") }
        for row in batch.entities { try check(opened.writes.put(row), connection, "writing an entity row") }
        return checksum
    }

    private static func refusal(
        of entry: JournalEntry, _ code: Int32, _ connection: SQLiteConnection
    ) -> JournalFailure {
        switch code {
        case uniqueViolation: BatchRules.duplicate(entry.key ?? "")
        case primaryKeyViolation, rowidViolation:
            JournalFailure(
                .deposed,
                "Entry \(entry.sequence) is already there: another router wrote it. Stop deciding, answer 503, "
                    + "and start again as a standby.", cause: String(cString: sqlite3_errmsg(connection.handle)))
        default: connection.failure(code, "writing entry \(entry.sequence)")
        }
    }

    private static func claim(
        _ opened: Opened, epoch: Int64, holder: String, at: Timestamp
    ) throws(JournalFailure) {
        try opened.reads.run(
            "UPDATE lease SET epoch = ?1, holder = ?2, taken_at = ?3 WHERE name = 'router' AND epoch = ?1 - 1",
            [.integer(epoch), .text(holder), .integer(at.milliseconds)])
        guard opened.connection.changes == 1 else {
            throw JournalFailure(
                .fatal,
                "Another program took the lease although this process holds the lock file. Is the folder on a "
                    + "network file system? Move it to a local disk and start again.")
        }
    }

    static func check(_ code: Int32, _ connection: SQLiteConnection, _ doing: String) throws(JournalFailure) {
        guard code == SQLITE_DONE else { throw connection.failure(code, doing) }
    }
}

// SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY and _ROWID: macros that Swift does not import.
private let uniqueViolation: Int32 = 19 | (8 << 8)
private let primaryKeyViolation: Int32 = 19 | (6 << 8)
private let rowidViolation: Int32 = 19 | (10 << 8)
