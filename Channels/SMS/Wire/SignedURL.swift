/// The two ways in which a signer may have written one URL.
enum SignedURL {
    /// The URL without its port, or with the port its scheme implies; nil when it is no URL. Everything else stays
    /// byte for byte, because the signature was made over it.
    static func twin(of url: String) -> String? {
        let bytes = url.utf8
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[colon...].starts(with: "://".utf8) else {
            return nil
        }
        let start = bytes.index(colon, offsetBy: 3)
        let end = bytes[start...].firstIndex { "/?#".utf8.contains($0) } ?? bytes.endIndex
        guard let portStart = port(in: bytes[start..<end]) else {
            return "\(url[..<end]):\(url.hasPrefix("http://") ? 80 : 443)\(url[end...])"
        }
        return "\(url[..<portStart])\(url[end...])"
    }

    /// Where the authority's port begins, colon included; the colons of an IPv6 address stand in brackets.
    private static func port(in authority: Substring.UTF8View) -> String.Index? {
        guard let colon = authority.lastIndex(of: UInt8(ascii: ":")),
            !authority[colon...].contains(UInt8(ascii: "]"))
        else { return nil }
        return colon
    }
}
