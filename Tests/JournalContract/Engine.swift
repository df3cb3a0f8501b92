import InteractionModel
import Journal

/// What the contract runs over. A new engine is a case here and a line in ``World``.
enum Engine: CaseIterable, Sendable {
    case memory
    case sqlite
}

/// One engine's storage, in which a journal can be opened, lost and opened again.
final class World {
    let engine: Engine
    let folder: String
    let store = MemoryStore()

    init(_ engine: Engine) {
        self.engine = engine
        folder = Scratch.path()
    }

    func open() throws -> any Journal {
        switch engine {
        case .memory: MemoryJournal(on: store)
        case .sqlite: try SQLiteJournal(folder: folder)
        }
    }

    /// A journal with a leader in epoch 1, whose marker is entry 1.
    func lead() throws -> any Journal {
        let journal = try open()
        _ = try journal.takeLeadership(holder: "here", at: at(0))
        return journal
    }
}

/// Everything a reader can see, to compare whole.
struct Everything: Equatable {
    var entries: [JournalEntry]
    var contents: [[UInt8]?]
    var interactions: [InteractionRow]
    var entities: [EntityRow]

    init(_ journal: any Journal) throws {
        let reader = try journal.makeReader()
        defer { reader.close() }
        let entries = try reader.entries(after: 0, limit: JournalLimits.readMax)
        self.entries = entries
        contents = try entries.map { try reader.content(of: $0.sequence) }
        interactions = try reader.interactions(after: .min, limit: JournalLimits.readMax)
        entities = try reader.entities()
    }
}

func at(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

func text(_ json: String) -> [UInt8] { Array(json.utf8) }

/// A fact at millisecond `sequence`, of epoch 1 unless said otherwise.
func fact(
    _ sequence: Int64, of interaction: Int64? = nil, after previous: Int64? = nil, key: String? = nil,
    content: String? = nil, epoch: Int64 = 1, type: String = "interaction.updated", body: String = "{}"
) -> JournalEntry {
    JournalEntry(
        sequence: sequence, at: at(sequence), epoch: epoch, type: type, interaction: interaction, previous: previous,
        key: key, body: text(body), content: content.map(text))
}

func batch(
    _ entries: JournalEntry..., interactions: [InteractionRow] = [], entities: [EntityRow] = [], epoch: Int64 = 1
) -> JournalBatch {
    JournalBatch(epoch: epoch, entries: entries, interactions: interactions, entities: entities)
}

/// A state row that stands at entry `last`.
func row(
    _ interaction: Int64, last: Int64, customer: String? = nil, created: Int64? = nil, closed: Int64? = nil,
    state: String = "queued"
) -> InteractionRow {
    InteractionRow(
        interaction: interaction, customer: customer, state: state, queue: "sales", agent: nil,
        createdAt: at(created ?? interaction), updatedAt: at(last), closedAt: closed.map(at), lastSequence: last,
        snapshot: text("{\"last\":\(last)}"))
}

/// The kind of failure `body` ends with; nil when it does not fail.
func kind(_ body: () throws -> Void) -> JournalFailure.Kind? {
    do {
        try body()
        return nil
    } catch {
        return (error as? JournalFailure)?.kind
    }
}
