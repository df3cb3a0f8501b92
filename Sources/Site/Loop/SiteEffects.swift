import InteractionModel
import Routing

/// Everything that follows from committed facts. Belongs to the loop's thread.
final class SiteEffects: LoopObserver, @unchecked Sendable {  // Touched only on the loop's thread once it runs.
    let hub: AgentHub
    private let outbound: Outbound
    private let log: LogTail
    private let counters: SiteCounters
    private let plan: ActivePlan
    private let exchange: PeerExchange

    init(
        hub: AgentHub, outbound: Outbound, log: LogTail, counters: SiteCounters, plan: ActivePlan,
        exchange: PeerExchange
    ) {
        self.hub = hub
        self.outbound = outbound
        self.log = log
        self.counters = counters
        self.plan = plan
        self.exchange = exchange
    }

    func committed(_ facts: [RecordedFact], contents: [Int64: [UInt8]], state: borrowing RoutingState) {
        guard !facts.isEmpty else { return }
        for recorded in facts {
            hub.publish(recorded, contents: contents, state: state)
            if case .planActivated = recorded.fact { plan.note(state.plan) }
            // What belongs to a contact of another site's goes out there: its site hears it from us.
            if case .sendStarted(let id, let attempt, _) = recorded.fact, let message = state.messages[id],
                !state.isRelayed(id)
            {
                outbound.send(message, attempt: attempt, contents: contents)
            }
        }
        exchange.committed(facts, state: state)
        counters.committed(facts)
        log.wake()
    }
}
