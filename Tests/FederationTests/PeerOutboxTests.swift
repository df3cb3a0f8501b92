import Federation
import InteractionModel
import Testing

@Suite struct PeerOutboxTests {
    private let peer = SiteName("munich")

    private func at(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

    private func contact(_ number: Int64) -> ContactID { ContactID(SiteName("berlin"), number) }

    private func offer(_ number: Int64, _ sequence: Int64, since: Int64 = 0) -> Errand {
        Errand(contact(number), sequence: sequence, .offer(.first.next), since: at(since))
    }

    private func wrote(_ number: Int64, _ sequence: Int64) -> Errand {
        Errand(contact(number), sequence: sequence, .customerWrote(number: sequence), since: at(0))
    }

    @Test("What is owed is sent in order, one errand of each contact, one batch at a time")
    func order() {
        var outbox = PeerOutbox(to: peer)
        #expect(outbox.due() == nil)
        for errand in [wrote(1, 10), wrote(2, 11), wrote(1, 12), wrote(1, 10)] { outbox.owe(errand) }
        #expect(outbox.count == 3)
        #expect(outbox.next(at: at(1)).map(\.errand) == [wrote(1, 10), wrote(2, 11)])
        #expect(outbox.next(at: at(1)).isEmpty)
        #expect(outbox.due() == nil)
        outbox.answered([.done, .done], at: at(2))
        #expect(outbox.next(at: at(2)).isEmpty, "Answered, and not yet durable: nothing later of the contact is sent.")
        outbox.settled(wrote(1, 10))
        outbox.settled(wrote(2, 11))
        #expect(outbox.next(at: at(3)).map(\.errand) == [wrote(1, 12)])
    }

    @Test("An errand put off holds back what its contact says later, and nothing of others")
    func putOff() {
        var outbox = PeerOutbox(to: peer)
        for errand in [wrote(1, 10), wrote(2, 11), wrote(1, 12)] { outbox.owe(errand) }
        _ = outbox.next(at: at(0))
        outbox.answered([.later(reason: "no plan"), .done], at: at(0))
        outbox.settled(wrote(2, 11))
        outbox.owe(wrote(3, 13))
        #expect(outbox.next(at: at(999)).map(\.errand) == [wrote(3, 13)])
        outbox.answered([.done], at: at(999))
        outbox.settled(wrote(3, 13))
        #expect(outbox.due() == at(1000))
        #expect(outbox.next(at: at(1000)).map(\.errand) == [wrote(1, 10)])
        outbox.answered([.later(reason: "no plan")], at: at(1000))
        #expect(outbox.due() == at(3000), "Twice put off, twice the pause.")
    }

    @Test("Without an answer the whole batch is sent again, after pauses that double up to half a minute")
    func backoff() {
        var outbox = PeerOutbox(to: peer)
        outbox.owe(wrote(1, 10))
        var now = at(0)
        var pauses: [Int64] = []
        for _ in 0..<12 {
            #expect(outbox.next(at: now).map(\.errand) == [wrote(1, 10)])
            outbox.unanswered(at: now)
            let due = outbox.due() ?? at(-1)
            pauses.append(due.since(now).milliseconds)
            #expect(outbox.next(at: due.advanced(by: Span(milliseconds: -1))).isEmpty)
            now = due
        }
        #expect(pauses == [100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000, 30_000])
        #expect(outbox.silentSince == at(0))
        _ = outbox.next(at: now)
        outbox.unanswered(at: now, jitter: 500)
        #expect(outbox.due() == now.advanced(by: .seconds(45)))
        outbox.heard(at: now)
        #expect(outbox.due() == now.advanced(by: .seconds(1)), "A peer that is heard of is asked soon.")
        _ = outbox.next(at: now.advanced(by: .seconds(1)))
        outbox.answered([.done], at: now.advanced(by: .seconds(1)))
        #expect(outbox.silentSince == nil)
        outbox.settled(wrote(1, 10))
        outbox.owe(wrote(1, 11))
        #expect(outbox.next(at: now.advanced(by: .seconds(1))).count == 1, "After an answer there is no pause.")
    }

    @Test("An offer in doubt for half a minute is asked about as a cancel, whatever happened to batches meanwhile")
    func cancel() {
        var outbox = PeerOutbox(to: peer)
        outbox.owe(offer(1, 10, since: 1000))
        outbox.owe(wrote(2, 11))
        #expect(outbox.next(at: at(1000)).map(\.asCancel) == [false, false])
        outbox.unanswered(at: at(1000))
        #expect(outbox.next(at: at(30_999)).map(\.asCancel) == [false, false])
        outbox.unanswered(at: at(30_999))
        #expect(outbox.next(at: at(31_200)).map(\.asCancel) == [true, false])
        #expect(outbox.doubts.count == 1)
        #expect(outbox.doubts.oldest == at(1000))
    }

    @Test("A batch has at most fifty messages, and fewer where they are large")
    func batchSize() {
        var outbox = PeerOutbox(to: peer)
        for number in 1...120 { outbox.owe(wrote(Int64(number), Int64(number))) }
        #expect(outbox.next(at: at(0)).map(\.errand.sequence) == Array(1...50))
        outbox.cut(to: 20)
        outbox.answered(Array(repeating: .done, count: 20), at: at(0))
        for number in 1...20 { outbox.settled(wrote(Int64(number), Int64(number))) }
        #expect(outbox.next(at: at(0)).map(\.errand.sequence) == Array(21...70))
    }

    @Test("An errand that was answered and yet stays owed is sent again")
    func answeredButOwed() {
        var outbox = PeerOutbox(to: peer)
        outbox.owe(offer(1, 10))
        _ = outbox.next(at: at(0))
        outbox.answered([.taken], at: at(0))
        #expect(outbox.next(at: at(4999)).isEmpty)
        #expect(outbox.next(at: at(5000)).map(\.errand) == [offer(1, 10)])
    }

    @Test("What is settled while its batch is under way takes no answer")
    func settledInFlight() {
        var outbox = PeerOutbox(to: peer)
        outbox.owe(offer(1, 10))
        outbox.owe(offer(2, 11))
        _ = outbox.next(at: at(0))
        outbox.settled(offer(1, 10))
        outbox.answered([.taken, .later(reason: "")], at: at(0))
        #expect(outbox.count == 1)
        #expect(outbox.due() == at(1000))
    }

    @Test("Beyond the window everything stays in the durable state, and its order is kept")
    func window() {
        var rules = PeerOutbox.Rules()
        rules.windowMax = 4
        var outbox = PeerOutbox(to: peer, rules: rules)
        let owed = (1...6).map { wrote(Int64($0 % 3), Int64($0)) }
        for errand in owed { outbox.owe(errand) }
        #expect(outbox.count == 4)
        #expect(outbox.hasMore)
        _ = outbox.next(at: at(0))
        outbox.answered([.done, .done, .done], at: at(0))
        for errand in owed[..<3] { outbox.settled(errand) }
        outbox.owe(wrote(9, 9))
        #expect(outbox.count == 1, "There is place, but what was missed comes first.")
        #expect(outbox.wantsMore)
        outbox.refill(owed[3...] + [wrote(9, 9)], areAll: true)
        #expect(!outbox.hasMore)
        #expect(outbox.next(at: at(0)).map(\.errand) == [owed[3], owed[4], owed[5], wrote(9, 9)])
    }

    @Test(
        "Whatever is lost, put off or settled, each contact is heard in order and everything once it is answered",
        arguments: 1...20)
    func storm(seed: Int) {
        var dice = PeerDice(seed: UInt64(seed))
        var rules = PeerOutbox.Rules()
        rules.windowMax = 30
        var outbox = PeerOutbox(to: peer, rules: rules)
        var owed: [Errand] = []
        var heard: [ContactID: [Int64]] = [:]
        var now = at(0)
        var sequence: Int64 = 0
        for step in 0..<4000 {
            now = now.advanced(by: Span(milliseconds: Int64(dice.below(300))))
            if step < 2000, dice.chance(60) {
                sequence += 1
                let errand = wrote(Int64(dice.below(12)), sequence)
                owed.append(errand)
                outbox.owe(errand)
            }
            if outbox.wantsMore {
                outbox.refill(Array(owed.prefix(30)), areAll: owed.count <= 30)
            }
            let batch = outbox.next(at: now)
            guard !batch.isEmpty else { continue }
            if dice.chance(30) {
                outbox.unanswered(at: now, jitter: Int64(dice.below(1000)))
                continue
            }
            let answers = batch.map { _ in dice.chance(20) ? PeerAnswer.later(reason: "") : .done }
            outbox.answered(answers, at: now)
            for (dispatch, answer) in zip(batch, answers) where answer == .done {
                heard[dispatch.errand.contact, default: []].append(dispatch.errand.sequence)
                owed.removeAll { $0 == dispatch.errand }
                outbox.settled(dispatch.errand)
            }
        }
        #expect(owed.isEmpty)
        #expect(outbox.count == 0)
        #expect(heard.values.map(\.count).reduce(0, +) == Int(sequence))
        for order in heard.values { #expect(order == order.sorted()) }
    }
}
