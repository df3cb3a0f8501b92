/// A telephone number in international form: a plus and 7 to 15 digits, the first of them not 0 (ITU-T E.164 §6).
///
/// Only the shape is checked; whether a country has such numbers is a matter for a numbering plan.
package struct PhoneNumber: Hashable, Sendable {
    /// With the plus.
    package let text: String

    package init?(_ text: String) {
        let digits = text.utf8.dropFirst()
        guard text.utf8.first == 0x2B, (7...15).contains(digits.count), digits.first != 0x30 else { return nil }
        guard digits.allSatisfy(\.isASCIIDigit) else { return nil }
        self.text = text
    }
}

extension PhoneNumber: CustomStringConvertible {
    package var description: String { text }
}
