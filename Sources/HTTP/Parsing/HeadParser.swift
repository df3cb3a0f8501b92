/// Parses one whole request head, strictly: anything two readers could understand differently is refused.
///
/// The scanner has already shown that the bytes end in an empty line and that every line ends in CR LF.
struct HeadParser {
    private var head = RequestHead()
    private var hasHost = false
    private var hasTransferEncoding = false
    private var contentLength: Int?
    private var hasContentType = false
    private var hasAuthorization = false
    private var hasOrigin = false
    private var upgradesToWebSocket = false
    private var connectionUpgrades = false
    private var webSocketVersion: Bool?
    private var webSocketKeys = 0
    private var webSocketKeyIsValid = false

    /// - Parameter lines: how many lines the head has, the empty one included.
    static func parse(_ bytes: [UInt8], lines: Int, limits: ParserLimits) throws(Refusal) -> RequestHead {
        guard lines - 2 <= limits.fieldsMax else {
            throw Refusal(
                431, .tooManyFields, "The request has more than \(limits.fieldsMax) fields; send fewer fields.")
        }
        var parser = HeadParser()
        parser.head.fields.reserveCapacity(max(0, lines - 2))
        var position = try parser.requestLine(bytes.span)
        while bytes[position] != Byte.carriageReturn { position = try parser.field(bytes.span, from: position) }
        try parser.conclude()
        parser.head.bytes = bytes
        return parser.head
    }

    // MARK: Request line

    private mutating func requestLine(_ bytes: Span<UInt8>) throws(Refusal) -> Int {
        var index = 0
        while ByteSet.token.contains(bytes[index]) { index += 1 }
        guard index > 0, bytes[index] == Byte.space else {
            throw Refusal(400, .malformedRequestLine, "The method is missing or not followed by one space.")
        }
        let method = 0..<index
        index += 1
        let targetStart = index
        var pathEnd: Int?
        while ByteSet.target.contains(bytes[index]) {
            if bytes[index] == Byte.question, pathEnd == nil { pathEnd = index }
            index += 1
        }
        head.targetRange = targetStart..<index
        head.pathEnd = pathEnd ?? index
        guard index > targetStart, bytes[index] == Byte.space else {
            throw Refusal(
                400, .malformedRequestLine,
                "The target is empty, holds a character RFC 3986 does not allow, or is not followed by one space.")
        }
        try readMethod(bytes, method)
        try checkTarget(bytes)
        return try readVersion(bytes, at: index + 1)
    }

