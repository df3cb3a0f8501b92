/// Reads one JSON text (RFC 8259) in a single pass, handing out each value as it is asked for, without a tree.
///
/// Strict: no duplicate member names at any depth, no lone surrogates, no invalid UTF-8, no byte order mark, no number
/// out of range, and nothing beyond ``JSONLimits``. This holds for skipped values too.
///
/// ```swift
/// var reader = JSONReader(body)
/// try reader.beginObject()
/// while let key = try reader.nextKey() {
///     switch key {
///     case "from": from = try reader.readString()
///     case "tags": try reader.beginArray(); while try reader.hasNextElement() { tags.append(try reader.readString()) }
///     default: break  // A value nobody reads is checked and skipped.
///     }
/// }
/// try reader.end()
/// ```
///
/// After an error the reader is of no further use. No order of calls and no text makes it trap.
package struct JSONReader: Sendable {
    /// An object or array that is still open.
    struct Frame: Sendable {
        var isObject: Bool
        /// Members or elements begun so far.
        var count: Int
        /// Where this object's names begin among all open objects' names.
        var firstName: Int
    }

    let text: [UInt8]
    let limits: JSONLimits
    /// The next byte to look at.
    var position = 0
    var frames: [Frame] = []
    var names = MemberNames()
    /// Whether a value stands next: at the beginning, after a key, after `hasNextElement`.
    var expectsValue = true

    package init(_ bytes: [UInt8], limits: JSONLimits = .init()) {
        text = bytes
        self.limits = limits
        frames.reserveCapacity(6)
    }

    /// How far the text has been read, in bytes.
    package var offset: Int { position }

    /// Enters an object.
    package mutating func beginObject() throws(JSONError) {
        try enter(UInt8(ascii: "{"), .object)
    }

    /// Enters an array.
    package mutating func beginArray() throws(JSONError) {
        try enter(UInt8(ascii: "["), .array)
    }

    private mutating func enter(_ bracket: UInt8, _ kind: JSONKind) throws(JSONError) {
        let first = try startOfValue()
        guard first == bracket else { throw mismatch(first, expected: kind) }
        guard frames.count < limits.maxDepth else { throw failure(.tooDeep(maxDepth: limits.maxDepth)) }
        position += 1
        expectsValue = false
        frames.append(Frame(isObject: kind == .object, count: 0, firstName: names.count))
    }

    /// The next member's name, or nil at the object's end, which is thereby left. A value not read is skipped.
    package mutating func nextKey() throws(JSONError) -> String? {
        guard let name = try nextName() else { return nil }
        return string(name)
    }

    /// Moves past the next member's name if it is `name`; otherwise stays before it, also at the object's end.
    ///
    /// For texts whose order is known, such as our own: no string is made and none compared again.
    package mutating func consumeKey(_ name: StaticString) throws(JSONError) -> Bool {
        if expectsValue, !frames.isEmpty { try skipValue() }
        guard matches(name) else { return false }
        return try nextName() != nil
    }

    /// Moves past the next name and its colon, or past the closing brace.
    mutating func nextName() throws(JSONError) -> StringToken? {
        guard let frame = frames.last, frame.isObject else { throw failure(.noValue) }
        guard try advance(closing: UInt8(ascii: "}"), in: frame) else {
            names.removeAll(from: frame.firstName)
            return nil
        }
        guard text[position] == UInt8(ascii: "\"") else { throw unexpected("a member name in quotes") }
        let nameStart = position
        let name = try scanString()
        guard remember(name, from: frame.firstName) else {
            position = nameStart
            throw failure(.duplicateKey(string(name)))
        }
        frames[frames.count - 1].count += 1
        skipWhiteSpace()
        guard position < text.count else { throw failure(.unexpectedEnd) }
        guard text[position] == UInt8(ascii: ":") else { throw unexpected("':'") }
        position += 1
        expectsValue = true
        return name
    }

    /// Whether another element stands next; false at the array's end, which is thereby left. A value not read is skipped.
    package mutating func hasNextElement() throws(JSONError) -> Bool {
        guard let frame = frames.last, !frame.isObject else { throw failure(.noValue) }
        guard try advance(closing: UInt8(ascii: "]"), in: frame) else { return false }
        frames[frames.count - 1].count += 1
        expectsValue = true
        return true
    }

    /// Moves over an unread value and the comma to the first byte of the next member or element; false, with the
    /// container left, at its end.
    private mutating func advance(closing bracket: UInt8, in frame: Frame) throws(JSONError) -> Bool {
        if expectsValue { try skipValue() }
        skipWhiteSpace()
        guard position < text.count else { throw failure(.unexpectedEnd) }
        if text[position] == bracket {
            position += 1
            frames.removeLast()
            return false
        }
        if frame.count > 0 {
            guard text[position] == UInt8(ascii: ",") else { throw unexpected("',' or '\(Unicode.Scalar(bracket))'") }
            position += 1
            skipWhiteSpace()
            guard position < text.count else { throw failure(.unexpectedEnd) }
        }
        return true
    }

    /// Confirms that the value is complete and only white space follows.
    package mutating func end() throws(JSONError) {
        guard frames.isEmpty else { throw unexpected("the end of the enclosing value") }
        if expectsValue { try skipValue() }
        skipWhiteSpace()
        guard position == text.count else { throw failure(.trailingText) }
    }
}

// MARK: - Places

extension JSONReader {
    /// The first byte of the value that stands next.
    mutating func startOfValue() throws(JSONError) -> UInt8 {
        guard expectsValue else { throw failure(.noValue) }
        if frames.isEmpty, text.count > limits.maxBytes { throw failure(.tooLarge(maxBytes: limits.maxBytes)) }
        skipWhiteSpace()
        guard position < text.count else { throw failure(.unexpectedEnd) }
        return text[position]
    }

    @inline(__always)
    mutating func skipWhiteSpace() {
        while position < text.count {
            switch text[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    /// The place where reading stands, such as `$.attributes.color[3]`.
    package var path: String {
        var path = "$"
        for (depth, frame) in frames.enumerated() where frame.count > 0 {
            if frame.isObject {
                let next = depth + 1 < frames.count ? frames[depth + 1].firstName : names.count
                if next > frame.firstName { path += JSONPath.member(names.name(at: next - 1, in: text)) }
            } else {
                path += "[\(frame.count - 1)]"
            }
        }
        return path
    }

    /// An error about the place where reading stands, for those who find a value wanting.
    package func failure(_ reason: JSONError.Reason) -> JSONError {
        JSONError(offset: position, path: path, reason: reason)
    }

    func unexpected(_ expected: String) -> JSONError {
        guard position < text.count else { return failure(.unexpectedEnd) }
        return failure(.unexpected(byte: text[position], expected: expected))
    }

    func mismatch(_ first: UInt8, expected: JSONKind) -> JSONError {
        guard let found = JSONKind(firstByte: first) else { return unexpected(expected.rawValue) }
        return failure(.wrongType(expected: expected, found: found))
    }
}
