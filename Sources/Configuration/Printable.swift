/// Text from a file made safe to print: control and bidirectional characters escaped, length bounded.
package enum Printable {
    /// In double quotes, cut after `max` characters: for complaints.
    package static func quoted(_ text: String, max: Int = 64) -> String {
        let cut = text.unicodeScalars.prefix(max)
        let mark = cut.endIndex < text.unicodeScalars.endIndex ? "…" : ""
        return "\"" + escaped(String(String.UnicodeScalarView(cut))) + mark + "\""
    }

    /// The inside of a YAML double-quoted scalar (YAML 1.2, section 5.7).
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            default: result += isSafe(scalar) ? String(scalar) : hexadecimal(scalar)
            }
        }
        return result
    }

    private static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let width = digits.count <= 4 ? 4 : 8
        return (width == 4 ? "\\u" : "\\U") + String(repeating: "0", count: width - digits.count) + digits
    }
}

extension UInt8 {
    var isASCIIDigit: Bool { (0x30...0x39).contains(self) }
    var isASCIILetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }
    var isASCIIAlphanumeric: Bool { isASCIIDigit || isASCIILetter }
}
