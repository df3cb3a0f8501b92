import Glibc
import Synchronization
import Testing

@testable import HTTP

@Suite("Drain")
struct DrainTests {
    /// Sends one request on each of many connections, one after another, until a connect is refused.
    private final class Load: Sendable {
        let port: UInt16
        let answered = Atomic<Int>(0)
        let lost = Collected<String>()
        let isOver = Atomic<Bool>(false)
        private let keepsConnections: Bool

        init(port: UInt16, keepsConnections: Bool) {
            self.port = port
            self.keepsConnections = keepsConnections
        }

        func run() {
            while !isOver.load(ordering: .relaxed) {
                guard let connection = try? RawConnection(port: port) else { return }
                use(connection)
            }
        }

        private func use(_ connection: RawConnection) {
            var answers = 0
            while !isOver.load(ordering: .relaxed) {
                connection.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nok")
                do {
                    let answer = try connection.readResponse()
                    answered.add(1, ordering: .relaxed)
                    answers += 1
                    if answer.field("Connection") == "close" || !keepsConnections { return }
                } catch {
                    return lost.append("after \(answers) answers: \(error)")
                }
            }
        }
    }

    @Test("A drain under load loses no request, on new connections and on kept ones", arguments: [true, false])
    func losesNothing(keepsConnections: Bool) throws {
        for _ in 0..<5 {
            let server = try TestServer(
                ClosureHandler { _, responder in
                    Answerer { responder.send(HTTPResponse(status: 202)) }.run()
                })
            let load = Load(port: server.port, keepsConnections: keepsConnections)
            let finished = Collected<Int>()
            for index in 0..<16 {
                Answerer {
                    load.run()
                    finished.append(index)
                }.run()
            }
            while load.answered.load(ordering: .relaxed) < 300 { usleep(1000) }
            #expect(server.server.drain(within: .seconds(10)) == 0)
            #expect(finished.wait(for: 16).count == 16)
            #expect(load.lost.all == [])
            #expect(server.server.statistics.connectionsOpen == 0)
        }
    }

    @Test("A drain answers every request that was pipelined before it, the last with close")
    func pipelined() throws {
        let held = Collected<HTTPResponder>()
        let server = try TestServer(ClosureHandler { _, responder in held.append(responder) })
        let connection = try server.connect()
        connection.send(String(repeating: "GET / HTTP/1.1\r\nHost: h\r\n\r\n", count: 3))
        _ = held.wait(for: 1)
        let cut = Collected<Int>()
        let draining = server.server
        Answerer { cut.append(draining.drain(within: .seconds(10))) }.run()
        for index in 0..<3 { held.wait(for: index + 1)[index].send(HTTPResponse(status: 200)) }
        let answers = try (0..<3).map { _ in try connection.readResponse() }
        #expect(answers.map(\.status) == [200, 200, 200])
        #expect(answers[2].field("Connection") == "close")
        #expect(connection.readToEnd() == "")
        #expect(cut.wait(for: 1) == [0])
    }

    @Test("A drain closes WebSockets with 1001, ends event streams and lets other streams finish")
    func openOnes() throws {
        let delegate = EchoDelegate()
        let ends = Collected<StreamEnd>()
        let plain = Collected<HTTPStream>()
        let server = try TestServer(
            ClosureHandler { request, responder in
                switch request.path {
                case "/ws": _ = responder.webSocket(delegate)
                case "/events": _ = responder.events { ends.append($0) }
                default: plain.append(responder.stream(status: 200, headers: []))
                }
            }
        ) { $0.deadlines.linger = .milliseconds(200) }
        let socket = try server.connect()
        socket.send(WebSocketTests.opening)
        _ = try socket.read(through: "\r\n\r\n")
        let events = try server.connect()
        events.send("GET /events HTTP/1.1\r\nHost: h\r\n\r\n")
        _ = try events.read(through: "\r\n\r\n")
        let download = try server.connect()
        download.send("GET /download HTTP/1.1\r\nHost: h\r\n\r\n")
        let stream = plain.wait(for: 1)[0]
        let cut = Collected<Int>()
        let draining = server.server
        Answerer { cut.append(draining.drain(within: .seconds(10))) }.run()
        #expect(try socket.readFrame().payload.prefix(2) == [0x03, 0xe9])
        socket.send(FrameParserTests.frame(0x88, [0x03, 0xe9]))
        #expect(socket.readToEnd() == "")
        #expect(delegate.closes.wait(for: 1) == [1001])
        #expect(events.readToEnd() == "0\r\n\r\n")
        #expect(ends.wait(for: 1) == [.finished])
        stream.write(Array("whole".utf8))
        stream.finish()
        #expect(try #require(download.readToEnd()).hasSuffix("5\r\nwhole\r\n0\r\n\r\n"))
        #expect(cut.wait(for: 1) == [0])
    }

    @Test("A drain waits only a moment for those who have asked nothing, but for the end of a request that has begun")
    func silentOnes() throws {
        let server = try TestServer { $0.deadlines.drainIdle = .milliseconds(200) }
        let silent = try server.connect()
        let kept = try server.connect()
        let first = "GET /kept HTTP/1.1\r\nHost: h\r\n\r\n"
        kept.send(first)
        #expect(try kept.readResponse().status == 200)
        let halfway = try server.connect()
        let second = "POST /halfway HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\no"
        halfway.send(second)
        let bytes = first.utf8.count + second.utf8.count
        #expect(server.eventually { $0.connectionsOpen == 3 && $0.bytesReceived == bytes })
        let cut = Collected<Int>()
        let draining = server.server
        Answerer { cut.append(draining.drain(within: .seconds(10))) }.run()
        #expect(silent.readToEnd() == "")
        #expect(kept.readToEnd() == "")
        #expect(cut.all == [])
        halfway.send("k")
        let answer = try halfway.readResponse()
        #expect(answer.body == "POST /halfway ok")
        #expect(answer.field("Connection") == "close")
        #expect(halfway.readToEnd() == "")
        #expect(cut.wait(for: 1) == [0])
    }

    @Test("A drain ends at its deadline and says how many connections it cut")
    func deadline() throws {
        let ends = Collected<StreamEnd>()
        let server = try TestServer(
            ClosureHandler { _, responder in _ = responder.stream(status: 200, headers: []) { ends.append($0) } })
        let connection = try server.connect()
        connection.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        _ = try connection.read(through: "\r\n\r\n")
        let watch = Stopwatch()
        #expect(server.server.drain(within: .milliseconds(300)) == 1)
        #expect(watch.elapsed < .seconds(5))
        #expect(ends.all == [.clientLeft])
        #expect(throws: RawConnection.Failure.self) { try server.connect() }
    }
}
