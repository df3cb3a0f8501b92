import HTTP
import Threads

/// Answers every POST with 202 from another thread, in batches of whatever waits: what the site does, without the site.
/// Any other request that offers a WebSocket becomes one that says nothing.
final class BatchAnswerer: HTTPHandler, Sendable {
    private let waiting = Guarded<[HTTPResponder]>([])

    /// Lives as long as the process, and so does its thread.
    init() {
        precondition(WorkThread.start { [self] in run() }, "The machine must have a thread left to answer from.")
    }

    func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
        if request.offersWebSocket {
            _ = responder.webSocket(SilentSocket())
            return
        }
        waiting.change { $0.append(responder) }
    }

    private func run() -> Never {
        let answer = HTTPResponse(status: 202, contentType: "application/json", body: "{}")
        while true {
            let batch = waiting.wait { waiting -> [HTTPResponder]? in
                guard !waiting.isEmpty else { return nil }
                defer { waiting = [] }
                return waiting
            }
            HTTPServer.send(batch.map { ($0, answer) })
        }
    }
}

/// A WebSocket that is merely there.
private final class SilentSocket: WebSocketDelegate {
    func received(text: [UInt8], on socket: WebSocket) {}
    func closed(code: UInt16, on socket: WebSocket) {}
}
