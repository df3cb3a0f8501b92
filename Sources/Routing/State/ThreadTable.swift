import InteractionModel

/// The open interaction of each thread.
///
/// Split by a hash into parts of unequal size, each a little larger than the one before, the last twice the first: a dictionary moves
/// all it holds when it doubles, and so the parts double one after the other and never all at once. One dictionary took 60 ms at
/// 400,000 threads, with every asker waiting.
struct ThreadTable: Sendable {
    private static let partCount = 64

    private var parts = [[PartyKey: InteractionID]](repeating: [:], count: partCount)

    subscript(thread: PartyKey) -> InteractionID? {
        get { parts[Self.part(of: thread)][thread] }
        set { parts[Self.part(of: thread)][thread] = newValue }
    }

    /// Where each part ends, of 2^32: the parts' sizes grow by the 64th root of two.
    private static let ends: [UInt32] = {
        var size = 1.0
        var sum = 0.0
        let growth = 1.0108892860517005
        let sums = (0..<partCount).map { _ in
            defer { size *= growth }
            sum += size
            return sum
        }
        return sums.map { UInt32(min($0 / sum * 4_294_967_296, 4_294_967_295)) }
    }()

    private static func part(of thread: PartyKey) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a: the same in every process, unlike Swift's own.
        for byte in thread.rawValue.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let place = UInt32(truncatingIfNeeded: hash ^ (hash >> 32))
        var low = 0
        var high = partCount - 1
        while low < high {
            let middle = (low + high) / 2
            if ends[middle] < place { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
