import Testing

@testable import HTTP

@Suite("WebSocket frames")
struct FrameParserTests {
    /// A client's frame, masked unless told otherwise.
    static func frame(_ first: UInt8, _ payload: [UInt8], masked: Bool = true, lengthForm: Int? = nil) -> [UInt8] {
        var bytes = [first]
        let bit: UInt8 = masked ? 0x80 : 0
        switch lengthForm ?? (payload.count < 126 ? 0 : payload.count < 65_536 ? 2 : 8) {
        case 0: bytes.append(bit | UInt8(payload.count))
        case 2: bytes += [bit | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
        default:
            bytes.append(bit | 127)
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: payload.count >> shift))
            }
        }
        guard masked else { return bytes + payload }
        let mask: [UInt8] = [0x37, 0xfa, 0x21, 0x3d]
        return bytes + mask + payload.enumerated().map { $1 ^ mask[$0 & 3] }
    }

    static func text(_ text: String) -> [UInt8] { frame(0x81, Array(text.utf8)) }

    static func events(_ bytes: [UInt8], piece: Int = .max, max: Int = 1000) -> [FrameParser.Event] {
        var parser = FrameParser()
        var events: [FrameParser.Event] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + min(piece, bytes.count))
            let part = Array(bytes[start..<end])
            var position = 0
            while position < part.count {
                let event = parser.consume(part.span, at: &position, messageBytesMax: max)
                if event != .more { events.append(event) }
                switch event {
                case .failed, .close: return events
                default: break
                }
            }
            start = end
        }
        return events
    }

    static let abuses: [(String, [UInt8], UInt16)] = [
        ("not masked", frame(0x81, [97], masked: false), 1002),
        ("RSV1", frame(0xc1, [97]), 1002), ("RSV2", frame(0xa1, [97]), 1002), ("RSV3", frame(0x91, [97]), 1002),
        ("reserved data opcode", frame(0x83, []), 1002), ("reserved control opcode", frame(0x8b, []), 1002),
        ("continuation of nothing", frame(0x80, [97]), 1002),
        ("text inside a message", frame(0x01, [97]) + frame(0x81, [98]), 1002),
        ("binary inside a message", frame(0x01, [97]) + frame(0x82, [98]), 1002),
        ("fragmented ping", frame(0x09, []), 1002), ("fragmented close", frame(0x08, []), 1002),
        ("long ping", frame(0x89, [UInt8](repeating: 0, count: 126)), 1002),
        ("length not shortest, 16 bits", frame(0x81, [97], lengthForm: 2), 1002),
        ("length not shortest, 64 bits", frame(0x81, [97], lengthForm: 8), 1002),
        ("length with the highest bit", [0x81, 0xff, 0x80, 0, 0, 0, 0, 1, 0, 0], 1002),
        ("too big at once", [0x81, 0xfe, 0x03, 0xe9], 1009),
        ("too big by fragments", frame(0x01, [UInt8](repeating: 97, count: 600)) + [0x80, 0xfe, 0x02, 0x58], 1009),
        ("huge", [0x82, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 1009),
        ("not UTF-8", frame(0x81, [0xc3, 0x28]), 1007), ("surrogate", frame(0x81, [0xed, 0xa0, 0x80]), 1007),
        ("overlong", frame(0x81, [0xc0, 0xaf]), 1007), ("cut sequence", frame(0x81, [0xe2, 0x82]), 1007),
        ("beyond Unicode", frame(0x81, [0xf5, 0x80, 0x80, 0x80]), 1007),
        ("close of one byte", frame(0x88, [3]), 1002), ("close code 999", frame(0x88, [0x03, 0xe7]), 1002),
        ("close code 1005", frame(0x88, [0x03, 0xed]), 1002), ("close code 1006", frame(0x88, [0x03, 0xee]), 1002),
        ("close code 5000", frame(0x88, [0x13, 0x88]), 1002),
        ("close reason not UTF-8", frame(0x88, [0x03, 0xe8, 0xff]), 1007),
    ]

    @Test("A frame that breaks RFC 6455 fails the connection with the code it names", arguments: abuses)
    func abuse(name: String, bytes: [UInt8], code: UInt16) {
        #expect(Self.events(bytes).last == .failed(code), "\(name)")
        for piece in [1, 2, 3, 5] { #expect(Self.events(bytes, piece: piece) == Self.events(bytes), "\(name)") }
    }

    @Test("Messages, fragments and control frames between them come out whole", arguments: [1, 2, 3, 7, 10_000])
    func messages(piece: Int) {
        let long = [UInt8](repeating: 0x61, count: 70_000)
        let bytes =
            Self.text("é") + Self.frame(0x01, [0xe2, 0x82]) + Self.frame(0x89, [1, 2]) + Self.frame(0x00, [])
            + Self.frame(0x80, [0xac]) + Self.frame(0x8a, []) + Self.frame(0x82, long) + Self.frame(0x81, [])
            + Self.frame(0x88, [0x03, 0xe8, 0x62]) + Self.text("never read")
        #expect(
            Self.events(bytes, piece: piece, max: 70_000) == [
                .text(Array("é".utf8)), .ping([1, 2]), .text(Array("€".utf8)), .pong, .binary(long), .text([]),
                .close(1000),
            ])
    }

    @Test("A close without a code is told as 1005")
    func bareClose() { #expect(Self.events(Self.frame(0x88, [])) == [.close(1005)]) }

    @Test(
        "A frame we write announces its length in the shortest form",
        arguments: [(0, 2), (125, 2), (126, 4), (65_535, 4), (65_536, 10)])
    func written(count: Int, header: Int) {
        let frame = FrameWriter.frame(.binary, [UInt8](repeating: 7, count: count))
        #expect(frame.count == header + count)
        #expect(frame[0] == 0x82)
    }

    @Test("A close reason is cut at a whole character within 123 bytes")
    func closeReason() {
        let frame = FrameWriter.close(1001, reason: String(repeating: "ä", count: 100))
        #expect(frame.count == 2 + 2 + 122)
        #expect(FrameWriter.close(1006, reason: "x") == [0x88, 0])
    }

    @Test("The accept value is the one of RFC 6455 §1.3")
    func accept() {
        #expect(WebSocketHandshake.accept("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    }
}
