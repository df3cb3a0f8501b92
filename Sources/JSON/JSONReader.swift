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
/// After an error the reader is of no further use. No order of calls and no text makes it trap. It cannot be copied, only
/// lent (`inout`): going on with a copy would be a mistake, and Swift need not keep its arrays fit for sharing.
package struct JSONReader: ~Copyable, Sendable {
    /// An object or array that is still open.
    struct Frame: Sendable {
        enum Kind: Sendable { case text, object, array }

        var kind: Kind
        /// Members or elements begun so far.
        var count: Int
        /// Where this object's names begin among all open objects' names.
        var firstName: Int
        /// One of 64 bits for each name there is: whose bit is not set is new without looking.
        var nameMarks: UInt64 = 0
    }

    let text: [UInt8]
    let limits: JSONLimits
    /// The next byte to look at.
    var position = 0
    /// The innermost open object or array, or the text itself. Apart from the others: it is asked at every member.
    var frame = Frame(kind: .text, count: 0, firstName: 0)
    /// What the innermost lies in, from the text itself inwards; so many arrays and objects are open.
    var enclosing: [Frame] = []
    var names = MemberNames()
    /// Whether a value stands next: at the beginning, after a key, after `hasNextElement`.
    var expectsValue = true

    package init(_ bytes: [UInt8], limits: JSONLimits = .init()) {
        text = bytes
        self.limits = limits
        enclosing.reserveCapacity(4)
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
        guard enclosing.count < limits.maxDepth else { throw failure(.tooDeep(maxDepth: limits.maxDepth)) }
        position += 1
        expectsValue = false
        enclosing.append(frame)
        frame = Frame(kind: kind == .object ? .object : .array, count: 0, firstName: names.count)
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
        if expectsValue, frame.kind == .object { try skipValue() }
        guard let start = place(ofNext: name) else { return false }
        let token = StringToken(start: start, end: start + name.utf8CodeUnitCount, hasEscapes: false)
        position = token.end + 1
        try enterMember(token)
        return true
    }

    /// Moves past the next name and its colon, or past the closing brace.
    mutating func nextName() throws(JSONError) -> StringToken? {
        guard frame.kind == .object else { throw failure(.noValue) }
        guard try advance(closing: UInt8(ascii: "}")) else { return nil }
        guard byte(at: position) == UInt8(ascii: "\"") else { throw unexpected("a member name in quotes") }
        let name = try scanString()
        try enterMember(name)
        return name
    }

    /// Notes the name just passed and moves past its colon.
    @inline(__always)
    private mutating func enterMember(_ name: StringToken) throws(JSONError) {
        guard remember(name) else { throw duplicate(name) }
        frame.count &+= 1
        skipWhiteSpace()
        guard byte(at: position) == UInt8(ascii: ":") else { throw unexpected("':'") }
        position += 1
        expectsValue = true
    }

    /// Whether another element stands next; false at the array's end, which is thereby left. A value not read is skipped.
    package mutating func hasNextElement() throws(JSONError) -> Bool {
        guard frame.kind == .array else { throw failure(.noValue) }
        guard try advance(closing: UInt8(ascii: "]")) else { return false }
        frame.count &+= 1
        expectsValue = true
        return true
    }

    /// Moves over an unread value and the comma to the first byte of the next member or element; false, with the
    /// container left, at its end.
    @inline(__always)
    private mutating func advance(closing bracket: UInt8) throws(JSONError) -> Bool {
        if expectsValue { try skipValue() }
        skipWhiteSpace()
        if byte(at: position) == bracket {
            position += 1
            names.removeAll(from: frame.firstName)
            frame = enclosing.removeLast()
            return false
        }
        if frame.count > 0 {
            guard byte(at: position) == UInt8(ascii: ",") else { throw missingComma(closing: bracket) }
            position += 1
            skipWhiteSpace()
        }
        return true
    }

    /// Confirms that the value is complete and only white space follows.
    package mutating func end() throws(JSONError) {
        guard frame.kind == .text else { throw unexpected("the end of the enclosing value") }
        if expectsValue { try skipValue() }
        skipWhiteSpace()
        guard position == text.count else { throw failure(.trailingText) }
    }
}

// MARK: - Places

extension JSONReader {
    /// The first byte of the value that stands next.
    @inline(__always)
    mutating func startOfValue() throws(JSONError) -> UInt8 {
        guard expectsValue else { throw failure(.noValue) }
        if frame.kind == .text, text.count > limits.maxBytes { throw failure(.tooLarge(maxBytes: limits.maxBytes)) }
        skipWhiteSpace()
        return byte(at: position)
    }

    /// The byte there, or 0 beyond the end: a 0 can stand nowhere in a JSON text, so no rule mistakes it.
    @inline(__always)
    func byte(at index: Int) -> UInt8 {
        index < text.count ? text[index] : 0
    }

    @inline(__always)
    mutating func skipWhiteSpace() {
        position = endOfWhiteSpace(from: position)
    }

    @inline(__always)
    func endOfWhiteSpace(from start: Int) -> Int {
        var index = start
        while true {
            let next = byte(at: index)
            guard next <= 0x20, next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 else { return index }
            index &+= 1
        }
    }

    /// The place where reading stands, such as `$.attributes.color[3]`.
    package var path: String {
        var path = "$"
        var open = enclosing.dropFirst()
        if frame.kind != .text { open.append(frame) }
        for (index, frame) in zip(open.indices, open) where frame.count > 0 {
            if frame.kind == .object {
                let next = index + 1 < open.endIndex ? open[index + 1].firstName : names.count
                if next > frame.firstName { path += JSONPath.member(names.name(at: next - 1, in: text)) }
            } else {
                path += "[\(frame.count - 1)]"
            }
        }
        return path
    }

    /// An error about the place where reading stands, for those who find a value wanting.
    @inline(never)
    package func failure(_ reason: JSONError.Reason) -> JSONError {
        JSONError(offset: position, path: path, reason: reason)
    }

    @inline(never)
    func unexpected(_ expected: String) -> JSONError {
        guard position < text.count else { return failure(.unexpectedEnd) }
        return failure(.unexpected(byte: text[position], expected: expected))
    }

    @inline(never)
    func mismatch(_ first: UInt8, expected: JSONKind) -> JSONError {
        guard let found = JSONKind(firstByte: first) else { return unexpected(expected.rawValue) }
        return failure(.wrongType(expected: expected, found: found))
    }

    @inline(never)
    private func missingComma(closing bracket: UInt8) -> JSONError {
        unexpected("',' or '\(Unicode.Scalar(bracket))'")
    }

    @inline(never)
    private mutating func duplicate(_ name: StringToken) -> JSONError {
        var error = failure(.duplicateKey(string(name)))
        error.offset = name.start - 1
        return error
    }
}
