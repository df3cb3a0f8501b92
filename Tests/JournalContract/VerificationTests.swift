import InteractionModel
import Journal
import Testing

@Suite("Verification")
struct VerificationTests {
    /// What a vandal runs, and the entry and words the verification must answer with.
    struct Damage: Sendable, CustomStringConvertible {
        let sql: String
        let sequence: Int64?
        let words: String
        var description: String { sql }
    }

    static let damages = [
        Damage(sql: "UPDATE journal SET body = '{\"n\":2 }' WHERE seq = 40", sequence: 40, words: "checksum"),
        Damage(sql: "UPDATE journal SET at = at + 1 WHERE seq = 40", sequence: 40, words: "checksum"),
        Damage(sql: "UPDATE journal SET type = 'x' WHERE seq = 40", sequence: 40, words: "checksum"),
        Damage(sql: "UPDATE journal SET key = 'x' WHERE seq = 40", sequence: 40, words: "checksum"),
        Damage(sql: "UPDATE journal SET sum = sum + 1 WHERE seq = 40", sequence: 40, words: "checksum"),
        Damage(sql: "UPDATE journal SET epoch = 0 WHERE seq = 40", sequence: 40, words: "epoch 0, after epoch 1"),
        Damage(sql: "DELETE FROM journal WHERE seq = 40", sequence: 41, words: "entries between are missing"),
        Damage(sql: "UPDATE journal SET body = '{' WHERE seq = 40", sequence: 40, words: "not JSON"),
        Damage(sql: "UPDATE journal SET prev = 3 WHERE seq = 40", sequence: 40, words: "it is entry 30"),
        Damage(sql: "UPDATE journal SET prev = NULL WHERE seq = 40", sequence: 40, words: "it is entry 30"),
        Damage(sql: "UPDATE content SET body = '{\"n\":0}' WHERE seq = 40", sequence: 40, words: "content of entry 40"),
        Damage(sql: "UPDATE content SET iid = 3 WHERE seq = 40", sequence: 40, words: "belongs to an interaction"),
        Damage(
            sql: "UPDATE interaction SET last_seq = 40 WHERE iid = 10", sequence: 40,
            words: "newest entry is entry 2000"),
        Damage(
            sql: "UPDATE interaction SET snap = '[' WHERE iid = 10", sequence: 2000, words: "snapshot of interaction 10"
        ),
        Damage(sql: "UPDATE entity SET snap = '[' WHERE id = 'ann'", sequence: 2, words: "snapshot of agent ann"),
        Damage(
            sql: "DROP INDEX journal_key; UPDATE journal SET key = 'k50' WHERE seq = 60", sequence: 60,
            words: "same idempotency key"),
    ]

    @Test("Damage to one line is found and named", arguments: damages)
    func finds(_ damage: Damage) throws {
        let folder = Scratch.path()
        try fill(folder)
        sqlite(folder + "/" + SQLiteJournal.fileName, damage.sql)
        let report = try SQLiteJournalReader(folder: folder).verify { _, _ in true }
        #expect(!report.isWhole)
        let found = report.findings.contains { $0.sequence == damage.sequence && $0.text.contains(damage.words) }
        #expect(found, "\(report.findings)")
        #expect(report.findingsCount <= 3, "one damage is few findings: \(report.findings)")
    }

    @Test("A missing beginning that no purge removed is found")
    func findsMissingBeginning() throws {
        let folder = Scratch.path()
        try fill(folder)
        sqlite(folder + "/" + SQLiteJournal.fileName, "DELETE FROM journal WHERE seq <= 40")
        let report = try SQLiteJournalReader(folder: folder).verify { _, _ in true }
        #expect(report.findings.first?.text == "entry 41 follows entry 0: entries between are missing")
    }

