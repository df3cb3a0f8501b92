import InteractionModel
import Testing

@Suite struct DeliveryStatusTests {
    @Test("A report advances when it is further than the last, and nothing follows a failure")
    func advances() {
        let order: [DeliveryStatus] = [.sent, .delivered, .read, .failed]
        for (place, earlier) in order.enumerated() {
            for (next, later) in order.enumerated() {
                #expect(later.isAdvance(on: earlier) == (next > place), "\(later) after \(earlier)")
            }
        }
    }
}
