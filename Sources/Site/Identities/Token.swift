import COpenSSL

/// A bearer token: 256 random bits, shown once. Only its SHA-256 is kept, and it is looked up by that.
package struct TokenHash: Sendable, Hashable {
    /// 64 lower-case hexadecimal digits.
    package let hexadecimal: String

    /// Fetched once: the one-shot `SHA256` looks it up by name at every call, under a lock that all threads share.
    nonisolated(unsafe) private static let algorithm = EVP_MD_fetch(nil, "SHA256", nil)  // Never changed, never freed.

    package init(ofToken token: String) {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        let bytes = Array(token.utf8)
        let isDone = EVP_Digest(bytes, bytes.count, &digest, nil, Self.algorithm, nil) == 1
        precondition(isDone, "OpenSSL must have SHA-256; is memory exhausted?")
        hexadecimal = Hexadecimal.text(digest)
    }

    /// Reads `sha256:` and 64 hexadecimal digits, the form a configuration holds.
    package init?(configured text: String) {
        guard text.hasPrefix("sha256:") else { return nil }
        let digits = text.dropFirst(7)
        guard digits.utf8.count == 64, digits.utf8.allSatisfy({ "0123456789abcdef".utf8.contains($0) }) else {
            return nil
        }
        hexadecimal = String(digits)
    }

    package var configured: String { "sha256:\(hexadecimal)" }
}

package enum RandomBytes {
    /// `count` bytes from the operating system's generator through OpenSSL, fit for keys and tokens.
    package static func make(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        precondition(RAND_bytes(&bytes, Int32(count)) == 1, "The machine's random generator must work.")
        return bytes
    }

    /// A new token: `ifl_` and 64 hexadecimal digits.
    package static func token() -> String { "ifl_" + Hexadecimal.text(make(32)) }
}
