import InteractionModel
import Journal

/// Facts by the shape alone: bodies of 300 bytes, six to an interaction, 20,000 interactions open and touched in turn,
/// 300,000 customers, a state row a fact, a key on each first fact. The workload that the engine was chosen by.
struct FactWorkload {
    static let open = 20_000
    static let factsPerInteraction = 6
    static let description = "300-byte bodies, a state row each, \(open) interactions open"

    private let epoch: Int64
    private var sequence: Int64
    private var places = [Place](repeating: Place(), count: FactWorkload.open)
    private var place = 0

    private struct Place {
        var interaction: Int64 = 0
        var createdAt = Timestamp(milliseconds: 0)
        var last: Int64 = 0
        var facts = 0
    }

    init(_ leadership: Leadership) {
        epoch = leadership.epoch
        sequence = leadership.lastSequence
    }

    mutating func batch(of count: Int) -> JournalBatch {
        var batch = JournalBatch(epoch: epoch, entries: [])
        batch.entries.reserveCapacity(count)
        batch.interactions.reserveCapacity(count)
        for _ in 0..<count { step(&batch) }
        return batch
    }

    private mutating func step(_ batch: inout JournalBatch) {
        sequence += 1
        place = (place + 7_919) % Self.open  // A prime: the next touched is far away, as in life.
        let at = Timestamp(milliseconds: 1_700_000_000_000 + sequence)
        if places[place].facts == 0 { places[place] = Place(interaction: sequence, createdAt: at) }
        places[place].facts += 1
        let open = places[place]
        let isLast = open.facts == Self.factsPerInteraction
        batch.entries.append(
            JournalEntry(
                sequence: sequence, at: at, epoch: epoch, type: Self.types[open.facts - 1],
                interaction: open.interaction, previous: open.facts == 1 ? nil : open.last,
                key: open.facts == 1 ? "sms:\(open.interaction &* 0x9E37_79B9 & 0xFFFF_FFFF)" : nil,
                body: Self.text(sequence, filler: 270)))
        batch.interactions.append(
            InteractionRow(
                interaction: open.interaction, customer: "customer-\(open.interaction % 300_000)",
                state: Self.types[open.facts - 1], queue: "sales", agent: open.facts > 2 ? "agent-17" : nil,
                createdAt: open.createdAt, updatedAt: at, closedAt: isLast ? at : nil, lastSequence: sequence,
                snapshot: Self.text(sequence, filler: 150)))
        places[place].last = sequence
        if isLast { places[place].facts = 0 }
    }

    private static func text(_ number: Int64, filler: Int) -> [UInt8] {
        Array("{\"number\":\(number),\"text\":\"".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: filler)
            + Array("\"}".utf8)
    }

    private static let types = [
        "interaction.received", "offer.made", "offer.ended", "message.received", "wrapup.started", "interaction.closed",
    ]
}
