import Foundation
import InteractionModel

@testable import Routing

/// A queue with Poisson arrivals, exponential service, agents who answer after a moment, and customers who may lose patience: what the
/// textbooks call M/M/c and M/M/c+M, driven through the real core.
struct ServiceFloor {
    struct Load {
        var agents = 10
        /// Seconds.
        var betweenArrivals: Double
        var service: Double = 300
        /// How long an agent takes to accept, in the mean; 1 to 15 s.
        var answering: Double = 3
        /// Mean patience; nil waits for ever.
        var patience: Double?

        /// A load of `share` of what the agents can do.
        init(_ share: Double, agents: Int = 10, service: Double = 300, patience: Double? = nil) {
            self.agents = agents
            self.service = service
            self.patience = patience
            betweenArrivals = (service + 3) / (share * Double(agents))
        }
    }

    private enum Event {
        case arrival
        case answer(AgentName, InteractionID)
        case done(AgentName, InteractionID)
        case patienceEnds(InteractionID)
    }

    private(set) var state = RoutingState()
    private(set) var facts: [RecordedFact] = []
    private var events: [(at: Int64, number: Int, event: Event)] = []
    private var now: Int64 = 0
    private var load: Load
    private var generator: SeededGenerator
    private var numbersGiven = 0
    let keepsFacts: Bool

    init(_ load: Load, seed: UInt64, queue: QueuePlan = QueuePlan(name: "support"), keepsFacts: Bool = false) {
        self.load = load
        self.keepsFacts = keepsFacts
        generator = SeededGenerator(seed: seed)
        happens(.siteStarted(epoch: 1, release: "test", wallOffset: .zero))
        happens(.planActivated(plan((0..<40).map { person(AgentName("agent\($0)")) }, queues: [queue])))
        for number in 0..<load.agents { signsIn(number) }
        after(0, .arrival)
    }

    private mutating func signsIn(_ number: Int) {
        let name = AgentName("agent\(number)")
        happens(.agentConnected(name, session: Int64(number + 1)))
        happens(.command(name, .setStatus(.available)))
    }

    /// From now on: another load, or more agents.
    mutating func become(_ load: Load) {
        for number in self.load.agents..<max(load.agents, self.load.agents) { signsIn(number) }
        for number in min(load.agents, self.load.agents)..<self.load.agents {
            happens(.command(AgentName("agent\(number)"), .setStatus(.notReady(.init("break")))))
        }
        self.load = load
    }

    /// Until `seconds` have passed.
    mutating func run(seconds: Double) {
        let end = now + Int64(seconds * 1000)
        while let next = events.first, next.at <= end {
            events.removeFirst()
            now = next.at
            take(next.event)
        }
        now = end
    }

    private mutating func take(_ event: Event) {
        switch event {
        case .arrival:
            after(exponential(load.betweenArrivals), .arrival)
            numbersGiven += 1
            let key = IdempotencyKey("key-\(numbersGiven)")!
            let party = PartyKey("party\(numbersGiven)")
            let id = InteractionID(state.lastSequence + 1)
            happens(
                .contact(
                    InboundContact(
                        key: key, channel: Office.sms, account: AccountName("main"), party: party, thread: party,
                        destination: "+4930")))
            if let patience = load.patience { after(exponential(patience), .patienceEnds(id)) }
        case .answer(let agent, let id):
            guard case .offered(let offer, agent)? = state.interactions[id]?.state else { return }
            happens(.command(agent, .accept(offer)))
            after(exponential(load.service), .done(agent, id))
        case .done(let agent, let id): happens(.command(agent, .close(id, disposition: nil)))
        case .patienceEnds(let id):
            guard state.interactions[id]?.state == .queued else { return }
            happens(.withdrawn(id, cause: "gave up"))
        }
    }

    private mutating func happens(_ event: Input.Event) {
        var recorded: [RecordedFact] = []
        _ = state.apply(Input(at: Timestamp(milliseconds: now), event), into: &recorded)
        for fact in recorded {
            guard case .offered(let offered) = fact.fact, let id = fact.interaction else { continue }
            after(min(1 + exponential(load.answering - 1), 15), .answer(offered.agent, id))
        }
        if keepsFacts { facts += recorded }
        state.settle()
    }

    private mutating func after(_ seconds: Double, _ event: Event) {
        numbersGiven += 1
        let at = now + Int64(seconds * 1000)
        let place = events.firstIndex { $0.at > at } ?? events.endIndex
        events.insert((at, numbersGiven, event), at: place)
    }

    private mutating func exponential(_ mean: Double) -> Double {
        let part = (Double(generator.next() >> 11) + 1) / Double(1 << 53)
        return -mean * log(part)
    }

    var measures: QueueMeasures { state.measures["support"]! }
}
