import HTTP
import Testing
import Threads

@Suite("The WebSocket client", .timeLimit(.minutes(1)))
struct ClientWebSocketTests {
    /// A connection and everything it told.
    struct Line {
        let socket: WebSocketClient
        let events: ClientTestBox<[WebSocketClient.Event]>

        init(
            _ url: String, _ configuration: ClientConfiguration = .forTests,
            change: (inout WebSocketClient.Request) -> Void = { _ in }
        ) throws {
            let events = ClientTestBox<[WebSocketClient.Event]>([])
            var request = WebSocketClient.Request(url)
            change(&request)
            self.events = events
            socket = try WebSocketClient(request, configuration: configuration) { event in
                events.change { $0.append(event) }
            }
        }

        func wait(_ count: Int) -> [WebSocketClient.Event] { events.wait { $0.count >= count } }

        /// All events once the last one has come, and none after it.
        func all() -> [WebSocketClient.Event] {
            events.wait { $0.last?.isLast == true }
            socket.shutdown()
            return events.current
        }
    }

    @Test("Texts of every length class come back as they went, and the close is answered")
    func echo() throws {
        let server = try ClientPythonServer()
        let line = try Line("ws://127.0.0.1:\(server.port)/echo")
        #expect(line.wait(1) == [.opened(protocol: nil)])
        let texts = ["", "hällo 😀", String(repeating: "a", count: 125), String(repeating: "b", count: 126)]
        let long = [
            String(repeating: "c", count: 65535), String(repeating: "d", count: 65536),
            String(repeating: "e", count: 700_000),
        ]
        for text in texts + long {
            let count = line.events.current.count
            #expect(line.socket.send(text: text))
            #expect(line.wait(count + 1).last == .text(text))
        }
        line.socket.close(code: 3001, reason: "done")
        #expect(line.all().last == .closed(code: 3001, reason: "done"))
        #expect(!line.socket.send(text: "too late"))
    }

