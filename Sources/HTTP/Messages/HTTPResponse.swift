/// One whole answer. The server adds Date, Content-Length and, where due, Connection.
package struct HTTPResponse: Sendable, Hashable {
    /// 200 to 599; anything else is answered 500 and counted.
    package var status: Int
    package var headers: [HTTPField]
    /// Left out on HEAD, 204 and 304.
    package var body: [UInt8]
    /// Whether the connection ends after this answer.
    package var closesConnection = false

    package init(status: Int, headers: [HTTPField] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package init(status: Int, contentType: String, body: [UInt8]) {
        self.init(status: status, headers: [HTTPField("Content-Type", contentType)], body: body)
    }

    package init(status: Int, contentType: String, body: String) {
        self.init(status: status, contentType: contentType, body: Array(body.utf8))
    }

    /// The problem as `application/problem+json`, never cached.
    package init(_ problem: Problem, headers: [HTTPField] = []) {
        self.init(
            status: problem.status,
            headers: [
                HTTPField("Content-Type", "application/problem+json"), HTTPField("Cache-Control", "no-store"),
            ] + headers,
            body: problem.json)
    }

    /// 405 with the methods that are served (RFC 9110 §15.5.6).
    package static func methodNotAllowed(allow methods: [HTTPMethod]) -> HTTPResponse {
        let allowed = methods.map(\.rawValue).joined(separator: ", ")
        return HTTPResponse(
            Problem(
                status: 405, type: Problem.type(.methodNotAllowed),
                detail: "This method is not served here; use one of \(allowed)."),
            headers: [HTTPField("Allow", allowed)])
    }

    /// Appends fields and returns the result.
    package func adding(_ fields: [HTTPField]) -> HTTPResponse {
        var copy = self
        copy.headers += fields
        return copy
    }
}
