import Federation
import InteractionModel
import JSON
import Routing

/// What a site's state has to tell its peers, and to ask of them.
extension RoutingState {
    /// Every queue as peers see it. Lengths of time in whole seconds, so that not every one changes each second.
    var queueSummaries: [QueueSummary] {
        plan.queues.prefix(Directory.queuesMax).compactMap { queue in
            report(on: queue.name).map { report in
                QueueSummary(
                    queue: queue.name, isOpen: report.isOpen, staffed: report.staffing.signedIn,
                    idle: report.staffing.idle, waiting: report.waiting,
                    announced: routes.announced(at: site, in: queue.name),
                    room: max(0, report.waitingMax - report.waiting),
                    handling: report.recentHandling.map { Span(milliseconds: $0).wholeSeconds },
                    expectedWait: report.expected.median?.wholeSeconds)
            }
        }
    }

    struct Asking {
        var peer: SiteName
        var queues: [PullHint.Idle]
    }

    /// For which queues somebody here has nothing to do while contacts wait at a peer, as far as is known.
    func pullHints(to peers: [SiteName]) -> [Asking] {
        var hints: [Asking] = []
        for peer in peers {
            var queues: [PullHint.Idle] = []
            for queue in plan.queues where queues.count < PullHint.queuesMax {
                guard let outlook = directory.outlook(of: queue.name, at: peer, now: now), outlook.isFresh,
                    outlook.summary.waiting > 0, waiting(in: queue.name) == 0
                else { continue }
                let idle = min(staffing(of: queue.name).idle, outlook.summary.waiting)
                if idle > 0, report(on: queue.name)?.isOpen == true { queues.append(.init(queue.name, idle)) }
            }
            if !queues.isEmpty { hints.append(Asking(peer: peer, queues: queues)) }
        }
        return hints
    }
}

extension Span {
    fileprivate var wholeSeconds: Span { .seconds((milliseconds + 500) / 1000) }
}

extension ExpectedWait {
    fileprivate var median: Span? {
        if case .estimate(let estimate) = self { estimate.p50 } else { nil }
    }
}

extension Directory.Reception {
    var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("reception", rawValue)
        writer.endObject()
        return writer.bytes
    }

    init?(json: [UInt8]) {
        guard let word = (try? JSONValue.parse(json))?["reception"]?.stringValue else { return nil }
        self.init(rawValue: word)
    }
}
