/// Reads what a WebSocket server sends, from pieces cut anywhere (RFC 6455 §5). Pure.
struct ClientFrameDecoder: Sendable {
    enum Event: Sendable, Hashable {
        case text(String)
        case ping([UInt8])
        case pong([UInt8])
        /// Code 1005 where the frame held none (§7.1.5).
        case close(UInt16, String)
    }

    /// The server broke a rule or a bound: close with `code` and read no further.
    struct Violation: Error, Sendable, Hashable {
        let code: UInt16
        let why: String
    }

    /// Bytes of one message, all its frames together; one more is a violation with code 1009.
    let messageMax: Int
    private var buffer: [UInt8] = []
    private var start = 0
    private var message: [UInt8] = []
    private var isInsideMessage = false

    init(messageMax: Int) {
        self.messageMax = messageMax
    }

    mutating func append(_ bytes: some Collection<UInt8>) {
        // What was read is given back once per piece and not once per frame: each byte moves at most once.
        buffer.removeFirst(start)
        start = 0
        buffer += bytes
    }

    /// The next whole event; nil when more bytes are needed. At most `messageMax` and one piece are ever held.
    mutating func next() throws(Violation) -> Event? {
        while let frame = try nextFrame() {
            if let event = try take(frame) { return event }
        }
        return nil
    }

    private struct Frame {
        let isFinal: Bool
        let opcode: ClientFrame.Opcode
        let payload: ArraySlice<UInt8>
    }

    private mutating func nextFrame() throws(Violation) -> Frame? {
        let bytes = buffer[start...]
        guard bytes.count >= 2 else { return nil }
        let (first, second) = (bytes[start], bytes[start + 1])
        guard first & 0x70 == 0 else { throw Violation(code: 1002, why: "a reserved bit was set") }
        guard let opcode = ClientFrame.Opcode(rawValue: first & 0x0f) else {
            throw Violation(code: 1002, why: "unknown opcode \(first & 0x0f)")
        }
        guard second & 0x80 == 0 else { throw Violation(code: 1002, why: "a server's frame was masked") }
        let isFinal = first & 0x80 != 0
        guard !opcode.isControl || (isFinal && second < 126) else {
            throw Violation(code: 1002, why: "a control frame was fragmented or longer than 125 bytes")
        }
        guard let (length, lengthBytes) = try Self.length(second, bytes.dropFirst(2)) else { return nil }
        let held = opcode.isControl ? 0 : message.count
        guard length <= messageMax - held || opcode.isControl else {
            throw Violation(code: 1009, why: "a message was longer than \(messageMax) bytes")
        }
        let payloadStart = start + 2 + lengthBytes
        guard buffer.count >= payloadStart + length else { return nil }
        start = payloadStart + length
        return Frame(isFinal: isFinal, opcode: opcode, payload: buffer[payloadStart..<start])
    }

    /// The payload's length and how many further bytes it took to say so; nil when they are not all there.
    private static func length(_ short: UInt8, _ rest: ArraySlice<UInt8>) throws(Violation) -> (Int, Int)? {
        guard short >= 126 else { return (Int(short), 0) }
        let count = short == 126 ? 2 : 8
        guard rest.count >= count else { return nil }
        let length = rest.prefix(count).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(Int32.max) else { throw Violation(code: 1009, why: "a frame of \(length) bytes") }
        guard length > (short == 126 ? 125 : 65535) else {
            throw Violation(code: 1002, why: "a length was not in its shortest form")
        }
        return (Int(length), count)
    }

    private mutating func take(_ frame: Frame) throws(Violation) -> Event? {
        switch frame.opcode {
        case .ping: return .ping(Array(frame.payload))
        case .pong: return .pong(Array(frame.payload))
        case .close: return try Self.close(frame.payload)
        case .binary: throw Violation(code: 1003, why: "a binary message where only text is spoken")
        case .text, .continuation:
            guard (frame.opcode == .continuation) == isInsideMessage else {
                throw Violation(code: 1002, why: "fragments out of order")
            }
            message += frame.payload
            isInsideMessage = !frame.isFinal
            return frame.isFinal ? try endMessage() : nil
        }
    }

    private mutating func endMessage() throws(Violation) -> Event {
        defer { message = [] }
        guard let text = String(validating: message, as: UTF8.self) else {
            throw Violation(code: 1007, why: "a text message was not UTF-8")
        }
        return .text(text)
    }

    private static func close(_ payload: ArraySlice<UInt8>) throws(Violation) -> Event {
        guard !payload.isEmpty else { return .close(1005, "") }
        guard payload.count >= 2 else { throw Violation(code: 1002, why: "a close frame of one byte") }
        let code = UInt16(payload[payload.startIndex]) << 8 | UInt16(payload[payload.startIndex + 1])
        guard (1000...1003).contains(code) || (1007...1014).contains(code) || (3000...4999).contains(code) else {
            throw Violation(code: 1002, why: "close code \(code)")
        }
        guard let reason = String(validating: payload.dropFirst(2), as: UTF8.self) else {
            throw Violation(code: 1007, why: "a close reason was not UTF-8")
        }
        return .close(code, reason)
    }
}
