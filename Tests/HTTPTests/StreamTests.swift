import Glibc
import Testing

@testable import HTTP

@Suite("Streams")
struct StreamTests {
    @Test("A stream arrives in chunks, is ended properly, and tells that it finished")
    func chunked() throws {
        let ends = Collected<StreamEnd>()
        let server = try TestServer(
            ClosureHandler { _, responder in
                let stream = responder.stream(status: 200, headers: [HTTPField("Content-Type", "text/plain")]) {
                    ends.append($0)
                }
                stream.write(Array("hello".utf8))
                stream.write(Array("0123456789abcdef".utf8))
                stream.finish()
            })
        let connection = try server.connect()
        connection.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        let text = try #require(connection.readToEnd())
        #expect(text.contains("Transfer-Encoding: chunked\r\n"))
        #expect(text.hasSuffix("\r\n\r\n5\r\nhello\r\n10\r\n0123456789abcdef\r\n0\r\n\r\n"))
        #expect(ends.wait(for: 1) == [.finished])
    }

    @Test("A stream to HTTP/1.0 is ended by the connection's end")
    func oldVersion() throws {
        let server = try TestServer(
            ClosureHandler { _, responder in
                let stream = responder.stream(status: 200, headers: [])
                stream.write(Array("hello".utf8))
                stream.finish()
            })
        let connection = try server.connect()
        connection.send("GET / HTTP/1.0\r\n\r\n")
        #expect(try #require(connection.readToEnd()).hasSuffix("\r\n\r\nhello"))
    }

    @Test(
        "An event's data keeps its lines and its names are one line each",
        arguments: [
            (nil, nil, "a", "data: a\n\n"), ("7", "x", "a\nb", "id: 7\nevent: x\ndata: a\ndata: b\n\n"),
            ("1\n2", "x\r\ny", "", "id: 12\nevent: xy\ndata: \n\n"),
            (nil, nil, "a\r\nb\rc\n", "data: a\ndata: b\ndata: c\ndata: \n\n"),
        ] as [(String?, String?, String, String)])
    func encoding(id: String?, event: String?, data: String, text: String) {
        #expect(String(decoding: EventStream.encode(id: id, event: event, data: data), as: UTF8.self) == text)
    }

    @Test("Events arrive at once, heartbeats keep the stream alive, and the client's leaving is told")
    func events() throws {
        let ends = Collected<StreamEnd>()
        let streams = Collected<EventStream>()
        let server = try TestServer(
            ClosureHandler { _, responder in streams.append(responder.events { ends.append($0) }) }
        ) { $0.deadlines.heartbeat = .milliseconds(50) }
        var connection: RawConnection? = try server.connect()
        connection?.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        let stream = streams.wait(for: 1)[0]
        stream.send(id: "1", data: "now")
        _ = try connection?.read(through: "id: 1\ndata: now\n\n")
        _ = try connection?.read(through: ":\n\n")
        _ = try connection?.read(through: ":\n\n")
        #expect(ends.all.isEmpty)
        connection = nil
        #expect(ends.wait(for: 1) == [.clientLeft])
        #expect(stream.isClosed)
        #expect(!stream.send(data: "gone"))
    }

    @Test("A reader that does not keep up is cut when the bound is reached, and nobody else is")
    func tooSlow() throws {
        let ends = Collected<StreamEnd>()
        let streams = Collected<EventStream>()
        let server = try TestServer(
            ClosureHandler { _, responder in streams.append(responder.events { ends.append($0) }) }
        ) { $0.outputBytesMax = 64 << 10 }
        let slow = try RawConnection(port: server.port, receiveBuffer: 4096)
        slow.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        let stream = streams.wait(for: 1)[0]
        let fast = try server.connect()
        fast.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        let other = streams.wait(for: 2)[1]
        let line = String(repeating: "x", count: 8000)
        // The kernel's buffers take a few megabytes before ours fill.
        for _ in 0..<20_000 where !stream.isClosed {
            stream.send(data: line)
            usleep(100)
        }
        #expect(ends.wait(for: 1) == [.readerTooSlow])
        #expect(server.counts(.readerTooSlow))
        #expect(other.send(data: "still here"))
        _ = try fast.read(through: "still here")
    }

    @Test("A stream whose request is already answered is told so")
    func notBegun() throws {
        let ends = Collected<StreamEnd>()
        let server = try TestServer(
            ClosureHandler { _, responder in
                responder.send(HTTPResponse(status: 204))
                let stream = responder.stream(status: 200, headers: []) { ends.append($0) }
                stream.write([1])
            })
        let connection = try server.connect()
        connection.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(try connection.readResponse().status == 204)
        #expect(ends.wait(for: 1) == [.notBegun])
    }
}
