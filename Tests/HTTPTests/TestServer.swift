import Glibc
import Synchronization
import Testing

@testable import HTTP
import Threads

/// A handler made of a closure.
struct ClosureHandler: HTTPHandler {
    let body: @Sendable (HTTPRequest, HTTPResponder) -> Void

    func handle(_ request: HTTPRequest, _ responder: HTTPResponder) { body(request, responder) }

    /// Answers with method, target and body, or as the path says.
    static let echo = ClosureHandler { request, responder in
        let text = "\(request.method.rawValue) \(request.target) \(String(decoding: request.body, as: UTF8.self))"
        responder.send(HTTPResponse(status: 200, contentType: "text/plain", body: text))
    }
}

/// A running server on a free port of 127.0.0.1, stopped when the test is over.
final class TestServer {
    let server: HTTPServer
    let port: UInt16

    init(_ handler: ClosureHandler = .echo, _ configure: (inout HTTPServer.Options) -> Void = { _ in }) throws {
        var options = HTTPServer.Options(listeners: [Listener(address: "127.0.0.1", port: 0)])
        configure(&options)
        server = HTTPServer(options, handler: handler)
        try server.start()
        port = server.boundAddresses[0].port
    }

    deinit { server.drain(within: .zero) }

    func connect() throws -> RawConnection { try RawConnection(port: port) }

    /// Waits until what is asked becomes true; the loops count a moment after a client sees the effect.
    func eventually(_ condition: (ServerStatistics) -> Bool) -> Bool {
        for _ in 0..<1000 {
            if condition(server.statistics) { return true }
            usleep(10_000)
        }
        return false
    }

    func counts(_ reason: Refusal.Reason, _ count: Int = 1) -> Bool {
        eventually { $0.refusals(for: reason) >= count }
    }
}

/// Values collected from loop threads.
final class Collected<Value: Sendable>: Sendable {
    private let values = Guarded<[Value]>([])

    func append(_ value: Value) { values.with { $0.append(value) } }

    var all: [Value] { values.with { $0 } }

    /// Waits up to ten seconds for at least `count` values.
    func wait(for count: Int) -> [Value] {
        for _ in 0..<1000 {
            let values = all
            if values.count >= count { return values }
            usleep(10_000)
        }
        return all
    }
}

/// A clock for bounds on how long something took.
struct Stopwatch {
    private let began = ContinuousClock.now

    var elapsed: Duration { ContinuousClock.now - began }
}
