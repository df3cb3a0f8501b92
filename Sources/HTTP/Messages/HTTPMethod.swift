/// A request's method (RFC 9110 §9). TRACE and CONNECT never reach a handler.
package enum HTTPMethod: Sendable, Hashable {
    case get, head, post, put, patch, delete, options
    /// A syntactically valid method this list does not name. Handlers answer it 405 or 501.
    case other(String)

    /// The method as it stood in the request; methods are case-sensitive.
    package var rawValue: String {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .put: "PUT"
        case .patch: "PATCH"
        case .delete: "DELETE"
        case .options: "OPTIONS"
        case .other(let name): name
        }
    }
}
