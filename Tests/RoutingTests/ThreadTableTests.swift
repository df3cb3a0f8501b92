import InteractionModel
import Testing

@testable import Routing

@Suite struct ThreadTableTests {
    @Test("Every thread is found again, and none that was taken out")
    func holds() {
        var table = ThreadTable()
        let threads = (0..<5000).map { PartyKey("thread \($0)") }
        for (number, thread) in threads.enumerated() { table[thread] = InteractionID(Int64(number)) }
        for (number, thread) in threads.enumerated() { #expect(table[thread] == InteractionID(Int64(number))) }
        for thread in threads { table[thread] = nil }
        #expect(threads.allSatisfy { table[$0] == nil })
    }
}
