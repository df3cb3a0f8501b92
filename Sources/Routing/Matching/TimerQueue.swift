/// Moments by index, earliest first; one to an index. Equal moments come in order of index, though nothing depends on it: all that
/// is due is done before anyone is matched.
///
/// A heap whose entries know their places, so that an index whose moment changes leaves nothing stale behind.
struct TimerQueue: Sendable {
    private var heap: [UInt32] = []
    private var moments: [Int64] = []
    private var places: [UInt32] = []

    var next: Int64? { heap.first.map { moments[Int($0)] } }
    var count: Int { heap.count }

    func moment(of index: Int) -> Int64? {
        index < places.count && places[index] != UInt32.max ? moments[index] : nil
    }

    mutating func set(_ index: Int, to moment: Int64) {
        while places.count <= index {
            places.append(UInt32.max)
            moments.append(0)
        }
        if places[index] == UInt32.max {
            places[index] = UInt32(heap.count)
            moments[index] = moment
            heap.append(UInt32(index))
            rise(heap.count - 1)
        } else {
            let isEarlier = moment < moments[index]
            moments[index] = moment
            if isEarlier { rise(Int(places[index])) } else { sink(Int(places[index])) }
        }
    }

    mutating func remove(_ index: Int) {
        guard index < places.count, places[index] != UInt32.max else { return }
        let place = Int(places[index])
        places[index] = UInt32.max
        let last = heap.removeLast()
        guard place < heap.count else { return }
        heap[place] = last
        places[Int(last)] = UInt32(place)
        rise(place)
        sink(Int(places[Int(last)]))
    }

    /// Takes out the earliest index whose moment is not after `now`.
    mutating func takeDue(at now: Int64) -> Int? {
        guard let first = heap.first, moments[Int(first)] <= now else { return nil }
        remove(Int(first))
        return Int(first)
    }

    private func isBefore(_ one: UInt32, _ other: UInt32) -> Bool {
        let (first, second) = (moments[Int(one)], moments[Int(other)])
        return first == second ? one < other : first < second
    }

    private mutating func swapPlaces(_ one: Int, _ other: Int) {
        heap.swapAt(one, other)
        places[Int(heap[one])] = UInt32(one)
        places[Int(heap[other])] = UInt32(other)
    }

    private mutating func rise(_ start: Int) {
        var child = start
        while child > 0, isBefore(heap[child], heap[(child - 1) / 2]) {
            swapPlaces(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func sink(_ start: Int) {
        var parent = start
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && isBefore(heap[child], heap[least])
            {
                least = child
            }
            guard least != parent else { return }
            swapPlaces(parent, least)
            parent = least
        }
    }
}
