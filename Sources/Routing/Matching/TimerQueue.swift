/// Moments by index, earliest first; one to an index. Equal moments come in order of index, though nothing depends on it: all that
/// is due is done before anyone is matched.
///
/// A heap whose entries know their places, so that an index whose moment changes leaves nothing stale behind.
struct TimerQueue: Sendable {
    private struct Entry: BitwiseCopyable, Sendable {
        var at: Int64 = 0
        var index: UInt32 = 0

        static func < (one: Entry, other: Entry) -> Bool {
            one.at == other.at ? one.index < other.index : one.at < other.at
        }
    }

    private var heap = FlatTable<Entry>(filledWith: Entry())
    private var places = FlatTable<UInt32>(filledWith: none)
    private(set) var count = 0

    var next: Int64? { count == 0 ? nil : heap[0].at }

    /// Gives this copy memory of its own.
    mutating func unshare() {
        heap.unshare()
        places.unshare()
    }

    mutating func set(_ index: Int, to moment: Int64) {
        places.grow(to: index + 1, filledWith: none)
        let entry = Entry(at: moment, index: UInt32(truncatingIfNeeded: index))
        var place = Int(places[index])
        if places[index] == none {
            place = count
            count += 1
            heap.grow(to: count, filledWith: Entry())
        } else if heap[place] < entry {
            return sink(entry, from: place)
        }
        rise(entry, from: place)
    }

    mutating func remove(_ index: Int) {
        guard index < places.count, places[index] != none else { return }
        let place = Int(places[index])
        places[index] = none
        count -= 1
        guard place < count else { return }
        let last = heap[count]
        if place > 0, last < heap[(place - 1) / 2] { rise(last, from: place) } else { sink(last, from: place) }
    }

    /// Takes out the earliest index whose moment is not after `now`.
    mutating func takeDue(at now: Int64) -> Int? {
        guard count > 0, heap[0].at <= now else { return nil }
        let index = Int(heap[0].index)
        remove(index)
        return index
    }

    private mutating func put(_ entry: Entry, at place: Int) {
        heap[place] = entry
        places[entry.index] = UInt32(truncatingIfNeeded: place)
    }

    private mutating func rise(_ entry: Entry, from start: Int) {
        var place = start
        while place > 0, entry < heap[(place - 1) / 2] {
            put(heap[(place - 1) / 2], at: place)
            place = (place - 1) / 2
        }
        put(entry, at: place)
    }

    private mutating func sink(_ entry: Entry, from start: Int) {
        var place = start
        while true {
            var child = 2 * place + 1
            if child >= count { break }
            if child + 1 < count, heap[child + 1] < heap[child] { child += 1 }
            if entry < heap[child] { break }
            put(heap[child], at: place)
            place = child
        }
        put(entry, at: place)
    }
}
