/// The agents of one profile who can take one channel now, in the order in which they are chosen.
struct ReadyLine: Sendable {
    /// Who holds least goes first; among those, who has been so for longest. `since` is a journal sequence, equal only
    /// for agents whom one plan named first; their numbers decide then.
    struct Place: Sendable, Comparable {
        var load: Int
        var since: Int64
        var agent: Int

        static func < (one: Place, other: Place) -> Bool {
            if one.load != other.load { return one.load < other.load }
            if one.since != other.since { return one.since < other.since }
            return one.agent < other.agent
        }
    }

    private(set) var places: [Place] = []

    mutating func insert(_ place: Place) {
        places.insert(place, at: index(of: place))
    }

    mutating func remove(_ place: Place) {
        let at = index(of: place)
        guard at < places.count, places[at] == place else { return }
        places.remove(at: at)
    }

    private func index(of place: Place) -> Int {
        var low = 0
        var high = places.count
        while low < high {
            let middle = (low + high) / 2
            if places[middle] < place { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
