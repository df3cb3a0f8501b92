import HTTP
import Testing

@Suite("Server-sent events")
struct ClientServerSentEventParserTests {
    static let cases: [(String, [ServerSentEvent])] = [
        ("data: one\n\n", [ServerSentEvent(data: "one")]),
        ("data: a\r\ndata: b\r\n\r\n", [ServerSentEvent(data: "a\nb")]),
        ("data: a\rdata: b\r\rdata: c\r\r", [ServerSentEvent(data: "a\nb"), ServerSentEvent(data: "c")]),
        ("\u{feff}data: marked\n\n", [ServerSentEvent(data: "marked")]),
        (
            ":comment\nevent: add\nid: 7\ndata: 73857293\n\n",
            [ServerSentEvent(type: "add", data: "73857293", lastID: "7")]
        ),
        (
            "id: 1\ndata: x\n\ndata: y\n\nid\ndata: z\n\n",
            [
                ServerSentEvent(data: "x", lastID: "1"), ServerSentEvent(data: "y", lastID: "1"),
                ServerSentEvent(data: "z"),
            ]
        ),
        ("data\n\ndata\ndata\n\ndata:", [ServerSentEvent(data: ""), ServerSentEvent(data: "\n")]),
        ("data:test\n\ndata:  test\n\n", [ServerSentEvent(data: "test"), ServerSentEvent(data: " test")]),
        ("event: lonely\n\ndata: x\n\n", [ServerSentEvent(data: "x")]),
        ("id: a\0b\ndata: x\nunknown: y\nDATA: z\n\n", [ServerSentEvent(data: "x")]),
        ("data: ünï€😀\n\n", [ServerSentEvent(data: "ünï€😀")]),
        ("data: unfinished\n", []),
    ]

    @Test("A stream means the same wherever it is cut", arguments: cases)
    func everyCut(stream: String, expected: [ServerSentEvent]) throws {
        let bytes = Array(stream.utf8)
        for cut in 0...bytes.count {
            var parser = ServerSentEventParser()
            let events = try parser.consume(bytes[..<cut]) + parser.consume(bytes[cut...])
            #expect(events == expected, "cut at \(cut)")
        }
        var parser = ServerSentEventParser()
        var events: [ServerSentEvent] = []
        for byte in bytes { events += try parser.consume(CollectionOfOne(byte)) }
        #expect(events == expected)
    }

    @Test(
        "Only digits change the time before reconnecting, up to a day",
        arguments: [("1500", 1500), ("15s", nil), ("", nil), ("99999999999999999999", 86_400_000)] as [(String, Int?)])
    func retry(value: String, expected: Int?) throws {
        var parser = ServerSentEventParser()
        _ = try parser.consume("retry: \(value)\n".utf8)
        #expect(parser.reconnectAfter == expected)
    }

    @Test("A line or an event beyond its bound ends the stream for good")
    func bounds() throws {
        var parser = ServerSentEventParser(lineMax: 10, dataMax: 8)
        #expect(try parser.consume("data: 1234\n".utf8) == [])
        #expect(throws: ServerSentEventParser.Overflow.dataTooLong) { try parser.consume("data: 1234\n".utf8) }
        #expect(throws: ServerSentEventParser.Overflow.dataTooLong) { try parser.consume("\n".utf8) }
        parser = ServerSentEventParser(lineMax: 10, dataMax: 8)
        #expect(throws: ServerSentEventParser.Overflow.lineTooLong) { try parser.consume(": 123456789".utf8) }
    }
}
