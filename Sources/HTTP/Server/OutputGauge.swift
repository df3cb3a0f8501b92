internal import Synchronization

/// Bytes given to a stream or WebSocket that its loop has not taken yet, and whether it still lives.
final class OutputGauge: Sendable {
    private let waiting = Atomic<Int>(0)
    private let closed = Atomic<Bool>(false)
    private let bytesMax: Int

    enum Reservation {
        case granted
        /// The bound is reached: the connection is to be cut. Given once.
        case overflow
        case closed
    }

    init(bytesMax: Int) { self.bytesMax = bytesMax }

    var isClosed: Bool { closed.load(ordering: .acquiring) }

    func close() { closed.store(true, ordering: .releasing) }

    var bytesWaiting: Int { waiting.load(ordering: .relaxed) }

    func reserve(_ count: Int) -> Reservation {
        if isClosed { return .closed }
        let before = waiting.wrappingAdd(count, ordering: .relaxed).oldValue
        guard before + count > bytesMax, before > 0 else { return .granted }
        waiting.wrappingSubtract(count, ordering: .relaxed)
        return closed.exchange(true, ordering: .acquiringAndReleasing) ? .closed : .overflow
    }

    func release(_ count: Int) { waiting.wrappingSubtract(count, ordering: .relaxed) }
}
