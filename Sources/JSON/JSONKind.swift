/// What a JSON value is, told by its first byte; used to say what was expected and what was found.
package enum JSONKind: String, Sendable, Equatable {
    case null = "null"
    case bool = "true or false"
    case number = "a number"
    case integer = "a whole number"
    case string = "a string"
    case array = "an array"
    case object = "an object"

    /// The kind of value this byte begins, or nil when no value begins so.
    init?(firstByte: UInt8) {
        switch firstByte {
        case UInt8(ascii: "n"): self = .null
        case UInt8(ascii: "t"), UInt8(ascii: "f"): self = .bool
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): self = .number
        case UInt8(ascii: "\""): self = .string
        case UInt8(ascii: "["): self = .array
        case UInt8(ascii: "{"): self = .object
        default: return nil
        }
    }
}
