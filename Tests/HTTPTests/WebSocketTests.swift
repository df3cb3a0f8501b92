import Glibc
import Testing

@testable import HTTP

/// Echoes and collects.
final class EchoDelegate: WebSocketDelegate {
    let texts = Collected<String>()
    let closes = Collected<UInt16>()

    func received(text: [UInt8], on socket: WebSocket) {
        texts.append(String(decoding: text, as: UTF8.self))
        socket.send(text: text)
    }

    func closed(code: UInt16, on socket: WebSocket) { closes.append(code) }
}

@Suite("WebSocket")
struct WebSocketTests {
    static let opening =
        "GET /ws HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nOrigin: https://a.example\r\n\r\n"

    private struct Fixture {
        let delegate = EchoDelegate()
        let sockets = Collected<WebSocket>()
        let server: TestServer

        init(_ configure: (inout HTTPServer.Options) -> Void = { _ in }) throws {
            server = try TestServer(
                ClosureHandler { [delegate, sockets] request, responder in
                    guard request.header("Origin") == "https://a.example" else {
                        return responder.send(HTTPResponse(status: 403))
                    }
                    if let socket = responder.webSocket(delegate) { sockets.append(socket) }
                }, configure)
        }

        func open() throws -> RawConnection {
            let connection = try server.connect()
            connection.send(WebSocketTests.opening)
            _ = try connection.read(through: "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n")
            return connection
        }
    }

    @Test("A message comes back, also when it was sent with the handshake")
    func echo() throws {
        let fixture = try Fixture()
        let connection = try fixture.server.connect()
        connection.send(Array(Self.opening.utf8) + FrameParserTests.text("early"))
        #expect(try connection.read(through: "\r\n\r\n").hasPrefix("HTTP/1.1 101 "))
        #expect(try connection.readFrame().payload == Array("early".utf8))
        connection.send(FrameParserTests.frame(0x01, Array("on".utf8)) + FrameParserTests.frame(0x80, Array("e".utf8)))
        let frame = try connection.readFrame()
        #expect(frame.first == 0x81)
        #expect(frame.payload == Array("one".utf8))
        connection.send(FrameParserTests.frame(0x89, [1, 2, 3]))
        let pong = try connection.readFrame()
        #expect(pong.first == 0x8a)
        #expect(pong.payload == [1, 2, 3])
    }

    @Test("The peer's close is answered with its code and told once")
    func peerCloses() throws {
        let fixture = try Fixture()
        let connection = try fixture.open()
        connection.send(FrameParserTests.frame(0x88, [0x0f, 0xa0]))
        #expect(try connection.readFrame().payload == [0x0f, 0xa0])
        #expect(connection.readToEnd() == "")
        #expect(fixture.delegate.closes.wait(for: 1) == [4000])
        #expect(fixture.server.eventually { $0.webSocketsOpen == 0 })
    }

    @Test("Our close from another thread is told when the peer has answered, and messages after it are not heard")
    func weClose() throws {
        let fixture = try Fixture()
        let connection = try fixture.open()
        let socket = fixture.sockets.wait(for: 1)[0]
        socket.close(code: 4001, reason: "bye")
        socket.send(text: "not sent any more")
        #expect(try connection.readFrame().payload == [0x0f, 0xa1] + Array("bye".utf8))
        connection.send(FrameParserTests.text("not heard any more"))
        connection.send(FrameParserTests.frame(0x88, [0x0f, 0xa1]))
        #expect(connection.readToEnd() == "")
        #expect(fixture.delegate.closes.wait(for: 1) == [4001])
        #expect(fixture.delegate.texts.all == [])
        #expect(socket.isClosed)
    }

    @Test("A connection that breaks is told as 1006")
    func broken() throws {
        let fixture = try Fixture()
        var connection: RawConnection? = try fixture.open()
        #expect(connection != nil)
        connection = nil
        #expect(fixture.delegate.closes.wait(for: 1) == [1006])
    }

    @Test("A frame that breaks the protocol closes the socket with the code it names")
    func abuse() throws {
        let fixture = try Fixture { $0.webSocketMessageBytesMax = 1000 }
        for (index, (name, bytes, code)) in FrameParserTests.abuses.enumerated() {
            let connection = try fixture.open()
            connection.send(bytes)
            let frame = try connection.readFrame()
            #expect(frame.first == 0x88, "\(name)")
            #expect(frame.payload == [UInt8(code >> 8), UInt8(code & 255)], "\(name)")
            #expect(connection.readToEnd() == "", "\(name)")
            #expect(fixture.delegate.closes.wait(for: index + 1).last == code, "\(name)")
        }
    }

