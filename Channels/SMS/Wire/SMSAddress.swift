import ChannelKit

/// Puts the addresses of a text into the one form in which they are compared.
enum SMSAddress {
    /// Longer ones are refused; the longest known (`whatsapp:` and a number) have 25 bytes.
    static let bytesMax = 256

    /// A number in E.164 without separators; a short code, an alphanumeric sender or an address of another network
    /// (`whatsapp:+49…`, `messenger:…`) as it came, its number normalised.
    static func canonical(_ text: String, field: String) throws(FieldFault) -> String {
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw FieldFault(field, "holds a control character")
        }
        let trimmed = text.drop { $0 == " " }
        if let colon = trimmed.utf8.firstIndex(of: UInt8(ascii: ":")) {
            let number = trimmed[trimmed.index(after: colon)...]
            return trimmed[...colon].lowercased() + (international(number) ?? String(number))
        }
        return international(trimmed) ?? String(trimmed)
    }

    /// A plus and 7 to 15 digits (ITU-T E.164 §6), however it was separated; nil for anything else.
    private static func international(_ text: Substring) -> String? {
        guard text.utf8.first == UInt8(ascii: "+") else { return nil }
        let digits = text.utf8.dropFirst().filter { !" -.()/".utf8.contains($0) }
        guard (7...15).contains(digits.count), digits.first != UInt8(ascii: "0"),
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return "+" + String(decoding: digits, as: UTF8.self)
    }
}