    private mutating func readMethod(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(Refusal) {
        head.method = Self.method(bytes, range)
        if case .other(let name) = head.method, name == "TRACE" || name == "CONNECT" {
            throw Refusal(405, .methodNotAllowed, "The method \(name) is not served here.")
        }
    }

    private static func method(_ bytes: Span<UInt8>, _ range: Range<Int>) -> HTTPMethod {
        func spells(_ name: StaticString) -> Bool {
            name.withUTF8Buffer { expected in
                for offset in 0..<expected.count where bytes[range.lowerBound + offset] != expected[offset] {
                    return false
                }
                return true
            }
        }
        switch range.count {
        case 3 where spells("GET"): return .get
        case 3 where spells("PUT"): return .put
        case 4 where spells("POST"): return .post
        case 4 where spells("HEAD"): return .head
        case 5 where spells("PATCH"): return .patch
        case 6 where spells("DELETE"): return .delete
        case 7 where spells("OPTIONS"): return .options
        default: return .other(String(decoding: range.map { bytes[$0] }, as: UTF8.self))
        }
    }

    private func checkTarget(_ bytes: Span<UInt8>) throws(Refusal) {
        let first = bytes[head.targetRange.lowerBound]
        if first == Byte.slash { return }
        if first == UInt8(ascii: "*"), head.targetRange.count == 1, head.method == .options { return }
        throw Refusal(
            400, .unsupportedTarget, "The target must begin with a slash; absolute and authority forms are not served.")
    }

    private mutating func readVersion(_ bytes: Span<UInt8>, at start: Int) throws(Refusal) -> Int {
        let malformed = Refusal(400, .malformedRequestLine, "The request line must end in HTTP/1.1 or HTTP/1.0.")
        guard start + 10 <= bytes.count else { throw malformed }
        guard Self.isVersionPrefix(bytes, at: start), bytes[start + 6] == UInt8(ascii: "."),
            isDigit(bytes[start + 5]), isDigit(bytes[start + 7]),
            bytes[start + 8] == Byte.carriageReturn, bytes[start + 9] == Byte.lineFeed
        else { throw malformed }
        let minor = bytes[start + 7] - 0x30
        guard bytes[start + 5] == UInt8(ascii: "1"), minor <= 1 else {
            throw Refusal(505, .unsupportedVersion, "Only HTTP/1.1 and HTTP/1.0 are served here.")
        }
        head.minorVersion = minor
        head.keepsConnection = minor == 1
        return start + 10
    }

    private static func isVersionPrefix(_ bytes: Span<UInt8>, at start: Int) -> Bool {
        let expected: StaticString = "HTTP/"
        return expected.withUTF8Buffer { prefix in
            for offset in 0..<5 where bytes[start + offset] != prefix[offset] { return false }
            return true
        }
    }

    // MARK: Fields

    private mutating func field(_ bytes: Span<UInt8>, from start: Int) throws(Refusal) -> Int {
        var index = start
        while ByteSet.token.contains(bytes[index]) { index += 1 }
        guard index > start, bytes[index] == Byte.colon else { throw Self.malformedField(bytes, start, index) }
        let name = start..<index
        index += 1
        while isBlank(bytes[index]) { index += 1 }
        let valueStart = index
        while bytes[index] != Byte.carriageReturn { index += 1 }
        let next = index + 2
        while index > valueStart, isBlank(bytes[index - 1]) { index -= 1 }
        let value = valueStart..<index
        head.fields.append(
            RequestHead.Field(
                nameStart: UInt16(name.lowerBound), nameEnd: UInt16(name.upperBound),
                valueStart: UInt16(value.lowerBound), valueEnd: UInt16(value.upperBound)))
        try judge(bytes, name, value)
        return next
    }

    private static func malformedField(_ bytes: Span<UInt8>, _ start: Int, _ index: Int) -> Refusal {
        if isBlank(bytes[start]) {
            return Refusal(400, .malformedField, "A field line begins with a blank; folded fields are not accepted.")
        }
        let name = String(decoding: (start..<min(index, start + 64)).map { bytes[$0] }, as: UTF8.self)
        return Refusal(
            400, .malformedField,
            name.isEmpty
                ? "A field name is empty or begins with an illegal character."
                : "The field name \(name) must be followed by a colon, without a blank before it.")
    }

    /// Reads the fields that decide about framing, connection and identity; their length finds them quickly.
    private mutating func judge(_ bytes: Span<UInt8>, _ name: Range<Int>, _ value: Range<Int>) throws(Refusal) {
        switch name.count {
        case 4 where bytes.matches(name, "host"): try host(bytes, value)
        case 6 where bytes.matches(name, "expect"): try expect(bytes, value)
        case 6 where bytes.matches(name, "origin"): try once(&hasOrigin, "Origin")
        case 7 where bytes.matches(name, "upgrade"):
            if bytes.matches(value, "websocket") { upgradesToWebSocket = true }
        case 10 where bytes.matches(name, "connection"): connection(bytes, value)
        case 12 where bytes.matches(name, "content-type"): try once(&hasContentType, "Content-Type")
        case 13 where bytes.matches(name, "authorization"): try once(&hasAuthorization, "Authorization")
        case 14 where bytes.matches(name, "content-length"): try length(bytes, value)
        case 16 where bytes.matches(name, "content-encoding"):
            throw Refusal(
                415, .contentEncoding, "Content-Encoding is not accepted on requests; send the body unencoded.")
        case 17 where bytes.matches(name, "transfer-encoding"): try transferEncoding(bytes, value)
        case 17 where bytes.matches(name, "sec-websocket-key"):
            webSocketKeys += 1
            webSocketKeyIsValid = Self.isWebSocketKey(bytes, value)
        case 21 where bytes.matches(name, "sec-websocket-version"):
            webSocketVersion = bytes.matches(value, "13") && webSocketVersion == nil
        default: break
        }
    }

    private func once(_ seen: inout Bool, _ name: String) throws(Refusal) {
        guard !seen else { throw Refusal(400, .repeatedField, "The field \(name) appears twice; send it once.") }
        seen = true
    }

    private mutating func host(_ bytes: Span<UInt8>, _ value: Range<Int>) throws(Refusal) {
        try once(&hasHost, "Host")
        guard !value.isEmpty, value.allSatisfy({ ByteSet.host.contains(bytes[$0]) }) else {
            throw Refusal(400, .invalidHost, "The field Host must be a name or address with an optional port.")
        }
    }

    private mutating func expect(_ bytes: Span<UInt8>, _ value: Range<Int>) throws(Refusal) {
        guard bytes.matches(value, "100-continue") else {
            throw Refusal(417, .unknownExpectation, "The field Expect may only say 100-continue.")
        }
        head.expectsContinue = true
    }

    private mutating func length(_ bytes: Span<UInt8>, _ value: Range<Int>) throws(Refusal) {
        guard contentLength == nil else {
            throw Refusal(400, .invalidFraming, "The field Content-Length appears twice; send it once.")
        }
        guard !value.isEmpty, value.count <= ParserLimits.contentLengthDigitsMax,
            value.allSatisfy({ isDigit(bytes[$0]) })
        else {
            throw Refusal(400, .invalidFraming, "The field Content-Length must be one plain decimal number.")
        }
        contentLength = value.reduce(0) { $0 * 10 + Int(bytes[$1] - 0x30) }
    }

    private mutating func transferEncoding(_ bytes: Span<UInt8>, _ value: Range<Int>) throws(Refusal) {
        guard !hasTransferEncoding, bytes.matches(value, "chunked") else {
            throw Refusal(400, .invalidFraming, "The field Transfer-Encoding may appear once and only say chunked.")
        }
        hasTransferEncoding = true
    }

    private mutating func connection(_ bytes: Span<UInt8>, _ value: Range<Int>) {
        var start = value.lowerBound
        while start <= value.upperBound {
            var end = start
            while end < value.upperBound, bytes[end] != Byte.comma { end += 1 }
            connectionOption(bytes, Self.trimmed(bytes, start..<end))
            start = end + 1
        }
    }

    private mutating func connectionOption(_ bytes: Span<UInt8>, _ option: Range<Int>) {
        if bytes.matches(option, "close") {
            head.keepsConnection = false
            closes = true
        } else if bytes.matches(option, "keep-alive") {
            head.keepsConnection = !closes
        } else if bytes.matches(option, "upgrade") {
            connectionUpgrades = true
        }
    }

    /// `close` wins over `keep-alive`, in whichever order they come (RFC 9112 §9.3).
    private var closes = false

    private static func trimmed(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        var end = range.upperBound
        while start < end, isBlank(bytes[start]) { start += 1 }
        while end > start, isBlank(bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    /// 16 bytes in base64: 22 characters and two signs of padding (RFC 6455 §4.1).
    private static func isWebSocketKey(_ bytes: Span<UInt8>, _ value: Range<Int>) -> Bool {
        guard value.count == 24 else { return false }
        for index in value.lowerBound..<value.lowerBound + 22 {
            let byte = bytes[index]
            let letter = (byte | 0x20) &- 0x61 < 26
            guard letter || isDigit(byte) || byte == 0x2b || byte == Byte.slash else { return false }
        }
        return bytes[value.lowerBound + 22] == 0x3d && bytes[value.lowerBound + 23] == 0x3d
    }

    // MARK: The whole

    private mutating func conclude() throws(Refusal) {
        if head.minorVersion == 1, !hasHost {
            throw Refusal(400, .invalidHost, "The field Host is missing; every HTTP/1.1 request needs it.")
        }
        if hasTransferEncoding {
            guard contentLength == nil else {
                throw Refusal(
                    400, .invalidFraming, "Content-Length and Transfer-Encoding stand side by side; send one of them.")
            }
            guard head.minorVersion == 1 else {
                throw Refusal(400, .invalidFraming, "Transfer-Encoding does not exist in HTTP/1.0.")
            }
            head.framing = .chunked
        } else if let contentLength, contentLength > 0 {
            head.framing = .length(contentLength)
        }
        // RFC 9110 §10.1.1: an HTTP/1.0 client cannot understand an interim answer.
        if head.minorVersion == 0 { head.expectsContinue = false }
        guard upgradesToWebSocket, connectionUpgrades else { return }
        let isSound =
            head.method == .get && head.minorVersion == 1 && head.framing == .none && webSocketVersion == true
            && webSocketKeys == 1 && webSocketKeyIsValid
        head.upgrade = isSound ? .acceptable : .unacceptable
    }
}
