import CSQLite

/// Brings a database to the newest schema, one step per transaction, so that a kill at any statement leaves a whole one.
struct MigrationRunner {
    let connection: SQLiteConnection

    /// The schema's version; 0 for an empty database.
    func version() throws(JournalFailure) -> Int {
        let reads = SQLiteReads(connection)
        let hasMeta = try reads.one(
            "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'meta'", read: { _ in true })
        guard hasMeta == true else { return 0 }
        let stored = try reads.one("SELECT v FROM meta WHERE k = 'schema_version'", read: { $0.string(0) })
        guard let version = stored.flatMap({ Int($0) }) else {
            throw JournalFailure(
                .corrupt,
                "The journal's meta table has no schema_version. Restore the latest backup; do not add the row.")
        }
        return version
    }

    /// The steps still to do, or `.newerSchema` when a newer program has been here.
    func pending() throws(JournalFailure) -> [Migration] {
        let version = try version()
        guard version <= Migration.newest else {
            throw JournalFailure(
                .newerSchema,
                "The journal has schema \(version), this program knows up to \(Migration.newest). "
                    + "Start the newer version again, or restore a backup that this version made.")
        }
        return Array(Migration.all.dropFirst(version))
    }

    /// Applies what is pending.
    /// - Parameter afterStatement: Called after each statement, before and after each commit; tests die here.
    func run(afterStatement: () -> Void = {}) throws(JournalFailure) {
        for step in try pending() {
            do {
                try apply(step, afterStatement)
            } catch {
                if connection.isInTransaction { try connection.execute("ROLLBACK") }
                throw error
            }
        }
    }

    private func apply(_ step: Migration, _ afterStatement: () -> Void) throws(JournalFailure) {
        let record = "INSERT OR REPLACE INTO meta VALUES('schema_version', '\(step.version)')"
        for statement in ["BEGIN IMMEDIATE"] + step.statements + [record, "COMMIT"] {
            try connection.execute(statement)
            afterStatement()
        }
    }
}
