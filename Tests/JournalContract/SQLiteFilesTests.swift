import Foundation
import InteractionModel
import Journal
import Testing

@Suite("SQLite files")
struct SQLiteFilesTests {
    private func mode(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    @Test("The folder and every file in it belong to their owner alone")
    func modes() throws {
        let folder = Scratch.path()
        let journal = try SQLiteJournal(folder: folder)
        _ = try journal.takeLeadership(holder: "here", at: at(0))
        #expect(try mode(folder) == 0o700)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(files == ["journal.lock", "journal.sqlite", "journal.sqlite-shm", "journal.sqlite-wal"])
        for file in files { #expect(try mode(folder + "/" + file) == 0o600, "\(file)") }
        journal.close()
    }

    @Test("The file is as durable as promised: WAL, 4 KiB pages, erased bytes overwritten")
    func settings() throws {
        let folder = Scratch.path()
        try SQLiteJournal(folder: folder).close()
        let path = folder + "/" + SQLiteJournal.fileName
        #expect(sqliteRows(path, "PRAGMA journal_mode") == ["wal"])
        #expect(sqliteRows(path, "PRAGMA page_size") == ["4096"])
    }

    @Test("The log is copied into the database when it is due, and does not grow without end")
    func checkpoints() throws {
        let folder = Scratch.path()
        var options = SQLiteOptions()
        options.checkpointPages = 50
        let journal = try SQLiteJournal(folder: folder, options: options)
        _ = try journal.takeLeadership(holder: "here", at: at(0))
        let body = "\"" + String(repeating: "x", count: 40_000) + "\""
        for sequence in Int64(2)...200 {
            try journal.append(batch(fact(sequence, body: body)))
            if sequence > 100 { try journal.maintain() }
        }
        let log = try FileManager.default.attributesOfItem(atPath: folder + "/journal.sqlite-wal")[.size] as? Int
        // Without maintenance: four times the pages, and one batch.
        #expect(try #require(log) <= (50 * 4 + 20) * 4_200)
    }

    @Test("A backup made while the site writes is whole, private, without erased bytes, and never overwrites")
    func backup() throws {
        let folder = Scratch.path()
        let journal = try SQLiteJournal(folder: folder)
        _ = try journal.takeLeadership(holder: "here", at: at(0))
        try journal.append(batch(fact(2, of: 2, content: #"{"a":1}"#), interactions: [row(2, last: 2)]))
        let target = Scratch.path()
        try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
        let path = target + "/" + SQLiteJournal.fileName
        try journal.backUp(to: path)
        try journal.append(batch(fact(3)))
        #expect(kind { try journal.backUp(to: path) } == .fatal)
        #expect(kind { try journal.backUp(to: target + "/none/copy") } == .fatal)
        #expect(try FileManager.default.contentsOfDirectory(atPath: target) == ["journal.sqlite"])
        #expect(try mode(path) == 0o600)

        let restored = try SQLiteJournal(folder: target)
        #expect(try restored.lastSequence() == 2)
        #expect(try restored.makeReader().verify { _, _ in true }.isWhole)
        #expect(try restored.makeReader().history(of: 2) == [fact(2, of: 2, content: #"{"a":1}"#)])
        #expect(try journal.lastSequence() == 3)
    }

    @Test("A file that is no journal is called damaged, and stays as it was")
    func notAJournal() throws {
        let folder = Scratch.path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = folder + "/" + SQLiteJournal.fileName
        let content = Data(repeating: 7, count: 8_192)
        try content.write(to: URL(fileURLWithPath: path))
        #expect(kind { _ = try SQLiteJournal(folder: folder) } == .corrupt)
        #expect(FileManager.default.contents(atPath: path) == content)
    }
}
