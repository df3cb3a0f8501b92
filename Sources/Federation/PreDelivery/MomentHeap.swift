import InteractionModel

/// Numbers by the moment at which each is due, earliest first, equals by number: an order that does not depend on when they
/// were put in.
struct MomentHeap: Hashable, Sendable {
    private struct Entry: Hashable, Comparable, Sendable {
        var at: Timestamp
        var number: Int64

        static func < (one: Entry, other: Entry) -> Bool { (one.at, one.number) < (other.at, other.number) }
    }

    private var heap: [Entry] = []

    mutating func add(_ number: Int64, at moment: Timestamp) {
        heap.append(Entry(at: moment, number: number))
        var child = heap.count - 1
        while child > 0, heap[child] < heap[(child - 1) / 2] {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func takeDue(at now: Timestamp) -> Int64? {
        guard let first = heap.first, first.at <= now else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        return first.number
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child] < heap[least] {
                least = child
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
