import Testing

@testable import HTTP

@Suite("Start")
struct StartTests {
    @Test("Several listeners, IPv4 and IPv6, each on a free port, and only where they were told")
    func listeners() throws {
        let server = try TestServer {
            $0.listeners = [
                Listener(address: "127.0.0.1", port: 0), Listener(address: "127.0.0.2", port: 0),
                Listener(address: "::1", port: 0),
            ]
        }
        let bound = server.server.boundAddresses
        #expect(bound.map(\.address) == ["127.0.0.1", "127.0.0.2", "::1"])
        #expect(!bound.map(\.port).contains(0))
        #expect(bound[2].description == "http://[::1]:\(bound[2].port)")
        let connection = try RawConnection(port: bound[0].port)
        connection.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(try connection.readResponse().status == 200)
    }

    @Test("A port that is listened on already fails the start and says what to do")
    func taken() throws {
        let first = try TestServer()
        let failure = #expect(throws: ServerFailure.self) {
            try TestServer { $0.listeners = [Listener(address: "127.0.0.1", port: first.port)] }
        }
        #expect(
            failure?.description
                == "cannot listen on 127.0.0.1:\(first.port): Address already in use; another process listens there; "
                + "stop it or choose another port")
    }

    @Test("A port may be shared with a successor that says so")
    func shared() throws {
        let first = try TestServer()
        let second = try TestServer {
            $0.listeners = [Listener(address: "127.0.0.1", port: first.port)]
            $0.sharesPort = true
        }
        #expect(second.port == first.port)
    }

    @Test(
        "An address that cannot be had fails the start, naming it",
        arguments: ["localhost", "192.0.2.1", "300.0.0.1", "", "::ffff:x"])
    func addresses(address: String) {
        let failure = #expect(throws: ServerFailure.self) {
            try TestServer { $0.listeners = [Listener(address: address, port: 0)] }
        }
        #expect(failure?.kind == .address)
        #expect(failure?.description.hasPrefix("cannot listen on \(address):") == true)
    }

    @Test("A server starts once")
    func once() throws {
        let server = try TestServer()
        #expect(throws: ServerFailure.self) { try server.server.start() }
        #expect(server.server.drain(within: .seconds(5)) == 0)
        #expect(server.server.drain(within: .seconds(5)) == 0)
    }
}
