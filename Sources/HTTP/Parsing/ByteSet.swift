/// A set of ASCII bytes in two words. No byte above 127 is ever a member.
///
/// The constants are bit masks, not computed from text, so that they are compiled in and the parser
/// never asks whether a global has been initialised. A test derives them again from the RFCs' text.
struct ByteSet: Sendable {
    let low: UInt64
    let high: UInt64

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        if byte < 64 { return low &>> UInt64(byte) & 1 == 1 }
        if byte < 128 { return high &>> UInt64(byte &- 64) & 1 == 1 }
        return false
    }

    /// `tchar` of RFC 9110 §5.6.2: methods and field names.
    static let token = ByteSet(low: 0x3ff_6cfa_0000_0000, high: 0x57ff_ffff_c7ff_fffe)
    /// Characters of an RFC 3986 path and query, with the percent sign.
    static let target = ByteSet(low: 0xafff_fff2_0000_0000, high: 0x47ff_fffe_afff_ffff)
    /// Characters of a Host value: names, IPv4, bracketed IPv6 and a port (RFC 9110 §7.2), without user information.
    static let host = ByteSet(low: 0x07ff_6000_0000_0000, high: 0x47ff_fffe_afff_fffe)
}

/// Legal in a field value: visible ASCII, obs-text, space and tab (RFC 9110 §5.5).
@inline(__always)
func isFieldValueByte(_ byte: UInt8) -> Bool {
    (byte >= 0x20 && byte != 0x7f) || byte == 0x09
}

@inline(__always)
func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

/// ASCII lower case; other bytes are left alone.
@inline(__always)
func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

/// The value of one hexadecimal digit, or nil.
@inline(__always)
func hexadecimalValue(_ byte: UInt8) -> UInt8? {
    if isDigit(byte) { return byte &- 0x30 }
    let letter = byte | 0x20
    return letter &- 0x61 < 6 ? letter &- 0x61 &+ 10 : nil
}

/// Line ends and separators the parsers name.
enum Byte {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0a
    static let carriageReturn: UInt8 = 0x0d
    static let space: UInt8 = 0x20
    static let comma: UInt8 = 0x2c
    static let colon: UInt8 = 0x3a
    static let semicolon: UInt8 = 0x3b
    static let slash: UInt8 = 0x2f
    static let question: UInt8 = 0x3f
}

extension Span<UInt8> {
    /// Whether the bytes of `range` are `name` (given in lower case), whatever their case.
    @inline(__always)
    func matches(_ range: Range<Int>, _ name: StaticString) -> Bool {
        guard range.count == name.utf8CodeUnitCount else { return false }
        return name.withUTF8Buffer { expected in
            for offset in 0..<expected.count
            where lowercased(self[range.lowerBound + offset]) != expected[offset] { return false }
            return true
        }
    }
}

extension [UInt8] {
    /// Appends a slice of borrowed bytes: the one place where the parsers touch a pointer, because
    /// an array cannot yet append a span.
    @inline(__always)
    mutating func append(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        bytes.extracting(range).withUnsafeBufferPointer { append(contentsOf: $0) }
    }
}
