internal import Glibc

/// A value that several threads share: one lock, and a way to wait for the value to change.
///
/// The only such wrapper in the house. Plain pthread calls, because ThreadSanitizer understands them and reports false races on
/// `Synchronization.Mutex`. Unchecked `Sendable` because `value` is only ever touched with the mutex held.
package final class Guarded<Value>: @unchecked Sendable {
    private var value: Value
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    package init(_ value: sending Value) {
        self.value = value
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(changed, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    /// Runs `body` alone. Keep it short, and call nothing unknown from it: the lock does not nest.
    package func with<Result, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }

    /// The same, and wakes whoever waits for a change.
    package func change<Result, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        pthread_mutex_lock(mutex)
        defer {
            pthread_cond_broadcast(changed)
            pthread_mutex_unlock(mutex)
        }
        return try body(&value)
    }

    /// Blocks the calling thread until `pick` finds what it looks for. Never on a thread that others rely on.
    package func wait<Found>(for pick: (inout Value) -> Found?) -> Found {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let found = pick(&value) { return found }
            pthread_cond_wait(changed, mutex)
        }
    }

    /// The same for `milliseconds` at most; nil when `pick` has found nothing by then.
    package func wait<Found>(milliseconds: Int64, for pick: (inout Value) -> Found?) -> Found? {
        var end = Self.moment(after: milliseconds)
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let found = pick(&value) { return found }
            guard pthread_cond_timedwait(changed, mutex, &end) == 0 else { return pick(&value) }
        }
    }

    private static func moment(after milliseconds: Int64) -> timespec {
        var moment = timespec()
        clock_gettime(CLOCK_MONOTONIC, &moment)
        let nanoseconds = Int64(moment.tv_nsec) + milliseconds % 1000 * 1_000_000
        moment.tv_sec += Int(milliseconds / 1000 + nanoseconds / 1_000_000_000)
        moment.tv_nsec = Int(nanoseconds % 1_000_000_000)
        return moment
    }
}

extension Guarded where Value == Void {
    /// A lock and nothing else, for what cannot be a Swift value: a C library's handle.
    package convenience init() { self.init(()) }

    package func locked<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        try with { (_) throws(Failure) in try body() }
    }
}
