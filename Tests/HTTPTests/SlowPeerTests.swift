import Glibc
import Testing

@testable import HTTP

/// Peers that take their time, against deadlines shortened to fractions of a second.
@Suite("Slow peers")
struct SlowPeerTests {
    private static func server(_ handler: ClosureHandler = .echo) throws -> TestServer {
        try TestServer(handler) {
            $0.deadlines.head = .milliseconds(300)
            $0.deadlines.body = .milliseconds(300)
            $0.deadlines.idle = .milliseconds(300)
            $0.deadlines.writeStall = .milliseconds(300)
            $0.deadlines.linger = .milliseconds(200)
        }
    }

    /// Sends pieces every 20 ms until the server has closed; returns what it said. Deadlines are 300 ms.
    private static func drip(_ connection: RawConnection, first: String, then piece: String) -> String? {
        connection.send(first)
        for _ in 0..<250 where connection.send(piece) {
            usleep(20_000)
            var state = pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0)
            if poll(&state, 1, 0) == 1 { break }
        }
        return connection.readToEnd()
    }

    @Test("A connection on which nothing comes is closed without a word")
    func silent() throws {
        let server = try Self.server()
        #expect(try server.connect().readToEnd() == "")
        #expect(server.counts(.headTooSlow))
    }

    @Test("A head that comes byte by byte is cut at its deadline, though bytes keep coming")
    func slowHead() throws {
        let server = try Self.server()
        let said = Self.drip(try server.connect(), first: "GET / HTTP/1.1\r\nHost: h\r\n", then: "X: y\r\n")
        #expect(said?.hasPrefix("HTTP/1.1 408 ") == true)
        #expect(server.counts(.headTooSlow))
    }

    @Test(
        "A body that drips is cut, by length and in chunks",
        arguments: ["Content-Length: 5000", "Transfer-Encoding: chunked"])
    func slowBody(framing: String) throws {
        let server = try Self.server()
        let piece = framing.hasPrefix("C") ? "x" : "1\r\nx\r\n"
        let said = Self.drip(
            try server.connect(), first: "POST / HTTP/1.1\r\nHost: h\r\n\(framing)\r\n\r\n", then: piece)
        #expect(said?.hasPrefix("HTTP/1.1 408 ") == true)
        #expect(server.counts(.bodyTooSlow))
    }

    @Test("A large body that keeps its pace earns its time")
    func steadyBody() throws {
        let server = try TestServer(
            ClosureHandler { request, responder in
                responder.send(HTTPResponse(status: 200, contentType: "a/b", body: "\(request.body.count)"))
            }
        ) {
            $0.deadlines.body = .milliseconds(200)
            $0.deadlines.bodyPer64KiB = .milliseconds(200)
        }
        let connection = try server.connect()
        connection.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 655360\r\n\r\n")
        for _ in 0..<10 {
            connection.send([UInt8](repeating: 120, count: 64 << 10))
            usleep(60_000)
        }
        #expect(try connection.readResponse().body == "655360")
    }

    @Test("An idle connection is closed without a word after its answer")
    func idle() throws {
        let server = try Self.server()
        let connection = try server.connect()
        connection.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(try connection.readResponse().status == 200)
        #expect(connection.readToEnd() == "")
        #expect(server.server.statistics.refusals(for: .headTooSlow) == 0)
    }

    @Test("A reader who takes nothing of a large answer is cut")
    func stalledReader() throws {
        let server = try Self.server(
            ClosureHandler { _, responder in
                responder.send(
                    HTTPResponse(status: 200, contentType: "a/b", body: [UInt8](repeating: 0, count: 32 << 20)))
            })
        let connection = try RawConnection(port: server.port, receiveBuffer: 4096)
        connection.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(server.counts(.readerTooSlow))
        #expect(server.eventually { $0.connectionsOpen == 0 })
    }

    @Test("Hundreds of slow peers change nothing for one that is quick")
    func unaffected() throws {
        let server = try TestServer {
            $0.deadlines.head = .seconds(2)
            $0.deadlines.body = .seconds(2)
        }
        let openings = [
            "GET / HT", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 900\r\n\r\nx",
            "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nx", "",
        ]
        let slow = try (0..<400).map { index in
            let connection = try server.connect()
            connection.send(openings[index % openings.count])
            return connection
        }
        let quick = try server.connect()
        var worst = Duration.zero
        for _ in 0..<300 {
            for connection in slow.prefix(20) { connection.send("x") }
            let watch = Stopwatch()
            quick.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try quick.readResponse().status == 200)
            worst = max(worst, watch.elapsed)
        }
        // A loop turn takes well under a millisecond; the bound leaves room for a machine that is busy elsewhere.
        #expect(worst < .milliseconds(500))
        #expect(server.eventually { $0.connectionsOpen <= 1 })
    }
}
