/// Reads a client's WebSocket frames (RFC 6455 §5), strictly, without I/O.
///
/// Masked frames only, no reserved bits, shortest lengths, text that is UTF-8, messages within the bound.
/// The same bytes give the same events however they were cut. After `.failed` or `.close` nothing more is read.
package struct FrameParser: Sendable {
    package enum Event: Sendable, Hashable {
        /// Nothing to report yet: go on while bytes are left, and come back when more arrived.
        case more
        /// A whole text message, valid UTF-8.
        case text([UInt8])
        case binary([UInt8])
        case ping([UInt8])
        case pong
        /// The peer closes; `WebSocketCloseCode.absent` when it gave no code.
        case close(UInt16)
        /// The peer broke the protocol; close with this code.
        case failed(UInt16)
    }

    private enum Place: UInt8, Sendable {
        case first, second, length, mask, payload
    }

    private enum Opcode {
        static let continuation: UInt8 = 0
        static let text: UInt8 = 1
        static let binary: UInt8 = 2
        static let close: UInt8 = 8
        static let ping: UInt8 = 9
        static let pong: UInt8 = 10
    }

    private var place = Place.first
    private var opcode: UInt8 = 0
    private var isFinal = false
    /// Bytes still due for the length or the mask, then for the payload.
    private var due = 0
    private var length: UInt64 = 0
    private var lengthBytes = 0
    private var mask: UInt32 = 0
    private var messageOpcode: UInt8 = 0
    private var message: [UInt8] = []
    private var control: [UInt8] = []

    package init() {}

    /// A frame or a fragmented message has begun and not ended.
    package var isMidMessage: Bool { place != .first || messageOpcode != 0 }

    /// Bytes kept of a message that is not whole.
    package var bufferedBytes: Int { message.count + control.count }

    package mutating func consume(
        _ bytes: Span<UInt8>, at position: inout Int, messageBytesMax: Int
    ) -> Event {
        while position < bytes.count {
            if place == .payload {
                takePayload(bytes, at: &position)
                if due > 0 { return .more }
                let event = endFrame()
                if event != .more { return event }
                continue
            }
            let byte = bytes[position]
            position += 1
            if let code = header(byte, messageBytesMax: messageBytesMax) { return .failed(code) }
            if place == .payload, due == 0 {
                let event = endFrame()
                if event != .more { return event }
            }
        }
        return .more
    }

    // MARK: Header

    /// Takes one byte of a frame's header; returns a close code when it may not stand there.
    private mutating func header(_ byte: UInt8, messageBytesMax: Int) -> UInt16? {
        switch place {
        case .first: return begin(byte)
        case .second: return second(byte, messageBytesMax: messageBytesMax)
        case .length:
            length = length << 8 | UInt64(byte)
            due -= 1
            return due == 0 ? endLength(messageBytesMax: messageBytesMax) : nil
        case .mask:
            mask = mask >> 8 | UInt32(byte) << 24
            due -= 1
            if due == 0 { beginPayload() }
            return nil
        case .payload: return nil
        }
    }

    private mutating func begin(_ byte: UInt8) -> UInt16? {
        guard byte & 0x70 == 0 else { return WebSocketCloseCode.protocolError }  // No extension was agreed.
        opcode = byte & 0x0f
        isFinal = byte & 0x80 != 0
        switch opcode {
        case Opcode.continuation where messageOpcode == 0: return WebSocketCloseCode.protocolError
        case Opcode.text where messageOpcode != 0: return WebSocketCloseCode.protocolError
        case Opcode.binary where messageOpcode != 0: return WebSocketCloseCode.protocolError
        case Opcode.continuation, Opcode.text, Opcode.binary: break
        case Opcode.close, Opcode.ping, Opcode.pong:
            guard isFinal else { return WebSocketCloseCode.protocolError }
        default: return WebSocketCloseCode.protocolError
        }
        place = .second
        return nil
    }

    private mutating func second(_ byte: UInt8, messageBytesMax: Int) -> UInt16? {
        guard byte & 0x80 != 0 else { return WebSocketCloseCode.protocolError }  // RFC 6455 §5.1: clients mask.
        let short = byte & 0x7f
        if opcode >= Opcode.close, short > 125 { return WebSocketCloseCode.protocolError }
        length = 0
        switch short {
        case 126: lengthBytes = 2
        case 127: lengthBytes = 8
        default:
            lengthBytes = 0
            length = UInt64(short)
            return endLength(messageBytesMax: messageBytesMax)
        }
        due = lengthBytes
        place = .length
        return nil
    }

    private mutating func endLength(messageBytesMax: Int) -> UInt16? {
        // The shortest form is required, and the highest bit is always 0 (RFC 6455 §5.2).
        if lengthBytes == 2, length < 126 { return WebSocketCloseCode.protocolError }
        if lengthBytes == 8, length < 65_536 || length >> 63 == 1 { return WebSocketCloseCode.protocolError }
        if opcode < Opcode.close, length > UInt64(max(0, messageBytesMax - message.count)) {
            return WebSocketCloseCode.messageTooBig
        }
        place = .mask
        due = 4
        mask = 0
        return nil
    }

    private mutating func beginPayload() {
        place = .payload
        due = Int(length)
        if opcode == Opcode.text || opcode == Opcode.binary { messageOpcode = opcode }
    }

    // MARK: Payload

    private mutating func takePayload(_ bytes: Span<UInt8>, at position: inout Int) {
        let range = position..<position + min(due, bytes.count - position)
        if opcode >= Opcode.close {
            Self.unmask(bytes, range, mask: mask, into: &control)
        } else {
            Self.unmask(bytes, range, mask: mask, into: &message)
        }
        // The mask is turned so that its first byte is the next one due.
        mask = Self.rotated(mask, by: range.count)
        position = range.upperBound
        due -= range.count
    }

    private static func unmask(_ bytes: Span<UInt8>, _ range: Range<Int>, mask: UInt32, into target: inout [UInt8]) {
        var shift: UInt32 = 0
        for index in range {
            target.append(bytes[index] ^ UInt8(truncatingIfNeeded: mask &>> shift))
            shift = (shift &+ 8) & 31
        }
    }

    private static func rotated(_ mask: UInt32, by count: Int) -> UInt32 {
        let shift = UInt32(truncatingIfNeeded: count & 3) * 8
        return shift == 0 ? mask : mask >> shift | mask << (32 - shift)
    }

    private mutating func endFrame() -> Event {
        place = .first
        switch opcode {
        case Opcode.close: return close()
        case Opcode.ping:
            defer { control = [] }
            return .ping(control)
        case Opcode.pong:
            control = []
            return .pong
        default: return isFinal ? endMessage() : .more
        }
    }

    private mutating func endMessage() -> Event {
        let whole = message
        let isText = messageOpcode == Opcode.text
        message = []
        messageOpcode = 0
        guard isText else { return .binary(whole) }
        return Self.isText(whole) ? .text(whole) : .failed(WebSocketCloseCode.notText)
    }

    private mutating func close() -> Event {
        defer { control = [] }
        if control.isEmpty { return .close(WebSocketCloseCode.absent) }
        guard control.count >= 2 else { return .failed(WebSocketCloseCode.protocolError) }
        let code = UInt16(control[0]) << 8 | UInt16(control[1])
        guard WebSocketCloseCode.mayBeReceived(code) else { return .failed(WebSocketCloseCode.protocolError) }
        guard Self.isText(Array(control[2...])) else { return .failed(WebSocketCloseCode.notText) }
        return .close(code)
    }

    private static func isText(_ bytes: [UInt8]) -> Bool {
        (try? UTF8Span(validating: bytes.span)) != nil
    }
}
