package import InteractionModel

/// When what is owed to one peer is sent: a window onto durable state, itself volatile and pure.
///
/// Whoever has it tells it what became owed (`owe`) and what is owed no more (`settled`), both after the commit; asks
/// `next` for a batch, and tells what became of it (`answered`, `unanswered`). There is one batch in flight. Of each
/// contact only the oldest errand is in it: were that put off, a later one must not have been heard.
///
/// Nothing is ever given up here: an errand stays until the durable state says that it is settled. An offer nobody decided for
/// `Rules.cancelAfter` is asked about as a CANCEL, which the peer refuses unless it has taken it already.
package struct PeerOutbox: Sendable {
    package struct Rules: Hashable, Sendable {
        /// An offer in doubt for so long becomes a question to refuse it.
        package var cancelAfter = Span.seconds(30)
        /// Between one batch without an answer and the next: doubled each time, up to `pauseMax`.
        package var pauseMin = Span(milliseconds: 100)
        package var pauseMax = Span.seconds(30)
        /// Until an errand that the peer put off is sent again: doubled each time, up to `pauseMax`.
        package var laterPause = Span.seconds(1)
        /// Until an errand that was answered and yet is still owed is sent again.
        package var settlingPause = Span.seconds(5)
        /// Errands known at once; what is owed beyond them stays in the durable state (`wantsMore`).
        package var windowMax = 1000

        package init() {}
    }

    /// One errand of a batch.
    package struct Dispatch: Hashable, Sendable {
        package var errand: Errand
        /// Ask the peer to refuse the offer instead of making it.
        package var asCancel: Bool
    }

    private struct Entry: Sendable {
        var errand: Errand
        var notBefore: Timestamp?
        /// How often in a row the peer put it off.
        var putOff = 0
    }

    package let peer: SiteName
    private let rules: Rules
    /// In order of their sequences.
    private var window: [Entry] = []
    /// Something was owed that found no place: nothing more is taken in until the whole is told again.
    private var hasMissed = false
    private var inFlight: [Errand] = []
    private var failures = 0
    private var pausedUntil: Timestamp?
    /// When the batches began to go without answers; nil while they do not.
    package private(set) var silentSince: Timestamp?

    package init(to peer: SiteName, rules: Rules = Rules()) {
        self.peer = peer
        self.rules = rules
    }

    // MARK: What is owed

    /// Something became owed. Repetitions change nothing. Beyond the window it is left to the durable state.
    package mutating func owe(_ errand: Errand) {
        guard !hasMissed else { return }
        guard window.count < rules.windowMax else {
            hasMissed = true
            return
        }
        take(errand)
    }

    /// Tells all that is owed, or its beginning: the oldest errands in order of their sequences, with `areAll` when there
    /// are no others. For starts, and whenever `wantsMore`. What is known of those in the window stays known.
    package mutating func refill(_ errands: [Errand], areAll: Bool) {
        for errand in errands {
            guard window.count < rules.windowMax else {
                hasMissed = true
                return
            }
            take(errand)
        }
        hasMissed = !areAll
    }

    private mutating func take(_ errand: Errand) {
        let place = place(of: errand)
        guard place == window.count || window[place].errand != errand else { return }
        window.insert(Entry(errand: errand), at: place)
    }

    /// The durable state owes it no more: it was answered, or it has lost its object.
    package mutating func settled(_ errand: Errand) {
        let place = place(of: errand)
        guard place < window.count, window[place].errand == errand else { return }
        window.remove(at: place)
    }

    /// Whether to be told again what is owed: there is more than was taken in, and now there is place.
    package var wantsMore: Bool { hasMissed && window.count <= rules.windowMax / 2 && inFlight.isEmpty }

    /// Errands in the window. With `hasMore`, there are others in the durable state.
    package var count: Int { window.count }
    package var hasMore: Bool { hasMissed }

    /// Where it stands, or belongs.
    private func place(of errand: Errand) -> Int {
        var low = 0
        var high = window.count
        while low < high {
            let middle = (low + high) / 2
            if window[middle].errand.precedes(errand) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    // MARK: Sending

    /// What to send now, oldest first, at most `PeerBatch.messagesMax`; empty when there is nothing to send or a batch is in
    /// flight. Follow it with `answered` or `unanswered`.
    package mutating func next(at now: Timestamp) -> [Dispatch] {
        guard inFlight.isEmpty, pausedUntil.map({ $0 <= now }) ?? true else { return [] }
        var batch: [Dispatch] = []
        var contacts: Set<ContactID> = []
        for index in window.indices {
            guard batch.count < PeerBatch.messagesMax else { break }
            let entry = window[index]
            guard contacts.insert(entry.errand.contact).inserted, entry.notBefore.map({ $0 <= now }) ?? true else {
                continue
            }
            inFlight.append(entry.errand)
            batch.append(Dispatch(errand: entry.errand, asCancel: isCancelled(entry.errand, at: now)))
        }
        return batch
    }

    private func isCancelled(_ errand: Errand, at now: Timestamp) -> Bool {
        errand.isOffer && now.since(errand.since) >= rules.cancelAfter
    }

    /// Only the first `count` of what `next` gave are being sent: the others would have made the batch too large.
    package mutating func cut(to count: Int) {
        inFlight.removeLast(max(0, inFlight.count - count))
    }

    /// The batch was answered, one answer for each of its errands in order. Those that are settled by it stay until the
    /// durable state says so.
    /// - Precondition: as many answers as errands are in flight.
    package mutating func answered(_ answers: [PeerAnswer], at now: Timestamp) {
        precondition(answers.count == inFlight.count, "Every errand of a batch is answered.")
        for (errand, answer) in zip(inFlight, answers) {
            let place = place(of: errand)
            guard place < window.count, window[place].errand == errand else { continue }  // Settled meanwhile.
            if case .later = answer {
                window[place].notBefore = now.advanced(by: doubled(rules.laterPause, window[place].putOff))
                window[place].putOff += 1
            } else {
                window[place].notBefore = now.advanced(by: rules.settlingPause)
                window[place].putOff = 0
            }
        }
        inFlight = []
        failures = 0
        pausedUntil = nil
        silentSince = nil
    }

    /// No answer: a broken connection, an error of the peer's, a signature that is wrong. Everything stays as it was.
    /// - Parameter jitter: by how many thousandths the pause is to be longer, so that many sites do not knock at once.
    package mutating func unanswered(at now: Timestamp, jitter: Int64 = 0) {
        inFlight = []
        let pause = doubled(rules.pauseMin, failures).milliseconds
        failures += 1
        pausedUntil = now.advanced(by: Span(milliseconds: pause + pause * jitter / 1000))
        silentSince = silentSince ?? now
    }

    /// The peer was heard of by another way: it lives, so a pause of more than a second ends now.
    package mutating func heard(at now: Timestamp) {
        guard let until = pausedUntil, until.since(now) > .seconds(1) else { return }
        pausedUntil = now.advanced(by: .seconds(1))
    }

    private func doubled(_ pause: Span, _ times: Int) -> Span {
        min(Span(milliseconds: pause.milliseconds << min(times, 20)), rules.pauseMax)
    }

    /// When to ask `next` again; nil while a batch is in flight or nothing is owed. A moment past means: now.
    package func due() -> Timestamp? {
        guard inFlight.isEmpty else { return nil }
        var due: Timestamp?
        var contacts: Set<ContactID> = []
        for entry in window where contacts.insert(entry.errand.contact).inserted {
            let moment = entry.notBefore ?? entry.errand.since
            due = min(due ?? moment, moment)
        }
        return due.map { max($0, pausedUntil ?? $0) }
    }

    package var isInFlight: Bool { !inFlight.isEmpty }

    /// Offers the peer has not decided, and since when the oldest of them.
    package var doubts: (count: Int, oldest: Timestamp?) {
        let offers = window.filter(\.errand.isOffer)
        return (offers.count, offers.map(\.errand.since).min())
    }
}

extension Errand {
    /// By sequence; then in an order that is the same everywhere, for what one fact made owed together.
    fileprivate func precedes(_ other: Errand) -> Bool {
        if sequence != other.sequence { return sequence < other.sequence }
        if contact != other.contact { return contact < other.contact }
        return matter.rank < other.matter.rank
    }
}

extension Errand.Matter {
    /// Unlike for unlike matters of one fact.
    fileprivate var rank: (Int, Int64) {
        switch self {
        case .offer(let epoch): (0, epoch.rawValue)
        case .customerWrote(let number): (1, number)
        case .agentWrote(let number): (2, number)
        case .delivery(let number): (3, number)
        case .customerLeft: (4, 0)
        case .closed(let epoch): (5, epoch.rawValue)
        }
    }
}
