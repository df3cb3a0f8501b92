import Chance
import Federation
import InteractionModel
import Routing

extension World {
    /// Tells each peer what changed here since it was told last, and now and then that agents are idle.
    mutating func tellOfItself(_ site: Int, _ life: Int) {
        agenda.plan(.summary(site: site, life: life), at: now + 1_000)
        plantForgetting(at: site)
        let moment = sites[site].moment(now)
        var queues: [QueueSummary]?
        for peer in names.indices where peer != site {
            if let told = sites[site].telling[peer], now - told.at >= 2_000 {
                sites[site].telling[peer] = nil
                sites[site].summarisers[peer].unanswered()
            }
            guard sites[site].summarisers[peer].isReady(at: moment) else { continue }
            let all = queues ?? summary(of: site)
            queues = all
            let isDraining = sites[site].state.isDraining
            guard let next = sites[site].summarisers[peer].next(of: all, isDraining: isDraining, at: moment) else {
                continue
            }
            sites[site].telling[peer] = (next.sequence, now)
            send(.summary(next), from: site, to: peer)
            if let idle = all.first(where: { $0.idle > 0 && $0.waiting == 0 }), dice.happens(permille: 300) {
                send(.hint(idle.queue, places: idle.idle), from: site, to: peer)
            }
        }
    }

    mutating func summaryReceived(_ reception: Directory.Reception, of sequence: Int64, by peer: Int, at site: Int) {
        guard sites[site].telling[peer]?.sequence == sequence else { return }
        sites[site].telling[peer] = nil
        sites[site].summarisers[peer].received(reception)
    }

    private func summary(of site: Int) -> [QueueSummary] {
        let state = sites[site].state
        let here = state.agents.filter { $0.isPlanned && $0.status != .signedOut }
        return state.plan.queues.map { queue in
            QueueSummary(
                queue: queue.name, staffed: here.count,
                idle: here.count { $0.status == .available && $0.held.isEmpty }, waiting: state.waiting(in: queue.name),
                room: max(0, queue.waitingMax - state.waiting(in: queue.name)))
        }
    }
}
