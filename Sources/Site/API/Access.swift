/// Whom an operation is for. There is no default: an operation without one does not compile.
package enum Access: Sendable, Equatable {
    /// Anybody; holds nothing that is not for anybody.
    case anyone
    /// Bearers of a token with one of these roles.
    case roles(Set<Role>)
    /// The adapter checks the provider's signature itself.
    case signature
    /// Sites of the network: the request is signed by a peer's key, for this site.
    case peers
}
