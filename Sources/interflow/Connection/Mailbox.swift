import CLinux
import Glibc
import Threads

/// What other threads bring to a command's loop: a bounded line, and a descriptor to poll until something is there.
final class Mailbox<Element: Sendable>: Sendable {
    /// Elements that wait; who brings one more waits until some have been taken.
    static var countMax: Int { 1024 }

    private struct State {
        var elements: [Element] = []
        var isClosed = false
    }

    /// Readable while something waits.
    let descriptor: Int32
    private let state = Guarded(State())

    init() throws {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard descriptor >= 0 else {
            throw CommandFailure(.software, "no event descriptor: \(String(cString: strerror(errno)))")
        }
    }

    deinit { Glibc.close(descriptor) }

    func put(_ element: Element) {
        state.wait { state -> Void? in
            guard !state.isClosed else { return () }
            guard state.elements.count < Self.countMax else { return nil }
            state.elements.append(element)
            return ()
        }
        var one: UInt64 = 1
        _ = Glibc.write(descriptor, &one, 8)
    }

    func take() -> [Element] {
        var count: UInt64 = 0
        _ = Glibc.read(descriptor, &count, 8)
        return state.change { state in
            defer { state.elements = [] }
            return state.elements
        }
    }

    /// Takes nothing any more, and lets go of everyone who waits.
    func close() {
        state.change { state in
            state.isClosed = true
            state.elements = []
        }
    }
}
