import CSQLite
import Foundation
import InteractionModel
import Journal
import Testing

@Suite("Migrations")
struct MigrationTests {
    private static let schema = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"

    private func file(_ folder: String) -> String { folder + "/" + SQLiteJournal.fileName }

    /// The schema that an undisturbed opening makes.
    private func wholeSchema() throws -> [String] {
        let folder = Scratch.path()
        try SQLiteJournal(folder: folder).close()
        return sqliteRows(file(folder), Self.schema)
    }

    /// A folder as version 1 of the program left it, with one entry.
    private func firstVersion() throws -> String {
        let folder = Scratch.path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let base = Migration.all[0]
        sqlite(file(folder), "PRAGMA journal_mode = WAL", base.statements.joined(separator: ";"))
        sqlite(file(folder), "INSERT INTO meta VALUES('schema_version', '1')")
        var entry = fact(1)
        entry.at = at(0)
        let checksum = Int64(bitPattern: EntryChecksum.of(entry, after: 0))
        sqlite(
            file(folder),
            "INSERT INTO journal VALUES(1, 0, 1, 'interaction.updated', NULL, NULL, NULL, '{}', \(checksum))")
        return folder
    }

    @Test("A kill after any statement leaves a schema from which the next start gets to the whole one")
    func survivesKills() throws {
        let whole = try wholeSchema()
        // Statements of all steps, each with its BEGIN, its version and its COMMIT.
        let count = Migration.all.reduce(0) { $0 + $1.statements.count + 3 }
        for statement in 1...count {
            let folder = Scratch.path()
            #expect(try WriterProcess("migrate", folder, "\(statement)").remainingLines() == [])
            let version = Migration.newest - (try SQLiteJournal.pendingMigrations(folder: folder).count)
            #expect(sqliteRows(file(folder), Self.schema).isEmpty == (version == 0), "killed after \(statement)")
            try checkWhole(folder, whole)
        }
        #expect(
            try WriterProcess("migrate", Scratch.path(), "\(count + 1)").remainingLines() == ["whole after \(count)"])
    }

    @Test("A journal of the first version keeps its entries through every kill")
    func upgradesFirstVersion() throws {
        let whole = try wholeSchema()
        let count = Migration.all.dropFirst().reduce(0) { $0 + $1.statements.count + 3 }
        for statement in 1...(count + 1) {
            let folder = try firstVersion()
            _ = try WriterProcess("migrate", folder, "\(statement)").remainingLines()
            try checkWhole(folder, whole)
            #expect(try SQLiteJournalReader(folder: folder).entries(after: 0, limit: 1).map(\.sequence) == [1])
        }
    }

    private func checkWhole(_ folder: String, _ whole: [String]) throws {
        let journal = try SQLiteJournal(folder: folder)
        _ = try journal.takeLeadership(holder: "here", at: at(0))
        #expect(try journal.makeReader().verify { _, _ in true }.findings == [])
        journal.close()
        #expect(sqliteRows(file(folder), Self.schema) == whole)
        #expect(try SQLiteJournal.pendingMigrations(folder: folder) == [])
    }

    @Test("What a start would change can be listed without changing it")
    func dryRun() throws {
        let fresh = Scratch.path()
        #expect(try SQLiteJournal.pendingMigrations(folder: fresh) == Migration.all)
        #expect(!FileManager.default.fileExists(atPath: fresh))
        let folder = try firstVersion()
        #expect(try SQLiteJournal.pendingMigrations(folder: folder).map(\.version) == [2, 3])
        #expect(sqliteRows(file(folder), "SELECT v FROM meta") == ["1"])
        #expect(kind { _ = try SQLiteJournalReader(folder: folder) } == .fatal)
    }

    @Test("A journal of a newer version is refused, and left as it is")
    func refusesNewer() throws {
        let folder = Scratch.path()
        try SQLiteJournal(folder: folder).close()
        sqlite(file(folder), "UPDATE meta SET v = '99' WHERE k = 'schema_version'")
        let failure = #expect(throws: JournalFailure.self) { try SQLiteJournal(folder: folder) }
        #expect(failure?.kind == .newerSchema)
        let beginning = "The journal has schema 99, this program knows up to \(Migration.newest)."
        #expect(failure?.text.hasPrefix(beginning) == true)
        #expect(kind { _ = try SQLiteJournal.pendingMigrations(folder: folder) } == .newerSchema)
        #expect(kind { _ = try SQLiteJournalReader(folder: folder) } == .newerSchema)
        #expect(sqliteRows(file(folder), "SELECT v FROM meta") == ["99"])
    }

    @Test("Versions are numbered without gaps")
    func numbered() {
        #expect(Migration.all.map(\.version) == Array(1...Migration.newest))
    }
}
