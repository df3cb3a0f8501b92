/// Why a text was refused, and where.
///
/// `description` may be shown to whoever sent the text: it quotes at most a shortened member name.
package struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Where in the text, in bytes from its beginning.
    package var offset: Int
    /// The member or element concerned, such as `$.attributes.color[3]`.
    package var path: String
    package var reason: Reason

    package init(offset: Int, path: String, reason: Reason) {
        self.offset = offset
        self.path = path
        self.reason = reason
    }

    package enum Reason: Sendable, Equatable {
        /// More bytes than ``JSONLimits/maxBytes``.
        case tooLarge(maxBytes: Int)
        /// More nested arrays and objects than ``JSONLimits/maxDepth``.
        case tooDeep(maxDepth: Int)
        /// The text stops in the middle of a value.
        case unexpectedEnd
        /// A byte that cannot stand here.
        case unexpected(byte: UInt8, expected: String)
        /// Something other than white space follows the value.
        case trailingText
        /// A control character that is not written as an escape (RFC 8259 §7).
        case controlCharacter
        /// A backslash that begins none of the escapes of RFC 8259 §7.
        case invalidEscape
        /// Half of a surrogate pair: no character can be made of it.
        case loneSurrogate
        /// Bytes that are not UTF-8 (RFC 3629).
        case invalidUTF8
        /// Digits, sign, fraction or exponent out of the grammar of RFC 8259 §6.
        case malformedNumber
        /// A number larger than the type it is read as.
        case numberOutOfRange
        /// The same member name twice in one object.
        case duplicateKey(String)
        /// A value of another kind than the reader asked for.
        case wrongType(expected: JSONKind, found: JSONKind)
        /// The reader asked for a value where the text has none left, such as past an array's end.
        case noValue
        /// A member that must be there is not. Thrown by those who read, not by the reader itself.
        case missingKey(String)
        /// A value of the right kind that means nothing here. Thrown by those who read.
        case invalidValue(String)
    }

    package var description: String { "\(path): \(explanation) (byte \(offset))" }

    /// The reason alone, in words, without the place.
    package var explanation: String {
        switch reason {
        case .tooLarge(let maxBytes): "the text is larger than \(maxBytes) bytes"
        case .tooDeep(let maxDepth): "arrays and objects are nested more than \(maxDepth) deep"
        case .unexpectedEnd: "the text ends before the value does"
        case .unexpected(let byte, let expected): "expected \(expected), found \(JSONError.shown(byte))"
        case .trailingText: "only white space may follow the value"
        case .controlCharacter: "a control character must be written as an escape such as \\n or \\u0000"
        case .invalidEscape: "no such escape; use \\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u and four hexadecimal digits"
        case .loneSurrogate: "half of a surrogate pair is not a character"
        case .invalidUTF8: "the text is not UTF-8"
        case .malformedNumber: "not a JSON number"
        case .numberOutOfRange: "the number is out of range"
        case .duplicateKey(let name): "the member \(JSONPath.quoted(name)) appears twice"
        case .wrongType(let expected, let found): "expected \(expected.rawValue), found \(found.rawValue)"
        case .noValue: "expected a value, found none"
        case .missingKey(let name): "the member \(JSONPath.quoted(name)) is missing"
        case .invalidValue(let why): why
        }
    }

    /// The line and column of `offset` in the text it came from, both from 1; the column counts bytes.
    package func lineAndColumn(in text: [UInt8]) -> (line: Int, column: Int) {
        let before = text.prefix(max(0, offset))
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return (line, before.count - lineStart + 1)
    }

    private static func shown(_ byte: UInt8) -> String {
        if byte > 0x20, byte < 0x7F { return "'\(Unicode.Scalar(byte))'" }
        return "byte \(byte)"
    }
}
