internal import Synchronization

/// What all connections of a server hold together: half-read requests, half-read messages and unread output.
///
/// Each connection has bounds of its own; this one keeps many of them from adding up to the machine's memory.
final class BufferBudget: Sendable {
    /// Changes smaller than this are not counted, so that ordinary traffic pays nothing for the budget.
    static let grainBytes = 4 << 10

    private let held = Atomic<Int>(0)
    private let bytesMax: Int

    init(bytesMax: Int) { self.bytesMax = bytesMax }

    /// Counts a change; false when it is a growth for which there is no room. It is counted all the same, for
    /// the caller gives it back by closing.
    func count(_ change: Int) -> Bool {
        let before = held.wrappingAdd(change, ordering: .relaxed).oldValue
        return change <= 0 || before + change <= bytesMax
    }

    var bytes: Int { held.load(ordering: .relaxed) }
}
