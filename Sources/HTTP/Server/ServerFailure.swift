/// Why a server could not start or take new certificates: what, why, and what to do.
package struct ServerFailure: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable {
        case address, certificate, resources, state
    }

    package let kind: Kind
    /// One sentence for the operator, with the address or file it is about.
    package let description: String

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}
