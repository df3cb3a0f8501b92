/// Which peers may speak for others, and what they say.
///
/// `X-Forwarded-For` is a list that anybody may begin: only the entries that listed proxies appended are true.
/// So it is read from its end, and reading stops at the first address that is not a listed proxy.
package struct Proxies: Sendable, Hashable {
    private let addresses: Set<String>

    /// - Parameter addresses: numeric addresses as the kernel writes them, such as `127.0.0.1` or `::1`.
    package init(_ addresses: [String]) { self.addresses = Set(addresses) }

    /// The address a request really came from, as text: the peer's own unless the peer is a listed proxy.
    package func client(of request: HTTPRequest) -> String {
        var client = request.peer.ip
        let hops = request.head.values(of: "x-forwarded-for").joined(separator: ",").utf8.split(separator: Byte.comma)
        for hop in hops.reversed() where addresses.contains(client) {
            let text = String(decoding: hop.filter { !isBlank($0) }, as: UTF8.self)
            guard let address = PeerAddress(text: text) else { return client }
            client = address.ip
        }
        return client
    }

    /// Whether the client spoke TLS, to us or to a listed proxy that says so in `X-Forwarded-Proto`.
    package func isSecure(_ request: HTTPRequest) -> Bool {
        if request.isSecure { return true }
        return addresses.contains(request.peer.ip) && request.head.values(of: "x-forwarded-proto") == ["https"]
    }
}
