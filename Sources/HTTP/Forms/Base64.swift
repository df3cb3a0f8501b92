/// Base64 with padding (RFC 4648 §4), as signatures, keys and secrets are written.
package enum Base64 {
    package static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                text.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : padding)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Nil for anything but what `encode` would have written: no white space, full padding, no stray bits.
    package static func decode(_ text: String) -> [UInt8]? {
        let letters = Array(text.utf8)
        guard letters.count % 4 == 0 else { return nil }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: letters.count, by: 4) {
            let group = letters[start..<start + 4].prefix { $0 != padding }
            let values = group.compactMap { alphabet.firstIndex(of: $0) }
            guard values.count == group.count, values.count >= 2 else { return nil }
            let bits = values.reduce(0) { $0 << 6 | $1 } << (6 * (4 - values.count))
            for place in 0..<values.count - 1 { bytes.append(UInt8(bits >> (16 - 8 * place) & 255)) }
        }
        return encode(bytes) == text ? bytes : nil
    }

    private static let padding = UInt8(ascii: "=")
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
}
