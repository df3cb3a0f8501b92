package import InteractionModel

/// When what is owed to one peer is sent: volatile and pure. What is owed is not kept here but in the durable state, which
/// is asked for the oldest of it (`reach` of them) whenever a batch may leave.
///
/// There is one batch in flight. Of each contact only the oldest errand is in it: were that put off, a later one must not
/// have been heard. Nothing is ever given up here: an errand is sent until the durable state owes it no more. An offer
/// that nobody decided for `Rules.cancelAfter` is asked about as a CANCEL, which the peer refuses unless it has taken it.
package struct PeerOutbox<Item: Hashable & Sendable>: Sendable {
    /// One errand of a batch.
    package struct Dispatch: Hashable, Sendable {
        package var errand: Errand<Item>
        /// Ask the peer to refuse the offer instead of making it.
        package var asCancel: Bool

        package init(_ errand: Errand<Item>, asCancel: Bool = false) {
            self.errand = errand
            self.asCancel = asCancel
        }
    }

    /// Why an errand that is owed is not sent just now.
    private struct Rest: Sendable {
        var until: Timestamp
        /// How often in a row the peer put it off.
        var putOff = 0
    }

    /// Errands that rest, at most: a peer that puts off more is asked nothing new until it answers those.
    package static var restingMax: Int { 1000 }

    package let peer: SiteName
    private let rules: OutboxRules
    private var resting: [Item: Rest] = [:]  // Looked up, and pruned without looking at an order.
    private var inFlight: [Errand<Item>] = []
    private var failures = 0
    private var pausedUntil: Timestamp?
    /// When to ask `next` again, if nothing else happens before; nil: nothing is owed, or a batch is in flight.
    package private(set) var askAgainAt: Timestamp?
    /// Since when batches have gone without answers; nil while they have not.
    package private(set) var silentSince: Timestamp?

    package init(to peer: SiteName, rules: OutboxRules = OutboxRules()) {
        self.peer = peer
        self.rules = rules
    }

    package var isInFlight: Bool { !inFlight.isEmpty }

    /// Whether `next` could give anything: no batch is in flight, and there is no pause.
    package func isReady(at now: Timestamp) -> Bool { inFlight.isEmpty && pausedUntil.map { $0 <= now } ?? true }

    /// How many of the oldest errands `next` must see.
    package var reach: Int { PeerBatch.messagesMax + resting.count }

    /// What to send now, oldest first, at most `PeerBatch.messagesMax`; empty when there is nothing to send now, and then
    /// `askAgainAt` says when. Follow a batch with `answered` or `unanswered`.
    /// - Parameter owed: the oldest errands of the durable state, in order; `reach` of them, or all there are.
    package mutating func next(of owed: [Errand<Item>], at now: Timestamp) -> [Dispatch] {
        guard inFlight.isEmpty else { return [] }
        if let pausedUntil, pausedUntil > now {
            askAgainAt = owed.isEmpty ? nil : pausedUntil
            return []
        }
        prune(owed)
        askAgainAt = nil
        var batch: [Dispatch] = []
        var contacts: Set<ContactID> = []
        for errand in owed {
            guard batch.count < PeerBatch.messagesMax else { break }
            guard contacts.insert(errand.contact).inserted else { continue }
            if let rest = resting[errand.item], rest.until > now {
                askAgainAt = min(askAgainAt ?? rest.until, rest.until)
                continue
            }
            inFlight.append(errand)
            batch.append(Dispatch(errand, asCancel: errand.isOffer && now.since(errand.since) >= rules.cancelAfter))
        }
        if !batch.isEmpty { askAgainAt = nil }
        return batch
    }

    /// Forgets the rest of errands that are owed no more.
    private mutating func prune(_ owed: [Errand<Item>]) {
        guard !resting.isEmpty else { return }
        let items = Set(owed.map(\.item))
        resting = resting.filter { items.contains($0.key) }
    }

    /// Only the first `count` of what `next` gave are being sent: the others would make the batch too large, or have lost
    /// their object. With none left, no batch is in flight.
    package mutating func cut(to count: Int) { inFlight.removeLast(max(0, inFlight.count - count)) }

    /// The batch was answered, one answer for each of its errands in order. Errands that are settled thereby rest until the
    /// durable state says so; should it not, they are sent again.
    /// - Precondition: as many answers as errands are in flight.
    package mutating func answered(_ answers: [PeerAnswer], at now: Timestamp) {
        precondition(answers.count == inFlight.count, "Every errand of a batch is answered.")
        for (errand, answer) in zip(inFlight, answers)
        where resting[errand.item] != nil || resting.count < Self.restingMax {
            if case .later = answer {
                let putOff = resting[errand.item]?.putOff ?? 0
                let until = now.advanced(by: doubled(rules.laterPause, putOff))
                resting[errand.item] = Rest(until: until, putOff: putOff + 1)
            } else {
                resting[errand.item] = Rest(until: now.advanced(by: rules.settlingPause))
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
        let until = now.advanced(by: Span(milliseconds: pause + pause * jitter / 1000))
        pausedUntil = until
        askAgainAt = until
        silentSince = silentSince ?? now
    }

    /// The peer was heard of by another way: it lives, so a long pause ends in a second.
    package mutating func heard(at now: Timestamp) {
        guard let until = pausedUntil, until.since(now) > .seconds(1) else { return }
        pausedUntil = now.advanced(by: .seconds(1))
        if let moment = askAgainAt { askAgainAt = min(moment, now.advanced(by: .seconds(1))) }
    }

    private func doubled(_ pause: Span, _ times: Int) -> Span {
        min(Span(milliseconds: pause.milliseconds << min(times, 20)), rules.pauseMax)
    }
}

/// How an outbox bears silence and delay.
package struct OutboxRules: Hashable, Sendable {
    /// An offer in doubt for so long becomes a question to refuse it.
    package var cancelAfter = Span.seconds(30)
    /// Between one batch without an answer and the next: doubled each time, up to `pauseMax`.
    package var pauseMin = Span(milliseconds: 100)
    package var pauseMax = Span.seconds(30)
    /// Until an errand that the peer put off is sent again: doubled each time, up to `pauseMax`.
    package var laterPause = Span.seconds(1)
    /// Until an errand that was answered and yet is still owed is sent again.
    package var settlingPause = Span.seconds(5)

    package init() {}
}
