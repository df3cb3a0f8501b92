/// Texts of others, made fit for one line of ours.
enum HolidayText {
    /// Without control characters and line breaks, at most `HolidayLimits.titleMax` characters.
    static func line(_ text: String) -> String {
        let visible = text.unicodeScalars.map { scalar -> Character in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .format: " "
            default: Character(scalar)
            }
        }
        let words = String(visible).split(separator: " ").joined(separator: " ")
        return words.count > HolidayLimits.titleMax ? "\(words.prefix(HolidayLimits.titleMax - 1))…" : words
    }
}
