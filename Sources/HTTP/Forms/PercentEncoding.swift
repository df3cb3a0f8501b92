/// Percent-encoding (RFC 3986 §2.1), strict in one direction and plain in the other.
package enum PercentEncoding {
    /// Decodes `%41` and, in forms, `+`.
    /// - Throws: `FormFailure` when a percent sign is not followed by two digits, or the result is not UTF-8.
    package static func decode(_ text: some Sequence<UInt8>, plusIsSpace: Bool = false) throws(FormFailure) -> String {
        var bytes: [UInt8] = []
        var iterator = text.makeIterator()
        while let byte = iterator.next() {
            if byte == UInt8(ascii: "%") {
                guard let first = iterator.next().flatMap(hexadecimalValue),
                    let second = iterator.next().flatMap(hexadecimalValue)
                else { throw .malformedPercent }
                bytes.append(first << 4 | second)
            } else {
                bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? Byte.space : byte)
            }
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else { throw .notText }
        return decoded
    }

    package static func decode(_ text: String) throws(FormFailure) -> String { try decode(text.utf8) }

    /// Encodes everything but RFC 3986's unreserved characters.
    package static func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: isDigit(byte)
        }
    }
}
