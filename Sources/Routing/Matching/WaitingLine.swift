import InteractionModel

/// The contacts of one class in the order in which they began to wait.
///
/// All members need the same, so only the head ever competes with other classes. A contact that returns (no answer,
/// put back) has its old stamp and so goes back to its old place.
struct WaitingLine: Sendable {
    struct Place: Sendable, Comparable {
        var stamp: Timestamp
        var interaction: InteractionID

        static func < (one: Place, other: Place) -> Bool {
            one.stamp == other.stamp ? one.interaction < other.interaction : one.stamp < other.stamp
        }
    }

    /// Ascending; entries before `head` are gone, and so are those marked in `removed`. At most 64 more than half of
    /// them are: a head that nobody takes must not keep all who left behind it.
    private var places: [Place] = []
    private var removed: [Bool] = []
    private var head = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }
    /// Places in memory, those of who left among them.
    var placesKept: Int { places.count }

    mutating func insert(_ place: Place) {
        count += 1
        if let last = places.last, head < places.count, last < place {
            append(place)
        } else if head == places.count {
            append(place)
        } else {
            insertInside(place)
        }
    }

    private mutating func append(_ place: Place) {
        places.append(place)
        removed.append(false)
    }

    private mutating func insertInside(_ place: Place) {
        let at = index(of: place)
        if places[at] == place {  // It left from the middle, and its place is still marked.
            removed[at] = false
        } else if at == head, head > 0 {  // The usual return: what left from the head comes back to it.
            head -= 1
            places[head] = place
            removed[head] = false
        } else {
            places.insert(place, at: at)
            removed.insert(false, at: at)
        }
    }

    /// Takes out a contact wherever it stands. Does nothing when it is not here.
    mutating func remove(_ place: Place) {
        let at = index(of: place)
        guard at < places.count, places[at] == place, !removed[at] else { return }
        removed[at] = true
        count -= 1
        skipRemoved()
    }

    /// The first place that `accepts` lets pass, from the head on.
    func first(where accepts: (InteractionID) -> Bool) -> Place? {
        var at = head
        while at < places.count {
            if !removed[at], accepts(places[at].interaction) { return places[at] }
            at += 1
        }
        return nil
    }

    private mutating func skipRemoved() {
        while head < places.count, removed[head] { head += 1 }
        guard head == places.count || places.count > 2 * count + 64 else { return }
        places = places.indices.filter { $0 >= head && !removed[$0] }.map { places[$0] }
        removed = Array(repeating: false, count: places.count)
        head = 0
    }

    /// The first index at or after `head` whose place is not before `place`.
    private func index(of place: Place) -> Int {
        var low = head
        var high = places.count
        while low < high {
            let middle = (low + high) / 2
            if places[middle] < place { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
