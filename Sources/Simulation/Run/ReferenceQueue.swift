/// The same customers before the same number of agents, first come, first served: what each would have waited in a centre
/// whose mean wait Erlang's formula gives exactly. A control variate (``ControlVariates``), never a result.
///
/// The recursion is Kiefer and Wolfowitz's (1955): a customer begins when the agent who is free first is free. Only where
/// arrivals are Poisson at constant rates, services exponential with one mean, and the load below one.
struct ReferenceQueue: Sendable {
    /// When each agent is free, a heap with the earliest first.
    private var free: [Int64]
    let law: Law

    /// What is known of it.
    struct Law: Sendable {
        /// Of service, seconds.
        let mean: Double
        /// Exact mean wait, seconds.
        let exactWait: Double
        /// Exact part that is answered within `threshold` seconds; nil where queues have different ones.
        let exactInTime: Double?
        let threshold: Double
    }

    init?(_ scenario: Scenario) {
        var perHour = 0.0
        for queue in scenario.queues {
            guard case .rate(let rate) = queue.arrivals else { return nil }
            perHour += rate
        }
        let laws = Set(scenario.queues.compactMap(\.handling) + scenario.groups.map(\.handling))
        let isPlain = scenario.groups.allSatisfy { $0.shifts.isEmpty } && perHour > 0
        guard isPlain, laws.count == 1, let law = laws.first, law.law == .exponential else { return nil }
        let agents = scenario.agentCount
        let load = perHour / 3600 * law.mean
        guard load < Double(agents) else { return nil }
        let delayed = Self.delayProbability(agents, load)
        let exactWait = delayed * law.mean / (Double(agents) - load)
        let thresholds = Set(scenario.queues.map(\.serviceLevel))
        let threshold = scenario.queues[0].serviceLevel
        let late = delayed * Elementary.exp(max(-700, -threshold * (Double(agents) - load) / law.mean))
        self.law = Law(
            mean: law.mean, exactWait: exactWait, exactInTime: thresholds.count == 1 ? 1 - late : nil,
            threshold: threshold)
        free = Array(repeating: 0, count: agents)
    }

    /// Erlang C from the recursion of Erlang B.
    static func delayProbability(_ agents: Int, _ load: Double) -> Double {
        var blocking = 1.0
        for number in 1...agents { blocking = load * blocking / (Double(number) + load * blocking) }
        let part = load / Double(agents)
        return blocking / (1 - part * (1 - blocking))
    }

    /// The wait, in microseconds, of a customer who comes now and will be served for so long.
    mutating func wait(at now: Int64, service: Int64) -> Int64 {
        let begin = max(now, free[0])
        sink(begin + service)
        return begin - now
    }

    /// Puts a later moment in the place of the earliest.
    private mutating func sink(_ moment: Int64) {
        var hole = 0
        while true {
            var child = 2 * hole + 1
            guard child < free.count else { break }
            if child + 1 < free.count, free[child + 1] < free[child] { child += 1 }
            guard free[child] < moment else { break }
            free[hole] = free[child]
            hole = child
        }
        free[hole] = moment
    }
}
