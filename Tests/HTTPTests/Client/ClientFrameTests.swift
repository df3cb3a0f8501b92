import Testing

@testable import HTTP

@Suite("Frames and handshake of the WebSocket client")
struct ClientFrameTests {
    typealias Event = ClientFrameDecoder.Event
    typealias Violation = ClientFrameDecoder.Violation

    @Test("A frame is masked and its length takes the shortest form (RFC 6455 §5.2, §5.7)")
    func encode() {
        let mask: [UInt8] = [0x37, 0xfa, 0x21, 0x3d]
        #expect(
            ClientFrame.encode(.text, Array("Hello".utf8), mask: mask)
                == [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58])
        #expect(ClientFrame.encode(.ping, [], mask: mask) == [0x89, 0x80] + mask)
        let starts: [(Int, [UInt8])] = [
            (125, [0x81, 0xfd]), (126, [0x81, 0xfe, 0, 126]), (65535, [0x81, 0xfe, 0xff, 0xff]),
            (65536, [0x81, 0xff, 0, 0, 0, 0, 0, 1, 0, 0]),
        ]
        for (count, start) in starts {
            let frame = ClientFrame.encode(.text, Array(repeating: 1, count: count), mask: mask)
            #expect(Array(frame.prefix(start.count + 4)) == start + mask)
            #expect(frame.count == start.count + 4 + count)
        }
    }

    @Test("A close reason is cut between characters to fit a control frame")
    func closePayload() {
        #expect(ClientFrame.closePayload(1000, "") == [3, 232])
        #expect(ClientFrame.closePayload(1000, String(repeating: "é", count: 100)).count == 2 + 122)
    }

    static let stream: [UInt8] =
        [0x81, 2, 0x68, 0x69] + [0x01, 1, 0xc3] + [0x89, 1, 7] + [0x00, 0] + [0x80, 1, 0xa4] + [0x8a, 0] + [0x81, 0]
        + [0x81, 126, 0, 130] + Array(repeating: 0x78, count: 130) + [0x88, 4, 0x0f, 0xa1, 0x6f, 0x6b]
    static let events: [Event] = [
        .text("hi"), .ping([7]), .text("ä"), .pong([]), .text(""), .text(String(repeating: "x", count: 130)),
        .close(4001, "ok"),
    ]

    @Test("A stream of frames means the same wherever it is cut")
    func everyCut() throws {
        for cut in 0...Self.stream.count {
            var decoder = ClientFrameDecoder(messageMax: 130)
            var events: [Event] = []
            for piece in [Self.stream[..<cut], Self.stream[cut...]] {
                decoder.append(piece)
                while let event = try decoder.next() { events.append(event) }
            }
            #expect(events == Self.events, "cut at \(cut)")
        }
        var decoder = ClientFrameDecoder(messageMax: 130)
        var events: [Event] = []
        for byte in Self.stream {
            decoder.append(CollectionOfOne(byte))
            while let event = try decoder.next() { events.append(event) }
        }
        #expect(events == Self.events)
    }

    @Test(
        "Each broken rule has the code the standard names",
        arguments: [
            ([0xc1, 0], 1002), ([0xa1, 0], 1002), ([0x91, 0], 1002), ([0x83, 0], 1002), ([0x8b, 0], 1002),
            ([0x81, 0x81, 1, 2, 3, 4, 5], 1002), ([0x09, 0], 1002), ([0x89, 126, 0, 126], 1002), ([0x80, 0], 1002),
            ([0x01, 0, 0x81, 0], 1002), ([0x81, 126, 0, 125], 1002), ([0x81, 127, 0, 0, 0, 0, 0, 0, 0xff, 0xff], 1002),
            ([0x82, 0], 1003), ([0x81, 1, 0xff], 1007), ([0x88, 3, 3, 232, 0xff], 1007), ([0x88, 1, 3], 1002),
            ([0x88, 2, 3, 231], 1002), ([0x88, 2, 3, 237], 1002), ([0x88, 2, 0x13, 0x88], 1002), ([0x81, 101], 1009),
            ([0x01, 1, 0x61, 0x80, 100], 1009), ([0x81, 127, 0x80, 0, 0, 0, 0, 0, 0, 0], 1009),
            ([0x81, 127, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 1009),
        ] as [([UInt8], UInt16)])
    func violations(bytes: [UInt8], code: UInt16) {
        var decoder = ClientFrameDecoder(messageMax: 100)
        decoder.append(bytes)
        do throws(Violation) {
            while try decoder.next() != nil {}
            Issue.record("taken for good: \(bytes)")
        } catch { #expect(error.code == code, "\(error.why)") }
    }

    @Test("Any bytes at all are either frames or a violation, and never more memory than was fed")
    func noise() {
        var generator = ClientSeededGenerator(state: 42)
        for _ in 0..<2000 {
            var decoder = ClientFrameDecoder(messageMax: 64)
            var ends = 0
            for _ in 0..<8 where ends == 0 {
                decoder.append(
                    (0..<Int.random(in: 0...20, using: &generator)).map { _ in
                        UInt8.random(in: 0...255, using: &generator) & (Bool.random(using: &generator) ? 0x8f : 0xff)
                    })
                do throws(Violation) { while try decoder.next() != nil {} } catch {
                    ends += [1002, 1003, 1007, 1009].contains(error.code) ? 1 : 9
                }
            }
            #expect(ends <= 1)
        }
    }

    @Test("The accept value is the standard's example (RFC 6455 §1.3)")
    func accept() {
        #expect(ClientUpgrade.acceptValue(for: "dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    }

    static let opened =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Accept: \(ClientUpgrade.acceptValue(for: "AAAAAAAAAAAAAAAAAAAAAA=="))\r\n\r\nrest"

    @Test("A handshake's answer means the same wherever it is cut")
    func answerEveryCut() {
        let bytes = Array(Self.opened.utf8)
        for cut in 0..<(bytes.count - 4) {
            var upgrade = ClientUpgrade(nonce: Array(repeating: 0, count: 16), protocols: [])
            #expect(upgrade.take(bytes[..<cut]) == .incomplete)
            #expect(upgrade.take(bytes[cut...]) == .opened(protocol: nil, rest: Array("rest".utf8)))
        }
    }

    @Test(
        "An answer that never ends is told or refused at its bound",
        arguments: [
            ("HTTP/1.1 200 OK\r\n", "X: y\r\n", false), ("HTTP/1.1 503 No\r\n\r\n", "x", true),
            ("HTTP/1.1 503 No\r\nContent-Length: 999999999\r\n\r\n", "x", true),
            ("HTTP/1.1 503 No\r\nTransfer-Encoding: chunked\r\n\r\n", "0", true),
            ("HTTP/1.1 503 No\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n", true),
        ])
    func endless(start: String, more: String, isRefusal: Bool) {
        var upgrade = ClientUpgrade(nonce: Array(repeating: 0, count: 16), protocols: [])
        var answer = upgrade.take(start.utf8)
        var fed = 0
        let piece = String(repeating: more, count: 1000)
        while answer == .incomplete, fed < 1 << 20 {
            answer = upgrade.take(piece.utf8)
            fed += piece.utf8.count
        }
        switch answer {
        case .refused(let response): #expect(isRefusal && response.body.count <= ClientUpgrade.refusalBodyMax)
        case .malformed: #expect(!isRefusal)
        case .incomplete, .opened: Issue.record("took \(fed) bytes: \(answer)")
        }
    }
}

/// SplitMix64: the same numbers in every run.
private struct ClientSeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
