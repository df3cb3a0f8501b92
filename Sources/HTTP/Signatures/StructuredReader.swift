/// Reads structured fields (RFC 8941 §4.2), stricter than they are: a name given twice is refused, not overwritten.
///
/// Pure, one pass, no recursion; what it reads is bounded by `SignatureFields`.
struct StructuredReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { position == bytes.count }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    func isNext(_ byte: Unicode.Scalar) -> Bool { next == UInt8(ascii: byte) }

    mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: byte) else { return false }
        position += 1
        return true
    }

    mutating func expect(_ byte: Unicode.Scalar, _ place: String) throws(SignatureFault) {
        guard take(byte) else { throw .malformed("'\(byte)' is missing \(place)") }
    }

    mutating func skipSpaces() {
        while next == Byte.space { position += 1 }
    }

    /// Between the members of a dictionary a tab counts as a space (RFC 8941 §4.2.2).
    mutating func skipBlanks() {
        while let next, isBlank(next) { position += 1 }
    }

    mutating func key() throws(SignatureFault) -> String {
        let start = position
        guard let first = next, isLowercaseLetter(first) || first == UInt8(ascii: "*") else {
            throw .malformed("a name must begin with a small letter")
        }
        while let byte = next,
            isLowercaseLetter(byte) || isDigit(byte) || "_-.*".utf8.contains(byte)
        {
            position += 1
        }
        guard position - start <= SignatureFields.nameBytesMax else { throw .malformed("a name is too long") }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    mutating func parameters() throws(SignatureFault) -> [StructuredParameter] {
        var parameters: [StructuredParameter] = []
        while take(";") {
            skipSpaces()
            let name = try key()
            guard !parameters.contains(where: { $0.name == name }) else { throw .malformed("\(name) is given twice") }
            guard parameters.count < SignatureFields.parametersMax else { throw .malformed("too many parameters") }
            parameters.append(StructuredParameter(name, take("=") ? try item() : .boolean(true)))
        }
        return parameters
    }

    mutating func item() throws(SignatureFault) -> StructuredItem {
        switch next {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: ":"): return .bytes(try byteSequence())
        case UInt8(ascii: "?"): return .boolean(try boolean())
        case .some(let byte) where isDigit(byte) || byte == UInt8(ascii: "-"): return .integer(try integer())
        case .some(let byte) where isLetter(byte) || byte == UInt8(ascii: "*"): return .token(token())
        default: throw .malformed("a value is missing")
        }
    }

    mutating func string() throws(SignatureFault) -> String {
        try expect("\"", "before a text")
        var text: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let escaped = next, escaped == UInt8(ascii: "\"") || escaped == UInt8(ascii: "\\") else {
                    throw .malformed("a backslash stands before neither a quote nor a backslash")
                }
                position += 1
                text.append(escaped)
            case 0x20...0x7e: text.append(byte)
            default: throw .malformed("a text holds what is not visible ASCII")
            }
        }
        throw .malformed("a text does not end")
    }

    mutating func byteSequence() throws(SignatureFault) -> [UInt8] {
        try expect(":", "before bytes")
        guard let end = bytes[position...].firstIndex(of: Byte.colon) else { throw .malformed("bytes do not end") }
        let text = String(decoding: bytes[position..<end], as: UTF8.self)
        guard let decoded = Base64.decode(text) else { throw .malformed("bytes are not padded base64") }
        position = end + 1
        return decoded
    }

    private mutating func boolean() throws(SignatureFault) -> Bool {
        position += 1
        if take("1") { return true }
        if take("0") { return false }
        throw .malformed("a boolean is neither ?0 nor ?1")
    }

    private mutating func integer() throws(SignatureFault) -> Int64 {
        let isNegative = take("-")
        let start = position
        var number: Int64 = 0
        while let byte = next, isDigit(byte) {
            guard position - start < 15 else { throw .malformed("a number has more than 15 digits") }
            number = number * 10 + Int64(byte & 15)
            position += 1
        }
        guard position > start, next != UInt8(ascii: ".") else { throw .malformed("a number is not whole") }
        return isNegative ? -number : number
    }

    private mutating func token() -> String {
        let start = position
        while let byte = next, ByteSet.token.contains(byte) || byte == Byte.colon || byte == Byte.slash {
            position += 1
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private func isLowercaseLetter(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }
    private func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
}
