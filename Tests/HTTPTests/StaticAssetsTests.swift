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
