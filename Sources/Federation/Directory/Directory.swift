package import InteractionModel

/// What a site knows of its peers: their last summaries, how old they are, and what it sent them since.
///
/// Reports are always late, and a router that forgets what it sent meanwhile sends everybody to the site that looked best:
/// with 8 sites of 50 and reports of 30 s that loses 64 % of what pooling is worth, counting loses 2 %. So every dispatch
/// counts against its queue until a summary arrives that was made after the peer had answered it.
///
/// When a summary was made is told by the peer's clock, which need not agree with ours. But of the latest summaries one was
/// the fastest on its way; the others are older by as much as they took longer.
/// Soft: never durable, empty after a restart, bounded by the configured peers, `queuesMax` and `answeredMax`.
package struct Directory: Sendable {
    /// Beyond it a peer's further queues are not remembered.
    package static let queuesMax = 2_000
    /// A peer not heard of for so long is not offered anything: three signs of life are missing.
    package static let usuallyFreshFor = Span.seconds(15)
    /// Summaries among which the fastest is sought.
    fileprivate static let offsetsMax = 12
    /// No request takes longer: what seems older was made by a clock that has been put back.
    fileprivate static let delayMax = Span.seconds(15)
    /// Taken dispatches of one queue between two summaries that are told apart; beyond it the oldest are forgotten.
    private static let answeredMax = 10_000

    package struct Entry: Sendable {
        package fileprivate(set) var incarnation: Int64
        package fileprivate(set) var sequence: Int64
        package fileprivate(set) var heardAt: Timestamp
        /// When its last summary was made, by our clock, as far as that can be told.
        package fileprivate(set) var madeAt: Timestamp
        package fileprivate(set) var isDraining: Bool
        fileprivate var queues: [QueueName: QueueSummary]
        /// Our clock at arrival minus the peer's when it was made, of the last summaries.
        fileprivate var offsets: [Span] = []
    }

    fileprivate struct Dispatches: Sendable {
        /// Not answered by the peer.
        var unanswered = 0
        /// When the peer's taking was heard, of those that its summary cannot know of; oldest first.
        var answered: [Timestamp] = []
        var count: Int { unanswered + answered.count }
    }

    package enum Reception: String, Sendable, Hashable {
        case taken
        /// Older than, or the same as, what is known.
        case old
        /// Made against a summary that is not the one known: the sender must send everything.
        case gap
    }

    private let freshFor: Span
    private var entries: [SiteName: Entry] = [:]  // Looked up, and walked by name only.
    private var dispatches: [SiteName: [QueueName: Dispatches]] = [:]  // Looked up.

    /// - Parameter freshFor: how long a peer's word is believed; longer than usual where peers speak more seldom.
    package init(freshFor: Span = Self.usuallyFreshFor) { self.freshFor = freshFor }

    // MARK: Hearing

    package mutating func receive(_ summary: SiteSummary, at now: Timestamp) -> Reception {
        let known = entries[summary.site]
        if let known, known.incarnation == summary.incarnation, summary.sequence <= known.sequence { return .old }
        if let known, known.incarnation > summary.incarnation { return .old }
        let isSameLife = known?.incarnation == summary.incarnation
        var entry: Entry
        if let base = summary.base {
            guard let known, isSameLife, known.sequence == base else { return .gap }
            entry = known
        } else {
            entry = Entry(
                incarnation: summary.incarnation, sequence: summary.sequence, heardAt: now, madeAt: now,
                isDraining: false, queues: [:])
            if isSameLife { entry.offsets = known?.offsets ?? [] }
        }
        entry.sequence = summary.sequence
        entry.heardAt = now
        entry.madeAt = entry.moment(of: summary, at: now)
        if isSameLife, let known { entry.madeAt = max(entry.madeAt, known.madeAt) }
        entry.isDraining = summary.isDraining
        for queue in summary.queues where entry.queues[queue.queue] != nil || entry.queues.count < Self.queuesMax {
            entry.queues[queue.queue] = queue
        }
        forgetDispatches(to: summary.site, answeredBefore: entry.madeAt)
        entries[summary.site] = entry
        return .taken
    }

    package mutating func forget(_ site: SiteName) {
        entries[site] = nil
        dispatches[site] = nil
    }

    // MARK: What we sent

    /// Something was sent there, or still is in doubt after a restart.
    package mutating func dispatched(to site: SiteName, _ queue: QueueName) {
        dispatches[site, default: [:]][queue, default: Dispatches()].unanswered += 1
    }

    /// The peer answered a dispatch: taken, it counts until a summary was made later; refused, it counts no more.
    package mutating func answered(by site: SiteName, _ queue: QueueName, taken: Bool, at now: Timestamp) {
        guard var counts = dispatches[site]?[queue], counts.unanswered > 0 else { return }
        counts.unanswered -= 1
        if taken {
            if counts.answered.count >= Self.answeredMax { counts.answered.removeFirst() }
            counts.answered.append(now)
        }
        dispatches[site]?[queue] = counts.count > 0 ? counts : nil
    }

    /// What was sent there of which the peer cannot have known at `moment`: not answered, or answered since.
    package func sent(to site: SiteName, _ queue: QueueName, unknownSince moment: Timestamp) -> Int {
        guard let counts = dispatches[site]?[queue] else { return 0 }
        return counts.unanswered + counts.answered.count { $0 >= moment }
    }

    private mutating func forgetDispatches(to site: SiteName, answeredBefore madeAt: Timestamp) {
        dispatches[site] = dispatches[site]?.compactMapValues { counts in
            var counts = counts
            counts.answered.removeAll { $0 < madeAt }
            return counts.count > 0 ? counts : nil
        }
    }

    // MARK: Asking

    package subscript(site: SiteName) -> Entry? { entries[site] }

    /// What is known of a queue at a peer.
    package struct Outlook: Sendable, Hashable {
        package var summary: QueueSummary
        package var age: Span
        /// Sent there since, as far as that is not in the summary.
        package var dispatched: Int
        package var isDraining: Bool
        /// Young enough to be believed.
        package var isFresh: Bool

        /// Idle agents we have not sent anything to.
        package var idle: Int { summary.idle - summary.announced - dispatched }
        /// Contacts before a newcomer.
        package var ahead: Int { summary.waiting + summary.announced + dispatched }
    }

    package func outlook(of queue: QueueName, at site: SiteName, now: Timestamp) -> Outlook? {
        guard let entry = entries[site], let summary = entry.queues[queue] else { return nil }
        let age = now.since(entry.madeAt)
        return Outlook(
            summary: summary, age: age, dispatched: dispatches[site]?[queue]?.count ?? 0,
            isDraining: entry.isDraining, isFresh: age <= freshFor)
    }

    package var isEmpty: Bool { entries.isEmpty }

    /// The peers heard of, in order of name.
    package var sites: [SiteName] { entries.keys.sorted() }
}

extension Directory.Entry {
    /// When `summary` was made, by our clock: its arrival, less what it was slower than the fastest of the last.
    fileprivate mutating func moment(of summary: SiteSummary, at now: Timestamp) -> Timestamp {
        guard let madeAt = summary.madeAt else { return now }
        let offset = now.since(madeAt)
        if let fastest = offsets.min(), offset.milliseconds - fastest.milliseconds > Directory.delayMax.milliseconds {
            offsets = []
        }
        offsets.append(offset)
        if offsets.count > Directory.offsetsMax { offsets.removeFirst() }
        let fastest = offsets.min() ?? offset
        return now.advanced(by: Span(milliseconds: fastest.milliseconds - offset.milliseconds))
    }
}
