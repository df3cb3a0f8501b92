import InteractionModel
import Journal
import Testing

@Suite("Engines")
struct EngineAgreementTests {
    /// SplitMix64: the same seed gives the same run on any machine.
    private struct Die {
        var state: UInt64

        mutating func roll(_ sides: Int64) -> Int64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return Int64((value ^ (value >> 31)) % UInt64(sides))
        }
    }

    @Test("Both engines give the same answers to the same random calls", arguments: [1, 2, 3, 4, 5] as [UInt64])
    func agree(seed: UInt64) throws {
        let worlds = Engine.allCases.map { World($0) }
        let journals = try worlds.map { try $0.lead() }
        var die = Die(state: seed)
        var last: [Int64: Int64] = [:]
        var next = try journals[0].lastSequence() + 1
        for _ in 0..<120 {
            switch die.roll(12) {
            case 0:
                let interaction = die.roll(9) + 1
                #expect(try journals.map { try $0.eraseContent(of: interaction).removed }.allEqual)
            case 1:
                let moment = at(max(0, next - die.roll(40)))
                let limit = Int(die.roll(12)) + 1
                #expect(try journals.map { try $0.purge(before: moment, limit: limit) }.allEqual)
            default:
                let (made, lastAfter) = randomBatch(&die, next, last)
                let outcomes = journals.map { journal in kind { try journal.append(made) } }
                #expect(outcomes.allEqual)
                guard outcomes[0] == nil else { continue }
                last = lastAfter
                next += Int64(made.entries.count)
            }
            #expect(try journals.map { try $0.openInteractions() }.allEqual)
        }
        #expect(try journals.map { try Everything($0) }.allEqual)
        #expect(try journals.map { try $0.makeReader().verify { _, _ in true }.findings }.allEqual)
    }

    private func randomBatch(
        _ die: inout Die, _ next: Int64, _ known: [Int64: Int64]
    ) -> (JournalBatch, [Int64: Int64]) {
        var last = known
        var made = JournalBatch(epoch: 1, entries: [])
        for sequence in next..<(next + die.roll(6)) {
            let interaction = die.roll(9) + 1
            made.entries.append(
                fact(
                    sequence, of: interaction, after: last[interaction],
                    key: die.roll(4) == 0 ? "k\(die.roll(60))" : nil,
                    content: die.roll(3) == 0 ? "{\"n\":\(sequence)}" : nil))
            last[interaction] = sequence
            let closed = die.roll(3) == 0 ? sequence : nil
            made.interactions.append(
                row(
                    interaction, last: sequence, customer: die.roll(2) == 0 ? "c" : nil, created: interaction,
                    closed: closed))
        }
        return (made, last)
    }
}

extension Array where Element: Equatable {
    fileprivate var allEqual: Bool { allSatisfy { $0 == self[0] } }
}
