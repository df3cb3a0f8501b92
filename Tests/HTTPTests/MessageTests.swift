import Testing

@testable import HTTP

@Suite("Messages")
struct MessageTests {
    @Test("A problem is JSON whatever its text holds")
    func problem() {
        let problem = Problem(status: 400, type: "urn:x", title: "T", detail: "a\"b\\c\n\u{1}ä")
        #expect(
            String(decoding: problem.json, as: UTF8.self)
                == #"{"type":"urn:x","title":"T","status":400,"detail":"a\"b\\c\u000a\u0001ä"}"#)
    }

    @Test(
        "A field that could end a message or frame it anew is not acceptable",
        arguments: [
            ("X", "a", true), ("X", "ä\tb c", true), ("X", "", true), ("", "a", false), ("X:", "a", false),
            ("X", "a\rb", false), ("X", "a\nb", false), ("X", "a\0b", false), ("X Y", "a", false),
            ("Content-Length", "1", false), ("transfer-encoding", "x", false), ("CONNECTION", "x", false),
            ("Date", "x", false), ("Link", "x", true), ("Set-Cookie", "a=b", true),
        ])
    func field(name: String, value: String, isAcceptable: Bool) {
        #expect(HTTPField(name, value).isAcceptable == isAcceptable)
    }

    @Test("A file name from a stranger stays inside its parameter")
    func download() {
        let field = SecurityHeaders.download(fileName: "a\"; x=\r\nY: ä/../b").last
        #expect(field?.value == "attachment; filename*=UTF-8''a%22%3B%20x%3D%0D%0AY%3A%20%C3%A4%2F..%2Fb")
    }

    @Test("An IPv4 address is the same inside IPv6, and neighbours are told apart")
    func peers() {
        let peer = PeerAddress(ipv4: 0x0a01_0203, port: 9)
        #expect(peer.description == "10.1.2.3:9")
        #expect(!peer.isLoopback && PeerAddress.loopback.isLoopback)
        let neighbour = PeerAddress.Neighbourhood(PeerAddress(ipv4: 0x0a01_0203, port: 10))
        #expect(PeerAddress.Neighbourhood(peer) == neighbour)
        #expect(PeerAddress.Neighbourhood(.loopback) != neighbour)
    }

    @Test(
        "A proxy is believed as far as it is listed, and no client can put words in its mouth",
        arguments: [
            ("127.0.0.1", [], "127.0.0.1"), ("127.0.0.1", ["203.0.113.9"], "203.0.113.9"),
            ("203.0.113.1", ["198.51.100.1"], "203.0.113.1"),
            ("127.0.0.1", ["6.6.6.6, 203.0.113.9"], "203.0.113.9"),
            ("127.0.0.1", ["6.6.6.6", "203.0.113.9, 10.0.0.2"], "203.0.113.9"),
            ("127.0.0.1", ["nonsense"], "127.0.0.1"), ("127.0.0.1", ["2001:db8::1"], "2001:db8::1"),
            ("127.0.0.1", ["203.0.113.9,"], "203.0.113.9"), ("127.0.0.1", ["::ffff:203.0.113.9"], "203.0.113.9"),
        ])
    func proxies(peer: String, forwarded: [String], client: String) throws {
        let request = try HTTPRequest(
            "GET", "/", headers: forwarded.map { HTTPField("X-Forwarded-For", $0) },
            peer: #require(PeerAddress(text: peer)))
        #expect(Proxies(["127.0.0.1", "10.0.0.2"]).client(of: request) == client)
    }

    @Test(
        "TLS in front of us counts when a listed proxy says so, once",
        arguments: [(["https"], true), (["http"], false), (["http", "https"], false), ([], false)])
    func secureProxy(values: [String], isSecure: Bool) throws {
        let request = try HTTPRequest("GET", "/", headers: values.map { HTTPField("X-Forwarded-Proto", $0) })
        #expect(Proxies(["127.0.0.1"]).isSecure(request) == isSecure)
        #expect(!Proxies([]).isSecure(request))
    }
}
