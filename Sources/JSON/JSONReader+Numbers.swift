extension JSONReader {
    /// A number that has been checked against the grammar of RFC 8259 §6.
    struct NumberToken {
        var start: Int
        var end: Int
        /// Written without fraction and exponent.
        var isInteger: Bool
        /// The digits before point and exponent as a number; wrong from the twentieth digit on.
        var magnitude: UInt64
    }

    /// Reads a whole number, written without fraction and exponent.
    package mutating func readInteger() throws(JSONError) -> Int64 {
        let token = try readNumberToken(expected: .integer)
        guard token.isInteger else { throw failure(.wrongType(expected: .integer, found: .number), at: token) }
        guard let value = integer(token) else { throw failure(.numberOutOfRange, at: token) }
        expectsValue = false
        return value
    }

    /// Reads a whole number from 0 to the largest `UInt64`. A ``JSONValue`` holds only those an `Int64` holds.
    package mutating func readUnsigned() throws(JSONError) -> UInt64 {
        let token = try readNumberToken(expected: .integer)
        guard token.isInteger else { throw failure(.wrongType(expected: .integer, found: .number), at: token) }
        guard let value = UInt64(numberText(token)) else { throw failure(.numberOutOfRange, at: token) }
        expectsValue = false
        return value
    }

    /// Reads any number, the nearest `Double` to what is written; whole numbers beyond `Int64` are welcome here.
    package mutating func readDouble() throws(JSONError) -> Double {
        let token = try readNumberToken(expected: .number)
        guard let value = double(token) else { throw failure(.numberOutOfRange, at: token) }
        expectsValue = false
        return value
    }

    /// Reads a number as what it is written as.
    mutating func readNumber() throws(JSONError) -> JSONValue {
        let token = try readNumberToken(expected: .number)
        expectsValue = false
        if token.isInteger {
            guard let value = integer(token) else { throw failure(.numberOutOfRange, at: token) }
            return .integer(value)
        }
        guard let value = double(token) else { throw failure(.numberOutOfRange, at: token) }
        return .double(value)
    }

    @inline(never)
    private func failure(_ reason: JSONError.Reason, at token: NumberToken) -> JSONError {
        var error = failure(reason)
        error.offset = token.start
        return error
    }

    private mutating func readNumberToken(expected: JSONKind) throws(JSONError) -> NumberToken {
        let first = try startOfValue()
        guard first == UInt8(ascii: "-") || first &- UInt8(ascii: "0") < 10 else {
            throw mismatch(first, expected: expected)
        }
        return try scanNumber()
    }

    /// Moves over a number: `[-] (0 | 1-9 digits) [. digits] [e [+-] digits]`.
    @inline(__always)
    private mutating func scanNumber() throws(JSONError) -> NumberToken {
        let start = position
        var isInteger = true
        if byte(at: position) == UInt8(ascii: "-") { position += 1 }
        let firstDigit = position
        let magnitude = try scanDigits()
        if byte(at: firstDigit) == UInt8(ascii: "0"), position > firstDigit + 1 { throw leadingZero(firstDigit) }
        if byte(at: position) == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            _ = try scanDigits()
        }
        if byte(at: position) | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            position += 1
            if byte(at: position) == UInt8(ascii: "+") || byte(at: position) == UInt8(ascii: "-") {
                position += 1
            }
            _ = try scanDigits()
        }
        let token = NumberToken(start: start, end: position, isInteger: isInteger, magnitude: magnitude)
        guard position - start <= limits.maxNumberBytes else { throw failure(.numberOutOfRange, at: token) }
        return token
    }

    @inline(__always)
    private mutating func scanDigits() throws(JSONError) -> UInt64 {
        var index = position
        var magnitude: UInt64 = 0
        while true {
            let digit = byte(at: index) &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            magnitude = magnitude &* 10 &+ UInt64(digit)
            index &+= 1
        }
        guard index > position else { throw failure(position < text.count ? .malformedNumber : .unexpectedEnd) }
        position = index
        return magnitude
    }

    @inline(never)
    private mutating func leadingZero(_ firstDigit: Int) -> JSONError {
        position = firstDigit + 1
        return failure(.malformedNumber)
    }

    @inline(__always)
    private func integer(_ token: NumberToken) -> Int64? {
        // Eighteen digits always fit.
        guard token.end &- token.start <= 18 else { return Int64(numberText(token)) }
        let magnitude = Int64(truncatingIfNeeded: token.magnitude)
        return byte(at: token.start) == UInt8(ascii: "-") ? 0 &- magnitude : magnitude
    }

    /// The nearest `Double`, or nil when the number is beyond the largest.
    private mutating func double(_ token: NumberToken) -> Double? {
        if let exact = shortDouble(token) { return exact }
        guard let value = Double(numberText(token)), value.isFinite else { return nil }
        return value
    }

    /// Numbers such as `-12.75`: digits and power of ten are both exact as `Double`, so one division rounds right.
    @inline(__always)
    private func shortDouble(_ token: NumberToken) -> Double? {
        guard token.end - token.start <= 16 else { return nil }
        var digits: UInt64 = 0
        var scale = 1.0
        var afterPoint = false
        for index in token.start..<token.end {
            let byte = text[index]
            switch byte {
            case UInt8(ascii: "-"): continue
            case UInt8(ascii: "."): afterPoint = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits = digits &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
                if afterPoint { scale *= 10 }
            default: return nil
            }
        }
        guard digits < 1 << 53 else { return nil }
        let magnitude = Double(digits) / scale
        return text[token.start] == UInt8(ascii: "-") ? -magnitude : magnitude
    }

    private func numberText(_ token: NumberToken) -> String {
        String(decoding: text[token.start..<token.end], as: UTF8.self)
    }
}
