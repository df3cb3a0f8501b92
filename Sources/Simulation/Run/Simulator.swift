import Federation
import InteractionModel
import Routing

/// Plays customers and agents around the production `RoutingState`, one for each site: one replication of a scenario.
///
/// The router is never imitated. Customers come as `Input.contact` and leave as `.withdrawn`, agents connect, accept and
/// close by `.command`, and the time told to the router is simulated: nothing sleeps. What the simulator knows by itself
/// is when somebody comes, how long they stay on the line, and how long they are served.
package struct Simulator: Sendable {
    // MARK: The world

    let scenario: Scenario
    let lanes: [Lane]
    /// The sites', then the router's where there is one; or one for all.
    var cores: [SiteCore]
    var coreNumbers: [SiteName: Int] = [:]
    var heap = EventHeap()
    var slots = ContactSlots()
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
    var split: CallSplit
    var reference: ReferenceQueue?

    // MARK: The record

    var result: ReplicationResult
    var meter: Meter
    var facts: [RecordedFact] = []
    /// Offers of the last input that nobody has answered yet.
    var offers: [Offer] = []
    var isOver = false
    /// What each core was told, while it is wanted.
    var record: [(core: Int, input: Input)]?

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
        cores = scenario.cores()
        split = CallSplit(scenario, lanes)
        agents = scenario.agents()
        sources = queues.map { ArrivalSource(scenario.queues[$0].arrivals, stream: stream(.arrivals, $0)) }
        patience = queues.map { stream(.patience, $0) }
        handling = queues.map { stream(.handling, $0) }
        choices = stream(.choices, 0)
        idle = scenario.groups.map { _ in [] }
        waiting = lanes.map { _ in 0 }
        meter = Meter(scenario, lanes: lanes.count, batches: batches)
        result = ReplicationResult(batches: [], parts: [])
        reference = ReferenceQueue(scenario)
        if keepingInputs { record = [] }
        begin()
    }

    private mutating func begin() {
        for core in cores.indices {
            coreNumbers[cores[core].name] = core
            _ = tell(core, .siteStarted(epoch: 1, release: "simulated", wallOffset: .zero))
            _ = tell(core, .planActivated(scenario.plan(for: cores[core], agents)))
        }
        for agent in agents.indices { planShifts(of: agent) }
        for queue in scenario.queues.indices { planArrival(in: queue) }
        for moment in meter.plannedBoundaries { heap.plan(.boundary, at: moment, of: 0) }
        heap.plan(.window, at: Meter.window, of: 0)
        guard let network = scenario.network else { return }
        // After those who sign in at once.
        if network.asksFirst || network.interflow != nil { heap.plan(.report, at: 0, of: 0) }
        if network.interflow != nil { heap.plan(.hint, at: Self.hintEvery, of: 0) }
    }

    // MARK: The main verb

    /// Lets up to `limit` things happen. False when the run is over.
    package mutating func advance(events limit: Int) -> Bool {
        var left = limit
        while left > 0, !isOver, let next = heap.first {
            left -= 1
            result.events += 1
            // The shell's part: nobody but the clock tells the router that something fell due in between.
            if let core = dueCore(before: next.at) {
                now = max(now, cores[core].wakeAt)
                say(core, .timePassed)
                continue
            }
            guard let event = heap.takeFirst() else { break }
            now = event.at
            happen(event)
        }
        if heap.first == nil { isOver = true }
        return !isOver
    }

    /// The core that something falls due in first, before `moment`.
    private mutating func dueCore(before moment: Int64) -> Int? {
        var first: Int?
        var least = moment
        for core in cores.indices {
            let wakeAt = cores[core].nextWake()
            if wakeAt < least { (first, least) = (core, wakeAt) }
        }
        return first
    }

    /// Runs to the end.
    package mutating func run() -> ReplicationResult {
        while advance(events: 1_000_000) {}
        return finished
    }

    /// How many inputs the cores were told, where those were to be kept.
    package var inputsKept: Int { record?.count ?? 0 }

    /// Tells fresh cores all that was kept, and nothing else: what the routing cores take of the time.
    package func replay(settlingEvery inputs: Int) {
        var states = scenario.cores().map(\.state)
        var facts: [RecordedFact] = []
        for (number, told) in (record ?? []).enumerated() {
            facts.removeAll(keepingCapacity: true)
            _ = states[told.core].apply(told.input, into: &facts)
            if number % inputs == 0 { for core in states.indices { states[core].settle() } }
        }
    }

    /// How far the counted part is, 0 to 1.
    package var progress: Double { meter.progress(at: now) }

    /// What was counted; complete when `advance` has answered false.
    package var finished: ReplicationResult {
        var done = result
        done.batches = meter.batches
        done.parts = meter.parts
        done.unresolved = meter.open
        done.countedSeconds = meter.countedSeconds
        for core in cores { for queue in core.state.measures.queues { done.estimates.add(queue.score) } }
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
        case .hint: askForContacts()
        case .window:
            meter.endWindow(agents, at: now)
            heap.plan(.window, at: now + Meter.window, of: 0)
        case .boundary: meter.pass(agents, at: now)
        }
        if meter.isDone(at: now) { isOver = true }
    }

    // MARK: Speaking with the router

    /// Tells a core something, notes what it decided, and lets everybody act on it, at once.
    mutating func say(_ core: Int, _ event: Input.Event) {
        _ = tell(core, event)
        settle()
    }

    mutating func tell(_ core: Int, _ event: Input.Event, newcomer: Int = -1) -> Answer {
        facts.removeAll(keepingCapacity: true)
        let input = Input(at: Timestamp(milliseconds: now / 1000), event)
        record?.append((core, input))
        cores[core].isStirred = true
        let answer = cores[core].state.apply(input, into: &facts)
        read(core, newcomer: newcomer)
        result.facts += facts.count
        return answer
    }

    /// Agents take what they are offered, and sites hear what they are owed, until nobody has anything to say.
    mutating func settle() {
        repeat { answerOffers() } while deliverOwed()
        for core in cores.indices where cores[core].ended >= Self.endedMax {
            cores[core].ended = 0
            cores[core].state.settle()
        }
    }

    /// How many ended contacts a core may keep before it is told to drop them.
    private static let endedMax = 64

    private mutating func answerOffers() {
        while let offer = offers.popLast() {
            let name = agents[offer.agent].name
            if case .refused = tell(core(of: offer.agent), .command(name, .accept(offer.offer))) {
                result.refusals += 1
            }
            serve(offer.slot, by: offer.agent)
        }
    }

    func core(of agent: Int) -> Int { cores.count > 1 ? agents[agent].site : 0 }

    private mutating func read(_ core: Int, newcomer: Int) {
        for place in facts.indices {
            let interaction = facts[place].interaction?.number ?? 0
            var detail: UInt64
            switch facts[place].fact {
            case .received(let received):
                if let transfer = received.transfer {
                    move(transfer.contact, to: core, as: interaction)
                } else if newcomer >= 0 {
                    begin(newcomer, at: core, as: interaction)
                }
                detail = 1
            case .offered(let offered):
                let agent = Self.number(of: offered.agent)
                if let slot = cores[core].slots[interaction] {
                    offers.append(Offer(agent: agent, offer: OfferID(facts[place].sequence), slot: slot))
                }
                detail = 2 + UInt64(agent) << 8
            case .offerEnded: detail = 3
            case .closed:
                cores[core].ended += 1
                detail = 4
            case .abandoned:
                cores[core].ended += 1
                detail = 5
            case .expired: detail = 6
            case .custody(let move):
                if case .took = move.change { self.move(move.contact, to: core, as: interaction) }
                detail = 7
            default: detail = 8
            }
            detail ^= UInt64(core) << 40
            detail ^= UInt64(truncatingIfNeeded: interaction) << 32
            mix(detail, UInt64(truncatingIfNeeded: facts[place].at.milliseconds))
        }
    }

    private mutating func begin(_ slot: Int, at core: Int, as interaction: Int64) {
        slots[slot].interaction = interaction
        slots[slot].interactionAtHome = interaction
        slots[slot].core = Int32(core)
        slots[slot].home = Int32(core)
        cores[core].slots.insert(slot, for: interaction)
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
