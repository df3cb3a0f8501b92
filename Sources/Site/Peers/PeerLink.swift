import Federation
import InteractionModel
import Routing

/// What this site keeps, in memory alone, of its exchange with one peer.
struct PeerLink: Sendable {
    let peer: SiteName
    let life: Int
    private var outbox: PeerOutbox<Owed.Item>
    var summariser: Summariser
    /// When to ask the state again what is owed; nil: something else will tell.
    var wakeAt: Timestamp?
    /// A hint is under way.
    var isPulling = false
    /// When the peer's last summary came.
    var summaryAt: Timestamp?
    var counts: [Event: Int64] = [:]
    private var latency = LatencyCounts()
    private var fault: String?

    enum Event: Hashable, Sendable {
        case out, taken, refusedThere, refusedHere
        case batch, unanswered
    }

    init(to peer: SiteName, from site: SiteName, incarnation: Int64, after sequence: Int64, life: Int) {
        self.peer = peer
        self.life = life
        outbox = PeerOutbox(to: peer)
        summariser = Summariser(site: site, incarnation: incarnation, after: sequence)
    }

    // MARK: Batches

    /// How much of what is owed to look at; nil when nothing may leave now.
    func reach(at now: Timestamp) -> Int? { outbox.isReady(at: now) ? outbox.reach : nil }

    /// Nil when there is nothing to send now.
    mutating func next(of owed: [Owed], at now: Timestamp) -> PeerExchange.Load? {
        let batch = outbox.next(of: owed.map { Errand($0) }, at: now)
        wakeAt = outbox.askAgainAt
        guard !batch.isEmpty else { return nil }
        var byItem: [Owed.Item: Owed] = [:]
        for each in owed { byItem[each.item] = each }
        let shipments = batch.compactMap { dispatch in
            byItem[dispatch.errand.item].map { PeerExchange.Shipment(owed: $0, asCancel: dispatch.asCancel) }
        }
        return PeerExchange.Load(life: life, shipments: shipments)
    }

    mutating func cut(to count: Int) { outbox.cut(to: count) }

    /// Returns how long the peer had been silent before, if it had.
    mutating func answered(_ answers: [PeerAnswer], since begin: Timestamp, at now: Timestamp) -> Span? {
        let silence = outbox.silentSince.map { now.since($0) }
        outbox.answered(answers, at: now)
        counts[.batch, default: 0] += 1
        latency.note(now.since(begin))
        fault = nil
        return silence
    }

    /// Returns whether it is the first after an answer.
    mutating func unanswered(_ reason: String, at now: Timestamp, jitter: Int64) -> Bool {
        let isFirst = outbox.silentSince == nil
        outbox.unanswered(at: now, jitter: jitter)
        wakeAt = outbox.askAgainAt
        counts[.unanswered, default: 0] += 1
        fault = reason
        return isFirst
    }

    mutating func heard(at now: Timestamp) {
        outbox.heard(at: now)
        if let moment = outbox.askAgainAt, wakeAt != nil { wakeAt = moment }
    }

    // MARK: For people

    struct Report: Sendable {
        var peer: SiteName
        /// How long batches have gone without answers; nil: the last one was answered, or there was none.
        var silentFor: Span?
        var fault: String?
        var isInFlight: Bool
        var counts: [Event: Int64]
        var latency: LatencyCounts
    }

    func report(at now: Timestamp) -> Report {
        Report(
            peer: peer, silentFor: outbox.silentSince.map { now.since($0) }, fault: fault,
            isInFlight: outbox.isInFlight, counts: counts, latency: latency)
    }
}

/// How long batches took from leaving to their answers, for a histogram.
struct LatencyCounts: Sendable {
    /// Upper ends, in milliseconds.
    static let bounds: [Int64] = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000]

    private(set) var upTo = [Int64](repeating: 0, count: bounds.count)
    private(set) var count: Int64 = 0
    private(set) var sum: Int64 = 0

    mutating func note(_ span: Span) {
        for (index, bound) in Self.bounds.enumerated() where span.milliseconds <= bound { upTo[index] += 1 }
        count += 1
        sum += span.milliseconds
    }
}

extension Errand where Item == Owed.Item {
    init(_ owed: Owed) {
        var isOffer = false
        if case .offer = owed.item { isOffer = true }
        self.init(owed.item, contact: owed.message.contact, since: owed.since, isOffer: isOffer)
    }
}
