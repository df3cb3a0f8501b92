import Testing

@testable import HTTP

@Suite("Static assets")
struct StaticAssetsTests {
    private static let assets = StaticAssets([
        .init(path: "/", bytes: Array("<p>".utf8), contentType: "text/html; charset=utf-8"),
        .init(path: "/app.0123.js", bytes: Array("x()".utf8), contentType: "text/javascript", isImmutable: true),
    ])

    @Test("An asset comes with its type, a strong tag, and headers that forbid what a page does not need")
    func full() throws {
        let response = try #require(Self.assets.response(to: try HTTPRequest("GET", "/?x")))
        #expect(response.status == 200)
        #expect(response.body == Array("<p>".utf8))
        let fields = Dictionary(uniqueKeysWithValues: response.headers.map { ($0.name, $0.value) })
        #expect(fields["Content-Type"] == "text/html; charset=utf-8")
        #expect(fields["Cache-Control"] == "no-cache")
        #expect(fields["X-Content-Type-Options"] == "nosniff")
        #expect(fields["Content-Security-Policy"]?.contains("default-src 'none'") == true)
        #expect(fields["Content-Security-Policy"]?.contains("unsafe") == false)
        #expect(fields["ETag"]?.count == 34)
        #expect(response.headers.filter { !$0.isAcceptable } == [])
    }

    @Test("What never changes under its path may be kept for ever")
    func immutable() throws {
        let response = try #require(Self.assets.response(to: try HTTPRequest("HEAD", "/app.0123.js")))
        #expect(response.headers.contains(HTTPField("Cache-Control", "public, max-age=31536000, immutable")))
    }

    @Test(
        "A client that names the tag gets 304, in each of the forms it may name it",
        arguments: [
            ("TAG", 304), ("W/TAG", 304), ("\"x\", TAG", 304), ("\"x\" ,\tW/TAG ", 304), ("*", 304), ("\"x\"", 200),
        ])
    func notModified(value: String, status: Int) throws {
        let value = value.replacing("TAG", with: StaticAssets.etag(Array("<p>".utf8)))
        let request = try HTTPRequest("GET", "/", headers: [HTTPField("If-None-Match", value)])
        let response = try #require(Self.assets.response(to: request))
        #expect(response.status == status)
        #expect(response.body.isEmpty == (status == 304))
    }

    @Test("Only GET and HEAD are served, and only the exact paths", arguments: ["/x", "/../", "//", "/app.0123.js/"])
    func others(path: String) throws {
        #expect(try Self.assets.response(to: HTTPRequest("GET", path)) == nil)
        #expect(try Self.assets.response(to: HTTPRequest("POST", "/"))?.status == 405)
    }
}

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
}
