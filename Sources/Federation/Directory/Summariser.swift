package import InteractionModel

/// Makes what one peer is told of this site out of successive full states: what changed, at most each second; a sign of
/// life each five; everything after a gap or without an answer. Pure; one summary is under way at a time.
package struct Summariser: Sendable {
    /// Between two summaries at least, unless told.
    package static let usualPause = Span.seconds(1)
    /// Between two summaries at most, also while the peer does not answer.
    package static let heartbeat = Span.seconds(5)
    /// A word older than this has a successor that is missing: the heartbeat, late by one pause and under way for another.
    package static let overdueAfter = Span.seconds(7)

    private let site: SiteName
    private let incarnation: Int64
    private let pause: Span
    private var sequence: Int64
    /// What the peer knows, by the number it knows it under; nil: it must be told everything.
    private var known: (sequence: Int64, queues: [QueueName: QueueSummary], isDraining: Bool)?
    private var underWay: (sequence: Int64, queues: [QueueName: QueueSummary], isDraining: Bool)?
    private var lastAt: Timestamp?
    private var failures = 0

    /// - Parameter start: above every sequence this incarnation has used, such as one made of the term of leadership.
    package init(site: SiteName, incarnation: Int64, after start: Int64, pause: Span = Self.usualPause) {
        self.site = site
        self.incarnation = incarnation
        self.pause = pause
        sequence = start
    }

    /// Whether it is worth reading the state: a summary could leave now.
    package func isReady(at now: Timestamp) -> Bool {
        guard underWay == nil else { return false }
        guard let lastAt else { return true }
        return now.since(lastAt) >= (failures > 1 ? Self.heartbeat : pause)
    }

    /// What to tell now, if anything. Follow it with `received` or `unanswered`.
    /// - Parameter queues: all this site has; beyond `Directory.queuesMax` they are not told.
    package mutating func next(of queues: [QueueSummary], isDraining: Bool, at now: Timestamp) -> SiteSummary? {
        guard isReady(at: now) else { return nil }
        let told = queues.prefix(Directory.queuesMax)
        var all: [QueueName: QueueSummary] = [:]
        for queue in told { all[queue.queue] = queue }
        var summary = SiteSummary(
            site: site, incarnation: incarnation, sequence: sequence + 1, madeAt: now, isDraining: isDraining,
            queues: Array(told))
        // A delta cannot take a queue away.
        if let known, known.queues.keys.allSatisfy({ all[$0] != nil }) {
            summary.base = known.sequence
            summary.queues = told.filter { known.queues[$0.queue] != $0 }
            let isUnchanged = summary.queues.isEmpty && known.isDraining == isDraining
            if isUnchanged, let lastAt, now.since(lastAt) < Self.heartbeat { return nil }
        }
        sequence += 1
        lastAt = now
        underWay = (sequence, all, isDraining)
        return summary
    }

    /// The peer's answer to the summary under way. Taken before, by a copy that came first, is taken.
    package mutating func received(_ reception: Directory.Reception) {
        known = reception == .gap ? nil : underWay
        underWay = nil
        failures = 0
        if reception == .gap { lastAt = nil }
    }

    /// Nobody knows whether the peer has it: it is told everything next time.
    package mutating func unanswered() {
        known = nil
        underWay = nil
        failures += 1
    }
}
