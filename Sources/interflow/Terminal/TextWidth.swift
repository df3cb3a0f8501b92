/// How many columns text takes on a terminal: none for marks, two for wide letters and pictures.
///
/// An approximation of Unicode TR 11 that needs no locale; where a terminal disagrees a line is cut a little early or late.
enum TextWidth {
    static func of(_ text: String) -> Int { text.reduce(0) { $0 + of($1) } }

    static func of(_ character: Character) -> Int {
        character.unicodeScalars.reduce(0) { max($0, of($1)) }
    }

    private static func of(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        if scalar.properties.isEmojiPresentation { return 2 }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }

    /// The beginning that fits; an ellipsis says that there was more.
    static func cut(_ text: String, to width: Int) -> String {
        guard of(text) > width else { return text }
        var used = 0
        var cut = ""
        for character in text {
            used += of(character)
            if used >= width { break }
            cut.append(character)
        }
        return width > 0 ? cut + "…" : ""
    }
}
