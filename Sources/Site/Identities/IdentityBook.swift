import ChannelKit
package import HTTP

/// Who a request comes from.
package struct IdentityBook: Sendable {
    private let identities: [TokenHash: Identity]

    package init(_ entries: [(TokenHash, Identity)]) {
        identities = Dictionary(entries, uniquingKeysWith: { first, _ in first })
    }

    /// The identity whose token the request carries, as a bearer's (RFC 6750) or, for switches that know nothing else, as the
    /// password of the identity's name (RFC 7617); nil for none, and for a token nobody has.
    package func identity(of request: HTTPRequest) -> Identity? {
        guard let field = request.header("authorization") else { return nil }
        if let token = Self.bearer(field) { return identities[TokenHash(ofToken: token)] }
        guard let (name, token) = Self.basic(field), let identity = identities[TokenHash(ofToken: token)] else {
            return nil
        }
        return identity.name == name ? identity : nil
    }

    private static func basic(_ field: String) -> (name: String, token: String)? {
        guard field.utf8.count <= 512,
            field.utf8.prefix(6).lazy.map({ $0 | 0x20 }).elementsEqual("basic ".utf8),
            let bytes = Base64.decode(String(field.dropFirst(6).drop { $0 == " " })),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
        else { return nil }
        return (
            String(decoding: bytes[..<colon], as: UTF8.self), String(decoding: bytes[(colon + 1)...], as: UTF8.self)
        )
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
