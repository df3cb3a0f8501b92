import Chance
import Federation
import InteractionModel
import Testing

@Suite struct PeerOutboxTests {
    private let peer = SiteName("munich")

    private func at(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

    private func wrote(_ contact: Int, _ item: Int) -> Errand<Int> {
        Errand(item, contact: ContactID(SiteName("berlin"), Int64(contact) + 1), since: at(0))
    }

    private func offer(_ contact: Int, _ item: Int, since: Int64) -> Errand<Int> {
        Errand(
            item, contact: ContactID(SiteName("berlin"), Int64(contact) + 1), since: at(since), isOffer: true)
    }

    @Test("What is owed is sent in order, one errand of each contact, one batch at a time")
    func order() {
        var outbox = PeerOutbox<Int>(to: peer)
        let owed = [wrote(1, 10), wrote(2, 11), wrote(1, 12)]
        #expect(outbox.next(of: [], at: at(0)).isEmpty)
        #expect(outbox.askAgainAt == nil)
        #expect(outbox.next(of: owed, at: at(1)).map(\.errand) == [owed[0], owed[1]])
        #expect(outbox.next(of: owed, at: at(1)).isEmpty)
        #expect(!outbox.isReady(at: at(1)))
        outbox.answered([.done, .done], at: at(2))
        #expect(outbox.next(of: owed, at: at(2)).isEmpty, "Answered, not yet durable: nothing later of it is sent.")
        #expect(outbox.next(of: [owed[2]], at: at(3)).map(\.errand) == [owed[2]])
    }

    @Test("An errand put off holds back what its contact says later, and nothing of others")
    func putOff() {
        var outbox = PeerOutbox<Int>(to: peer)
        _ = outbox.next(of: [wrote(1, 10), wrote(2, 11), wrote(1, 12)], at: at(0))
        outbox.answered([.later(reason: "no plan"), .done], at: at(0))
        let owed = [wrote(1, 10), wrote(1, 12), wrote(3, 13)]
        #expect(outbox.next(of: owed, at: at(999)).map(\.errand) == [wrote(3, 13)])
        outbox.answered([.done], at: at(999))
        #expect(outbox.next(of: [wrote(1, 10), wrote(1, 12)], at: at(999)).isEmpty)
        #expect(outbox.askAgainAt == at(1000))
        #expect(outbox.next(of: [wrote(1, 10), wrote(1, 12)], at: at(1000)).map(\.errand) == [wrote(1, 10)])
        outbox.answered([.later(reason: "no plan")], at: at(1000))
        #expect(outbox.next(of: [wrote(1, 10)], at: at(2000)).isEmpty)
        #expect(outbox.askAgainAt == at(3000), "Twice put off, twice the pause.")
    }

    @Test("Without an answer the whole batch is sent again, after pauses that double up to half a minute")
    func backoff() {
        var outbox = PeerOutbox<Int>(to: peer)
        let owed = [wrote(1, 10)]
        var now = at(0)
        var pauses: [Int64] = []
        for _ in 0..<12 {
            #expect(outbox.next(of: owed, at: now).map(\.errand) == owed)
            outbox.unanswered(at: now)
            let due = outbox.askAgainAt ?? at(-1)
            pauses.append(due.since(now).milliseconds)
            #expect(outbox.next(of: owed, at: due.advanced(by: Span(milliseconds: -1))).isEmpty)
            #expect(outbox.askAgainAt == due)
            now = due
        }
        #expect(pauses == [100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000, 30_000])
        #expect(outbox.silentSince == at(0))
        _ = outbox.next(of: owed, at: now)
        outbox.unanswered(at: now, jitter: 500)
        #expect(outbox.askAgainAt == now.advanced(by: .seconds(45)))
        outbox.heard(at: now)
        #expect(outbox.askAgainAt == now.advanced(by: .seconds(1)), "A peer that is heard of is asked soon.")
        now = now.advanced(by: .seconds(1))
        #expect(outbox.next(of: owed, at: now).count == 1)
        outbox.answered([.done], at: now)
        #expect(outbox.silentSince == nil)
        #expect(outbox.next(of: [wrote(1, 11)], at: now).count == 1, "After an answer there is no pause.")
    }

    @Test("An offer in doubt for half a minute is asked about as a cancel, whatever happened to batches meanwhile")
    func cancel() {
        var outbox = PeerOutbox<Int>(to: peer)
        let owed = [offer(1, 10, since: 1000), wrote(2, 11)]
        #expect(outbox.next(of: owed, at: at(1000)).map(\.asCancel) == [false, false])
        outbox.unanswered(at: at(1000))
        #expect(outbox.next(of: owed, at: at(30_999)).map(\.asCancel) == [false, false])
        outbox.unanswered(at: at(30_999))
        #expect(outbox.next(of: owed, at: at(31_200)).map(\.asCancel) == [true, false])
    }

    @Test("A batch has at most fifty messages, and fewer where they are large")
    func batchSize() {
        var outbox = PeerOutbox<Int>(to: peer)
        let owed = (1...120).map { wrote($0, $0) }
        #expect(outbox.next(of: owed, at: at(0)).map(\.errand.item) == Array(1...50))
        outbox.cut(to: 20)
        outbox.answered(Array(repeating: .done, count: 20), at: at(0))
        #expect(outbox.reach == 70)
        #expect(outbox.next(of: Array(owed[20...]), at: at(0)).map(\.errand.item) == Array(21...70))
        outbox.cut(to: 0)
        #expect(outbox.isReady(at: at(0)))
    }

    @Test("An errand that was answered and yet stays owed is sent again")
    func answeredButOwed() {
        var outbox = PeerOutbox<Int>(to: peer)
        let owed = [offer(1, 10, since: 0)]
        _ = outbox.next(of: owed, at: at(0))
        outbox.answered([.taken], at: at(0))
        #expect(outbox.next(of: owed, at: at(4999)).isEmpty)
        #expect(outbox.next(of: owed, at: at(5000)).map(\.errand) == owed)
    }

    @Test("However much a peer puts off, what is behind it is reached, and memory stays within a bound")
    func manyPutOff() {
        var outbox = PeerOutbox<Int>(to: peer)
        let owed = (1...2000).map { wrote($0, $0) }
        var sent: Set<Int> = []
        for _ in 0..<40 {
            let batch = outbox.next(of: Array(owed.prefix(outbox.reach)), at: at(0))
            sent.formUnion(batch.map(\.errand.item))
            outbox.answered(batch.map { _ in .later(reason: "") }, at: at(0))
        }
        #expect(sent == Set(1...1050))
        #expect(outbox.reach == 1050)
    }

    @Test(
        "Whatever is lost or put off, each contact is heard in order and everything once it is answered",
        arguments: 1...20)
    func storm(seed: Int) {
        var dice = Dice(seed: UInt64(seed))
        var outbox = PeerOutbox<Int>(to: peer)
        var owed: [Errand<Int>] = []
        var heard: [ContactID: [Int]] = [:]
        var now = at(0)
        var count = 0
        for step in 0..<4000 {
            now = now.advanced(by: Span(milliseconds: Int64(dice.below(300))))
            if step < 2000, dice.happens(percent: 60) {
                count += 1
                owed.append(wrote(dice.below(12), count))
            }
            let batch = outbox.next(of: Array(owed.prefix(outbox.reach)), at: now)
            if batch.isEmpty {
                #expect((outbox.askAgainAt ?? now) > now || owed.isEmpty)
                continue
            }
            if dice.happens(percent: 30) {
                outbox.unanswered(at: now, jitter: Int64(dice.below(1000)))
                continue
            }
            let answers = batch.map { _ in dice.happens(percent: 20) ? PeerAnswer.later(reason: "") : .done }
            outbox.answered(answers, at: now)
            for (dispatch, answer) in zip(batch, answers) where answer == .done {
                heard[dispatch.errand.contact, default: []].append(dispatch.errand.item)
                owed.removeAll { $0 == dispatch.errand }
            }
        }
        #expect(owed.isEmpty)
        #expect(heard.values.map(\.count).reduce(0, +) == count)
        for order in heard.values { #expect(order == order.sorted()) }
    }
}
