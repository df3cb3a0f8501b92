import Glibc

/// An address and port to listen on, written `127.0.0.1:8080` or `[::1]:8080`.
package struct ListenAddress: Hashable, Sendable {
    /// An IP address without brackets.
    package let host: String
    /// 0 lets the system choose a free port.
    package let port: UInt16
    package let isIPv6: Bool

    /// Nil unless `text` is an IPv4 address or a bracketed IPv6 address, a colon and a port.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Self.port(text[text.index(after: colon)...]) else {
            return nil
        }
        let written = text[..<colon]
        isIPv6 = written.hasPrefix("[") && written.hasSuffix("]")
        host = isIPv6 ? String(written.dropFirst().dropLast()) : String(written)
        guard isIPv6 ? IPAddress.isIPv6(host) : IPAddress.isIPv4(host) else { return nil }
        self.port = port
    }

    /// Whether only this machine can reach it.
    package var isLoopback: Bool { IPAddress.isLoopback(host) }

    private static func port(_ digits: Substring) -> UInt16? {
        guard !digits.isEmpty, digits.utf8.allSatisfy(\.isASCIIDigit), digits == "0" || digits.first != "0" else {
            return nil
        }
        return UInt16(digits)
    }
}

extension ListenAddress: CustomStringConvertible {
    package var description: String { isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
