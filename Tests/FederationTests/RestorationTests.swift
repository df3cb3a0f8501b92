import Federation
import InteractionModel
import Testing

@Suite struct RestorationTests {
    private typealias Told = Restoration.Told
    private static let berlin = SiteName("berlin")
    private static let munich = SiteName("munich")
    private static let hamburg = SiteName("hamburg")

    private static func row(_ count: Int64, _ state: CustodyRow.State, _ peer: SiteName? = nil) -> CustodyRow {
        CustodyRow(epoch: CustodyEpoch(count: count), state: state, peer: peer)
    }

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var backup: CustodyRow?
        var munich: CustodyRow?
        var hamburg: CustodyRow?
        var verdict: Restoration.Verdict
    }

    private static let resume = Restoration.Verdict.resume(CustodyEpoch(restoration: 4, count: 0))

    static let cases: [Case] = [
        Case(testDescription: "nobody knows better", backup: row(0, .held), verdict: resume),
        Case(
            testDescription: "a peer took it since", backup: row(0, .held), munich: row(1, .held, berlin),
            verdict: .yield(CustodyEpoch(count: 1), to: munich)),
        Case(
            testDescription: "a peer ended it", backup: row(0, .held), munich: row(1, .closed, berlin),
            verdict: .yield(CustodyEpoch(count: 1), to: munich)),
        Case(
            testDescription: "it had come back, and the peer knows", backup: row(0, .held),
            munich: row(2, .gone, berlin), verdict: resume),
        Case(
            testDescription: "it was coming back when the disk died", backup: row(0, .held),
            munich: row(2, .offered, berlin),
            verdict: .giveBack(CustodyEpoch(count: 2), to: munich, incarnation: 1)),
        Case(
            testDescription: "a peer refused our last offer", backup: row(0, .held),
            munich: row(3, .refused, berlin), verdict: resume),
        Case(
            testDescription: "it is between the peers", backup: row(0, .held),
            munich: row(2, .offered, hamburg), hamburg: row(1, .gone, munich),
            verdict: .yield(CustodyEpoch(count: 2), to: munich)),
        Case(
            testDescription: "one peer refused the other", backup: row(0, .held), munich: row(2, .offered, hamburg),
            hamburg: row(2, .refused, munich), verdict: .yield(CustodyEpoch(count: 2), to: munich)),
        Case(
            testDescription: "the offer of the backup was taken", backup: row(1, .offered, munich),
            munich: row(1, .held, berlin), verdict: .yield(CustodyEpoch(count: 1), to: munich)),
        Case(
            testDescription: "the offer of the backup was refused", backup: row(1, .offered, munich),
            munich: row(1, .refused, berlin), verdict: resume),
        Case(
            testDescription: "the offer of the backup was never decided, and never will be",
            backup: row(1, .offered, munich), verdict: resume),
        Case(
            testDescription: "what it ended stays ended", backup: row(2, .closed, munich),
            munich: row(2, .gone, berlin), verdict: .keep),
        Case(
            testDescription: "a contact the backup never heard of, which it had taken",
            munich: row(1, .gone, berlin), verdict: resume),
        Case(
            testDescription: "a contact the backup never heard of, which is elsewhere",
            munich: row(1, .gone, hamburg), hamburg: row(1, .held, munich),
            verdict: .yield(CustodyEpoch(count: 1), to: hamburg)),
    ]

    @Test("The highest epoch in anybody's row decides what a restored site has", arguments: cases)
    func verdict(_ one: Case) {
        let told = [
            Told(site: Self.munich, incarnation: 1, row: one.munich),
            Told(site: Self.hamburg, incarnation: 1, row: one.hamburg),
        ]
        let suspect = Restoration.fold(one.backup, .suspected)
        #expect(Restoration.verdict(at: Self.berlin, suspect, told: told, number: 4) == one.verdict)
    }

    @Test("What a peer told before it was itself lost counts no more")
    func lostTeller() {
        var fences = Fences()
        let told = [Told(site: Self.munich, incarnation: 1, row: nil)]
        #expect(Restoration.isTold(told, by: [Self.munich], fences: fences))
        #expect(!Restoration.isTold(told, by: [Self.munich, Self.hamburg], fences: fences))
        _ = fences.record(Self.munich, incarnation: 2)
        #expect(!Restoration.isTold(told, by: [Self.munich], fences: fences))
    }

    @Test("A suspect contact is neither offered, nor decided, nor ended")
    func suspect() {
        let row = Restoration.fold(.origin, .suspected)
        let offer = Custody.Input.offerReceived(.first.next, from: Self.munich, incarnation: 1, willing: .take)
        #expect(Custody.step(row, offer) == .init(obstacle: .suspect))
        #expect(Custody.step(row, .offer(to: Self.munich)) == .init(obstacle: .notHeld))
        #expect(Custody.step(row, .close) == .init(obstacle: .notHeld))
        #expect(row.flatMap { Restoration.fold($0, .kept) } == .origin)
    }

    @Test("A lost life's offers have no effect and its answers are not believed, from the fence on")
    func fence() {
        var fences = Fences()
        let isHeard = fences.record(Self.munich, incarnation: 2)
        let isDead = !fences.record(Self.munich, incarnation: 1)
        #expect(isHeard && isDead)
        let late = Custody.Input.offerReceived(.first.next, from: Self.munich, incarnation: 1, willing: .take)
        #expect(Custody.step(nil, late, fences: fences) == .init(obstacle: .dead))
        let offered = Self.row(1, .offered, Self.munich)
        let answer = Custody.Input.answerReceived(.first.next, from: Self.munich, incarnation: 1, .taken)
        #expect(Custody.step(offered, answer, fences: fences) == .init(obstacle: .dead))
        #expect(Custody.step(offered, answer).change != nil)
    }

    @Test("Epochs after a restore are above all that the lost life could make, and a repeated fence counts once")
    func epochs() {
        var fences = Fences()
        _ = fences.record(Self.munich, incarnation: 2)
        _ = fences.record(Self.munich, incarnation: 2)
        #expect(fences.restorations == 1)
        let next = CustodyEpoch(restoration: 1, count: 1)
        let step = Custody.step(Self.row(7, .held), .offer(to: Self.hamburg), fences: fences)
        #expect(step.change == .offered(next, to: Self.hamburg))
        #expect(fences.next(after: next) == CustodyEpoch(restoration: 1, count: 2))
        #expect(Restoration.number(heard: [1, 3], rows: [Self.row(7, .held)]) == 3)
        #expect(Restoration.number(heard: [1], rows: [CustodyRow(epoch: next, state: .held)]) == 2)
    }
}
