package import InteractionModel

/// What a deadline ends. The order is the order in which equal moments are handled.
package enum DeadlineSubject: Sendable, Equatable {
    case message(MessageID)
    case agent(Int)
    case interaction(InteractionID)
    /// The end of hold.
    case hold(InteractionID)
    /// The end of an invitation or a consultation.
    case guest(InteractionID)
    /// A contact has waited so long in its queue that the queue's intraflow moves it.
    case intraflow(InteractionID)
    /// A place is kept for a call no longer.
    case route(Int64)
    /// Some calendar opens or closes.
    case gate
}

/// The moments at which something must happen, earliest first. Whoever takes one out checks whether its
/// subject still means it; those that are not meant any more are swept out when they may be half of all.
struct DeadlineQueue: Sendable {
    private struct Entry: Sendable, Comparable {
        var at: Int64
        var kind: UInt8
        var number: Int64

        static func < (one: Entry, other: Entry) -> Bool {
            if one.at != other.at { return one.at < other.at }
            if one.kind != other.kind { return one.kind < other.kind }
            return one.number < other.number
        }
    }

    static let entriesBeforeSweep = 4096

    private var heap: [Entry] = []
    private var sweepAt = Self.entriesBeforeSweep

    var next: Timestamp? { heap.first.map { Timestamp(milliseconds: $0.at) } }
    var count: Int { heap.count }

    mutating func add(_ subject: DeadlineSubject, at moment: Timestamp) {
        let (kind, number) = Self.order(of: subject)
        heap.append(Entry(at: moment.milliseconds, kind: kind, number: number))
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child] < heap[parent] else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// Whether half of what it holds may be stale, when about `meant` entries are not: a closed contact would else stay
    /// for the week it might have waited. While contacts only come, nothing is stale and nothing is swept.
    func isSweepDue(meant: Int) -> Bool { heap.count >= sweepAt && heap.count / 2 >= meant }

    /// Drops the entries whose subject no longer means them. Changes no decision.
    mutating func dropStale(unless isMeant: (DeadlineSubject, Timestamp) -> Bool) {
        heap = heap.filter { isMeant(Self.subject($0.kind, $0.number), Timestamp(milliseconds: $0.at)) }.sorted()
        sweepAt = max(Self.entriesBeforeSweep, 2 * heap.count)
    }

    /// Takes out the earliest entry that is due at `now`.
    mutating func takeDue(at now: Timestamp) -> (subject: DeadlineSubject, at: Timestamp)? {
        guard let first = heap.first, first.at <= now.milliseconds else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        return (Self.subject(first.kind, first.number), Timestamp(milliseconds: first.at))
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var least = parent
            let left = 2 * parent + 1
            if left < heap.count, heap[left] < heap[least] { least = left }
            if left + 1 < heap.count, heap[left + 1] < heap[least] { least = left + 1 }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }

    private static func order(of subject: DeadlineSubject) -> (UInt8, Int64) {
        switch subject {
        case .message(let id): (0, id.number)
        case .agent(let index): (1, Int64(index))
        case .interaction(let id): (3, id.number)
        case .hold(let id): (4, id.number)
        case .guest(let id): (5, id.number)
        case .intraflow(let id): (6, id.number)
        case .route(let number): (7, number)
        case .gate: (8, 0)
        }
    }

    private static func subject(_ kind: UInt8, _ number: Int64) -> DeadlineSubject {
        switch kind {
        case 0: .message(MessageID(number))
        case 1: .agent(Int(number))
        case 3: .interaction(InteractionID(number))
        case 4: .hold(InteractionID(number))
        case 5: .guest(InteractionID(number))
        case 6: .intraflow(InteractionID(number))
        case 7: .route(number)
        default: .gate
        }
    }
}
