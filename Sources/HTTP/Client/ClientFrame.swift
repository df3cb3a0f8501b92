/// The frames a WebSocket client writes (RFC 6455 §5). Pure: the masking key comes from the caller.
enum ClientFrame {
    enum Opcode: UInt8 {
        case continuation = 0
        case text = 1
        case binary = 2
        case close = 8
        case ping = 9
        case pong = 10

        var isControl: Bool { rawValue >= 8 }
    }

    /// One whole, final frame, masked with `mask` as everything from a client must be (§5.3).
    static func encode(_ opcode: Opcode, _ payload: [UInt8], mask: [UInt8]) -> [UInt8] {
        precondition(mask.count == 4, "A masking key has 4 bytes (RFC 6455 §5.3)")
        var frame: [UInt8] = [0x80 | opcode.rawValue]
        frame.reserveCapacity(payload.count + 14)
        switch payload.count {
        case ..<126: frame.append(0x80 | UInt8(payload.count))
        case ..<65536: frame += [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xff)]
        default:
            frame.append(0x80 | 127)
            frame += (0..<8).reversed().map { UInt8(truncatingIfNeeded: payload.count >> ($0 * 8)) }
        }
        frame += mask
        for index in payload.indices { frame.append(payload[index] ^ mask[index & 3]) }
        return frame
    }

    /// The payload of a close frame: the code, and as much of the reason as fits a control frame (§5.5), cut between
    /// characters.
    static func closePayload(_ code: UInt16, _ reason: String) -> [UInt8] {
        var payload = [UInt8(code >> 8), UInt8(code & 0xff)]
        for character in reason {
            guard payload.count + character.utf8.count <= 125 else { break }
            payload += character.utf8
        }
        return payload
    }
}
