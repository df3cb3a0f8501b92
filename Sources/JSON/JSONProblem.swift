/// One thing wrong with a request body, fit to be shown to whoever sent it (RFC 9457).
package struct JSONProblem: Sendable, Equatable {
    /// The member concerned, such as `$.from`.
    package var path: String
    /// What is wrong and what would be right, such as `expected a string, found a number`.
    package var reason: String

    package init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }
}