    @Test("Damage in the file's structure is found")
    func findsBrokenIndex() throws {
        let folder = Scratch.path()
        try fill(folder)
        sqlite(
            folder + "/" + SQLiteJournal.fileName, "PRAGMA writable_schema = ON",
            "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'content_interaction') "
                + "WHERE name = 'interaction_open'")
        let report = try SQLiteJournalReader(folder: folder).verify { _, _ in true }
        #expect(
            report.findings.contains { $0.sequence == nil && $0.text.contains("interaction_open") },
            "\(report.findings)")
    }

    @Test("A whole journal has no findings, and says what was checked")
    func whole() throws {
        let folder = Scratch.path()
        try fill(folder)
        var steps: [Int64] = []
        let report = try SQLiteJournalReader(folder: folder).verify {
            steps.append($0)
            return $1 == 2_000
        }
        #expect(report.isWhole)
        #expect(steps == [2_000])
        #expect([report.from, report.through, report.entriesChecked] == [1, 2_000, 2_000])
        #expect([report.contentsChecked, report.stateRowsChecked] == [200, 10])
        #expect(try SQLiteJournalReader(folder: folder).verify { _, _ in false }.wasStopped)
    }

    @Test("Damage among the newest entries stops the start; older damage is for verify")
    func stopsTheStart() throws {
        let folder = Scratch.path()
        try fill(folder)
        let path = folder + "/" + SQLiteJournal.fileName
        sqlite(path, "UPDATE journal SET body = '{\"n\":2 }' WHERE seq = 900")
        try SQLiteJournal(folder: folder).close()
        sqlite(path, "UPDATE journal SET body = '{\"n\":2 }' WHERE seq = 1900")
        #expect(kind { _ = try SQLiteJournal(folder: folder) } == .corrupt)
    }

    /// XXH64's published values, and a chain computed by a second implementation, in Python.
    @Test("A checksum is what anybody can compute again")
    func checksums() {
        #expect(EntryChecksum.ofContent([], sequence: 0) == 0xEF46_DB37_51D8_E999)
        #expect(EntryChecksum.ofContent(text("a"), sequence: 0) == 0xD24E_C4F1_A98C_6E5B)
        #expect(EntryChecksum.ofContent(text("abc"), sequence: 0) == 0x44BC_2CF5_AD77_0999)
        let sentence = "Nobody inspects the spammish repetition"
        #expect(EntryChecksum.ofContent(text(sentence), sequence: 0) == 0xFBCE_A83C_8A37_8BF1)

        let chain = [
            JournalEntry(
                sequence: 1, at: at(5), epoch: 1, type: "interaction.received", interaction: 1, key: "sms:1",
                body: text(#"{"text":"one fact of more than thirty-two bytes"}"#)),
            JournalEntry(sequence: 2, at: at(6), epoch: 1, type: "agent.ready", body: text("{}")),
            JournalEntry(
                sequence: 3, at: at(-7), epoch: 2, type: "interaction.queued", interaction: 1, previous: 1,
                body: text(#"{"ä":1}"#)),
        ]
        var checksums: [UInt64] = []
        for entry in chain { checksums.append(EntryChecksum.of(entry, after: checksums.last ?? 0)) }
        #expect(checksums == [0x0B5A_A81D_8A9E_D764, 0x1681_ACFF_12DE_E95C, 0x38B6_B5A5_4895_837A])
    }

    /// Entry n belongs to interaction n mod 10 (10 for 0); every tenth has content, every 50th a key.
    private func fill(_ folder: String) throws {
        let journal = try SQLiteJournal(folder: folder)
        _ = try journal.takeLeadership(holder: "here", at: at(0))
        var made = JournalBatch(epoch: 1, entries: [])
        for sequence in Int64(2)...2_000 {
            let interaction = sequence % 10 == 0 ? 10 : sequence % 10
            made.entries.append(
                fact(
                    sequence, of: interaction, after: sequence > 11 ? sequence - 10 : nil,
                    key: sequence % 50 == 0 ? "k\(sequence)" : nil, content: sequence % 10 == 0 ? "{\"n\":1}" : nil,
                    body: "{\"n\":\(sequence)}"))
        }
        made.interactions = (1...10).map { row($0, last: $0 == 10 ? 2_000 : 1_990 + $0) }
        made.entities = [EntityRow(kind: "agent", id: "ann", lastSequence: 2, snapshot: text("{}"))]
        try journal.append(made)
        journal.close()
    }
}
