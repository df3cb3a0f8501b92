/// One request as a handler receives it: whole, checked, and within the bounds.
package struct HTTPRequest: Sendable {
    /// Request line and fields.
    package let head: RequestHead
    /// The body with its chunked coding taken off. Never content-encoded: such requests are refused.
    package let body: [UInt8]
    /// Who sent it, as the kernel says. Proxy headers are not believed here.
    package let peer: PeerAddress
    /// SHA-256 of the client's certificate in lower-case hexadecimal, when it showed one and owns its key.
    package let clientCertificateFingerprint: String?
    /// Whether it came over TLS.
    package let isSecure: Bool

    package init(
        head: RequestHead, body: [UInt8], peer: PeerAddress, clientCertificateFingerprint: String? = nil,
        isSecure: Bool = false
    ) {
        self.head = head
        self.body = body
        self.peer = peer
        self.clientCertificateFingerprint = clientCertificateFingerprint
        self.isSecure = isSecure
    }

    package var method: HTTPMethod { head.method }
    /// The request target exactly as sent: signatures are made over it.
    package var target: String { head.target }
    /// The target without its query, not decoded.
    package var path: String { head.path }
    /// What follows the question mark, not decoded; nil when there is none. `Form(query)` reads it.
    package var query: String? { head.query }
    /// Whether this request can become a WebSocket: only then does `HTTPResponder.webSocket` succeed.
    package var offersWebSocket: Bool { head.upgrade == .acceptable }

    /// The value of the first field of this name, compared without case.
    package func header(_ name: String) -> String? { head.value(of: name) }

    /// All fields in the order they came. A name may repeat, but for Host, Content-Type, Authorization
    /// and Origin, which are refused when they do.
    package var headers: [HTTPField] {
        head.fields.map { HTTPField(head.text($0.name), head.text($0.value)) }
    }
}

extension HTTPRequest {
    /// A request made of values, for tests of handlers: it goes through the same parser as one from the network.
    /// - Throws: `Refusal`, when a server would have refused it.
    package init(
        _ method: String, _ target: String, headers: [HTTPField] = [], body: [UInt8] = [],
        peer: PeerAddress = .loopback, clientCertificateFingerprint: String? = nil, isSecure: Bool = false
    ) throws(Refusal) {
        var text = "\(method) \(target) HTTP/1.1\r\n"
        if !headers.contains(where: { $0.name.lowercased() == "host" }) { text += "Host: localhost\r\n" }
        for field in headers { text += "\(field.name): \(field.value)\r\n" }
        let bytes = Array("\(text)\r\n".utf8)
        var lines = 0
        for byte in bytes where byte == Byte.lineFeed { lines += 1 }
        self.init(
            head: try HeadParser.parse(bytes, lines: lines, limits: ParserLimits()), body: body, peer: peer,
            clientCertificateFingerprint: clientCertificateFingerprint, isSecure: isSecure)
    }
}
