import Federation
import InteractionModel
import Testing

@Suite struct CustodyTests {
    private let munich = SiteName("munich")

    @Test("An offer taken under one epoch is taken for every later question about it")
    func taken() {
        let offer = Custody.Input.offerReceived(.first.next, from: munich, incarnation: 1, willing: .take)
        let first = Custody.step(nil, offer)
        #expect(first == .init(change: .took(.first.next, from: munich, incarnation: 1), answer: .taken))
        let row = first.change.map { CustodyRow.fold(nil, $0) }
        #expect(Custody.step(row, offer) == .init(answer: .taken))
        #expect(Custody.step(row, .cancelReceived(.first.next, from: munich, incarnation: 1)) == .init(answer: .taken))
    }
}
