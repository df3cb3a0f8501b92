/// The two ways in which a signer may have written one URL.
enum SignedURL {
    /// The URL as it is and its twin: without its port, or with the port its scheme implies. Everything else stays
    /// byte for byte, because the signature was made over it.
    static func spellings(of url: String) -> [String] {
        guard let start = url.firstRange(of: "://")?.upperBound else { return [url] }
        let authorityEnd = url[start...].firstIndex { "/?#".contains($0) } ?? url.endIndex
        let rest = url[authorityEnd...]
        let scheme = url[..<start]
        let authority = url[start..<authorityEnd]
        let host = host(of: authority)
        let twin = host.endIndex == authority.endIndex ? "\(host):\(scheme == "http://" ? 80 : 443)" : String(host)
        return [url, "\(scheme)\(twin)\(rest)"]
    }

    /// The authority up to its port; the colons of an IPv6 address stand in brackets and are not a port's.
    private static func host(of authority: Substring) -> Substring {
        guard let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") else { return authority }
        return authority[..<colon]
    }
}
