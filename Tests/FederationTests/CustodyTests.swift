import Federation
import InteractionModel
import Testing

@Suite struct CustodyTests {
    private let munich = SiteName("munich")
    private let hamburg = SiteName("hamburg")
    private let first = CustodyEpoch.first.next

    @Test("An offer taken under one epoch is taken for every later question about it")
    func taken() {
        let offer = Custody.Input.offerReceived(first, from: munich, incarnation: 1, willing: .take)
        let step = Custody.step(nil, offer)
        #expect(step == .init(change: .took(first, from: munich, incarnation: 1), answer: .taken))
        let row = step.change.map { CustodyRow.fold(nil, $0) }
        #expect(Custody.step(row, offer) == .init(answer: .taken))
        #expect(Custody.step(row, .cancelReceived(first, from: munich, incarnation: 1)) == .init(answer: .taken))
    }

    @Test("A cancelled offer is refused, also when it comes after its cancel and the site would take it")
    func cancelled() {
        let step = Custody.step(nil, .cancelReceived(first, from: munich, incarnation: 1))
        #expect(step.answer == .refused(reason: "cancelled"))
        let row = step.change.map { CustodyRow.fold(nil, $0) }
        #expect(row?.state == .refused)
        let late = Custody.step(row, .offerReceived(first, from: munich, incarnation: 1, willing: .take))
        #expect(late == .init(answer: .refused(reason: "refused before")))
    }

    @Test("Only the peer's answer to this epoch ends a doubt")
    func doubt() {
        let row = CustodyRow(epoch: first.next, state: .offered, peer: munich)
        func hear(_ epoch: CustodyEpoch, _ site: SiteName) -> Custody.Step {
            Custody.step(row, .answerReceived(epoch, from: site, incarnation: 1, .taken))
        }
        #expect(hear(first, munich).obstacle == .stale)
        #expect(hear(first.next, hamburg).obstacle == .stale)
        #expect(hear(first.next, munich).change == .gone(first.next, to: munich, incarnation: 1))
        #expect(Custody.step(row, .offer(to: hamburg)).obstacle == .notHeld)
        #expect(Custody.step(row, .close).obstacle == .notHeld)
    }

    @Test("An offer that comes back from further on proves that the doubtful one was taken")
    func proof() {
        let row = CustodyRow(epoch: first, state: .offered, peer: munich)
        let step = Custody.step(row, .offerReceived(first.next, from: hamburg, incarnation: 1, willing: .take))
        #expect(step == .init(change: .took(first.next, from: hamburg, incarnation: 1), answer: .taken))
    }

    @Test("What is alive here is not overwritten by whoever claims a higher epoch", arguments: [true, false])
    func conflict(isClosed: Bool) {
        let row = CustodyRow(epoch: first, state: isClosed ? .closed : .held)
        let step = Custody.step(row, .offerReceived(first.next, from: munich, incarnation: 1, willing: .take))
        #expect(step == .init(obstacle: .conflict))
        #expect(Custody.step(row, .cancelReceived(first.next, from: munich, incarnation: 1)) == step)
    }

    @Test("Nobody can offer the epoch a contact began with", arguments: [0, -1])
    func impossible(epoch: Int64) {
        let offer = Custody.Input.offerReceived(
            CustodyEpoch(rawValue: epoch), from: munich, incarnation: 1, willing: .take)
        #expect(Custody.step(nil, offer) == .init(obstacle: .conflict))
    }

    @Test("Force makes a new epoch, so that a late answer to the old one finds nothing")
    func force() {
        let row = CustodyRow(epoch: first, state: .offered, peer: munich)
        let step = Custody.step(row, .force(by: "eva"))
        #expect(step.change == .forced(first.next, by: "eva", inDoubtWith: munich))
        let held = step.change.map { CustodyRow.fold(row, $0) }
        let late = Custody.step(held, .answerReceived(first, from: munich, incarnation: 1, .taken))
        #expect(late.obstacle == .stale)
        #expect(Custody.step(held, .force(by: "eva")).obstacle == .notInDoubt)
    }
}
