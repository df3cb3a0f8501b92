import ChannelKit

/// Puts the addresses of a text into the one form in which they are compared.
enum SMSAddress {
    /// Longer ones are refused; the longest known (`whatsapp:` and a number) have 25 bytes.
    static let bytesMax = 256

    /// A number in E.164 without separators; a short code, an alphanumeric sender or an address of another network
    /// (`whatsapp:+49…`, `messenger:…`) as it came, its number normalised.
    static func canonical(_ text: String, field: String) throws(FieldFault) -> String {
        let visible = text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard visible else { throw FieldFault(field, "holds a control character") }
        let trimmed = text.drop { $0 == " " }
        if let colon = trimmed.firstIndex(of: ":") {
            let number = trimmed[trimmed.index(after: colon)...]
            return trimmed[...colon].lowercased() + (international(number) ?? String(number))
        }
        return international(trimmed) ?? String(trimmed)
    }

    /// A plus and 7 to 15 digits (ITU-T E.164 §6), however it was separated; nil for anything else.
    private static func international(_ text: Substring) -> String? {
        let bare = text.filter { !" -.()/".contains($0) }
        let digits = bare.utf8.dropFirst()
        guard bare.first == "+", (7...15).contains(digits.count), digits.first != UInt8(ascii: "0"),
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return bare
    }
}
