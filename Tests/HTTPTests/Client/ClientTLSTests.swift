import HTTP
import Testing

@Suite("TLS of the client", .timeLimit(.minutes(1)))
struct ClientTLSTests {
    @Test("An authority nobody trusts, or a certificate of another name, gets nothing sent")
    func trust() throws {
        let certificate = try ClientPythonServer.makeCertificate()
        let server = try ClientPythonServer(certificate: certificate)
        var trusting = ClientConfiguration.forTests
        trusting.extraAuthoritiesFile = certificate
        var misconfigured = ClientConfiguration.forTests
        misconfigured.extraAuthoritiesFile = "/nowhere.pem"
        let cases: [(ClientConfiguration, String, ClientFailure.Reason?)] = [
            (.forTests, "localhost", .untrusted), (trusting, "localhost", nil), (trusting, "127.0.0.1", .untrusted),
            (misconfigured, "localhost", .untrusted),
        ]
        for (configuration, host, reason) in cases {
            let client = try HTTPClient(configuration)
            let failure = client.failure(of: ClientRequest("GET", "https://\(host):\(server.port)/200"))
            #expect(failure?.reason == reason, "\(host): \(String(describing: failure))")
            #expect(failure?.delivery ?? .notSent == .notSent)
        }
    }

    @Test("Where plain text is not allowed, http is refused before a connection")
    func plainText() throws {
        let canary = ClientTestServer.answering { _ in "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" }
        defer { canary.stop() }
        var configuration = ClientConfiguration.forTests
        configuration.plainTextAllowed = false
        let client = try HTTPClient(configuration)
        #expect(client.failure(of: ClientRequest("GET", canary.origin))?.cause == "url: the scheme must be https here")
        #expect(canary.connectionCount == 0)
    }
}
