package import HTTP

/// Who a request comes from.
package struct IdentityBook: Sendable {
    private let identities: [TokenHash: Identity]

    package init(_ entries: [(TokenHash, Identity)]) {
        identities = Dictionary(entries, uniquingKeysWith: { first, _ in first })
    }

    /// The identity whose bearer token (RFC 6750) the request carries; nil for none, and for a token nobody has.
    package func identity(of request: HTTPRequest) -> Identity? {
        guard let field = request.header("authorization"), let token = Self.bearer(field) else { return nil }
        return identities[TokenHash(ofToken: token)]
    }

    /// Looks at bytes: every request has this field, and all of it must be ASCII to be right.
    private static func bearer(_ field: String) -> String? {
        let bytes = field.utf8
        // Setting this bit makes capitals small and leaves the space alone.
        guard bytes.prefix(7).lazy.map({ $0 | 0x20 }).elementsEqual("bearer ".utf8) else { return nil }
        let token = bytes.dropFirst(7).drop { $0 == UInt8(ascii: " ") }
        return (1...256).contains(token.count) ? String(Substring(token)) : nil
    }
}
