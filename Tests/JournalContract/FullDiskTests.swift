import Foundation
import Glibc
import InteractionModel
import Journal
import Testing

@Suite("A full disk")
struct FullDiskTests {
    /// A batch of eight facts with half a megabyte in all.
    private func large(from sequence: Int64) -> JournalBatch {
        let body = "\"" + String(repeating: "x", count: 65_536) + "\""
        return JournalBatch(
            epoch: 1,
            entries: (0..<8).map { fact(sequence + $0, of: sequence + $0, key: "k\(sequence + $0)", body: body) })
    }

    /// Appends until it fails; returns the failure's kind and the batch that did not fit.
    private func fill(_ journal: any Journal) throws -> (JournalFailure.Kind?, JournalBatch) {
        while true {
            let batch = large(from: try journal.lastSequence() + 1)
            if let failed = kind({ try journal.append(batch) }) { return (failed, batch) }
            try journal.maintain()
        }
    }

    @Test("Beyond its page limit the journal is full, keeps what it has, and reads on")
    func pageLimit() throws {
        let folder = Scratch.path()
        var options = SQLiteOptions()
        options.pagesMax = 2_000
        let journal = try SQLiteJournal(folder: folder, options: options)
        _ = try journal.takeLeadership(holder: "here", at: at(0))
        let (failed, batch) = try fill(journal)
        #expect(failed == .full)
        let last = batch.entries[0].sequence - 1
        #expect(try journal.lastSequence() == last)
        #expect(try journal.makeReader().lastSequence() == last)
        #expect(try journal.find(key: "k\(last + 1)") == nil)
        #expect(try journal.makeReader().verify { _, _ in true }.isWhole)
        journal.close()

        // With more room a new process goes on where this one stopped.
        let again = try SQLiteJournal(folder: folder)
        let leadership = try again.takeLeadership(holder: "here", at: at(1))
        #expect(leadership.lastSequence == last + 1)
    }

    /// A file system of 24 MB; nil where mounting is not allowed.
    private static func mounted() -> String? {
        let path = Scratch.path()
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return mount("tmpfs", path, "tmpfs", 0, "size=24m") == 0 ? path : nil
    }

    private static var mayMount: Bool {
        guard let path = mounted() else { return false }
        umount2(path, Int32(MNT_DETACH))
        return true
    }

    @Test(
        "On a full disk nothing is half written, and the same journal writes again when space returns",
        .enabled(if: mayMount, "mounting a small file system is not allowed here"))
    func fullFileSystem() throws {
        let mount = try #require(Self.mounted())
        defer { umount2(mount, Int32(MNT_DETACH)) }
        let ballast = mount + "/ballast"
        #expect(FileManager.default.createFile(atPath: ballast, contents: Data(count: 12 << 20)))
        let journal = try SQLiteJournal(folder: mount + "/journal")
        _ = try journal.takeLeadership(holder: "here", at: at(0))

        let (failed, batch) = try fill(journal)
        #expect(failed == .full)
        #expect(kind { try journal.append(batch) } == .full)
        let last = batch.entries[0].sequence - 1
        let reader = try journal.makeReader()
        #expect(try reader.lastSequence() == last)
        #expect(try reader.entries(after: last - 1, limit: 5).count == 1)

        try FileManager.default.removeItem(atPath: ballast)
        try journal.append(batch)
        #expect(try reader.lastSequence() == last + 8)
        #expect(try reader.verify { _, _ in true }.isWhole)
        reader.close()
        journal.close()
    }

    @Test("The in-memory engine fails as asked: full, lost, or durable without an answer")
    func memoryFaults() throws {
        let store = MemoryStore()
        let journal = MemoryJournal(on: store)
        _ = try journal.takeLeadership(holder: "a", at: at(0))
        store.fail(append: 1, with: .full)
        store.fail(append: 3, with: .fatal)
        #expect(kind { try journal.append(batch(fact(2))) } == .full)
        try journal.append(batch(fact(2)))
        #expect(kind { try journal.append(batch(fact(3))) } == .fatal)
        #expect(kind { _ = try journal.lastSequence() } == .fatal)

        let second = MemoryJournal(on: store)
        #expect(try second.takeLeadership(holder: "b", at: at(1)) == Leadership(epoch: 2, lastSequence: 3))
        store.fail(append: 1, with: .fatalButDurable)
        #expect(kind { try second.append(batch(fact(4, key: "k", epoch: 2), epoch: 2)) } == .fatal)
        #expect(try MemoryJournal(on: store).find(key: "k")?.sequence == 4)
    }
}
