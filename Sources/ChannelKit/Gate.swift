import Glibc

/// Keeps an adapter's promise that nothing is called once `stop()` has returned.
///
/// Wrap each answer and completion with `guarding` where it comes in, and call `close()` in `stop()`.
///
/// Unchecked `Sendable` because the mutable state is only touched with the mutex held. A plain pthread mutex, because
/// ThreadSanitizer reports false races on `Synchronization.Mutex`.
package final class Gate: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let left = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var isOpen = true
    private var inside = 0

    package init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(left, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        pthread_cond_destroy(left)
        mutex.deallocate()
        left.deallocate()
    }

    /// The same function, but one that does nothing once the gate is closed.
    package func guarding<Value>(_ body: @escaping @Sendable (Value) -> Void) -> @Sendable (Value) -> Void {
        { [self] value in
            guard enter() else { return }
            body(value)
            leave()
        }
    }

    /// Lets nobody in any more, and returns when everyone inside has left. Repeating it is harmless.
    ///
    /// Never call it from within a guarded function: it would wait for itself.
    package func close() {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        isOpen = false
        while inside > 0 { pthread_cond_wait(left, mutex) }
    }

    private func enter() -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        if isOpen { inside += 1 }
        return isOpen
    }

    private func leave() {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        inside -= 1
        if inside == 0 { pthread_cond_broadcast(left) }
    }
}
