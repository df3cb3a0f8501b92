import Glibc
import HTTP

/// Answers every POST with 202 from another thread, in batches of whatever waits: what the site does, without the site.
/// Any other request that offers a WebSocket becomes one that says nothing.
final class BatchAnswerer: HTTPHandler, @unchecked Sendable {  // Every use of `waiting` holds the mutex.
    private var waiting: [HTTPResponder] = []
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>

    /// Both live as long as the process.
    init() {
        mutex = .allocate(capacity: 1)
        condition = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<BatchAnswerer>.fromOpaque(context).takeRetainedValue().run()
            }, Unmanaged.passRetained(self).toOpaque())
        pthread_detach(thread)
    }

    func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
        if request.offersWebSocket {
            _ = responder.webSocket(SilentSocket())
            return
        }
        pthread_mutex_lock(mutex)
        waiting.append(responder)
        if waiting.count == 1 { pthread_cond_signal(condition) }
        pthread_mutex_unlock(mutex)
    }

    private func run() -> Never {
        let answer = HTTPResponse(status: 202, contentType: "application/json", body: "{}")
        var batch: [HTTPResponder] = []
        while true {
            pthread_mutex_lock(mutex)
            while waiting.isEmpty { pthread_cond_wait(condition, mutex) }
            swap(&batch, &waiting)
            pthread_mutex_unlock(mutex)
            HTTPServer.send(batch.map { ($0, answer) })
            batch.removeAll(keepingCapacity: true)
        }
    }
}

/// A WebSocket that is merely there.
private final class SilentSocket: WebSocketDelegate {
    func received(text: [UInt8], on socket: WebSocket) {}
    func closed(code: UInt16, on socket: WebSocket) {}
}
