/// Counts: what became of whom, how busy agents were, in batches, in windows of eight hours, in parts for a drawing.
struct Meter: Sendable {
    /// Eight hours, in microseconds.
    static let window: Int64 = 28_800_000_000
    /// Parts of the counted time; a multiple of every number of batches in use.
    static let partsMax = 120
    /// After the counted time, how long customers still on the line are followed before they count as unresolved.
    static let tail: Int64 = 8 * 86_400_000_000

    private let scenario: Scenario
    private(set) var batches: [BatchResult]
    private(set) var parts: [PartResult] = []
    /// Counted customers who still wait.
    private(set) var open = 0
    private let warmup: Int64
    private var begunAt: Int64 = -1
    private var endedAt: Int64 = -1
    /// The part being counted; -1 before, `partsMax` after.
    private var part = -1
    private var counted = 0
    private var windowBegin: Snapshot
    private var partBegin: Snapshot
    private let laneCount: Int
    /// Expected arrivals in a microsecond, where all rates are constant.
    private let rate: Double

    /// Every agent's account at a moment.
    struct Snapshot: Sendable {
        var busy: [Int64] = []
        var staffed: [Int64] = []
        var isCounted = false

        init() {}

        init(_ agents: [SimulatedAgent], at now: Int64, isCounted: Bool) {
            busy = agents.map { $0.busy(at: now) }
            staffed = agents.map { $0.staffed(at: now) }
            self.isCounted = isCounted
        }
    }

    init(_ scenario: Scenario, lanes: Int, batches count: Int) {
        precondition(Self.partsMax % count == 0, "Parts are divided evenly among batches.")
        self.scenario = scenario
        laneCount = lanes
        warmup = Int64(scenario.warmup * 1e6)
        let groups = scenario.groups.count
        let scopes = groups + scenario.siteNames.count + 1
        let empty = BatchResult(
            lanes: Array(repeating: Tally(), count: lanes), groups: Array(repeating: Tally(), count: groups),
            busy: Array(repeating: 0, count: groups), staffed: Array(repeating: 0, count: groups),
            spread: Array(repeating: 0, count: scopes), spreadWindows: Array(repeating: 0, count: scopes))
        batches = Array(repeating: empty, count: count)
        if case .contacts = scenario.length {
            for batch in batches.indices { batches[batch].controls.endsWithCustomer = true }
        }
        windowBegin = Snapshot()
        partBegin = Snapshot()
        rate = scenario.queues.reduce(0) { sum, queue in
            guard case .rate(let perHour) = queue.arrivals else { return sum }
            return sum + perHour / 3.6e9
        }
    }

    // MARK: The counted time

    /// The moments at which a part begins or ends, where the scenario says how long it is; else only its beginning.
    var plannedBoundaries: [Int64] {
        guard case .seconds(let seconds) = scenario.length else { return [warmup] }
        return (0...Self.partsMax).map { warmup + Int64(seconds * 1e6 * Double($0) / Double(Self.partsMax)) }
    }

    var countedSeconds: Double { begunAt < 0 ? 0 : Double((endedAt < 0 ? begunAt : endedAt) - begunAt) / 1e6 }

    func progress(at now: Int64) -> Double {
        switch scenario.length {
        case .seconds(let seconds): return min(1, Double(now) / (Double(warmup) + seconds * 1e6))
        case .contacts(let contacts): return min(1, Double(counted) / Double(max(1, contacts)))
        }
    }

    /// Whether everybody counted has met their end.
    func isDone(at now: Int64) -> Bool { endedAt >= 0 && (open == 0 || now - endedAt > Self.tail) }

    private var isCounting: Bool { part >= 0 && part < Self.partsMax }
    private var batch: Int { part * batches.count / Self.partsMax }

    /// The next part begins, or the last one ends.
    mutating func pass(_ agents: [SimulatedAgent], at now: Int64) {
        if isCounting {
            endPart(agents, at: now)
        } else {
            begunAt = now
            windowBegin = Snapshot(agents, at: now, isCounted: now % Self.window == 0)
        }
        if part == Self.partsMax - 1, now % Self.window == 0 { endWindow(agents, at: now) }
        part += 1
        partBegin = Snapshot(agents, at: now, isCounted: true)
        if part < Self.partsMax {
            let groups = scenario.groups.count
            parts.append(
                PartResult(busy: Array(repeating: 0, count: groups), staffed: Array(repeating: 0, count: groups)))
        } else {
            endedAt = now
        }
    }

