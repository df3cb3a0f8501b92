/// Turns a terminal's bytes into keys, wherever the pieces are cut. Pure.
///
/// Knows the sequences of xterm and its kin (ECMA-48 §5.4 for their form). What it does not know is passed over whole.
struct KeyReader: Sendable {
    enum Key: Equatable, Sendable {
        case character(Character)
        /// Text pasted in one piece, line ends included (bracketed paste, `CSI ? 2004 h`).
        case paste(String)
        case enter, backspace, delete, left, right, home, end, up, down
        case eraseLine, eraseWord, redraw
        /// ^C.
        case interrupt
        /// ^D.
        case endOfInput
    }

    /// Bytes of one paste; what is beyond is cut off.
    static let pasteBytesMax = 32 << 10

    private var pending: [UInt8] = []
    private var pasted: [UInt8]?
    private static let pasteEnd = Array("\u{1B}[201~".utf8)

    mutating func read(_ bytes: some Sequence<UInt8>) -> [Key] {
        var keys: [Key] = []
        for byte in bytes {
            if let key = take(byte) { keys.append(key) }
        }
        return keys
    }

    private mutating func take(_ byte: UInt8) -> Key? {
        if pasted != nil { return takePasted(byte) }
        pending.append(byte)
        if pending[0] == 0x1B { return takeEscape() }
        if pending[0] >= 0x80 { return takeLetters() }
        pending = []
        return Self.key(byte)
    }

    private static func key(_ byte: UInt8) -> Key? {
        switch byte {
        case 0x0D, 0x0A: .enter
        case 0x7F, 0x08: .backspace
        case 0x01: .home
        case 0x02: .left
        case 0x03: .interrupt
        case 0x04: .endOfInput
        case 0x05: .end
        case 0x06: .right
        case 0x0C: .redraw
        case 0x15: .eraseLine
        case 0x17: .eraseWord
        case 0x20...0x7E: .character(Character(Unicode.Scalar(byte)))
        default: nil
        }
    }

    // MARK: UTF-8

    /// A letter of several bytes, when its last one is here.
    private mutating func takeLetters() -> Key? {
        let length =
            switch pending[0] {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 1
            }
        // A byte that cannot go on begins anew.
        if pending.count > 1, let last = pending.last, last & 0xC0 != 0x80 {
            pending = []
            return take(last)
        }
        guard pending.count >= length else { return nil }
        defer { pending = [] }
        guard let text = String(validating: pending, as: UTF8.self), let character = text.first,
            text.unicodeScalars.allSatisfy({ !(0x80..<0xA0).contains($0.value) })
        else { return nil }
        return .character(character)
    }

    // MARK: Sequences

    private mutating func takeEscape() -> Key? {
        guard pending.count > 1 else { return nil }
        switch pending[1] {
        case UInt8(ascii: "["): return takeControlSequence()
        case UInt8(ascii: "O"):
            guard pending.count == 3 else { return nil }
            defer { pending = [] }
            return Self.arrow(pending[2])
        default:
            // Alt and a key, or Escape and then a key.
            let byte = pending[1]
            pending = []
            return byte == 0x7F ? .eraseWord : nil
        }
    }

    private mutating func takeControlSequence() -> Key? {
        guard pending.count > 2, let last = pending.last else { return nil }
        guard (0x40...0x7E).contains(last) else {
            // Longer than any sequence there is: not one.
            if pending.count > 32 { pending = [] }
            return nil
        }
        defer { pending = [] }
        guard last == UInt8(ascii: "~") else { return Self.arrow(last) }
        switch String(decoding: pending[2..<(pending.count - 1)], as: UTF8.self) {
        case "1", "7": return .home
        case "3": return .delete
        case "4", "8": return .end
        case "200":
            pasted = []
            return nil
        default: return nil
        }
    }

    private static func arrow(_ byte: UInt8) -> Key? {
        switch byte {
        case UInt8(ascii: "A"): .up
        case UInt8(ascii: "B"): .down
        case UInt8(ascii: "C"): .right
        case UInt8(ascii: "D"): .left
        case UInt8(ascii: "F"): .end
        case UInt8(ascii: "H"): .home
        default: nil
        }
    }

    private mutating func takePasted(_ byte: UInt8) -> Key? {
        pasted?.append(byte)
        guard let bytes = pasted, bytes.suffix(Self.pasteEnd.count).elementsEqual(Self.pasteEnd) else {
            // The mark must still be recognised when the text before it is too long.
            if let count = pasted?.count, count > Self.pasteBytesMax + Self.pasteEnd.count {
                pasted?.remove(at: Self.pasteBytesMax)
            }
            return nil
        }
        pasted = nil
        let text = String(decoding: bytes.dropLast(Self.pasteEnd.count), as: UTF8.self)
        return .paste(text.replacing("\r\n", with: "\n").replacing("\r", with: "\n"))
    }
}
