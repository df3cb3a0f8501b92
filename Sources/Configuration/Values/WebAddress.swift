/// An absolute URL whose shape was checked: scheme, host, port, path and query (RFC 3986 §3).
///
/// Credentials and fragments are refused: the first would be shown by `config show`, the second is never sent.
package struct WebAddress: Hashable, Sendable {
    /// As written.
    package let text: String
    /// In lower case.
    package let scheme: String
    /// Without brackets, in lower case.
    package let host: String
    /// As written; nil means the scheme's own port.
    package let port: UInt16?
    /// Path and query as sent in a request line; "/" when neither was written.
    package let target: String

    /// Whether only this machine is meant.
    package var isLoopback: Bool { host == "localhost" || IPAddress.isLoopback(host) }

    package init(_ text: String) throws(Refusal) {
        guard text.utf8.count <= 2048 else { throw Refusal("is longer than 2048 bytes", hint: nil) }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"\"<>\\^`{|}".utf8.contains($0) }) else {
            throw Refusal("holds a character no URL may hold", hint: "percent-encode it (RFC 3986 §2.1)")
        }
        guard let colon = text.firstRange(of: "://") else {
            throw Refusal("is not a URL", hint: "begin with https://")
        }
        let rest = text[colon.upperBound...]
        let authority = rest.prefix { !"/?#".contains($0) }
        guard !authority.contains("@") else {
            throw Refusal("must not hold a user or password", hint: "use a key that names a secret file")
        }
        let target = rest[authority.endIndex...]
        guard !target.contains("#") else { throw Refusal("must not hold a fragment (#)", hint: nil) }
        (host, port) = try Self.hostAndPort(String(authority))
        scheme = text[..<colon.lowerBound].lowercased()
        self.text = text
        self.target = target.isEmpty ? "/" : target.hasPrefix("?") ? "/\(target)" : String(target)
    }

    private static func hostAndPort(_ authority: String) throws(Refusal) -> (String, UInt16?) {
        var host = authority[...]
        var port: UInt16?
        if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
            let digits = authority[authority.index(after: colon)...]
            guard let number = UInt16(digits), number > 0, digits.utf8.allSatisfy(\.isASCIIDigit) else {
                throw Refusal("needs a port from 1 to 65535 after the colon", hint: nil)
            }
            port = number
            host = authority[..<colon]
        }
        if host.hasPrefix("["), host.hasSuffix("]"), IPAddress.isIPv6(String(host.dropFirst().dropLast())) {
            return (host.dropFirst().dropLast().lowercased(), port)
        }
        guard isHostName(String(host)) else {
            throw Refusal("has no usable host name", hint: "a name of letters, digits, '-' and '.', or an IP address")
        }
        return (host.lowercased(), port)
    }

    /// RFC 1123 §2.1, with the underscore that container networks use. A name that ends in a number is an address.
    private static func isHostName(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 253, labels.allSatisfy({ isLabel($0) }), let last = labels.last else { return false }
        return last.utf8.first?.isASCIIDigit != true || IPAddress.isIPv4(text)
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            && label.utf8.allSatisfy { $0.isASCIIAlphanumeric || $0 == 0x2D || $0 == 0x5F }
    }
}

extension WebAddress: CustomStringConvertible {
    package var description: String { text }
}