    private mutating func endPart(_ agents: [SimulatedAgent], at now: Int64) {
        for (number, agent) in agents.enumerated() {
            let busy = agent.busy(at: now) - partBegin.busy[number]
            let staffed = agent.staffed(at: now) - partBegin.staffed[number]
            parts[part].busy[agent.group] += busy
            parts[part].staffed[agent.group] += staffed
            batches[batch].busy[agent.group] += busy
            batches[batch].staffed[agent.group] += staffed
        }
        parts[part].end = Double(now) / 1e6
        let length = parts[part].end - (part > 0 ? parts[part - 1].end : Double(begunAt) / 1e6)
        batches[batch].controls.expectedArrivals += rate * length * 1e6
    }

    /// Takes every agent's occupancy in the window that ends now, if all of it was counted.
    mutating func endWindow(_ agents: [SimulatedAgent], at now: Int64) {
        if isCounting, windowBegin.isCounted { measureSpread(agents, at: now) }
        windowBegin = Snapshot(agents, at: now, isCounted: isCounting)
    }

    private mutating func measureSpread(_ agents: [SimulatedAgent], at now: Int64) {
        let groups = scenario.groups.count
        let sites = scenario.siteNames.count
        var sums = Array(repeating: (count: 0.0, sum: 0.0, squares: 0.0), count: groups + sites + 1)
        for (number, agent) in agents.enumerated() {
            let staffed = agent.staffed(at: now) - windowBegin.staffed[number]
            guard staffed > 0 else { continue }
            let occupancy = Double(agent.busy(at: now) - windowBegin.busy[number]) / Double(staffed)
            for scope in [agent.group, groups + agent.site, groups + sites] {
                sums[scope].count += 1
                sums[scope].sum += occupancy
                sums[scope].squares += occupancy * occupancy
            }
        }
        for (scope, sum) in sums.enumerated() where sum.count > 0 {
            let mean = sum.sum / sum.count
            batches[batch].spread[scope] += max(0, sum.squares / sum.count - mean * mean).squareRoot()
            batches[batch].spreadWindows[scope] += 1
        }
    }

    // MARK: Customers

    mutating func expect(at now: Int64) {
        if isCounting { batches[batch].controls.arrivals += 1 }
    }

    /// A customer came. Returns the batch that counts it, or -1.
    mutating func offered(in lane: Int, _ agents: [SimulatedAgent], at now: Int64) -> Int {
        guard isCounting else { return -1 }
        if case .contacts(let contacts) = scenario.length {
            while isCounting, counted * Self.partsMax >= contacts * (part + 1) { pass(agents, at: now) }
            guard isCounting else { return -1 }
        }
        counted += 1
        open += 1
        parts[part].offered += 1
        batches[batch].lanes[lane].offered += 1
        return batch
    }

    mutating func blocked(_ customer: Customer) {
        guard customer.batch >= 0 else { return }
        open -= 1
        batches[Int(customer.batch)].lanes[Int(customer.lane)].blocked += 1
    }

    mutating func answered(
        _ customer: Customer, _ queue: CustomerQueue, by group: Int, _ hasWaited: Bool, at now: Int64
    ) {
        guard customer.batch >= 0 else { return }
        open -= 1
        let wait = now - customer.arrivedAt
        let isInTime = wait <= Int64(queue.serviceLevel * 1e6)
        if isInTime, isCounting { parts[part].answeredInTime += 1 }
        let batch = Int(customer.batch)
        Self.answered(&batches[batch].lanes[Int(customer.lane)], wait, isInTime, hasWaited)
        Self.answered(&batches[batch].groups[group], wait, isInTime, hasWaited)
        batches[batch].groups[group].offered += 1
    }

    private static func answered(_ tally: inout Tally, _ wait: Int64, _ isInTime: Bool, _ waited: Bool) {
        tally.answered += 1
        tally.waitOfAnswered += wait
        if isInTime { tally.answeredInTime += 1 }
        if waited { tally.waited += 1 }
        tally.waits.add(microseconds: wait)
    }

    mutating func abandoned(_ customer: Customer, _ queue: CustomerQueue, at now: Int64) {
        guard customer.batch >= 0 else { return }
        open -= 1
        let wait = now - customer.arrivedAt
        let lane = Int(customer.lane)
        let batch = Int(customer.batch)
        batches[batch].lanes[lane].abandoned += 1
        batches[batch].lanes[lane].waited += 1
        batches[batch].lanes[lane].waitOfAbandoned += wait
        if wait <= Int64(queue.serviceLevel * 1e6) { batches[batch].lanes[lane].abandonedInTime += 1 }
    }

    mutating func noteReference(_ deviation: Double, inTime: Double, batch: Int) {
        guard batch >= 0 else { return }
        batches[batch].controls.reference += deviation
        batches[batch].controls.references += 1
        batches[batch].controls.referenceInTime += inTime
    }

    mutating func noteService(_ seconds: Double, mean: Double, batch: Int) {
        guard batch >= 0 else { return }
        batches[batch].controls.service += seconds / mean - 1
        batches[batch].controls.services += 1
    }
}
