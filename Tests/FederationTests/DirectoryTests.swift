import Chance
import Federation
import InteractionModel
import Testing

@Suite struct DirectoryTests {
    private let munich = SiteName("munich")
    private let orders = QueueName("orders")
    private let returns = QueueName("returns")

    private func at(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

    private func summary(
        _ sequence: Int64, base: Int64? = nil, incarnation: Int64 = 1, madeAt: Int64? = nil, draining: Bool = false,
        _ queues: QueueSummary...
    ) -> SiteSummary {
        SiteSummary(
            site: munich, incarnation: incarnation, sequence: sequence, base: base, madeAt: madeAt.map(at),
            isDraining: draining, queues: queues)
    }

    private func idle(_ count: Int, _ queue: QueueName? = nil) -> QueueSummary {
        QueueSummary(queue: queue ?? orders, staffed: 10, idle: count)
    }

    @Test("Changes add to what is known, and only to the very summary they were made against")
    func deltas() {
        var directory = Directory()
        #expect(directory.receive(summary(2, base: 1, idle(1)), at: at(0)) == .gap)
        #expect(directory.receive(summary(1, idle(1), idle(2, returns)), at: at(0)) == .taken)
        #expect(directory.receive(summary(2, base: 1, idle(5)), at: at(0)) == .taken)
        #expect(directory.receive(summary(2, base: 1, idle(7)), at: at(0)) == .old)
        #expect(directory.receive(summary(4, base: 3, idle(7)), at: at(0)) == .gap)
        #expect(directory.outlook(of: orders, at: munich, now: at(0))?.idle == 5)
        #expect(directory.outlook(of: returns, at: munich, now: at(0))?.idle == 2)
        #expect(directory.receive(summary(5, idle(3)), at: at(0)) == .taken)
        #expect(directory.outlook(of: returns, at: munich, now: at(0)) == nil, "A whole summary leaves nothing over.")
    }

    @Test("An older life of a peer is not heard, a newer one begins anew")
    func incarnations() {
        var directory = Directory()
        #expect(directory.receive(summary(9, incarnation: 2, idle(1)), at: at(0)) == .taken)
        #expect(directory.receive(summary(10, incarnation: 1, idle(9)), at: at(0)) == .old)
        #expect(directory.receive(summary(10, base: 9, incarnation: 3, idle(9)), at: at(0)) == .gap)
        #expect(directory.receive(summary(1, incarnation: 3, draining: true, idle(2)), at: at(0)) == .taken)
        #expect(directory.outlook(of: orders, at: munich, now: at(0))?.isDraining == true)
    }

    @Test("A dispatch counts until a summary was made after its answer; refused, no more; unanswered, for ever")
    func dispatches() {
        var directory = Directory()
        func left(_ now: Int64) -> Int? { directory.outlook(of: orders, at: munich, now: at(now))?.idle }
        _ = directory.receive(summary(1, madeAt: 0, idle(5)), at: at(100))
        directory.dispatched(to: munich, orders)
        directory.dispatched(to: munich, orders)
        directory.dispatched(to: munich, orders)
        #expect(left(100) == 2)
        directory.answered(by: munich, orders, taken: false, at: at(150))
        #expect(left(150) == 3)
        directory.answered(by: munich, orders, taken: true, at: at(1000))
        // Made before the peer took it, and slow on its way.
        _ = directory.receive(summary(2, base: 1, madeAt: 800, idle(5)), at: at(1200))
        #expect(left(1200) == 3)
        // Made after: the peer counts it itself.
        _ = directory.receive(summary(3, base: 2, madeAt: 1000, idle(4)), at: at(1250))
        #expect(left(1250) == 3)
        directory.answered(by: munich, orders, taken: true, at: at(1300))
        directory.answered(by: munich, orders, taken: true, at: at(1300))
        #expect(left(1300) == 3, "Nothing is answered twice.")
        _ = directory.receive(summary(4, base: 3, madeAt: 1300, idle(3)), at: at(1500))
        #expect(left(1500) == 3)
    }

    @Test("What is in doubt with a peer counts before the peer has been heard of")
    func dispatchedBefore() {
        var directory = Directory()
        directory.dispatched(to: munich, orders)
        _ = directory.receive(summary(1, idle(5)), at: at(0))
        #expect(directory.outlook(of: orders, at: munich, now: at(0))?.idle == 4)
        directory.forget(munich)
        #expect(directory.sites.isEmpty)
        _ = directory.receive(summary(1, idle(5)), at: at(0))
        #expect(directory.outlook(of: orders, at: munich, now: at(0))?.idle == 5)
    }

    @Test("A summary is as old as its making, whatever the peer's clock says")
    func age() {
        var directory = Directory()
        func age(_ now: Int64) -> Int64? {
            directory.outlook(of: orders, at: munich, now: at(now))?.age.milliseconds
        }
        // The peer's clock is an hour ahead, and the way takes 20 ms at least.
        _ = directory.receive(summary(1, madeAt: 3_600_000, idle(5)), at: at(20))
        #expect(age(20) == 0)
        _ = directory.receive(summary(2, base: 1, madeAt: 3_601_000, idle(5)), at: at(9020))
        #expect(age(9020) == 8000)
        #expect(age(15_999).map { $0 <= Directory.usuallyFreshFor.milliseconds } == true)
        #expect(directory.outlook(of: orders, at: munich, now: at(16_021))?.isFresh == false)
        // Its clock is put back by two hours: that is no age.
        _ = directory.receive(summary(3, base: 2, madeAt: -3_590_000, idle(5)), at: at(17_000))
        #expect(age(17_000) == 0)
        // A clock that is not told leaves the arrival.
        _ = directory.receive(summary(4, base: 3, idle(5)), at: at(18_000))
        #expect(age(18_500) == 500)
    }

    @Test("A peer with more queues than agreed costs no more memory")
    func bounds() {
        var directory = Directory()
        var large = summary(1)
        large.queues = (0..<3000).map { QueueSummary(queue: QueueName("q\($0)"), staffed: 1, idle: 1) }
        _ = directory.receive(large, at: at(0))
        #expect(directory.outlook(of: QueueName("q1999"), at: munich, now: at(0)) != nil)
        #expect(directory.outlook(of: QueueName("q2000"), at: munich, now: at(0)) == nil)
    }
}

@Suite struct SummariserTests {
    private let orders = QueueName("orders")

