package import Federation
package import InteractionModel

/// What a site's state has to tell its peers, and to ask of them.
extension RoutingState {
    /// Every queue as peers see it. Lengths of time in whole seconds, so that not every one changes each second.
    package var queueSummaries: [QueueSummary] {
        plan.queues.prefix(Directory.queuesMax).map { queue in
            let staffing = staffing(of: queue.name)
            let waiting = measures[queue.name]?.line.count ?? 0
            return QueueSummary(
                queue: queue.name, isOpen: isOpen(queue), staffed: staffing.signedIn, idle: staffing.idle,
                waiting: waiting, announced: routes.announced(at: site, in: queue.name),
                room: max(0, queue.waitingMax - waiting),
                handling: measures[queue.name]?.recentHandling.map { Span(milliseconds: $0).wholeSeconds },
                expectedWait: expectedWait(in: queue.name).estimate?.p50.wholeSeconds)
        }
    }

    /// What one peer is asked for.
    package struct Asking: Sendable {
        package var peer: SiteName
        package var queues: [PullHint.Idle]
    }

    /// For which queues somebody here has nothing to do while contacts wait at a peer, as far as is known: a peer whose next
    /// word is overdue may have some by now.
    package func pullHints(to peers: [SiteName]) -> [Asking] {
        var hints: [Asking] = []
        for peer in peers {
            var queues: [PullHint.Idle] = []
            for queue in plan.queues where queues.count < PullHint.queuesMax {
                guard let outlook = directory.outlook(of: queue.name, at: peer, now: now), outlook.isFresh,
                    waiting(in: queue.name) == 0
                else { continue }
                let mayWait = outlook.age > Summariser.overdueAfter ? .max : outlook.summary.waiting
                let idle = min(staffing(of: queue.name).idle, mayWait)
                if idle > 0, isOpen(queue) { queues.append(.init(queue.name, idle)) }
            }
            if !queues.isEmpty { hints.append(Asking(peer: peer, queues: queues)) }
        }
        return hints
    }
}

extension Span {
    fileprivate var wholeSeconds: Span { .seconds((milliseconds + 500) / 1000) }
}
