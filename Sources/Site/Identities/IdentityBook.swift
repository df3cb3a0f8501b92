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

    private static func bearer(_ field: String) -> String? {
        let scheme = field.prefix(7)
        guard scheme.lowercased() == "bearer " else { return nil }
        let token = field.dropFirst(7).drop { $0 == " " }
        return (1...256).contains(token.utf8.count) ? String(token) : nil
    }
}
