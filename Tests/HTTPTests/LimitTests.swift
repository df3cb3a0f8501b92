import Glibc
import Synchronization
import Testing

@testable import HTTP

@Suite("Limits")
struct LimitTests {
    private static let get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"

    /// What a client hears that may have sent its request before it was turned away.
    private static func turnedAway(_ connection: RawConnection) throws {
        let answer = try connection.readResponse()
        #expect(answer.status == 503)
        #expect(answer.field("Retry-After") == "5")
        #expect(answer.field("Connection") == "close")
        #expect(connection.readToEnd() == "")
    }

    @Test(
        "One address may hold so many connections, another is not counted with it, and a place given up is free again")
    func perAddress() throws {
        let server = try TestServer {
            $0.connectionsPerAddressMax = 3
            $0.loopbackIsExempt = false
        }
        var held = try (0..<3).map { _ in try RawConnection(port: server.port, from: "127.0.0.9") }
        #expect(server.eventually { $0.connectionsOpen == 3 })
        try Self.turnedAway(try RawConnection(port: server.port, from: "127.0.0.9"))
        #expect(server.counts(.tooManyFromAddress))
        let other = try RawConnection(port: server.port, from: "127.0.0.10")
        other.send(Self.get)
        #expect(try other.readResponse().status == 200)
        held.removeLast()
        #expect(server.eventually { $0.connectionsOpen == 3 })
        let next = try RawConnection(port: server.port, from: "127.0.0.9")
        next.send(Self.get)
        #expect(try next.readResponse().status == 200)
    }

    @Test("Beyond the total nobody gets in, and a place given up is free again")
    func total() throws {
        let server = try TestServer { $0.connectionsMax = 4 }
        var held = try (0..<4).map { _ in try server.connect() }
        #expect(server.eventually { $0.connectionsOpen == 4 })
        try Self.turnedAway(try server.connect())
        #expect(server.counts(.tooManyConnections))
        held.removeAll()
        #expect(server.eventually { $0.connectionsOpen == 0 })
        let next = try server.connect()
        next.send(Self.get)
        #expect(try next.readResponse().status == 200)
    }

    @Test("The reserve lets in who shows that they belong to it, and turns the others away after their request")
    func reserve() throws {
        let server = try TestServer {
            $0.connectionsMax = 4
            $0.reserve = .init(connections: 2) { $0.header("X-Agent") == "yes" }
        }
        let ordinary = try (0..<2).map { _ in try server.connect() }
        #expect(server.eventually { $0.connectionsOpen == 2 })
        let stranger = try server.connect()
        stranger.send(Self.get)
        try Self.turnedAway(stranger)
        #expect(server.counts(.reserveOnly))
        let agent = try server.connect()
        for _ in 0..<2 {
            agent.send("GET /in HTTP/1.1\r\nHost: h\r\nX-Agent: yes\r\n\r\n")
            #expect(try agent.readResponse().body == "GET /in ")
        }
        #expect(ordinary.count == 2)
    }

    @Test(
        "Out of descriptors, clients are told or wait, the loop does not spin, and it recovers by itself",
        arguments: [EMFILE, ENOMEM])
    func outOfDescriptors(code: Int32) throws {
        let isOut = Flag()
        let attempts = Collected<Int>()
        let server = try TestServer {
            $0.loops = 1
            $0.acceptFault = {
                guard isOut.isSet else { return nil }
                attempts.append(1)
                return code
            }
        }
        let before = try server.connect()
        before.send(Self.get)
        #expect(try before.readResponse().status == 200)
        isOut.set(true)
        let during = try server.connect()
        during.send(Self.get)
        #expect(server.counts(.outOfDescriptors, 3))
        if code == EMFILE {
            // The spare descriptor was given up to tell this one.
            #expect(try during.readResponse().status == 503)
        }
        before.send(Self.get)
        #expect(try before.readResponse().status == 200, "Those inside are served as ever.")
        // Accepting is tried once a pause of 100 ms, not at every turn of the loop.
        #expect(attempts.all.count < 100)
        isOut.set(false)
        let after = code == EMFILE ? try server.connect() : during
        if code == EMFILE { after.send(Self.get) }
        #expect(try after.readResponse().status == 200)
    }

    @Test(
        "Many half-sent bodies stop at the server's budget; who is quick is served, and what is given up is free again")
    func budget() throws {
        let server = try TestServer { $0.bufferedBytesMax = 3 << 20 }
        var slow: [RawConnection] = []
        for _ in 0..<3 {
            let connection = try server.connect()
            connection.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n")
            connection.send([UInt8](repeating: 120, count: 990_000))
            slow.append(connection)
        }
        #expect(server.eventually { $0.bytesBuffered > 2_900_000 })
        let oneTooMany = try server.connect()
        oneTooMany.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n")
        oneTooMany.send([UInt8](repeating: 120, count: 990_000))
        #expect(try oneTooMany.readResponse().status == 503)
        #expect(server.counts(.buffersFull))
        let quick = try server.connect()
        quick.send(Self.get)
        #expect(try quick.readResponse().status == 200)
        slow[0].send([UInt8](repeating: 120, count: 10_000))
        #expect(try slow[0].readResponse().status == 200)
        slow.removeAll()
        #expect(server.eventually { $0.bytesBuffered == 0 })
    }

    @Test("A client that never reads its pipelined answers does not grow the server's memory")
    func unreadAnswers() throws {
        let body = [UInt8](repeating: 120, count: 100_000)
        let server = try TestServer(
            ClosureHandler { _, responder in responder.send(HTTPResponse(status: 200, contentType: "a/b", body: body)) }
        ) { $0.outputBytesMax = 256 << 10 }
        let connection = try RawConnection(port: server.port, receiveBuffer: 4096)
        connection.send(String(repeating: Self.get, count: 2000))
        var answered = -1
        // Answering comes to rest when the buffers are full.
        #expect(
            server.eventually { statistics in
                defer { answered = statistics.responses }
                return answered == statistics.responses && answered > 0
            })
        #expect(answered < 200)
        for _ in 0..<2000 { _ = try connection.readResponse() }
        #expect(server.server.statistics.requests == 2000)
    }
}

/// A switch that any thread may turn.
final class Flag: Sendable {
    private let value = Atomic<Bool>(false)

    var isSet: Bool { value.load(ordering: .acquiring) }

    func set(_ isSet: Bool) { value.store(isSet, ordering: .releasing) }
}
