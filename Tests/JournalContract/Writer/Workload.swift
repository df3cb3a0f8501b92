import InteractionModel
import Journal

/// Facts as a site writes them: interactions of six facts, many open at a time, with 300-byte bodies and state rows.
struct Workload {
    private let epoch: Int64
    private var sequence: Int64
    /// The open interactions, one a place; each fact goes to the next place but one, so that a group touches many.
    private var places: [Open?]
    private var place = 0
    private var nextInteraction: Int64
    /// Every how many facts one carries personal content; 0: none.
    var contentEvery: Int64 = 10

    private struct Open {
        let interaction: Int64
        let createdAt: Timestamp
        var last: Int64
        var facts: Int
    }

    static let factsPerInteraction = 6

    /// A provider's message number: no order, so that the key's index is touched everywhere.
    static func key(of interaction: Int64) -> String {
        "sms:\(interaction &* 0x9E37_79B9 & 0xFFFF_FFFF):\(interaction)"
    }

    static func time(of sequence: Int64) -> Timestamp { Timestamp(milliseconds: 1_700_000_000_000 + sequence) }

    init(leadership: Leadership, open: Int) {
        epoch = leadership.epoch
        sequence = leadership.lastSequence
        places = Array(repeating: nil, count: open)
        nextInteraction = leadership.lastSequence + 1
    }

    /// Goes on with the open interactions of an earlier life.
    mutating func resume(_ journal: any Journal) throws(JournalFailure) {
        for (index, row) in try journal.openInteractions().prefix(places.count).enumerated() {
            let facts = Int(Double(String(decoding: row.snapshot.dropFirst(9).prefix(1), as: UTF8.self)) ?? 1)
            places[index] = Open(
                interaction: row.interaction, createdAt: row.createdAt, last: row.lastSequence, facts: facts)
        }
    }

    mutating func batch(of count: Int) -> JournalBatch {
        var batch = JournalBatch(epoch: epoch, entries: [])
        batch.entries.reserveCapacity(count)
        batch.interactions.reserveCapacity(count)
        for _ in 0..<count { step(&batch) }
        // Interactions are spread wider than a group is long, or the later row of the same one stands.
        if count > places.count { batch.interactions = Self.newest(batch.interactions) }
        return batch
    }

    private mutating func step(_ batch: inout JournalBatch) {
        sequence += 1
        place = (place + 7_919) % places.count
        let at = Self.time(of: sequence)
        var open = places[place] ?? Open(interaction: sequence, createdAt: at, last: 0, facts: 0)
        let isFirst = open.facts == 0
        open.facts += 1
        let isLast = open.facts == Self.factsPerInteraction
        batch.entries.append(
            JournalEntry(
                sequence: sequence, at: at, epoch: epoch, type: Self.types[open.facts - 1],
                interaction: open.interaction, previous: isFirst ? nil : open.last,
                key: isFirst ? Self.key(of: open.interaction) : nil,
                body: body,
                content: contentEvery > 0 && sequence % contentEvery == 0 ? Self.content : nil))
        open.last = sequence
        batch.interactions.append(
            InteractionRow(
                interaction: open.interaction, customer: "customer-\(open.interaction % 300_000)",
                state: Self.types[open.facts - 1], queue: "sales", agent: open.facts > 2 ? "agent-17" : nil,
                createdAt: open.createdAt, updatedAt: at, closedAt: isLast ? at : nil, lastSequence: sequence,
                snapshot: snapshot(facts: open.facts)))
        places[place] = isLast ? nil : open
    }

    /// 300 bytes, the workload of the measurements that chose this engine.
    private var body: [UInt8] {
        Array("{\"number\":\(sequence),\"text\":\"".utf8) + Self.filler + Array("\"}".utf8)
    }

    /// Begins with the count of facts, so that folding the facts can be compared with it.
    private func snapshot(facts: Int) -> [UInt8] {
        Array("{\"facts\":\(facts),\"text\":\"".utf8) + Self.filler.prefix(150) + Array("\"}".utf8)
    }

    private static func newest(_ rows: [InteractionRow]) -> [InteractionRow] {
        var seen: Set<Int64> = []
        return rows.reversed().filter { seen.insert($0.interaction).inserted }
    }

    private static let filler = [UInt8](repeating: UInt8(ascii: "x"), count: 270)
    private static let content = Array("{\"from\":\"+49 30 123456\",\"text\":\"hello\"}".utf8)
    private static let types = [
        "interaction.received", "interaction.queued", "offer.made", "offer.accepted", "interaction.wrapping",
        "interaction.closed",
    ]
}
