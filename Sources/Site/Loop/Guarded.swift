import Glibc

/// A value behind a lock, for the few things that threads share.
///
/// A plain pthread mutex: ThreadSanitizer understands it, while it reports false races on `Synchronization.Mutex`.
final class Guarded<Value>: @unchecked Sendable {  // Every use of `value` holds the mutex.
    private var value: Value
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>

    init(_ value: sending Value) {
        self.value = value
        mutex = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    func with<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }
}
