import InteractionModel
import Journal
import Testing

@Suite("Reading")
struct ReadTests {
    /// Entries 2 to 7: interaction 2 has 2, 4, 7, interaction 3 has 3, 6, and 5 belongs to none.
    private func filled(_ engine: Engine) throws -> any Journal {
        let journal = try World(engine).lead()
        try journal.append(
            batch(
                fact(2, of: 2, content: #"{"text":"one"}"#), fact(3, of: 3), fact(4, of: 2, after: 2), fact(5),
                interactions: [row(2, last: 4, customer: "c"), row(3, last: 3, customer: "c")]))
        try journal.append(
            batch(
                fact(6, of: 3, after: 3), fact(7, of: 2, after: 4, content: #"{"text":"two"}"#),
                interactions: [row(2, last: 7, customer: "c"), row(3, last: 6, customer: "c", closed: 6)]))
        return journal
    }

    @Test("Entries are paged through by the last sequence seen", arguments: Engine.allCases)
    func pages(_ engine: Engine) throws {
        let reader = try filled(engine).makeReader()
        var pages: [[Int64]] = []
        var after: Int64 = 0
        while let last = try reader.entries(after: after, limit: 3).last?.sequence {
            pages.append(try reader.entries(after: after, limit: 3).map(\.sequence))
            after = last
        }
        #expect(pages == [[1, 2, 3], [4, 5, 6], [7]])
        #expect(try reader.firstSequence() == 1)
        #expect(try reader.lastSequence() == 7)
    }

    @Test("History follows one interaction's chain and brings its content", arguments: Engine.allCases)
    func history(_ engine: Engine) throws {
        let reader = try filled(engine).makeReader()
        #expect(
            try reader.history(of: 2) == [
                fact(2, of: 2, content: #"{"text":"one"}"#), fact(4, of: 2, after: 2),
                fact(7, of: 2, after: 4, content: #"{"text":"two"}"#),
            ])
        #expect(try reader.history(of: 2, limit: 2).map(\.sequence) == [4, 7])
        #expect(try reader.history(of: 99) == [])
        #expect(try reader.content(of: 2) == text(#"{"text":"one"}"#))
        #expect(try reader.content(of: 4) == nil)
        #expect(
            try reader.contents(of: 2) == [
                JournalContent(sequence: 2, body: text(#"{"text":"one"}"#)),
                JournalContent(sequence: 7, body: text(#"{"text":"two"}"#)),
            ])
    }

    @Test("A customer's interactions come newest first, as many as asked for", arguments: Engine.allCases)
    func customer(_ engine: Engine) throws {
        let reader = try filled(engine).makeReader()
        #expect(try reader.interactions(ofCustomer: "c").map(\.interaction) == [3, 2])
        #expect(try reader.interactions(ofCustomer: "c", limit: 1).map(\.interaction) == [3])
        #expect(try reader.interactions(ofCustomer: "other") == [])
        #expect(try reader.interactions(after: 2, limit: 5).map(\.interaction) == [3])
        #expect(try reader.interaction(4) == nil)
    }

    @Test("The first entry of a moment is found", arguments: Engine.allCases)
    func moment(_ engine: Engine) throws {
        let reader = try filled(engine).makeReader()
        let found = try [-5, 0, 1, 2, 7, 8].map { try reader.firstSequence(at: at($0)) }
        #expect(found == [1, 1, 2, 2, 7, nil])
        #expect(try World(engine).open().makeReader().firstSequence(at: at(0)) == nil)
    }

    @Test("An empty journal answers every question", arguments: Engine.allCases)
    func empty(_ engine: Engine) throws {
        let journal = try World(engine).open()
        let reader = try journal.makeReader()
        #expect(try journal.lastSequence() == 0)
        #expect(try reader.lastSequence() == 0)
        #expect(try reader.firstSequence() == 1)
        #expect(try reader.entries(after: 0, limit: 1) == [])
        #expect(try journal.openInteractions() == [])
        #expect(try reader.verify { _, _ in true }.isWhole)
    }

    @Test(
        "Readers on other threads see whole batches only, in order, while the writer writes", arguments: Engine.allCases
    )
    func concurrent(_ engine: Engine) async throws {
        let world = World(engine)
        let journal = try world.lead()
        let readers = try (0..<2).map { _ in try journal.makeReader() }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for reader in readers {
                group.addTask {
                    var last: Int64 = 1
                    while last < 401 {
                        let entries = try reader.entries(after: last, limit: 1_000)
                        let expected = (0..<Int64(entries.count)).map { last + 1 + $0 }
                        guard entries.map(\.sequence) == expected else { return false }
                        last += Int64(entries.count)
                        // Batches have four entries, so whole ones end at 4n + 1.
                        guard last % 4 == 1 else { return false }
                        await Task.yield()
                    }
                    return true
                }
            }
            for start in stride(from: Int64(2), to: 402, by: 4) {
                try journal.append(batch(fact(start), fact(start + 1), fact(start + 2), fact(start + 3)))
                await Task.yield()
            }
            for try await whole in group { #expect(whole) }
        }
    }
}
