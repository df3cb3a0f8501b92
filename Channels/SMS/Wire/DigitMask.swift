/// Hides telephone numbers in other people's words.
enum DigitMask {
    /// Runs of at least this many digits are hidden; error codes and counts are shorter.
    static let runMin = 6

    static func masked(_ text: String) -> String {
        var masked = ""
        var run = ""
        for character in text + "\n" {
            if character.isASCII, character.isNumber {
                run.append(character)
            } else {
                masked += run.count >= runMin ? "#" : run
                run = ""
                masked.append(character)
            }
        }
        return String(masked.dropLast())
    }
}