    @Test("It speaks the same over TLS, and only to a certificate it trusts")
    func overTLS() throws {
        let certificate = try ClientPythonServer.makeCertificate()
        let server = try ClientPythonServer(certificate: certificate)
        var trusting = ClientConfiguration.forTests
        trusting.extraAuthoritiesFile = certificate
        let line = try Line("wss://localhost:\(server.port)/echo", trusting)
        #expect(line.wait(1) == [.opened(protocol: nil)])
        let text = String(repeating: "long enough for several records ", count: 20_000)
        line.socket.send(text: text)
        line.socket.close()
        #expect(line.all() == [.opened(protocol: nil), .text(text), .closed(code: 1000, reason: "")])
        let stranger = try Line("wss://localhost:\(server.port)/echo")
        guard case .failed(let failure) = stranger.all().first else { return #expect(Bool(false), "no failure") }
        #expect(failure.reason == .untrusted)
        #expect(failure.delivery == .notSent)
    }

    @Test(
        "What the far end sends is understood, however it is cut",
        arguments: [
            ("/frag", [.text("hä!")]), ("/drip", [.text("drop by drop"), .text(String(repeating: "x", count: 300))]),
            ("/ping", [.text("you are")]), ("/auth", [.text("Bearer t0ken")]),
        ] as [(String, [WebSocketClient.Event])])
    func received(path: String, expected: [WebSocketClient.Event]) throws {
        let server = try ClientPythonServer()
        let line = try Line("ws://127.0.0.1:\(server.port)\(path)") { $0.authorization = .bearer("t0ken") }
        #expect(line.wait(1 + expected.count) == [.opened(protocol: nil)] + expected)
        line.socket.close()
        #expect(line.all() == [.opened(protocol: nil)] + expected + [.closed(code: 1000, reason: "")])
    }

    @Test(
        "A close of the far end gives its code and reason",
        arguments: [
            ("/close", WebSocketClient.Event.closed(code: 4001, reason: "tschüss")),
            ("/bare", .closed(code: 1005, reason: "")),
        ])
    func closed(path: String, last: WebSocketClient.Event) throws {
        let server = try ClientPythonServer()
        #expect(try Line("ws://127.0.0.1:\(server.port)\(path)").all() == [.opened(protocol: nil), last])
    }

    @Test(
        "A broken rule or bound ends the connection and says which",
        arguments: [
            ("/cut", ClientFailure.Reason.cut), ("/masked", .malformedResponse), ("/binary", .malformedResponse),
            ("/utf8", .malformedResponse), ("/rsv", .malformedResponse), ("/big", .responseTooLarge),
        ])
    func broken(path: String, reason: ClientFailure.Reason) throws {
        let server = try ClientPythonServer()
        let events = try Line("ws://127.0.0.1:\(server.port)\(path)").all()
        #expect(events.count == 2)
        #expect(events.last?.failure?.reason == reason, "\(events)")
    }

    @Test("A handshake that is not answered as asked opens nothing", arguments: ["/badaccept", "/extension"])
    func badHandshake(path: String) throws {
        let server = try ClientPythonServer()
        let events = try Line("ws://127.0.0.1:\(server.port)\(path)").all()
        #expect(events.map { $0.failure?.reason } == [.malformedResponse])
    }

    @Test(
        "A refusal tells status, headers and body",
        arguments: [
            ("/401", 401, "no/401"), ("/403", 403, "no/403"), ("/503", 503, "no/503"), ("/chunked", 503, "busy"),
            ("/endless", 500, "until the end"), ("/200", 200, "ok"),
        ])
    func refused(path: String, status: Int, body: String) throws {
        let server = try ClientPythonServer()
        let events = try Line("ws://127.0.0.1:\(server.port)\(path)").all()
        guard case .refused(let answer) = events.first, events.count == 1 else {
            return #expect(Bool(false), "\(events)")
        }
        #expect(answer.status == status)
        #expect(String(decoding: answer.body, as: UTF8.self) == body)
        #expect(answer.header("x-why") == (body.hasPrefix("no") ? "w" : nil))
    }

    @Test("A subprotocol is asked for and told")
    func subprotocol() throws {
        let server = try ClientPythonServer()
        let line = try Line("ws://127.0.0.1:\(server.port)/echo") { $0.protocols = ["agent.2", "agent.1"] }
        #expect(line.wait(1) == [.opened(protocol: "agent.1")])
    }

    @Test("A far end that never answers the handshake, or nobody there at all, is a failure in time")
    func neverOpens() throws {
        let server = try ClientPythonServer()
        let hanging = try Line("ws://127.0.0.1:\(server.port)/hang") { $0.openDeadline = .milliseconds(300) }
        #expect(hanging.all().map { $0.failure?.reason } == [.timedOut])
        let dead = try Line("ws://127.0.0.1:\(ClientTestServer.deadPort())/")
        #expect(dead.all().map { $0.failure?.reason } == [.unreachable])
        #expect(dead.all().first?.failure?.delivery == .notSent)
    }

    @Test("A far end that falls silent is pinged, then given up")
    func silence() throws {
        let server = try ClientPythonServer()
        let lively = try Line("ws://127.0.0.1:\(server.port)/echo") { $0.silenceMax = .milliseconds(100) }
        let deaf = try Line("ws://127.0.0.1:\(server.port)/deaf") { $0.silenceMax = .milliseconds(200) }
        #expect(deaf.all().map { $0.failure?.reason } == [nil, .timedOut])
        // The other one answered each ping meanwhile.
        #expect(lively.events.current == [.opened(protocol: nil)])
    }

    @Test("Closing towards a far end that does not read ends in time")
    func closeTowardsDeaf() throws {
        let server = try ClientPythonServer()
        let line = try Line("ws://127.0.0.1:\(server.port)/deaf") { $0.unsentMax = 6 << 20 }
        #expect(line.wait(1) == [.opened(protocol: nil)])
        #expect(line.socket.send(text: String(repeating: "x", count: 6 << 20)))
        line.socket.close()
        let last = WebSocketClient.Event.closed(code: 1006, reason: "the far end did not answer the close")
        #expect(line.all() == [.opened(protocol: nil), last])
    }

    @Test("Shutting down tells the end once and lets nothing follow", arguments: ["/never", "/hang", "/echo"])
    func shutdown(path: String) throws {
        let server = try ClientPythonServer()
        let line = try Line("ws://127.0.0.1:\(server.port)\(path)")
        if path != "/hang" { #expect(line.wait(1).count == 1) }
        line.socket.shutdown()
        let events = line.events.current
        #expect(events.filter(\.isLast).count == 1)
        #expect(events.last?.failure?.reason == .shutDown)
        line.socket.close()
        line.socket.shutdown()
        #expect(line.events.current == events)
    }

    @Test("What does not fit the bound of unsent bytes is refused")
    func unsentBound() throws {
        let server = try ClientPythonServer()
        let line = try Line("ws://127.0.0.1:\(server.port)/never") { $0.unsentMax = 1000 }
        #expect(!line.socket.send(text: "not open yet") || line.wait(1).count == 1)
        #expect(line.wait(1).count == 1)
        #expect(!line.socket.send(text: String(repeating: "x", count: 1001)))
        #expect(line.socket.send(text: String(repeating: "x", count: 1000)))
    }

    @Test("The address guard holds for WebSockets too")
    func guarded() throws {
        let canary = ClientTestServer.answering { _ in "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" }
        defer { canary.stop() }
        let line = try Line(
            "ws://localhost:\(canary.port)/", ClientConfiguration(version: "1", addressPolicy: .publicOnly))
        #expect(line.all().map { $0.failure?.reason } == [.addressForbidden])
        #expect(canary.connectionCount == 0)
    }

    @Test(
        "A request that cannot be made is refused at once",
        arguments: ["http://host/", "ws://user@host/", "wss://host/a b", "ws://ho%0d%0ast/", "ws//host", ""])
    func invalid(url: String) {
        #expect(throws: ClientFailure.self) {
            try WebSocketClient(.init(url), configuration: .forTests) { _ in }
        }
    }
}

extension WebSocketClient.Event {
    var isLast: Bool {
        switch self {
        case .opened, .text: false
        case .closed, .refused, .failed: true
        }
    }

    var failure: ClientFailure? {
        guard case .failed(let failure) = self else { return nil }
        return failure
    }
}