    private func at(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

    private func queue(_ name: String, _ idle: Int) -> QueueSummary {
        QueueSummary(queue: QueueName(name), staffed: 10, idle: idle)
    }

    @Test("Changes leave at most each second, signs of life each five, and only what changed")
    func pace() {
        var summariser = Summariser(site: SiteName("berlin"), incarnation: 1, after: 100)
        var now: Int64 = 0
        var sent: [(Int64, SiteSummary)] = []
        func offer(_ queues: [QueueSummary], draining: Bool = false) {
            guard let summary = summariser.next(of: queues, isDraining: draining, at: at(now)) else { return }
            sent.append((now, summary))
            summariser.received(.taken)
        }
        offer([queue("a", 1), queue("b", 2)])
        now = 100
        offer([queue("a", 3), queue("b", 2)])
        now = 999
        offer([queue("a", 4), queue("b", 2)])
        now = 1000
        offer([queue("a", 4), queue("b", 2)])
        now = 5999
        offer([queue("a", 4), queue("b", 2)])
        now = 6000
        offer([queue("a", 4), queue("b", 2)])
        now = 7000
        offer([queue("a", 4), queue("b", 2)], draining: true)
        #expect(sent.map(\.0) == [0, 1000, 6000, 7000])
        #expect(sent.map(\.1.sequence) == [101, 102, 103, 104])
        #expect(sent.map(\.1.base) == [nil, 101, 102, 103])
        #expect(sent.map(\.1.queues) == [[queue("a", 1), queue("b", 2)], [queue("a", 4)], [], []])
        #expect(sent.last?.1.isDraining == true)
        now = 8000
        offer([queue("b", 2)], draining: true)
        #expect(sent.last?.1.base == nil, "That a queue is gone can only be said by saying everything.")
    }

    @Test("After a gap everything is told at once, and without an answer as soon as there may be one")
    func gap() {
        var summariser = Summariser(site: SiteName("berlin"), incarnation: 1, after: 0)
        let queues = [queue("a", 1)]
        _ = summariser.next(of: queues, isDraining: false, at: at(0))
        #expect(summariser.next(of: queues, isDraining: false, at: at(9000)) == nil, "One is under way.")
        summariser.received(.taken)
        #expect(summariser.next(of: queues, isDraining: false, at: at(9000))?.base == 1)
        summariser.received(.gap)
        let whole = summariser.next(of: queues, isDraining: false, at: at(9000))
        #expect(whole?.base == nil)
        #expect(whole?.queues == queues)
        summariser.unanswered()
        #expect(summariser.next(of: queues, isDraining: false, at: at(9999)) == nil)
        #expect(summariser.next(of: queues, isDraining: false, at: at(10_000))?.base == nil)
        summariser.unanswered()
        #expect(!summariser.isReady(at: at(14_999)), "Who does not answer is told each five seconds.")
        #expect(summariser.isReady(at: at(15_000)))
    }

    @Test("What a summariser tells, a directory knows, whatever is lost or comes twice", arguments: 1...10)
    func storm(seed: Int) {
        var dice = Dice(seed: UInt64(seed))
        var summariser = Summariser(site: SiteName("berlin"), incarnation: 1, after: 0)
        var directory = Directory()
        var queues = ["a", "b", "c", "d"].map { queue($0, 0) }
        for step in 0..<500 {
            let now = at(Int64(step) * 1000)
            for index in queues.indices where dice.happens(percent: 30) { queues[index].idle = dice.below(10) }
            if dice.happens(percent: 3) { queues.swapAt(0, 1) }
            guard let summary = summariser.next(of: queues, isDraining: false, at: now) else { continue }
            let isLost = dice.happens(percent: 20)
            let isAnswerLost = dice.happens(percent: 20)
            if isLost { summariser.unanswered() }
            guard !isLost else { continue }
            let reception = directory.receive(summary, at: now)
            #expect(reception == .taken)
            if dice.happens(percent: 10) { #expect(directory.receive(summary, at: now) == .old) }
            if isAnswerLost { summariser.unanswered() } else { summariser.received(reception) }
            for queue in queues {
                #expect(directory.outlook(of: queue.queue, at: SiteName("berlin"), now: now)?.summary == queue)
            }
        }
    }
}
