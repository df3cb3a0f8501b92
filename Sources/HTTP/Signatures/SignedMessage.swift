/// A message as signatures see it (RFC 9421 §2): what its components are made from.
package struct SignedMessage: Sendable, Hashable {
    enum Start: Sendable, Hashable {
        case request(method: String, target: TargetURI)
        case response(status: Int)
    }

    let start: Start
    private let fields: [HTTPField]

    /// - Parameter targetURI: absolute, as the client named it; nothing of it is decoded.
    package init(method: String, targetURI: String, fields: [HTTPField]) {
        start = .request(method: method, target: TargetURI(targetURI))
        self.fields = fields
    }

    package init(status: Int, fields: [HTTPField]) {
        start = .response(status: status)
        self.fields = fields
    }

    /// A field's lines without the blanks around them, joined as RFC 9421 §2.1 asks; nil when there is none.
    package func field(_ name: String) -> String? {
        let lines = fields.filter { $0.name.lowercased() == name }.map { Self.trimmed($0.value) }
        return lines.isEmpty ? nil : lines.joined(separator: ", ")
    }

    private static func trimmed(_ text: String) -> String {
        let bytes = text.utf8.drop(while: isBlank)
        guard let last = bytes.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(decoding: bytes[...last], as: UTF8.self)
    }
}

/// An absolute URI cut into the parts that signatures name. Nothing is checked: a wrong one only makes a signature that
/// does not match.
package struct TargetURI: Sendable, Hashable {
    package let text: String
    package let scheme: String
    /// In lower case, without the scheme's own port (RFC 9421 §2.2.3).
    package let authority: String
    /// Never empty.
    package let path: String
    /// With its question mark; a question mark alone where there is no query (RFC 9421 §2.2.7).
    package let query: String

    package init(_ text: String) {
        self.text = text
        let scheme = text.prefix { $0 != ":" }.lowercased()
        let rest = text.dropFirst(scheme.count).drop { $0 == ":" || $0 == "/" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let target = rest[authority.endIndex...]
        let path = target.prefix { $0 != "?" }
        self.scheme = scheme
        let implied = scheme == "https" ? ":443" : ":80"
        let named = authority.lowercased()
        self.authority = named.hasSuffix(implied) ? String(named.dropLast(implied.count)) : named
        self.path = path.isEmpty ? "/" : String(path)
        query = path.endIndex == target.endIndex ? "?" : String(target[path.endIndex...])
    }

    /// Path and query as they stand in a request line.
    var target: String { query == "?" && !text.hasSuffix("?") ? path : path + query }

    /// The value of the one parameter of that name, percent-encoded again as RFC 9421 §2.2.8 asks; nil for none and for
    /// several.
    func queryParameter(_ name: String) -> String? {
        guard let form = try? Form(String(query.dropFirst())) else { return nil }
        let values = form.pairs.filter { $0.name == name }
        return values.count == 1 ? PercentEncoding.encode(values[0].value) : nil
    }
}