    @Test("A binary message closes a socket that takes text only")
    func binary() throws {
        let fixture = try Fixture()
        let connection = try fixture.open()
        connection.send(FrameParserTests.frame(0x82, [1]))
        #expect(try connection.readFrame().payload.prefix(2) == [0x03, 0xeb])
    }

    @Test("Silence is answered with a ping, and silence after that with the end")
    func liveness() throws {
        let fixture = try Fixture { $0.deadlines.webSocketPing = .milliseconds(100) }
        let connection = try fixture.open()
        for _ in 0..<3 {
            #expect(try connection.readFrame().first == 0x89)
            connection.send(FrameParserTests.frame(0x8a, []))
        }
        #expect(try connection.readFrame().first == 0x89)
        #expect(connection.readToEnd() == "")
        #expect(fixture.delegate.closes.wait(for: 1) == [1006])
    }

    @Test("A message that drips is closed, though the peer is alive")
    func drip() throws {
        let fixture = try Fixture {
            $0.deadlines.body = .milliseconds(300)
            $0.deadlines.linger = .milliseconds(100)
        }
        let connection = try fixture.open()
        connection.send([0x81, 0xfe, 0x01, 0x00, 0, 0, 0, 0])
        let watch = Stopwatch()
        while connection.send([0x61]), watch.elapsed < .seconds(3) {
            usleep(20_000)
            if !fixture.delegate.closes.all.isEmpty { break }
        }
        #expect(fixture.delegate.closes.wait(for: 1) == [1008])
    }

    @Test("A socket that reads nothing is cut at the bound")
    func tooSlow() throws {
        let fixture = try Fixture { $0.outputBytesMax = 64 << 10 }
        let connection = try RawConnection(port: fixture.server.port, receiveBuffer: 4096)
        connection.send(Self.opening)
        let socket = fixture.sockets.wait(for: 1)[0]
        let text = [UInt8](repeating: 120, count: 8000)
        for _ in 0..<20_000 where !socket.isClosed {
            socket.send(text: text)
            usleep(100)
        }
        #expect(fixture.delegate.closes.wait(for: 1) == [1006])
        #expect(fixture.server.counts(.readerTooSlow))
    }

    @Test("A flood of pings from a peer that never reads ends in a cut, not in memory")
    func pingFlood() throws {
        let fixture = try Fixture { $0.outputBytesMax = 64 << 10 }
        let connection = try RawConnection(port: fixture.server.port, receiveBuffer: 4096)
        connection.send(Self.opening)
        let flood = (0..<200).flatMap { _ in FrameParserTests.frame(0x89, [UInt8](repeating: 1, count: 125)) }
        let watch = Stopwatch()
        while connection.send(flood), watch.elapsed < .seconds(8) {}
        #expect(fixture.delegate.closes.wait(for: 1) == [1006])
    }

    @Test("One message to many arrives at each")
    func broadcast() throws {
        let fixture = try Fixture()
        let connections = try (0..<30).map { _ in try fixture.open() }
        WebSocket.send(text: Array("all".utf8), to: fixture.sockets.wait(for: 30))
        for connection in connections { #expect(try connection.readFrame().payload == Array("all".utf8)) }
    }

    @Test(
        "A handshake that cannot be granted is refused with what is missing",
        arguments: [
            ("GET /ws HTTP/1.1\r\nHost: h\r\nOrigin: https://a.example\r\n\r\n", 426),
            (opening.replacing("13", with: "8"), 400), (opening.replacing("==", with: ""), 400),
            (opening.replacing("GET", with: "POST"), 400),
            (opening.replacing("https://a.example", with: "https://b.example"), 403),
        ])
    func handshake(text: String, status: Int) throws {
        let fixture = try Fixture()
        let connection = try fixture.server.connect()
        connection.send(text)
        let answer = try connection.readResponse()
        #expect(answer.status == status)
        #expect((answer.field("Sec-WebSocket-Version") == "13") == (status != 403))
    }
}
