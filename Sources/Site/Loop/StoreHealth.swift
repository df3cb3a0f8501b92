import Synchronization

/// What the loop last learned about its store, for anybody who asks.
final class StoreHealth: Sendable {
    enum Condition: Int, Sendable {
        case writable, full, failed
    }

    private let condition = Atomic<Int>(Condition.writable.rawValue)
    private let failures = Atomic<Int>(0)

    var current: Condition { Condition(rawValue: condition.load(ordering: .acquiring)) ?? .failed }
    var isWritable: Bool { current == .writable }
    /// Commits that failed since the start.
    var failureCount: Int { failures.load(ordering: .relaxed) }

    func report(_ now: Condition) {
        condition.store(now.rawValue, ordering: .releasing)
        if now != .writable { failures.wrappingAdd(1, ordering: .relaxed) }
    }
}
