import Glibc

/// What waits for the site's loop: many threads put in, one takes out, in the order in which they came.
///
/// Bounded for those who can be told to come again; what the site has promised to hear (a channel's word on a message,
/// a broken connection) always gets in.
final class Inbox: @unchecked Sendable {  // Every use of the stored state holds the mutex.
    private var waiting: [Job] = []
    private var isClosed = false
    private var loopWaits = false
    private let bound: Int
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>

    /// - Parameter bound: how many may wait before `offer` declines.
    init(bound: Int) {
        self.bound = bound
        mutex = .allocate(capacity: 1)
        condition = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    enum Admission {
        case taken, full, closed
    }

    /// Puts in a job whose asker can be told to come again.
    func offer(_ job: Job) -> Admission { put(job, bound: bound) }

    /// Puts in what must be heard. Declined only when the site has stopped.
    @discardableResult
    func insist(_ job: Job) -> Admission { put(job, bound: .max) }

    private func put(_ job: Job, bound: Int) -> Admission {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        guard !isClosed else { return .closed }
        guard waiting.count < bound else { return .full }
        waiting.append(job)
        if loopWaits { pthread_cond_signal(condition) }
        return .taken
    }

    /// Nothing gets in any more; what is in can still be taken.
    func close() {
        pthread_mutex_lock(mutex)
        isClosed = true
        pthread_cond_signal(condition)
        pthread_mutex_unlock(mutex)
    }

    var count: Int {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return waiting.count
    }

    /// Takes at most `limit` jobs, waiting `milliseconds` at most for the first. False once closed and empty.
    func take(into jobs: inout [Job], limit: Int, waitingFor milliseconds: Int64) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        if waiting.isEmpty, !isClosed, milliseconds > 0 { wait(milliseconds) }
        if waiting.count <= limit {
            swap(&waiting, &jobs)
        } else {
            jobs.append(contentsOf: waiting[..<limit])
            waiting.removeFirst(limit)
        }
        return !(isClosed && waiting.isEmpty && jobs.isEmpty)
    }

    private func wait(_ milliseconds: Int64) {
        var until = timespec()
        clock_gettime(CLOCK_MONOTONIC, &until)
        let nanoseconds = Int64(until.tv_nsec) + (milliseconds % 1000) * 1_000_000
        until.tv_sec += Int(milliseconds / 1000 + nanoseconds / 1_000_000_000)
        until.tv_nsec = Int(nanoseconds % 1_000_000_000)
        loopWaits = true
        while waiting.isEmpty, !isClosed, pthread_cond_timedwait(condition, mutex, &until) == 0 {}
        loopWaits = false
    }
}
