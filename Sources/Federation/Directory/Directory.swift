package import InteractionModel

/// What a site knows of its peers: their last summaries, how old they are, and what it sent them since.
///
/// Reports are always late, and a router that forgets what it sent meanwhile sends everybody to the site that looked best:
/// with 8 sites of 50 and reports of 30 s that loses 64 % of what pooling is worth, counting loses 2 %. So every dispatch
/// counts against its queue until a summary arrives that was made after the peer had answered it.
/// Soft: never durable, empty after a restart, bounded by the configured peers and `queuesMax`.
package struct Directory: Sendable {
    /// Beyond it a peer's further queues are not remembered.
    package static let queuesMax = 2_000
    /// A peer not heard of for so long is not offered anything.
    package static let freshFor = Span.seconds(15)

    package struct Entry: Sendable {
        package fileprivate(set) var incarnation: Int64
        package fileprivate(set) var sequence: Int64
        package fileprivate(set) var heardAt: Timestamp
        package fileprivate(set) var isDraining: Bool
        fileprivate var queues: [QueueName: QueueSummary]
        /// Dispatches by queue which the peer has not answered, and those it has answered since its last summary.
        fileprivate var dispatched: [QueueName: Dispatches] = [:]
    }

    fileprivate struct Dispatches: Sendable {
        var unanswered = 0
        var answered = 0
        var count: Int { unanswered + answered }
    }

    package enum Reception: Sendable, Hashable {
        case taken
        /// Older than, or the same as, what is known.
        case old
        /// Made against a summary that is not the one known: the sender must send everything.
        case gap
    }

    private var entries: [SiteName: Entry] = [:]  // Looked up, and walked by name only.

    package init() {}

    // MARK: Hearing

    package mutating func receive(_ summary: SiteSummary, at now: Timestamp) -> Reception {
        let known = entries[summary.site]
        if let known, known.incarnation == summary.incarnation, summary.sequence <= known.sequence { return .old }
        if let known, known.incarnation > summary.incarnation { return .old }
        var entry: Entry
        if let base = summary.base {
            guard let known, known.incarnation == summary.incarnation, known.sequence == base else { return .gap }
            entry = known
        } else {
            entry = Entry(
                incarnation: summary.incarnation, sequence: summary.sequence, heardAt: now, isDraining: false,
                queues: [:])
            entry.dispatched = known?.dispatched ?? [:]
        }
        entry.sequence = summary.sequence
        entry.heardAt = now
        entry.isDraining = summary.isDraining
        for queue in summary.queues where entry.queues[queue.queue] != nil || entry.queues.count < Self.queuesMax {
            entry.queues[queue.queue] = queue
        }
        for name in entry.dispatched.keys { entry.dispatched[name]?.answered = 0 }
        entry.dispatched = entry.dispatched.filter { $0.value.count > 0 }
        entries[summary.site] = entry
        return .taken
    }

    package mutating func forget(_ site: SiteName) { entries[site] = nil }

    // MARK: What we sent

    package mutating func dispatched(to site: SiteName, _ queue: QueueName) {
        entries[site]?.dispatched[queue, default: Dispatches()].unanswered += 1
    }

    /// The peer answered a dispatch: taken, it counts until the next summary; refused, it counts no more.
    package mutating func answered(by site: SiteName, _ queue: QueueName, taken: Bool) {
        guard let known = entries[site]?.dispatched[queue], known.unanswered > 0 else { return }
        entries[site]?.dispatched[queue]?.unanswered -= 1
        if taken { entries[site]?.dispatched[queue]?.answered += 1 }
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

        /// Idle agents we have not sent anything to.
        package var idle: Int { summary.idle - summary.announced - dispatched }
        /// Contacts before a newcomer.
        package var ahead: Int { summary.waiting + summary.announced + dispatched }
        package var isFresh: Bool { age <= Directory.freshFor }
    }

    package func outlook(of queue: QueueName, at site: SiteName, now: Timestamp) -> Outlook? {
        guard let entry = entries[site], let summary = entry.queues[queue] else { return nil }
        return Outlook(
            summary: summary, age: now.since(entry.heardAt), dispatched: entry.dispatched[queue]?.count ?? 0,
            isDraining: entry.isDraining)
    }

    /// The peers heard of, in order of name.
    package var sites: [SiteName] { entries.keys.sorted() }
}
