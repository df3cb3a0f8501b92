import CLinux
import Glibc

/// What other threads bring to a command's loop: a bounded line, and a descriptor to poll until something is there.
final class Mailbox<Element: Sendable>: @unchecked Sendable {  // `elements` and `isClosed` are behind `mutex`.
    /// Elements that wait; who brings one more waits until some have been taken.
    static var countMax: Int { 1024 }

    /// Readable while something waits.
    let descriptor: Int32
    private var elements: [Element] = []
    private var isClosed = false
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let taken = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() throws {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard descriptor >= 0 else {
            throw CommandFailure(.software, "no event descriptor: \(String(cString: strerror(errno)))")
        }
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(taken, nil)
    }

    deinit {
        Glibc.close(descriptor)
        pthread_cond_destroy(taken)
        pthread_mutex_destroy(mutex)
        taken.deallocate()
        mutex.deallocate()
    }

    func put(_ element: Element) {
        pthread_mutex_lock(mutex)
        while elements.count >= Self.countMax, !isClosed { pthread_cond_wait(taken, mutex) }
        if !isClosed { elements.append(element) }
        pthread_mutex_unlock(mutex)
        var one: UInt64 = 1
        _ = Glibc.write(descriptor, &one, 8)
    }

    func take() -> [Element] {
        var count: UInt64 = 0
        _ = Glibc.read(descriptor, &count, 8)
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        defer { elements = [] }
        pthread_cond_broadcast(taken)
        return elements
    }

    /// Takes nothing any more, and lets go of everyone who waits.
    func close() {
        pthread_mutex_lock(mutex)
        isClosed = true
        elements = []
        pthread_cond_broadcast(taken)
        pthread_mutex_unlock(mutex)
    }
}
