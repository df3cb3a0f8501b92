internal import Synchronization
internal import Threads

/// One loop's counters: written by its thread alone, read by anyone.
final class ServerCounters: Sendable {
    /// A number with a single writer, so that counting is a plain store.
    struct Counter: ~Copyable, Sendable {
        private let number = Atomic<Int>(0)

        func add(_ amount: Int = 1) {
            number.store(number.load(ordering: .relaxed) &+ amount, ordering: .relaxed)
        }

        var value: Int { number.load(ordering: .relaxed) }
    }

    let open = Counter()
    let accepted = Counter()
    let requests = Counter()
    let responses = Counter()
    let webSockets = Counter()
    let streams = Counter()
    let tooLate = Counter()
    let bytesReceived = Counter()
    let bytesSent = Counter()
    private let refused = Guarded([Int](repeating: 0, count: Refusal.Reason.allCases.count))

    /// Refusals are rare enough for a lock.
    func refuse(_ reason: Refusal.Reason) {
        let index = Refusal.Reason.allCases.firstIndex(of: reason) ?? 0
        refused.with { $0[index] += 1 }
    }

    func refusals() -> [Int] { refused.with { $0 } }
}
