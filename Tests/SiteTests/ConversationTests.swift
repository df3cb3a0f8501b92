import Federation
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

    /// Writes entries of one interaction, each with its type, content and body. Gives the number of the first.
    private func journal(
        _ entries: [(type: String, content: [UInt8]?, body: String)]
    ) throws -> (reader: any JournalReader, first: Int64) {
        let journal = MemoryJournal()
        let epoch = try journal.takeLeadership(holder: "test", at: Timestamp(milliseconds: 0)).epoch
        let first = try journal.lastSequence() + 1
        let made = entries.enumerated().map { index, entry in
            let sequence = first + Int64(index)
            return JournalEntry(
                sequence: sequence, at: Timestamp(milliseconds: sequence), epoch: epoch, type: entry.type,
                interaction: first, previous: index == 0 ? nil : sequence - 1, body: Array(entry.body.utf8),
                content: entry.content)
        }
        let row = InteractionRow(
            interaction: first, customer: nil, state: "active", queue: nil, agent: nil,
            createdAt: Timestamp(milliseconds: 0), updatedAt: Timestamp(milliseconds: 0), closedAt: nil,
            lastSequence: first + Int64(made.count) - 1, snapshot: Array("{}".utf8))
        try journal.append(JournalBatch(epoch: epoch, entries: made, interactions: [row]))
        return (try journal.makeReader(), first)
    }

    private func texts(_ conversation: Conversation) -> [String] { conversation.lines.map(\.content.message.text) }

    @Test("A conversation is what was written until the offer, with who wrote it")
    func fromJournal() throws {
        let (reader, first) = try journal([
            ("contact.received", content("Eins").bytes, "{}"), ("offer.made", nil, "{}"),
            ("message.queued", content("Zwei", from: "+4930", to: "+491").bytes, #"{"agent":"ana"}"#),
            ("contact.message", content("Drei").bytes, "{}"), ("contact.message", content("Vier").bytes, "{}"),
        ])
        let conversation = try Conversation(of: first, through: first + 3, in: reader)
        #expect(texts(conversation) == ["Eins", "Zwei", "Drei"])
        #expect(conversation.lines.map(\.agent) == [nil, "ana", nil])
    }

    @Test("What another site handed over goes on with what was written here, and replaces what was before")
    func again() throws {
        let handed = Conversation(lines: [line("Eins"), line("Zwei", agent: "ana")])
        let later = Conversation(lines: [line("Eins"), line("Zwei", agent: "ana"), line("Drei"), line("Vier")])
        let (reader, first) = try journal([
            ("contact.received", handed.bytes, "{}"), ("contact.relayed", content("Drei").bytes, "{}"),
            ("custody.gone", nil, "{}"), ("custody.took", later.bytes, "{}"),
            ("contact.relayed", content("Fünf").bytes, "{}"),
        ])
        #expect(
            texts(try Conversation(of: first, through: .max, in: reader)) == ["Eins", "Zwei", "Drei", "Vier", "Fünf"])
    }

    @Test("A long conversation keeps its beginning and its end, within the bound")
    func long() throws {
        let (reader, first) = try journal(
            [("contact.received", content("Anfang").bytes, "{}")]
                + (1...1100).map { ("contact.message", content("Text \($0)").bytes, "{}") })
        let conversation = try Conversation(of: first, through: .max, in: reader)
        #expect(texts(conversation) == ["Anfang"] + (1051...1100).map { "Text \($0)" })
        let (wide, other) = try journal(
            [("contact.received", content("Anfang").bytes, "{}")]
                + (1...6).map { number in
                    ("contact.message", content("\(number)" + String(repeating: "\u{1}", count: 40_000)).bytes, "{}")
                })
        let bytes = try Conversation(of: other, through: .max, in: wide).bytes
        #expect(bytes.count <= PeerBounds.contentBytesMax)
        #expect(Conversation(bytes: bytes)?.lines.first?.content.message.text == "Anfang")
    }

    @Test("A conversation that was erased has no line")
    func erased() throws {
        let (reader, first) = try journal([("contact.received", nil, "{}"), ("offer.made", nil, "{}")])
        #expect(try Conversation(of: first, through: .max, in: reader).bytes.isEmpty)
    }
}
