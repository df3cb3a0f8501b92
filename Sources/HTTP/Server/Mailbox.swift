internal import CLinux
internal import Glibc
internal import Synchronization
internal import Threads

/// Which answer of which connection is meant. A descriptor is soon used again, so the connection's number
/// and the request's number on it must match too.
struct ExchangeID: Sendable, Hashable {
    let descriptor: Int32
    let connection: UInt32
    let request: UInt32
}

/// What other threads, and handlers, ask of a loop.
enum Command: Sendable {
    case answer(ExchangeID, HTTPResponse)
    indirect case begin(ExchangeID, StreamStart)
    case write(ExchangeID, [UInt8])
    case finish(ExchangeID)
    indirect case upgrade(ExchangeID, WebSocketStart)
    /// A whole frame, already encoded.
    case frame(ExchangeID, [UInt8])
    case closeWebSocket(ExchangeID, UInt16, String)
    /// The reader of a stream or WebSocket is too slow.
    case cut(ExchangeID)
    /// Milliseconds of monotonic time at which the rest is cut.
    case drain(until: Int64)
}

/// The only way into a loop: a locked queue and an eventfd. One wake-up serves everything that is queued.
///
/// The queue is bounded by what feeds it: one answer for each connection, and `outputBytesMax` for each
/// stream and WebSocket (`OutputGauge`).
final class Mailbox: Sendable {
    let wakeDescriptor: Int32
    private let commands = Guarded<[Command]>([])
    private let loopThread = Atomic<UInt>(0)

    init() throws(ServerFailure) {
        wakeDescriptor = eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC))
        guard wakeDescriptor >= 0 else {
            throw ServerFailure(.resources, "cannot make an eventfd: \(String(cString: strerror(errno)))")
        }
    }

    deinit { close(wakeDescriptor) }

    /// Called once by the loop's thread: what it posts itself needs no wake-up, for it looks before it waits.
    func belongsToThisThread() { loopThread.store(UInt(pthread_self()), ordering: .relaxed) }

    func post(_ command: Command) {
        let wasEmpty = commands.with {
            $0.append(command)
            return $0.count == 1
        }
        if wasEmpty { wake() }
    }

    func post(contentsOf batch: [Command]) {
        let wasEmpty = commands.with {
            let wasEmpty = $0.isEmpty
            $0.append(contentsOf: batch)
            return wasEmpty
        }
        if wasEmpty { wake() }
    }

    private func wake() {
        guard UInt(pthread_self()) != loopThread.load(ordering: .relaxed) else { return }
        var one: UInt64 = 1
        _ = write(wakeDescriptor, &one, MemoryLayout<UInt64>.size)
    }

    var isEmpty: Bool { commands.with { $0.isEmpty } }

    /// Swaps the queue with an empty array, which keeps both arrays' room in use.
    func take(into spare: inout [Command]) {
        commands.with { swap(&$0, &spare) }
    }
}
