import InteractionModel
import Testing

@Suite struct NamesTests {
    @Test("A name is 1 to 64 plain characters that begin with a letter or digit")
    func validNames() {
        for name in ["a", "Support", "7", "team-a_2.b", String(repeating: "x", count: 64)] {
            #expect(QueueName.isValid(name), "\(name)")
        }
        for name in ["", "-a", ".a", "_a", "a b", "a/b", "ä", "a\n", "a\u{0}", String(repeating: "x", count: 65)] {
            #expect(!QueueName.isValid(name), "\(name)")
        }
    }

    @Test("A key is 1 to 200 bytes", arguments: [(0, false), (1, true), (200, true), (201, false)])
    func keys(count: Int, isKey: Bool) {
        #expect((IdempotencyKey(String(repeating: "k", count: count)) != nil) == isKey)
    }

    @Test("A key's length is counted in bytes")
    func keyBytes() {
        #expect(IdempotencyKey(String(repeating: "é", count: 100)) != nil)
        #expect(IdempotencyKey(String(repeating: "é", count: 101)) == nil)
    }
}
