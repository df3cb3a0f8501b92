import Foundation
import InteractionModel
import Journal
import Testing

@Suite("Erasure and retention")
struct ErasureTests {
    private static let canary = "canary-Ann-Example"

    @Test("Erasing removes one interaction's content and nothing else", arguments: Engine.allCases)
    func erases(_ engine: Engine) throws {
        let world = World(engine)
        let journal = try world.lead()
        try journal.append(
            batch(
                fact(2, of: 2, content: #"{"n":1}"#), fact(3, of: 3, content: #"{"n":2}"#),
                fact(4, of: 2, after: 2, content: #"{"n":3}"#), interactions: [row(2, last: 4), row(3, last: 3)]))
        #expect(try journal.eraseContent(of: 2) == Erasure(removed: 2, overwritten: true))
        #expect(try journal.eraseContent(of: 2) == Erasure(removed: 0, overwritten: true))
        let reader = try journal.makeReader()
        #expect(try reader.history(of: 2) == [fact(2, of: 2), fact(4, of: 2, after: 2)])
        #expect(try reader.contents(of: 3) == [JournalContent(sequence: 3, body: text(#"{"n":2}"#))])
        #expect(try reader.verify { _, _ in true }.isWhole)
    }

    @Test(
        "Content that belongs to no conversation is read and erased by its own entry's number",
        arguments: Engine.allCases)
    func erasesContentOfItsOwn(_ engine: Engine) throws {
        let world = World(engine)
        let journal = try world.lead()
        try journal.append(batch(fact(2, content: #"{"from":"Ann"}"#)))
        let reader = try journal.makeReader()
        #expect(try reader.content(of: 2) == text(#"{"from":"Ann"}"#))
        #expect(try reader.verify { _, _ in true }.isWhole)
        #expect(try journal.eraseContent(of: 2) == Erasure(removed: 1, overwritten: true))
        #expect(try reader.content(of: 2) == nil)
    }

    @Test("After an erasure the bytes are in no file of the journal")
    func overwrites() throws {
        let folder = Scratch.path()
        let journal = try filled(folder)
        #expect(hits(folder) > 0, "the search must be able to find something")
        #expect(try journal.eraseContent(of: 2).overwritten)
        #expect(hits(folder) == 0)
        #expect(try journal.makeReader().content(of: 3) == text(#"{"kept":true}"#))
    }

    @Test("While a reader holds an old view the bytes wait in the log, and maintenance overwrites them later")
    func waitsForReaders() throws {
        let folder = Scratch.path()
        let journal = try filled(folder)
        let view = OldView(folder + "/" + SQLiteJournal.fileName)
        #expect(try journal.eraseContent(of: 2) == Erasure(removed: 1, overwritten: false))
        #expect(try journal.makeReader().content(of: 2) == nil)
        #expect(hits(folder) > 0)
        view.close()
        try journal.maintain()
        #expect(hits(folder) == 0)
    }

    @Test("An erasure that a stop cut short is finished by the next start")
    func finishesAtStart() throws {
        let folder = Scratch.path()
        let journal = try filled(folder)
        let view = OldView(folder + "/" + SQLiteJournal.fileName)
        #expect(try !journal.eraseContent(of: 2).overwritten)
        journal.close()
        view.close()
        #expect(hits(folder) > 0)
        try SQLiteJournal(folder: folder).close()
        #expect(hits(folder) == 0)
    }

    private func filled(_ folder: String) throws -> any Journal {
        let journal = try SQLiteJournal(folder: folder)
        _ = try journal.takeLeadership(holder: "here", at: at(0))
        // Long enough for overflow pages too.
        let long = "{\"name\":\"" + String(repeating: Self.canary, count: 1_000) + "\"}"
        try journal.append(
            batch(fact(2, of: 2, content: long), fact(3, of: 3, content: #"{"kept":true}"#)))
        return journal
    }

    /// Files in which another process finds the canary: closing a database file of our own would drop SQLite's locks.
    private func hits(_ folder: String) -> Int {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/grep")
        process.arguments = ["-rlac", Self.canary, folder]
        process.standardOutput = output
        try? process.run()
        let found = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return found.split(separator: UInt8(ascii: "\n")).count
    }
}

@Suite("Retention")
struct PurgeTests {
    /// Interactions 2 (closed, 2 to 3), 4 (open, since 4), 5 (closed, 5 to 6), then entries 7 to 9.
    private func filled(_ world: World, openSince: Int64?) throws -> any Journal {
        let journal = try world.lead()
        try journal.append(
            batch(
                fact(2, of: 2, key: "old", content: "{}"), fact(3, of: 2, after: 2), fact(4, of: 4),
                fact(5, of: 5, content: "{}"), fact(6, of: 5, after: 5), fact(7), fact(8), fact(9),
                interactions: [
                    row(2, last: 3, closed: 3), row(4, last: 4, closed: openSince == nil ? 4 : nil),
                    row(5, last: 6, closed: 6),
                ]))
        return journal
    }

    @Test(
        "A purge removes old entries in bounded steps, with content, keys and closed interactions",
        arguments: Engine.allCases)
    func purges(_ engine: Engine) throws {
        let world = World(engine)
        let journal = try filled(world, openSince: nil)
        #expect(try journal.purge(before: at(7), limit: 4) == Purge(removed: 4, through: 4, isFinished: false))
        #expect(try journal.purge(before: at(7), limit: 4) == Purge(removed: 2, through: 6, isFinished: true))
        #expect(try journal.purge(before: at(7), limit: 4) == Purge(removed: 0, through: 6, isFinished: true))
        let reader = try journal.makeReader()
        #expect(try reader.firstSequence() == 7)
        #expect(try reader.interactions(after: 0, limit: 10) == [])
        #expect(try journal.find(key: "old") == nil)
        #expect(try reader.content(of: 5) == nil)
        journal.close()
        let again = try world.open()
        #expect(try again.makeReader().verify { _, _ in true }.isWhole)
        #expect(try again.takeLeadership(holder: "b", at: at(10)) == Leadership(epoch: 2, lastSequence: 10))
    }

    @Test("What is open keeps its whole history, and the last entry always stays", arguments: Engine.allCases)
    func keepsOpen(_ engine: Engine) throws {
        let journal = try filled(World(engine), openSince: 4)
        #expect(try journal.purge(before: at(100)) == Purge(removed: 3, through: 3, isFinished: true))
        #expect(try journal.makeReader().history(of: 4).map(\.sequence) == [4])
        try journal.append(batch(fact(10, of: 4, after: 4), interactions: [row(4, last: 10, closed: 10)]))
        #expect(try journal.purge(before: at(100)) == Purge(removed: 6, through: 9, isFinished: true))
        #expect(try journal.makeReader().entries(after: 0, limit: 10).map(\.sequence) == [10])
        #expect(try journal.makeReader().verify { _, _ in true }.isWhole)
    }
}
