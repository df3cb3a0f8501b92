extension JSONReader {
    /// Reads `true` or `false`.
    package mutating func readBool() throws(JSONError) -> Bool {
        let first = try startOfValue()
        switch first {
        case UInt8(ascii: "t"): try readWord("true")
        case UInt8(ascii: "f"): try readWord("false")
        default: throw mismatch(first, expected: .bool)
        }
        return first == UInt8(ascii: "t")
    }

    /// Reads `null`.
    package mutating func readNull() throws(JSONError) {
        let first = try startOfValue()
        guard first == UInt8(ascii: "n") else { throw mismatch(first, expected: .null) }
        try readWord("null")
    }

    /// Whether `null` stands next. Reads nothing: follow it with `readNull`, or go on and it is skipped.
    package mutating func isNull() -> Bool {
        guard expectsValue else { return false }
        skipWhiteSpace()
        return byte(at: position) == UInt8(ascii: "n")
    }

    /// The kind of value that stands next, or nil if none does. Reads nothing.
    package mutating func nextKind() -> JSONKind? {
        guard expectsValue else { return nil }
        skipWhiteSpace()
        return JSONKind(firstByte: byte(at: position))
    }

    private mutating func readWord(_ word: StaticString) throws(JSONError) {
        let end = position + word.utf8CodeUnitCount
        guard isEqual(word, at: position) else { throw unexpected("true, false or null") }
        position = end
        expectsValue = false
    }

    /// Moves over a value of any kind, checking it as if it were read.
    package mutating func skipValue() throws(JSONError) {
        let first = try startOfValue()
        switch JSONKind(firstByte: first) {
        case .object:
            try beginObject()
            while try nextName() != nil { try skipValue() }
        case .array:
            try beginArray()
            while try hasNextElement() { try skipValue() }
        case .string:
            _ = try scanString()
            expectsValue = false
        case .number, .integer: _ = try readNumber()
        case .bool: _ = try readBool()
        case .null: try readNull()
        case nil: throw unexpected("a value")
        }
    }

    /// The text of a value of any kind, checked, exactly as it is written.
    package mutating func readRaw() throws(JSONError) -> [UInt8] {
        _ = try startOfValue()
        let start = position
        try skipValue()
        return Array(text[start..<position])
    }

    /// Reads a value of any kind.
    package mutating func readValue() throws(JSONError) -> JSONValue {
        let first = try startOfValue()
        switch JSONKind(firstByte: first) {
        case .object: return .object(try readObject())
        case .array: return .array(try readArray())
        case .string: return .string(try readString())
        case .number, .integer: return try readNumber()
        case .bool: return .bool(try readBool())
        case .null:
            try readNull()
            return .null
        case nil: throw unexpected("a value")
        }
    }

    private mutating func readObject() throws(JSONError) -> JSONObject {
        var members: [JSONObject.Member] = []
        try beginObject()
        while let name = try nextKey() {
            members.append(JSONObject.Member(name: name, value: try readValue()))
        }
        return JSONObject(distinct: members)
    }

    private mutating func readArray() throws(JSONError) -> [JSONValue] {
        var elements: [JSONValue] = []
        try beginArray()
        while try hasNextElement() {
            elements.append(try readValue())
        }
        return elements
    }
}
