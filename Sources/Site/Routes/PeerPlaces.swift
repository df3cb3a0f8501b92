import Federation
import InteractionModel
import Routing
import Threads

/// Keeps places at peers: gathers what waits for one peer while a request to it is under way, and asks for all of it at once.
///
/// Each request is signed and verified twice, which costs a millisecond of processors; a place more in it costs little. So what
/// comes while one is under way waits for its answer, unless enough has gathered for another. (Measured at 1,000 questions a
/// second: with four requests always under way, each carried two questions, and a caller held on for 160 ms.)
///
/// A peer that gave no answer is not asked again for a moment: callers must not find out one by one.
final class PeerPlaces: PlaceKeeping {
    /// Requests under way to one peer.
    static let inFlightMax = 4
    /// Questions that are worth a request while another is under way.
    static let gatheredMin = 16
    /// Questions that wait for one peer; one more goes elsewhere.
    static let waitingMax = 500
    /// Milliseconds for which a peer without an answer is left alone.
    static let pause: Int64 = 2_000

    private let site: SiteName
    private let client: PeerClient
    private let book: PeerBook
    private let lanes = Guarded([SiteName: Lane]())

    private struct Lane {
        var waiting: [Waiting] = []
        var release: [RouteKey] = []
        var inFlight = 0
        var pausedUntil: Int64 = 0

        var mayLeave: Bool {
            inFlight == 0 || inFlight < PeerPlaces.inFlightMax && waiting.count >= PeerPlaces.gatheredMin
        }
    }

    private struct Waiting {
        var ask: PlaceMessages.Ask
        var until: Int64
        var completion: @Sendable (PlaceAnswer) -> Void
    }

    init(site: SiteName, client: PeerClient, book: PeerBook) {
        self.site = site
        self.client = client
        self.book = book
    }

    var sites: [SiteName] { book.peers.map(\.name) }

    func ask(
        _ site: SiteName, _ keeping: RouteKeeping, content: [UInt8], deadline: Duration,
        completion: @escaping @Sendable (PlaceAnswer) -> Void
    ) {
        let now = RouteDesk.now()
        let waiting = Waiting(
            ask: PlaceMessages.Ask(keeping: keeping, content: content), until: now + Span(deadline).milliseconds,
            completion: completion)
        let refusal: String? = lanes.with { lanes in
            var lane = lanes[site] ?? Lane()
            if now < lane.pausedUntil { return "paused" }
            if lane.waiting.count >= Self.waitingMax { return "busy" }
            lane.waiting.append(waiting)
            lanes[site] = lane
            return nil
        }
        if let refusal { return completion(.noAnswer(refusal)) }
        flush(site)
    }

    func letGo(_ site: SiteName, _ key: RouteKey) {
        lanes.with { lanes in
            var lane = lanes[site] ?? Lane()
            if lane.release.count < Self.waitingMax { lane.release.append(key) }
            lanes[site] = lane
        }
        flush(site)
    }

    // MARK: Asking

    private func flush(_ peer: SiteName) {
        let now = RouteDesk.now()
        var late: [Waiting] = []
        let batch: (asked: [Waiting], released: [RouteKey])? = lanes.with { lanes in
            guard var lane = lanes[peer], lane.mayLeave else { return nil }
            late = lane.waiting.filter { $0.until <= now }
            lane.waiting.removeAll { $0.until <= now }
            let asked = Array(lane.waiting.prefix(PlaceMessages.batchMax))
            let released = Array(lane.release.prefix(PlaceMessages.batchMax))
            lane.waiting.removeFirst(asked.count)
            lane.release.removeFirst(released.count)
            if !asked.isEmpty || !released.isEmpty { lane.inFlight += 1 }
            lanes[peer] = lane
            return asked.isEmpty && released.isEmpty ? nil : (asked, released)
        }
        for waiting in late { waiting.completion(.noAnswer("too late")) }
        if let batch { send(batch.asked, batch.released, to: peer, at: now) }
    }

    private func send(_ asked: [Waiting], _ released: [RouteKey], to peer: SiteName, at now: Int64) {
        let body = PlaceMessages.question(from: site, keep: asked.map(\.ask), release: released)
        let last = asked.map(\.until).max() ?? now + 1000
        client.post(peer, "/federation/v1/reserve", body: body, deadline: .milliseconds(max(20, last - now))) {
            [self] reply in
            let answers: [PlaceAnswer]?
            var why = "garbage"
            switch reply {
            case .answered(200, let body, _): answers = PlaceMessages.readAnswer(body, from: peer, count: asked.count)
            case .answered(let status, _, _):
                answers = nil
                why = "status \(status)"
            case .noAnswer(let failure):
                answers = nil
                why = failure.reason.rawValue
            }
            // Who waits for a peer that is silent must not wait for it again.
            let left = lanes.with { lanes -> [Waiting] in
                lanes[peer]?.inFlight -= 1
                guard answers == nil else { return [] }
                lanes[peer]?.pausedUntil = RouteDesk.now() + Self.pause
                defer { lanes[peer]?.waiting = [] }
                return lanes[peer]?.waiting ?? []
            }
            for (index, waiting) in asked.enumerated() { waiting.completion(answers?[index] ?? .noAnswer(why)) }
            for waiting in left { waiting.completion(.noAnswer(why)) }
            flush(peer)
        }
    }
}
