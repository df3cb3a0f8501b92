/// A bare item of a structured field (RFC 8941 §3.3), as far as signatures need them: no decimals.
package enum StructuredItem: Sendable, Hashable {
    case integer(Int64)
    case string(String)
    case token(String)
    case bytes([UInt8])
    case boolean(Bool)

    /// Written as RFC 8941 §4.1 has it. A string must hold visible ASCII and spaces only.
    package var text: String {
        switch self {
        case .integer(let number): "\(number)"
        case .string(let text): Self.quoted(text)
        case .token(let token): token
        case .bytes(let bytes): ":\(Base64.encode(bytes)):"
        case .boolean(let value): value ? "?1" : "?0"
        }
    }

    /// By bytes: each signature writes some twenty of these, and searching texts for what has to be escaped took longer than
    /// everything else about a signature but the curve.
    private static func quoted(_ text: String) -> String {
        let (quote, escape) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 2)
        bytes.append(quote)
        for byte in text.utf8 {
            if byte == quote || byte == escape { bytes.append(escape) }
            bytes.append(byte)
        }
        bytes.append(quote)
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A parameter of a component or of a signature; their order is part of what is signed.
package struct StructuredParameter: Sendable, Hashable {
    package let name: String
    package let value: StructuredItem

    package init(_ name: String, _ value: StructuredItem) {
        self.name = name
        self.value = value
    }

    /// True is written by the name alone (RFC 8941 §4.1.1.2).
    var text: String { value == .boolean(true) ? ";\(name)" : ";\(name)=\(value.text)" }
}
