import Threads

/// Sends requests over libcurl: one thread, kept-alive connections, everything bounded.
///
/// HTTP/1.1, no redirects (a 3xx is the answer), no cookies, no proxies (the environment's are ignored), no decoding of
/// content, certificates always verified. A request that is not idempotent is never sent twice, even where libcurl
/// would do so on a kept-alive connection that turned out dead.
///
/// Completions and readers run on the client's own thread, one at a time: they must return soon and never block; every
/// other transfer waits meanwhile. Each completion is called exactly once.
package final class HTTPClient: Sendable {
    private let engine: ClientEngine

    /// Starts the client's thread. Throws `.exhausted` when the machine has none to give.
    package init(_ configuration: ClientConfiguration) throws(ClientFailure) {
        engine = try ClientEngine(configuration)
    }

    deinit { engine.requestStop() }

    /// Sends `request`; `completion` gets the whole answer or the failure.
    ///
    /// A request that cannot be accepted (`.invalidRequest`, `.tooManyWaiting`, `.shutDown`) is answered before `send`
    /// returns, on the caller's thread; nothing is kept of it. Bounds: `transfersMax` under way, `waitingMax` waiting.
    @discardableResult
    package func send(
        _ request: ClientRequest, completion: @escaping @Sendable (Result<ClientResponse, ClientFailure>) -> Void
    ) -> ClientTransfer {
        engine.submit(request, onBytes: nil, completion: completion)
    }

    /// Like `send`, but hands the body of a 2xx answer to `onBytes` as it arrives (at most 16 KiB each, in order), and
    /// completes with an empty body at its end. The body of any other answer comes with the completion.
    ///
    /// For server-sent events feed `ServerSentEventParser`. Give such a request no `deadline` but a `silenceMax`.
    @discardableResult
    package func stream(
        _ request: ClientRequest, onBytes: @escaping @Sendable ([UInt8]) -> ClientStreamDemand,
        completion: @escaping @Sendable (Result<ClientResponse, ClientFailure>) -> Void
    ) -> ClientTransfer {
        engine.submit(request, onBytes: onBytes, completion: completion)
    }

    /// Sends and waits. For commands, never inside a completion (it would wait for itself).
    package func perform(_ request: ClientRequest) throws(ClientFailure) -> ClientResponse {
        precondition(
            !engine.isOnOwnThread, "perform(_:) inside a completion would wait for itself; use send(_:completion:)")
        let answer = Guarded<Result<ClientResponse, ClientFailure>?>(nil)
        send(request) { result in answer.change { $0 = result } }
        return try answer.wait { $0 }.get()
    }

    /// Ends everything: each pending completion is called with `.shutDown`, and after the return no callback runs any
    /// more. Called inside a completion it cannot wait for itself: it then only asks, and the rest follows on return.
    package func shutdown() {
        engine.requestStop()
        if !engine.isOnOwnThread { engine.waitUntilStopped() }
    }
}
