import InteractionModel
import JSON
import Journal
import Testing

@testable import Site

@Suite struct ConversationTests {
    private func content(_ text: String, from: String = "+491", to: String = "+4930") -> ContactContent {
        ContactContent(from: from, to: to, thread: "t", message: MessageContent(text: text))
    }

    private func line(_ text: String, agent: String? = nil) -> Conversation.Line {
        .init(content(text), at: Timestamp(milliseconds: 7), agent: agent)
    }

    @Test("A conversation comes back as it was handed over, and begins like any other contact's content")
    func roundTrip() throws {
        let conversation = Conversation(lines: [line("Hallo"), line("Moment", agent: "ana"), line("Gut")])
        #expect(Conversation(bytes: conversation.bytes) == conversation)
        #expect(ContactContent(bytes: conversation.bytes) == content("Hallo"))
        #expect(Conversation(bytes: content("Hallo").bytes) == nil, "One message is no conversation of another site.")
        #expect(Conversation(lines: []).bytes.isEmpty)
    }

    private func journal(_ entries: [JournalEntry]) throws -> any JournalReader {
        let journal = try MemoryJournal()
        let leadership = try journal.takeLeadership(holder: "test", at: Timestamp(milliseconds: 0))
        try journal.append(
            JournalBatch(
                epoch: leadership.epoch,
                entries: entries.map { entry in
                    JournalEntry(
                        sequence: entry.sequence, at: entry.at, epoch: leadership.epoch, type: entry.type,
                        interaction: entry.interaction, previous: nil, key: nil, body: entry.body,
                        content: entry.content)
                }))
        return try journal.makeReader()
    }

    private func entry(
        _ sequence: Int64, _ type: String, _ content: [UInt8]?, body: String = "{}"
    ) -> JournalEntry {
        JournalEntry(
            sequence: sequence, at: Timestamp(milliseconds: sequence), epoch: 1, type: type, interaction: 1,
            previous: nil, key: nil, body: Array(body.utf8), content: content)
    }
}
