/// What will happen, earliest first, and in the order in which it was planned where it falls together.
struct Agenda: Sendable {
    struct Entry: Sendable {
        var at: Int64
        var order: UInt64
        var event: Event

        @inline(__always)
        func precedes(_ other: Entry) -> Bool { at != other.at ? at < other.at : order < other.order }
    }

    private var entries: [Entry] = []
    private var planned: UInt64 = 0

    var next: Int64? { entries.first?.at }
    var isEmpty: Bool { entries.isEmpty }

    mutating func plan(_ event: Event, at moment: Int64) {
        planned += 1
        let entry = Entry(at: moment, order: planned, event: event)
        entries.append(entry)
        var child = entries.count - 1
        while child > 0 {
            let parent = (child - 1) >> 2
            guard entry.precedes(entries[parent]) else { break }
            entries[child] = entries[parent]
            child = parent
        }
        entries[child] = entry
    }

    mutating func takeFirst() -> Entry? {
        guard let first = entries.first, let last = entries.popLast() else { return nil }
        guard !entries.isEmpty else { return first }
        var hole = 0
        while true {
            let begin = hole * 4 + 1
            guard begin < entries.count else { break }
            var least = begin
            for child in (begin + 1)..<max(begin + 1, min(begin + 4, entries.count))
            where entries[child].precedes(entries[least]) { least = child }
            guard entries[least].precedes(last) else { break }
            entries[hole] = entries[least]
            hole = least
        }
        entries[hole] = last
        return first
    }
}
