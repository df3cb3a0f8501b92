import Glibc

/// Colours, where somebody sees them: on a terminal, and not with NO_COLOR (no-color.org).
struct Paint: Sendable {
    enum Colour: String, Sendable {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
        case cyan = "36"
        case inverse = "7"
    }

    let isOn: Bool

    static var ofOutput: Paint {
        Paint(isOn: isatty(STDOUT_FILENO) == 1 && ConfigurationLookup.environment("NO_COLOR") == nil)
    }

    func callAsFunction(_ colour: Colour, _ text: String) -> String {
        isOn ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }
}
