import InteractionModel
import Journal
import Testing

@Suite("Appending", .serialized)
struct AppendTests {
    @Test(
        "What was appended is read back as it was written, and is still there after opening again",
        arguments: Engine.allCases)
    func readsBack(_ engine: Engine) throws {
        let world = World(engine)
        let (journal, leadership) = try world.lead()
        #expect(leadership == Leadership(epoch: 1, lastSequence: 1))
        let entries = [
            JournalEntry(
                sequence: 2, at: at(5), epoch: 1, type: "interaction.received", interaction: 2, key: "sms:1",
                body: text(#"{"a":1}"#), content: text(#"{"from":"Ann"}"#)),
            JournalEntry(sequence: 3, at: at(6), epoch: 1, type: "agent.ready", body: text("{}")),
            JournalEntry(
                sequence: 4, at: at(7), epoch: 1, type: "interaction.queued", interaction: 2, previous: 2,
                body: text(#"{"b":"ä\u0000"}"#)),
        ]
        let row = InteractionRow(
            interaction: 2, customer: "17", state: "queued", queue: "sales", createdAt: at(5), updatedAt: at(7),
            lastSequence: 4, snapshot: text("{}"))
        let agent = EntityRow(kind: "agent", id: "ann", lastSequence: 3, snapshot: text("[1]"))
        try journal.append(JournalBatch(epoch: 1, entries: entries, interactions: [row], entities: [agent]))
        journal.close()

        let again = try world.open()
        let reader = try again.makeReader()
        var withoutContent = entries
        withoutContent[0].content = nil
        #expect(try reader.entries(after: 1, limit: 10) == withoutContent)
        #expect(try reader.history(of: 2) == [entries[0], entries[2]])
        #expect(try again.openInteractions() == [row])
        #expect(try again.entities() == [agent])
        #expect(try again.lastSequence() == 4)
        #expect(try reader.verify { _, _ in true }.findings == [])
    }
}
