import HTTP
import Testing

@Suite("Pinned keys and client certificates", .timeLimit(.minutes(1)))
struct ClientPinTests {
    /// Says whose certificate it was shown.
    private static let handler = ClosureHandler { request, responder in
        responder.send(
            HTTPResponse(status: 200, contentType: "text/plain", body: request.clientCertificateFingerprint ?? "none"))
    }

    private static func server(_ options: TLSOptions) throws -> TestServer {
        try TestServer(handler) { $0.listeners = [Listener(address: "127.0.0.1", port: 0, tls: options)] }
    }

    private func request(_ server: TestServer, _ trust: ClientTrust) -> ClientRequest {
        var request = ClientRequest("GET", "https://127.0.0.1:\(server.port)/")
        request.trust = trust
        return request
    }

    @Test("A certificate that nobody vouches for is believed by its pinned key, and by no other")
    func pinned() throws {
        let certificates = try Certificates()
        for name in ["a", "b"] { try certificates.make(name) }
        let mine = try #require(TLSPin.of(certificateFile: certificates.path("a.pem")))
        let other = try #require(TLSPin.of(certificateFile: certificates.path("b.pem")))
        let server = try Self.server(certificates.options("a"))
        let client = try HTTPClient(.forTests)
        #expect(client.failure(of: request(server, .pins([other])))?.reason == .untrusted)
        #expect(client.failure(of: request(server, .authorities))?.reason == .untrusted)
        #expect(server.server.statistics.requests == 0)
        #expect(client.failure(of: request(server, .pins([mine]))) == nil)
        #expect(client.failure(of: request(server, .pins([other, mine]))) == nil)
    }

    @Test("A kept-alive connection is used neither under another pin than it was opened with nor under the authorities")
    func reuse() throws {
        let certificates = try Certificates()
        for name in ["a", "b"] { try certificates.make(name) }
        let mine = try #require(TLSPin.of(certificateFile: certificates.path("a.pem")))
        let other = try #require(TLSPin.of(certificateFile: certificates.path("b.pem")))
        let server = try Self.server(certificates.options("a"))
        let client = try HTTPClient(.forTests)
        for _ in 0..<3 {
            #expect(client.failure(of: request(server, .pins([mine]))) == nil)
            #expect(client.failure(of: request(server, .pins([other])))?.reason == .untrusted)
            #expect(client.failure(of: request(server, .authorities))?.reason == .untrusted)
        }
        #expect(server.server.statistics.requests == 3)
    }

    @Test("What is no pin, and a pin where nothing is encrypted, is refused before a connection")
    func malformed() throws {
        let server = try TestServer()
        let client = try HTTPClient(.forTests)
        let pin = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
        var plain = ClientRequest("GET", "http://127.0.0.1:\(server.port)/")
        plain.trust = .pins([pin])
        #expect(client.failure(of: plain)?.reason == .invalidRequest)
        for pins in [[], ["sha256//AAAA"], [String(pin.dropFirst(8))], ["\(pin);\(pin)"], [pin, "key.pem"]] {
            #expect(client.failure(of: request(server, .pins(pins)))?.reason == .invalidRequest)
        }
        #expect(server.server.statistics.connectionsAccepted == 0)
    }

    @Test("A request shows its certificate to a server that asks, on no connection that was opened without one")
    func certificate() throws {
        let certificates = try Certificates()
        try certificates.make("a")
        let fingerprint = try certificates.make("me")
        let mine = try #require(TLSPin.of(certificateFile: certificates.path("a.pem")))
        let server = try Self.server(certificates.options("a", clients: .pinnedByCaller))
        let client = try HTTPClient(.forTests)
        var showing = request(server, .pins([mine]))
        showing.certificate = ClientCertificate(
            certificateFile: certificates.path("me.pem"), keyFile: certificates.path("me.key"))
        for _ in 0..<2 {
            #expect(try client.perform(request(server, .pins([mine]))).body == Array("none".utf8))
            #expect(try client.perform(showing).body == Array(fingerprint.utf8))
        }
        showing.certificate?.certificateFile = certificates.path("nowhere.pem")
        #expect(client.failure(of: showing)?.delivery == .notSent)
    }
}
