/// Writes the place of a value in a text, fit to be shown to whoever sent the text.
enum JSONPath {
    /// The longest part of a member name that is repeated to its sender.
    static let nameLengthMax = 64

    /// `.color`, or `["two words"]` for a name that is not a plain word.
    static func member(_ name: String) -> String {
        isPlain(name) ? ".\(name)" : "[\(quoted(name))]"
    }

    /// The name in quotes, shortened, with everything a terminal might obey written as an escape.
    static func quoted(_ name: String) -> String {
        var shown = "\""
        for (count, scalar) in name.unicodeScalars.enumerated() {
            guard count < nameLengthMax else { return shown + "…\"" }
            if isHarmless(scalar) {
                shown.unicodeScalars.append(scalar)
            } else {
                shown += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        return shown + "\""
    }

    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= nameLengthMax
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == "\"" || scalar == "\\" { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: return false
        default: return true
        }
    }
}
