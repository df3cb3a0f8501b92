import InteractionModel
import Journal
import Testing

@Suite("Appending")
struct AppendTests {
    @Test("What was appended is read back as it was written, also after opening again", arguments: Engine.allCases)
    func readsBack(_ engine: Engine) throws {
        let world = World(engine)
        let journal = try world.lead()
        let entries = [
            fact(2, of: 2, key: "sms:1", content: #"{"from":"Ann"}"#, type: "interaction.received", body: #"{"a":1}"#),
            fact(3, type: "agent.ready"),
            fact(4, of: 2, after: 2, body: #"{"b":"ä\u0000"}"#),
        ]
        let row = row(2, last: 4, customer: "17")
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
        #expect(try reader.verify { _, _ in true }.isWhole)
    }

    @Test("A new leader writes a marker, and the epoch grows by one", arguments: Engine.allCases)
    func leadership(_ engine: Engine) throws {
        let world = World(engine)
        let first = try world.open()
        #expect(
            try first.takeLeadership(holder: "a \"quoted\"\n host", at: at(5)) == Leadership(epoch: 1, lastSequence: 1))
        first.close()
        let second = try world.open()
        #expect(try second.takeLeadership(holder: "b", at: at(6)) == Leadership(epoch: 2, lastSequence: 2))
        #expect(
            try second.makeReader().entries(after: 0, limit: 10) == [
                JournalEntry(
                    sequence: 1, at: at(5), epoch: 1, type: "journal.leadership",
                    body: text(#"{"holder":"a \"quoted\"\u000a host"}"#)),
                JournalEntry(
                    sequence: 2, at: at(6), epoch: 2, type: "journal.leadership", body: text(#"{"holder":"b"}"#)),
            ])
        #expect(try second.makeReader().verify { _, _ in true }.isWhole)
    }

    @Test("Whoever was deposed can append nothing more", arguments: Engine.allCases)
    func deposed(_ engine: Engine) throws {
        let world = World(engine)
        let journal = try world.lead()
        try journal.append(batch(fact(2)))
        _ = try journal.takeLeadership(holder: "other", at: at(3))
        let before = try Everything(journal)
        #expect(kind { try journal.append(batch(fact(3))) } == .deposed)
        #expect(kind { try journal.append(batch(fact(4))) } == .deposed)
        #expect(try Everything(journal) == before)
        try journal.append(batch(fact(4, epoch: 2), epoch: 2))
    }

    @Test("A repeated idempotency key refuses the whole batch and names the key", arguments: Engine.allCases)
    func duplicateKey(_ engine: Engine) throws {
        let journal = try World(engine).lead()
        try journal.append(batch(fact(2, of: 2, key: "k1")))
        let before = try Everything(journal)
        let repeated = batch(
            fact(3, of: 3, key: "k2"), fact(4, of: 4, key: "k1"), interactions: [row(3, last: 3), row(2, last: 4)])
        #expect(kind { try journal.append(repeated) } == .duplicateKey("k1"))
        #expect(kind { try journal.append(batch(fact(3, key: "k3"), fact(4, key: "k3"))) } == .duplicateKey("k3"))
        #expect(try Everything(journal) == before)
        #expect(try journal.find(key: "k1")?.interaction == 2)
        #expect(try journal.find(key: "k1")?.sequence == 2)
        #expect(try journal.find(key: "k2") == nil)
        try journal.append(batch(fact(3, key: "k2")))
    }

    @Test("Keys, customers and entities are told apart by their bytes, not by their looks", arguments: Engine.allCases)
    func bytes(_ engine: Engine) throws {
        let journal = try World(engine).lead()
        let names = ["\u{E9}", "e\u{301}", "e\u{0}a", "e"]
        var made = JournalBatch(epoch: 1, entries: [])
        for (number, name) in names.enumerated() {
            let sequence = Int64(number + 2)
            made.entries.append(fact(sequence, of: sequence, key: name))
            made.interactions.append(row(sequence, last: sequence, customer: name))
            made.entities.append(EntityRow(kind: "agent", id: name, lastSequence: sequence, snapshot: text("{}")))
        }
        try journal.append(made)
        let reader = try journal.makeReader()
        #expect(try names.map { try journal.find(key: $0)?.sequence } == [2, 3, 4, 5])
        #expect(try journal.find(keys: ["none"] + names).map { $0?.sequence } == [nil, 2, 3, 4, 5])
        #expect(try journal.find(keys: []).isEmpty)
        #expect(try names.map { try reader.interactions(ofCustomer: $0).map(\.interaction) } == [[2], [3], [4], [5]])
        #expect(try journal.entities().map(\.lastSequence) == [5, 4, 3, 2])
    }

    /// Batches that break a rule, each with the word its refusal must name.
    static let broken: [(JournalBatch, String)] = [
        (batch(fact(3)), "sequence"),
        (batch(fact(1)), "sequence"),
        (batch(fact(2), fact(4)), "sequence"),
        (batch(fact(2, epoch: 2)), "epoch"),
        (batch(fact(2, of: 2, after: 2)), "previous"),
        (batch(fact(2, of: 2, after: 0)), "previous"),
        (batch(fact(2, after: 1)), "interaction"),
        (batch(fact(2, type: "")), "type"),
        (batch(fact(2, type: String(repeating: "x", count: 65))), "type"),
        (batch(fact(2, key: "")), "key"),
        (batch(fact(2, key: String(repeating: "x", count: 513))), "key"),
        (batch(fact(2, body: "")), "body"),
        (batch(fact(2, body: String(repeating: "1", count: JournalLimits.bodyBytesMax + 1))), "body"),
        (batch(fact(2), interactions: [row(2, last: 3)]), "lastSequence"),
        (batch(fact(2), interactions: [row(2, last: 2, state: "")]), "state"),
        (batch(fact(2), interactions: [row(2, last: 2, customer: String(repeating: "x", count: 513))]), "customer"),
        (batch(entities: [EntityRow(kind: "agent", id: "a", lastSequence: 2, snapshot: nil)]), "lastSequence"),
        (batch(entities: [EntityRow(kind: "", id: "a", lastSequence: 1, snapshot: nil)]), "kind"),
        (
            batch(
                entities: Array(
                    repeating: .init(kind: "a", id: "a", lastSequence: 1, snapshot: nil),
                    count: JournalLimits.batchMax + 1)),
            "entity rows"
        ),
    ]

    @Test("A batch that breaks a rule is refused whole, naming the field", arguments: Engine.allCases)
    func invalid(_ engine: Engine) throws {
        let journal = try World(engine).lead()
        let before = try Everything(journal)
        for (batch, field) in Self.broken {
            let failure = #expect(throws: JournalFailure.self) { try journal.append(batch) }
            #expect(failure?.kind == .invalid)
            #expect(failure?.text.contains(field) == true, "\(field) is not named in: \(failure?.text ?? "")")
        }
        #expect(kind { _ = try journal.takeLeadership(holder: "", at: at(1)) } == .invalid)
        #expect(try Everything(journal) == before)
        try journal.append(batch(fact(2)))
    }

    @Test("A state row shows the latest of what was written, whichever columns change", arguments: Engine.allCases)
    func stateRows(_ engine: Engine) throws {
        let journal = try World(engine).lead()
        var steps = [
            row(2, last: 2), row(2, last: 3, state: "offered"), row(2, last: 4, customer: "7", state: "active"),
            row(2, last: 5, customer: "7", state: "wrapping"),
            row(2, last: 6, customer: "8", closed: 6, state: "closed"),
            row(2, last: 7, customer: "8", state: "queued"),
        ]
        steps[3].agent = "ann"
        steps[3].queue = nil
        for step in steps {
            let sequence = step.lastSequence
            let previous = sequence == 2 ? nil : sequence - 1
            try journal.append(batch(fact(sequence, of: 2, after: previous), interactions: [step]))
            #expect(try journal.makeReader().interaction(2) == step)
            #expect(try journal.openInteractions() == (step.closedAt == nil ? [step] : []))
            let customers = try ["7", "8"].map { try journal.makeReader().interactions(ofCustomer: $0) }
            #expect(customers == ["7", "8"].map { step.customer == $0 ? [step] : [] })
        }
        #expect(try journal.makeReader().verify { _, _ in true }.findings == [])
    }

    @Test("Entities are replaced, deleted and listed by kind and id", arguments: Engine.allCases)
    func entities(_ engine: Engine) throws {
        let journal = try World(engine).lead()
        func entity(_ kind: String, _ id: String, _ snapshot: String?) -> EntityRow {
            EntityRow(kind: kind, id: id, lastSequence: 1, snapshot: snapshot.map(text))
        }
        try journal.append(
            batch(
                entities: [
                    entity("queue", "a", "1"), entity("agent", "é", "2"), entity("agent", "z", "3"),
                    entity("agent", "Z", "4"),
                ].map {
                    var row = $0
                    row.snapshot = text("[\(String(decoding: $0.snapshot!, as: UTF8.self))]")
                    return row
                }))
        try journal.append(
            batch(entities: [entity("agent", "z", "{}"), entity("queue", "a", nil), entity("queue", "none", nil)]))
        #expect(
            try journal.entities() == [
                entity("agent", "Z", "[4]"), entity("agent", "z", "{}"), entity("agent", "é", "[2]"),
            ]
        )
    }

    @Test("A closed journal refuses everything, and closing twice does nothing", arguments: Engine.allCases)
    func closed(_ engine: Engine) throws {
        let journal = try World(engine).lead()
        let reader = try journal.makeReader()
        journal.close()
        journal.close()
        reader.close()
        #expect(kind { try journal.append(batch(fact(2))) } == .fatal)
        #expect(kind { _ = try journal.find(key: "a") } == .fatal)
        #expect(kind { _ = try reader.lastSequence() } == .fatal)
    }
}

extension AppendTests {
    @Test("A new leader may leap over numbers, nobody else; what is read, looked up and purged passes over them")
    func leap() throws {
        for engine in Engine.allCases {
            let world = World(engine)
            let first = try world.lead()
            try first.append(batch(fact(2, of: 2, key: "a"), fact(3, of: 2, after: 2)))
            #expect(kind { try first.append(batch(fact(1000))) } == .invalid)
            first.close()
            let journal = try world.open()
            let leadership = try journal.takeLeadership(holder: "later", at: at(10), leap: 1_000_000)
            #expect(leadership == Leadership(epoch: 2, lastSequence: 1_000_001))
            var next = fact(1_000_002, of: 2, after: 3, key: "b")
            next.epoch = 2
            next.at = at(20)
            try journal.append(JournalBatch(epoch: 2, entries: [next]))
            let reader = try journal.makeReader()
            #expect(try reader.lastSequence() == 1_000_002)
            #expect(try reader.entries(after: 2, limit: 10).map(\.sequence) == [3, 1_000_001, 1_000_002])
            #expect(try reader.entries(after: 500_000, limit: 1).map(\.sequence) == [1_000_001])
            #expect(try reader.find(key: "b")?.sequence == 1_000_002)
            #expect(try reader.verify { _, _ in true }.isWhole, "\(engine)")
            let purge = try journal.purge(before: at(15), limit: 1000)
            #expect(purge == Purge(removed: 4, through: 1_000_001, isFinished: true), "\(engine)")
            #expect(try reader.verify { _, _ in true }.isWhole, "\(engine)")
            journal.close()
            #expect(try world.open().lastSequence() == 1_000_002)
        }
    }
}
