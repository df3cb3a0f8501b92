/// One part of a message that a signature covers: a field in lower case, or a derived component that begins with `@`
/// (RFC 9421 §2).
package struct SignatureComponent: Sendable, Hashable {
    package let name: String
    package let parameters: [StructuredParameter]

    package init(_ name: String, _ parameters: [StructuredParameter] = []) {
        self.name = name
        self.parameters = parameters
    }

    /// Of the request that a response answers (RFC 9421 §2.4).
    package static func ofRequest(_ name: String, key: String? = nil) -> SignatureComponent {
        var parameters = [StructuredParameter("req", .boolean(true))]
        if let key { parameters.append(StructuredParameter("key", .string(key))) }
        return SignatureComponent(name, parameters)
    }

    /// As it stands in the list of components and before its value.
    package var text: String {
        StructuredItem.string(name).text + parameters.map(\.text).joined()
    }

    var isOfRequest: Bool { parameters.contains(StructuredParameter("req", .boolean(true))) }

    func string(_ parameter: String) -> String? {
        for one in parameters where one.name == parameter {
            if case .string(let text) = one.value { return text }
        }
        return nil
    }
}

extension SignatureComponent: ExpressibleByStringLiteral {
    package init(stringLiteral name: String) { self.init(name) }
}
