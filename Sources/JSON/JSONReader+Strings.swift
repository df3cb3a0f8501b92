extension JSONReader {
    /// A string that has been checked whole: the bytes between its quotes.
    struct StringToken {
        var start: Int
        var end: Int
        var hasEscapes: Bool
    }

    /// Reads a string.
    package mutating func readString() throws(JSONError) -> String {
        let first = try startOfValue()
        guard first == UInt8(ascii: "\"") else { throw mismatch(first, expected: .string) }
        let token = try scanString()
        expectsValue = false
        return string(token)
    }

    /// Moves over a string, from its opening quote past its closing one, checking every byte.
    mutating func scanString() throws(JSONError) -> StringToken {
        let start = position + 1
        var hasEscapes = false
        position = start
        while true {
            position = plainEnd(from: position)
            switch byte(at: position) {
            case UInt8(ascii: "\""):
                position += 1
                return StringToken(start: start, end: position - 1, hasEscapes: hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try scanEscape()
            case 0x00..<0x20:
                throw failure(position < text.count ? .controlCharacter : .unexpectedEnd)
            default:
                try scanMultibyte()
            }
        }
    }

    /// The first byte from `start` on that is a quote, a backslash, a control character or not ASCII.
    ///
    /// Through a pointer, because an array lends single bytes only.
    @inline(__always)
    private func plainEnd(from start: Int) -> Int {
        text.withUnsafeBytes { bytes in
            var index = start
            while index &+ 8 <= bytes.count {
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                let marks = ByteMarks.stops(word)
                if marks != 0 { return index &+ marks.trailingZeroBitCount / 8 }
                index &+= 8
            }
            while index < bytes.count {
                let byte = bytes[index]
                if byte < 0x20 || byte >= 0x80 || byte == 0x22 || byte == 0x5C { return index }
                index &+= 1
            }
            return index
        }
    }

    /// Moves over one escape, or over the two that make a surrogate pair.
    private mutating func scanEscape() throws(JSONError) {
        guard position + 1 < text.count else { throw failure(.unexpectedEnd) }
        switch text[position + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
        case UInt8(ascii: "u"):
            let unit = try codeUnit(at: position)
            guard unit & 0xF800 == 0xD800 else {
                position += 6
                return
            }
            guard unit < 0xDC00, position + 7 < text.count, text[position + 6] == UInt8(ascii: "\\"),
                text[position + 7] == UInt8(ascii: "u"), try codeUnit(at: position + 6) & 0xFC00 == 0xDC00
            else { throw failure(.loneSurrogate) }
            position += 12
        default:
            throw failure(.invalidEscape)
        }
    }

    /// The value of the `\uXXXX` that begins at `start`.
    private func codeUnit(at start: Int) throws(JSONError) -> UInt16 {
        guard start + 6 <= text.count else { throw failure(.unexpectedEnd) }
        var unit: UInt16 = 0
        for index in start + 2..<start + 6 {
            guard let digit = JSONReader.hexadecimalValue(text[index]) else { throw failure(.invalidEscape) }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    private static func hexadecimalValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// Moves over one character of two to four bytes, by the table of RFC 3629 §4.
    private mutating func scanMultibyte() throws(JSONError) {
        let length: Int
        let second: ClosedRange<UInt8>
        switch text[position] {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xE1...0xEC, 0xEE...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: throw failure(.invalidUTF8)
        }
        guard position + length <= text.count, second.contains(text[position + 1]) else { throw failure(.invalidUTF8) }
        for index in position + 2..<max(position + 2, position + length) where text[index] & 0xC0 != 0x80 {
            throw failure(.invalidUTF8)
        }
        position += length
    }

    /// The text of a checked string.
    mutating func string(_ token: StringToken) -> String {
        // Mutating, like every method on the hot path that is not inlined: to a method that only reads, Swift hands a
        // copy of the reader's 150 bytes.
        guard !token.hasEscapes else { return String(decoding: decoded(token), as: UTF8.self) }
        // A pointer, because a slice's generic path takes twice as long to make a short string.
        return text.withUnsafeBufferPointer {
            String(decoding: UnsafeBufferPointer(rebasing: $0[token.start..<token.end]), as: UTF8.self)
        }
    }

    /// The bytes of a checked string with its escapes resolved.
    func decoded(_ token: StringToken) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(token.end - token.start)
        var index = token.start
        while index < token.end {
            guard text[index] == UInt8(ascii: "\\") else {
                bytes.append(text[index])
                index += 1
                continue
            }
            index += appendEscape(at: index, to: &bytes)
        }
        return bytes
    }

    /// Resolves one checked escape and tells its length.
    private func appendEscape(at index: Int, to bytes: inout [UInt8]) -> Int {
        switch text[index + 1] {
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "u"):
            let unit = checkedCodeUnit(at: index)
            guard unit & 0xFC00 == 0xD800 else {
                append(Unicode.Scalar(unit), to: &bytes)
                return 6
            }
            let low = checkedCodeUnit(at: index + 6)
            let scalar = 0x10000 + (UInt32(unit & 0x3FF) << 10 | UInt32(low & 0x3FF))
            append(Unicode.Scalar(scalar), to: &bytes)
            return 12
        case let other: bytes.append(other)
        }
        return 2
    }

    private func append(_ scalar: Unicode.Scalar?, to bytes: inout [UInt8]) {
        // Checked before: there is a scalar, and every scalar has an encoding.
        guard let scalar, let encoded = UTF8.encode(scalar) else { return }
        bytes.append(contentsOf: encoded)
    }

    private func checkedCodeUnit(at start: Int) -> UInt16 {
        text[start + 2..<start + 6].reduce(0) { $0 << 4 | UInt16(JSONReader.hexadecimalValue($1) ?? 0) }
    }
}

// MARK: - Member names

extension JSONReader {
    /// Enters the name in the open object; false if it is there already.
    @inline(__always)
    mutating func remember(_ name: StringToken) -> Bool {
        guard !name.hasEscapes else { return names.insert(decoded: decoded(name), of: text, in: &frame) }
        let range = name.start..<name.end
        let fingerprint = text.withUnsafeBytes { MemberNames.fingerprint(of: range, in: $0) }
        return names.insert(range, fingerprint: fingerprint, of: text, in: &frame)
    }

    /// Where the next member's name begins, after its quote, if it is `name`, written without escapes. Moves nothing.
    mutating func place(ofNext name: StaticString) -> Int? {
        guard frame.kind == .object else { return nil }
        var start = endOfWhiteSpace(from: position)
        if frame.count > 0 {
            guard byte(at: start) == UInt8(ascii: ",") else { return nil }
            start = endOfWhiteSpace(from: start + 1)
        }
        let end = start + 1 + name.utf8CodeUnitCount
        guard byte(at: end) == UInt8(ascii: "\""), byte(at: start) == UInt8(ascii: "\"") else { return nil }
        return isEqual(name, at: start + 1) ? start + 1 : nil
    }

    /// Whether these letters stand there.
    @inline(__always)
    func isEqual(_ name: StaticString, at start: Int) -> Bool {
        let letters = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        guard start + letters.count <= text.count else { return false }
        return text.withUnsafeBytes {
            ByteMarks.areEqual(letters, UnsafeRawBufferPointer(rebasing: $0[start..<start + letters.count]))
        }
    }
}
