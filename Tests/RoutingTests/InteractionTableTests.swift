import InteractionModel
import Testing

@testable import Routing

@Suite struct InteractionTableTests {
    private static func record(_ number: Int64) -> InteractionRecord {
        InteractionRecord(
            id: InteractionID(number), channel: ChannelName("sms"), account: AccountName("main"), party: PartyKey("a"),
            thread: PartyKey("a"), requirement: Requirement(queue: QueueName("q")), stamp: at(0), expiresAt: at(9),
            waitLimit: .seconds(9),
            deadline: at(9), updatedAt: at(0), lastSequence: number)
    }

    @Test("Records are found by number, listed in order over pages, and gone when taken out")
    func holds() {
        var table = InteractionTable()
        let numbers: [Int64] = [5000, 1, 1023, 1024, 2]
        for number in numbers { table[InteractionID(number)] = Self.record(number) }
        #expect(table.numbers.map(\.number) == [1, 2, 1023, 1024, 5000])
        #expect(table.records.map(\.id) == table.numbers)
        #expect(table[InteractionID(3)] == nil)
        for number in numbers { table[InteractionID(number)] = nil }
        #expect(table.isEmpty)
    }

    @Test("A change reaches the record where it lies, and says when there is none")
    func changes() {
        var table = InteractionTable()
        table[InteractionID(7)] = Self.record(7)
        #expect(table.change(InteractionID(7)) { $0.followed = 3 })
        #expect(table[InteractionID(7)]?.followed == 3)
        #expect(!table.change(InteractionID(8)) { $0.followed = 3 })
        table[InteractionID(9)]?.followed = 1
        #expect(table.numbers == [InteractionID(7)], "asking for a record that is not there leaves nothing behind")
    }
}
