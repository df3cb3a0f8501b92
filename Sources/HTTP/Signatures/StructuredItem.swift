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
        case .string(let text):
            "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
        case .token(let token): token
        case .bytes(let bytes): ":\(Base64.encode(bytes)):"
        case .boolean(let value): value ? "?1" : "?0"
        }
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
