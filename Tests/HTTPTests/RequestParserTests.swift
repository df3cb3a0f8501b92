import Testing

@testable import HTTP

@Suite("Request parser")
struct RequestParserTests {
    /// Every event of a text, fed in pieces of a size, up to the first refusal.
    static func events(
        _ bytes: [UInt8], piece: Int = .max, limits: ParserLimits = ParserLimits()
    ) -> [RequestParser.Event] {
        var parser = RequestParser()
        var events: [RequestParser.Event] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + min(piece, bytes.count))
            let part = Array(bytes[start..<end])
            var position = 0
            while position < part.count {
                let event = parser.consume(part.span, at: &position, limits: limits)
                if event != .more { events.append(event) }
                if case .refused = event { return events }
            }
            start = end
        }
        return events
    }

    static func events(_ text: String, piece: Int = .max) -> [RequestParser.Event] {
        events(Array(text.utf8), piece: piece)
    }

    private static func only(_ text: String) throws -> (head: RequestHead, body: String) {
        let events = events(text).filter { $0 != .continueExpected }
        guard events.count == 1, case .request(let head, let body) = events[0] else {
            throw Unexpected(events: events)
        }
        return (head, String(decoding: body, as: UTF8.self))
    }

    private struct Unexpected: Error { let events: [RequestParser.Event] }

    @Test("A hostile request is refused with its status and reason", arguments: HostileRequest.all)
    func hostile(request: HostileRequest) {
        guard case .refused(let refusal) = Self.events(request.text).last else {
            Issue.record("not refused")
            return
        }
        #expect(refusal.status == request.status)
        #expect(refusal.reason == request.reason)
        #expect(Self.events(request.text).count == (request.text.contains("Expect: 100") ? 2 : 1))
    }

    @Test("Bytes that come one by one are judged like bytes that come at once", arguments: HostileRequest.all)
    func split(request: HostileRequest) {
        let whole = Self.events(request.text)
        for piece in [1, 2, 3, 7, 64] { #expect(Self.events(request.text, piece: piece) == whole) }
    }

    @Test("A request line's parts are given as they were sent")
    func requestLine() throws {
        let (head, body) = try Self.only("PUT /a%20b/c?x=1&y=%zz?? HTTP/1.1\r\nHost: h:80\r\n\r\n")
        #expect(head.method == .put)
        #expect(head.target == "/a%20b/c?x=1&y=%zz??")
        #expect(head.path == "/a%20b/c")
        #expect(head.query == "x=1&y=%zz??")
        #expect(head.keepsConnection)
        #expect(body == "")
    }

    @Test("Field names are compared without case and values are trimmed of blanks only")
    func fields() throws {
        let (head, _) = try Self.only("GET / HTTP/1.1\r\nHOST: h\r\nX-a: \t b c\t \r\nx-A:d\r\nEmpty:\r\n\r\n")
        #expect(head.value(of: "host") == "h")
        #expect(head.values(of: "X-A") == ["b c", "d"])
        #expect(head.value(of: "empty") == "")
        #expect(head.value(of: "x") == nil)
    }

    @Test(
        "A body is taken out of its framing",
        arguments: [
            ("Content-Length: 5\r\n\r\nhello", "hello"), ("Content-Length: 0\r\n\r\n", ""),
            ("Content-Length: 000005\r\n\r\nhello", "hello"),
            ("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "hello"),
            ("Transfer-Encoding: CHUNKED\r\n\r\n1\r\nh\r\n04;x=\"y\"\r\nello\r\n0;z\r\nTrailer: t\r\n\r\n", "hello"),
            (
                "Transfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\na\r\n0123456789\r\n0\r\n\r\n",
                "01234567890123456789"
            ),
        ])
    func body(text: String, body: String) throws {
        #expect(try Self.only("POST / HTTP/1.1\r\nHost: h\r\n\(text)").body == body)
    }

    @Test("Pipelined requests come out in order, however they were cut", arguments: [1, 2, 5, 11, 1000])
    func pipelined(piece: Int) {
        let text =
            "GET /1 HTTP/1.1\r\nHost: h\r\n\r\nPOST /2 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nabGET /3 HTTP/1.1\r\nHost: h\r\n\r\n"
        let targets = Self.events(text, piece: piece).map { event in
            if case .request(let head, let body) = event { "\(head.target) \(body.count)" } else { "?" }
        }
        #expect(targets == ["/1 0", "/2 2", "/3 0"])
    }

    @Test(
        "The connection is kept as version and Connection say, and close wins",
        arguments: [
            ("HTTP/1.1", "", true), ("HTTP/1.1", "Connection: close\r\n", false),
            ("HTTP/1.1", "Connection: Keep-Alive, CLOSE\r\n", false),
            ("HTTP/1.1", "Connection: close\r\nConnection: keep-alive\r\n", false),
            ("HTTP/1.0", "", false), ("HTTP/1.0", "Connection: keep-alive\r\n", true),
        ])
    func keeping(version: String, field: String, keeps: Bool) throws {
        #expect(try Self.only("GET / \(version)\r\nHost: h\r\n\(field)\r\n").head.keepsConnection == keeps)
    }

    @Test("A sender who expects 100 is noticed before its body, but not in HTTP/1.0")
    func expectation() {
        let text = "Host: h\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\nx"
        #expect(Self.events("POST / HTTP/1.1\r\n\(text)").first == .continueExpected)
        #expect(Self.events("POST / HTTP/1.0\r\n\(text)").count == 1)
    }

    @Test("The longest prefix decides how large a body may be")
    func bodyLimits() {
        var limits = ParserLimits()
        limits.bodyBytesMax = 4
        limits.bodyBytesMaxByPrefix = [.init(prefix: "/a", bytesMax: 8), .init(prefix: "/a/b", bytesMax: 2)]
        func isTaken(_ path: String, _ count: Int) -> Bool {
            let bytes = Array("POST \(path) HTTP/1.1\r\nHost: h\r\nContent-Length: \(count)\r\n\r\n".utf8)
            let events = Self.events(bytes + [UInt8](repeating: 120, count: count), limits: limits)
            if case .request = events.first { return true }
            return false
        }
        #expect(isTaken("/", 4) && !isTaken("/", 5))
        #expect(isTaken("/a?/a/b", 8) && !isTaken("/a", 9))
        #expect(isTaken("/a/b", 2) && !isTaken("/a/bc", 3))
    }

    @Test("A body in chunks may reach its bound and not pass it", arguments: [(4, true), (5, false)])
    func chunkedLimit(count: Int, isTaken: Bool) {
        var limits = ParserLimits()
        limits.bodyBytesMax = 4
        let chunks = (0..<count).map { _ in "1\r\nx\r\n" }.joined()
        let text = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n\(chunks)0\r\n\r\n"
        let last = Self.events(Array(text.utf8), limits: limits).last
        if case .request = last { #expect(isTaken) } else { #expect(!isTaken) }
    }

    @Test(
        "A WebSocket is offered only by a request that asks for one properly",
        arguments: [
            ("", RequestHead.UpgradeOffer.acceptable), ("Content-Length: 1\r\n", .unacceptable),
            ("Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n", .unacceptable),
            ("Sec-WebSocket-Version: 13\r\n", .unacceptable),
        ])
    func upgrade(extra: String, offer: RequestHead.UpgradeOffer) throws {
        let text =
            "GET / HTTP/1.1\r\nHost: h\r\nUpgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\(extra)\r\nx"
        guard case .request(let head, _) = Self.events(text).first else {
            Issue.record("not parsed")
            return
        }
        #expect(head.upgrade == offer)
    }

    @Test("The byte sets are those of the RFCs")
    func byteSets() {
        let alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        func members(_ set: ByteSet) -> Set<UInt8> { Set((0...255).map(UInt8.init).filter { set.contains($0) }) }
        #expect(members(.token) == Set("\(alphanumeric)!#$%&'*+-.^_`|~".utf8))
        #expect(members(.target) == Set("\(alphanumeric)-._~!$&'()*+,;=:@/?%[]".utf8))
        #expect(members(.host) == Set("\(alphanumeric)-._~:[]".utf8))
    }
}
