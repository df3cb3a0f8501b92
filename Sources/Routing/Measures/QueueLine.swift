import InteractionModel

/// Who waits in one queue, over all classes, in the order of the policy: by arrival less the contact's own head start, then by number. What
/// is the same for the whole queue (its band, its head start, its aging) changes nothing in that order.
///
/// Follows from the interactions, and is made anew when they are restored. It answers two questions: who is how far from the front, and who
/// has waited longest.
struct QueueLine: Sendable, Equatable {
    struct Place: Sendable, Comparable {
        /// Arrival less head start, in milliseconds.
        var order: Int64
        var interaction: InteractionID
        var stamp: Timestamp

        init(_ interaction: InteractionID, stamp: Timestamp, headStart: Span) {
            order = stamp.milliseconds &- headStart.milliseconds
            self.interaction = interaction
            self.stamp = stamp
        }

        var hasHeadStart: Bool { order != stamp.milliseconds }

        static func < (one: Place, other: Place) -> Bool {
            one.order == other.order ? one.interaction < other.interaction : one.order < other.order
        }
    }

    /// Ascending; what stands before `head` is gone, and so is what `removed` marks: at most 64 more than there are contacts.
    private var places: [Place] = []
    private var removed: [Bool] = []
    private var head = 0
    private(set) var count = 0
    /// Whether all have the same head start, so that the first has waited longest. Says so again when the line empties.
    private var isByStamp = true

    static func == (one: QueueLine, other: QueueLine) -> Bool { one.first(one.count) == other.first(other.count) }

    mutating func insert(_ place: Place) {
        if count == 0 { isByStamp = true }
        if count > 0, let last = places.last, last.hasHeadStart || place.hasHeadStart { isByStamp = false }
        count += 1
        let at = index(of: place)
        if at < places.count, places[at].interaction == place.interaction, places[at].order == place.order {
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

    /// Does nothing when it is not here.
    mutating func remove(_ place: Place) {
        let at = index(of: place)
        guard at < places.count, places[at].interaction == place.interaction, !removed[at] else { return }
        removed[at] = true
        count -= 1
        while head < places.count, removed[head] { head += 1 }
        guard head == places.count || places.count > 2 * count + 64 else { return }
        places = places.indices.filter { $0 >= head && !removed[$0] }.map { places[$0] }
        removed = Array(repeating: false, count: places.count)
        head = 0
    }

    /// How many stand before `place`. Counts from the nearer end, so a newcomer is told at once.
    func ahead(of place: Place) -> Int {
        let at = index(of: place)
        guard places.count - at < at - head else { return (head..<at).count { !removed[$0] } }
        return count - (at..<places.count).count { !removed[$0] }
    }

    /// The moment at which the longest wait began.
    var oldest: Timestamp? {
        guard count > 0 else { return nil }
        if isByStamp { return places[head].stamp }
        return (head..<places.count).lazy.filter { !removed[$0] }.map { places[$0].stamp }.min()
    }

    /// The first in order that is not `contact`.
    func first(but contact: InteractionID) -> Place? {
        var at = head
        while at < places.count {
            if !removed[at], places[at].interaction != contact { return places[at] }
            at += 1
        }
        return nil
    }

    /// The first `count` in order.
    func first(_ count: Int) -> [Place] {
        Array((head..<places.count).lazy.filter { !removed[$0] }.map { places[$0] }.prefix(count))
    }

    /// The first index at or after `head` whose place is not before `place`.
    private func index(of place: Place) -> Int {
        if let last = places.last, last < place { return places.count }
        var low = head
        var high = places.count
        while low < high {
            let middle = (low + high) / 2
            if places[middle] < place { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
