import InteractionModel
package import Routing

/// Plays customers and agents around the production `RoutingState`: one replication of a scenario.
///
/// The router is never imitated. Customers come as `Input.contact` and leave as `.withdrawn`, agents connect, accept and
/// close by `.command`, and the time told to the router is simulated: nothing sleeps. What the simulator knows by itself
/// is when somebody comes, how long they stay on the line, and how long they are served.
package struct Simulator: Sendable {
    // MARK: The world

    let scenario: Scenario
    let lanes: [Lane]
    var state = RoutingState()
    var heap = EventHeap()
    var slots = ContactSlots()
    var index = SlotIndex()
    var agents: [SimulatedAgent]
    /// In microseconds from the beginning; the router hears of it in milliseconds.
    var now: Int64 = 0
    var sources: [ArrivalSource]
    var patience: [RandomStream]
    var handling: [RandomStream]
    var choices: RandomStream
    /// Idle agents by group, in no order that matters to anybody but the one who draws.
    var idle: [[Int]]
    var waiting: [Int]
    var siteBoard: SiteBoard?
    var reference: ReferenceQueue?

    // MARK: The record

    var result: ReplicationResult
    var meter: Meter
    var facts: [RecordedFact] = []
    /// Contacts that ended since the router last dropped such.
    var ended = 0
    /// Offers of the last input that nobody has answered yet.
    var offers: [Offer] = []
    var isOver = false
    /// What the router was told, while it is wanted.
    var record: [Input]?

    struct Offer: Sendable {
        var agent: Int
        var offer: OfferID
        var slot: Int
    }

    /// - Parameter batches: Into how many parts the counted time is divided; 1 where several replications are compared.
    /// - Parameter keepingInputs: Whether to keep what the router is told, so that its own share of the time can be measured
    ///   by telling a fresh one the same. Costs some 200 bytes an input.
    /// - Throws: What the scenario asks for that cannot be simulated.
    package init(
        _ scenario: Scenario, seed: UInt64, replication: Int = 0, batches: Int = 1, keepingInputs: Bool = false
    ) throws(ScenarioError) {
        try scenario.check()
        func stream(_ purpose: RandomStream.Purpose, _ number: Int) -> RandomStream {
            RandomStream(seed: seed, replication: replication, purpose: purpose, number: number)
        }
        let queues = scenario.queues.indices
        self.scenario = scenario
        lanes = scenario.lanes
        agents = scenario.agents()
        sources = queues.map { ArrivalSource(scenario.queues[$0].arrivals, stream: stream(.arrivals, $0)) }
        patience = queues.map { stream(.patience, $0) }
        handling = queues.map { stream(.handling, $0) }
        choices = stream(.choices, 0)
        idle = scenario.groups.map { _ in [] }
        waiting = lanes.map { _ in 0 }
        meter = Meter(scenario, lanes: lanes.count, batches: batches)
        result = ReplicationResult(batches: [], parts: [])
        if let policy = scenario.sites, policy.rule != .pooled { siteBoard = SiteBoard(scenario, lanes, policy) }
        reference = ReferenceQueue(scenario)
        if keepingInputs { record = [] }
        begin()
    }

    private mutating func begin() {
        say(.siteStarted(epoch: 1, release: "simulated", wallOffset: .zero))
        say(.planActivated(scenario.plan(lanes, agents)))
        for agent in agents.indices { planShifts(of: agent) }
        for queue in scenario.queues.indices { planArrival(in: queue) }
        for moment in meter.plannedBoundaries { heap.plan(.boundary, at: moment, of: 0) }
        heap.plan(.window, at: Meter.window, of: 0)
        if let board = siteBoard, board.reportEvery > 0 { heap.plan(.report, at: board.reportEvery, of: 0) }
    }

    // MARK: The main verb

    /// Lets up to `limit` things happen. False when the run is over.
    package mutating func advance(events limit: Int) -> Bool {
        var left = limit
        while left > 0, !isOver, let next = heap.first {
            left -= 1
            result.events += 1
            // The shell's part: nobody but the clock tells the router that something fell due in between.
            if let due = state.nextDeadline, due.milliseconds * 1000 < next.at {
                now = max(now, due.milliseconds * 1000)
                say(.timePassed)
                continue
            }
            guard let event = heap.takeFirst() else { break }
            now = event.at
            happen(event)
        }
        if heap.first == nil { isOver = true }
        return !isOver
    }

    /// Runs to the end.
    package mutating func run() -> ReplicationResult {
        while advance(events: 1_000_000) {}
        return finished
    }

    /// What the router was told, where that was to be kept.
    package var inputs: [Input] { record ?? [] }

    /// How far the counted part is, 0 to 1.
    package var progress: Double { meter.progress(at: now) }

    /// What was counted; complete when `advance` has answered false.
    package var finished: ReplicationResult {
        var done = result
        done.batches = meter.batches
        done.parts = meter.parts
        done.unresolved = meter.open
        done.countedSeconds = meter.countedSeconds
        for queue in state.measures.queues { done.estimates.add(queue.score) }
        return done
    }

    private mutating func happen(_ event: Event) {
        let subject = Int(event.subject)
        switch event.kind {
        case .arrival: arrive(in: subject)
        case .patience: giveUp(subject, event.generation)
        case .release: release(subject)
        case .signIn: signIn(subject)
        case .signOut: signOut(subject)
        case .report: report()
        case .window:
            meter.endWindow(agents, at: now)
            heap.plan(.window, at: now + Meter.window, of: 0)
        case .boundary: meter.pass(agents, at: now)
        }
        if meter.isDone(at: now) { isOver = true }
    }

    // MARK: Speaking with the router

    /// Tells the router something, notes what it decided, and lets agents take what they are offered, at once.
    mutating func say(_ event: Input.Event) {
        _ = tell(event)
        answerOffers()
    }

    mutating func tell(_ event: Input.Event, newcomer: Int = -1) -> Answer {
        facts.removeAll(keepingCapacity: true)
        let input = Input(at: Timestamp(milliseconds: now / 1000), event)
        record?.append(input)
        let answer = state.apply(input, into: &facts)
        read(newcomer: newcomer)
        result.facts += facts.count
        return answer
    }

    mutating func answerOffers() {
        while let offer = offers.popLast() {
            let name = agents[offer.agent].name
            if case .refused = tell(.command(name, .accept(offer.offer))) { result.refusals += 1 }
            serve(offer.slot, by: offer.agent)
        }
    }

    private mutating func read(newcomer: Int) {
        for place in facts.indices {
            let interaction = facts[place].interaction?.number ?? 0
            var detail: UInt64
            switch facts[place].fact {
            case .received:
                if newcomer >= 0 {
                    slots[newcomer].interaction = interaction
                    index.insert(newcomer, for: interaction)
                }
                detail = 1
            case .offered(let offered):
                let agent = Self.number(of: offered.agent)
                if let slot = index[interaction] {
                    offers.append(Offer(agent: agent, offer: OfferID(facts[place].sequence), slot: slot))
                }
                detail = 2 + UInt64(agent) << 8
            case .offerEnded: detail = 3
            case .closed: detail = 4
            case .abandoned: detail = 5
            case .expired: detail = 6
            default: detail = 7
            }
            detail ^= UInt64(truncatingIfNeeded: interaction) << 32
            mix(detail, UInt64(truncatingIfNeeded: facts[place].at.milliseconds))
        }
    }

    private mutating func mix(_ one: UInt64, _ other: UInt64) {
        var hash = (result.hash ^ one) &* 0x9E37_79B9_7F4A_7C15
        hash = (hash ^ (hash >> 29) ^ other) &* 0xBF58_476D_1CE4_E5B9
        result.hash = hash ^ (hash >> 32)
    }

    /// The number at the end of an agent's name, without looking the name up.
    private static func number(of name: AgentName) -> Int {
        var number = 0
        var worth = 1
        for byte in name.rawValue.utf8.reversed() {
            guard byte != UInt8(ascii: "-") else { break }
            number += Int(byte - UInt8(ascii: "0")) * worth
            worth *= 10
        }
        return number
    }
}
