/// The moments at which one queue's customers come, drawn one at a time.
struct ArrivalSource: Sendable {
    private var stream: RandomStream
    private let arrivals: Arrivals
    /// Multiplies every rate: a site's share of a queue.
    private let share: Double
    private var clock = 0.0
    private var recorded = 0

    static let day = 86_400.0

    init(_ arrivals: Arrivals, stream: RandomStream, share: Double = 1) {
        self.arrivals = arrivals
        self.stream = stream
        self.share = share
    }

    /// In seconds, never before the one before; nil when no more come.
    mutating func next() -> Double? {
        switch arrivals {
        case .rate(let perHour):
            guard perHour > 0 else { return nil }
            clock += stream.exponential() * 3600 / (perHour * share)
        case .profile(let steps):
            guard steps.contains(where: { $0.perHour > 0 }) else { return nil }
            pass(stream.exponential(), over: steps)
        case .recorded(let moments):
            guard recorded < moments.count else { return nil }
            clock = moments[recorded]
            recorded += 1
        }
        return clock
    }

    /// Moves the clock until `amount` contacts were due: inverts the rate summed over the day's steps.
    private mutating func pass(_ amount: Double, over steps: [Arrivals.Step]) {
        var left = amount
        while true {
            let midnight = (clock / Self.day).rounded(.down) * Self.day
            let hour = (clock - midnight) / 3600
            let index = steps.lastIndex { $0.from <= hour } ?? steps.count - 1
            let end = index + 1 < steps.count ? midnight + steps[index + 1].from * 3600 : midnight + Self.day
            let rate = steps[index].perHour * share / 3600
            if left < rate * (end - clock) {
                clock += left / rate
                return
            }
            left -= rate * (end - clock)
            clock = end
        }
    }
}
