import Glibc

/// A value behind one lock, with a way to wait for it to change; for the few adapters that hold state.
///
/// A plain pthread mutex, because ThreadSanitizer reports false races on `Synchronization.Mutex`. Unchecked `Sendable`
/// because `value` is only touched with the mutex held.
package final class Guarded<Value>: @unchecked Sendable {
    private var value: Value
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    package init(_ value: Value) {
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

    /// Runs `body` alone, and wakes whoever waits for a change. Keep it short, and call nothing unknown from it.
    package func withLock<Result>(_ body: (inout Value) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer {
            pthread_cond_broadcast(changed)
            pthread_mutex_unlock(mutex)
        }
        return body(&value)
    }

    /// Blocks the calling thread until the value is as wanted. Never on a thread that others rely on.
    package func wait(until isAsWanted: (Value) -> Bool) {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while !isAsWanted(value) { pthread_cond_wait(changed, mutex) }
    }
}
