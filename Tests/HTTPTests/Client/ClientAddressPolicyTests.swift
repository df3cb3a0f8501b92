import HTTP
import Testing

@Suite("The address guard", .timeLimit(.minutes(1)))
struct ClientAddressPolicyTests {
    @Test(
        "An address that is not one public host is recognised in every spelling",
        arguments: [
            "127.0.0.1", "127.255.255.254", "0x7f.1", "0x7f000001", "2130706433", "0177.0.0.1", "127.1", "0.0.0.0", "0",
            "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "169.254.169.254", "0xa9fea9fe",
            "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.257",
            "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1",
            "255.255.255.255", "::", "::1", "[::1]", "[::ffff:127.0.0.1]", "::ffff:8.8.8.8", "::ffff:7f00:1",
            "::127.0.0.1",
            "64:ff9b::7f00:1", "64:ff9b::8.8.8.8", "64:ff9b:1::1", "100::1", "fe80::1", "fe80::1%lo", "febf::1",
            "fec0::1",
            "fc00::1", "fd12:3456:789a::1", "ff02::1", "ff0e::1", "2001::1", "2001:0:7f00:1::", "2001:2::1",
            "2001:10::1",
            "2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:0808:0808::1", "3fff::1", "4000::1", "5f00::1",
        ])
    func isNotPublic(literal: String) {
        #expect(AddressPolicy.isPublic(literal: literal) == false)
    }

    @Test(
        "An address just beside a forbidden range is public",
        arguments: [
            "1.1.1.1", "8.8.8.8", "0x08.0x8.010.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
            "126.255.255.255", "128.0.0.1", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0",
            "192.0.1.0",
            "192.0.3.0", "192.88.98.1", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "203.0.112.1",
            "223.255.255.255", "2606:4700::1111", "[2a00:1450:4001::1]", "2001:200::1", "2001:4860:4860::8888",
            "2003::1", "2000::1", "3ffe::1",
        ])
    func isPublic(literal: String) {
        #expect(AddressPolicy.isPublic(literal: literal) == true)
    }

    @Test("A name is not an address", arguments: ["localhost", "example.org", "", "1.2.3.4.5", "127.0.0.1.nip.io"])
    func name(text: String) {
        #expect(AddressPolicy.isPublic(literal: text) == nil)
    }

    @Test("Bytes that are no internet address are not public", arguments: [0, 3, 5, 15, 17, 110])
    func odd(count: Int) {
        #expect(!AddressPolicy.isPublic(Array(repeating: 8, count: count)))
    }

    @Test(
        "Under publicOnly a forbidden address gets no connection, by number or by name",
        arguments: ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]", "0.0.0.0", "127.1"])
    func canary(host: String) throws {
        let canary = ClientTestServer.answering { _ in "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" }
        defer { canary.stop() }
        let client = try HTTPClient(ClientConfiguration(version: "1", addressPolicy: .publicOnly))
        let failure = client.failure(of: ClientRequest("GET", "http://\(host):\(canary.port)/"))
        #expect(failure?.reason == .addressForbidden)
        #expect(failure?.delivery == .notSent)
        // What was not connected by now cannot be later: the client is gone.
        client.shutdown()
        #expect(canary.connectionCount == 0)
        // The canary is alive: the same request reaches it where the operator allows it.
        let own = try HTTPClient(.forTests)
        #expect(try own.perform(ClientRequest("GET", "http://127.0.0.1:\(canary.port)/")).status == 200)
        #expect(canary.connectionCount == 1)
    }
}
