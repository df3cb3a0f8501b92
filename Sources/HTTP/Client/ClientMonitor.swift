import Glibc

/// A value behind one lock, with a way to wait for it to change.
///
/// A thin wrapper of `pthread_mutex_t` and `pthread_cond_t`: ThreadSanitizer understands those and reports false races
/// on `Synchronization.Mutex`. Unchecked `Sendable` because `value` is only ever touched with the lock held.
final class ClientMonitor<Value>: @unchecked Sendable {
    private var value: Value
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init(_ value: Value) {
        self.value = value
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        pthread_cond_destroy(changed)
        mutex.deallocate()
        changed.deallocate()
    }

    /// Runs `body` with the lock held. Nothing that can call back into the owner belongs in `body`.
    func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }

    /// Changes the value and wakes everyone in `wait(for:)`.
    func change(_ body: (inout Value) -> Void) {
        pthread_mutex_lock(mutex)
        body(&value)
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(mutex)
    }

    /// Blocks the calling thread until `pick` finds what it looks for.
    func wait<Found>(for pick: (Value) -> Found?) -> Found {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let found = pick(value) { return found }
            pthread_cond_wait(changed, mutex)
        }
    }
}
