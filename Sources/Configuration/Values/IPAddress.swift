import Glibc

/// Shape checks on literal IP addresses, by the C library's own parser.
enum IPAddress {
    static func isIPv4(_ text: String) -> Bool {
        var address = in_addr()
        return isCString(text) && inet_pton(AF_INET, text, &address) == 1
    }

    static func isIPv6(_ text: String) -> Bool {
        var address = in6_addr()
        return isCString(text) && inet_pton(AF_INET6, text, &address) == 1
    }

    /// 127.0.0.0/8 and ::1 (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3).
    static func isLoopback(_ text: String) -> Bool {
        if isIPv4(text) { return text.hasPrefix("127.") }
        var address = in6_addr()
        guard isCString(text), inet_pton(AF_INET6, text, &address) == 1 else { return false }
        return withUnsafeBytes(of: address) { bytes in bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1 }
    }

    /// A text with a zero byte inside would be cut at the boundary to C and pass for its beginning.
    private static func isCString(_ text: String) -> Bool { !text.utf8.contains(0) }
}
