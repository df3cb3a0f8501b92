import HTTP
import JSON

/// One thing the API does: what answers a request is also what the OpenAPI document is made from.
struct Operation: Sendable {
    let method: HTTPMethod
    /// Segments in braces are parameters: `/v1/interactions/{id}`.
    let path: String
    let access: Access
    let id: String
    let summary: String
    var parameters: [Parameter] = []
    /// The request's JSON body, as a JSON Schema.
    var requestBody: JSONValue?
    /// By status: what it means, and the schema of a JSON answer.
    var responses: [(status: Int, meaning: String, schema: JSONValue?)]
    let perform: @Sendable (Call) -> Void

    struct Parameter: Sendable {
        enum Place: String, Sendable {
            case path, query, header
        }

        var name: String
        var place: Place
        var isRequired: Bool
        var text: String
        /// What is taken, as a JSON Schema of the value written out.
        var schema: JSONValue = ["type": "string"]
    }
}

/// One request on its way through the API.
struct Call: Sendable {
    let request: HTTPRequest
    let responder: HTTPResponder
    /// Nil where the operation is for anyone, and for peers.
    let identity: Identity?
    /// Path parameters in order, not decoded.
    let arguments: [String]
    /// Set exactly where the operation is for peers.
    var peer: PeerCall?

    func answer(_ status: Int, json: [UInt8], headers: [HTTPField] = []) {
        responder.send(.json(status, json, headers: headers))
    }

    func refuse(_ status: Int, _ type: String, _ detail: String, headers: [HTTPField] = []) {
        responder.send(.problem(status, type, detail, headers: headers))
    }
}

extension HTTPResponse {
    private static let jsonHeaders =
        [HTTPField("Content-Type", "application/json"), HTTPField("Cache-Control", "no-store")] + SecurityHeaders.always

    static func json(_ status: Int, _ body: [UInt8], headers: [HTTPField] = []) -> HTTPResponse {
        HTTPResponse(status: status, headers: headers.isEmpty ? jsonHeaders : jsonHeaders + headers, body: body)
    }

    /// - Parameter type: the last part of the problem's URN; stable, for machines.
    static func problem(_ status: Int, _ type: String, _ detail: String, headers: [HTTPField] = []) -> HTTPResponse {
        HTTPResponse(
            Problem(status: status, type: "urn:interflow:problem:\(type)", detail: detail), headers: headers)
    }

    /// 400 with every field that is wrong (RFC 9457 §3 lets a problem carry members of its own).
    static func badFields(_ problems: [JSONProblem]) -> HTTPResponse {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("type", "urn:interflow:problem:invalid-request")
        writer.field("title", "Bad Request")
        writer.field("status", 400)
        writer.field("detail", problems.map { "\($0.path) \($0.reason)" }.joined(separator: "; "))
        writer.key("errors")
        writer.beginArray()
        for problem in problems {
            writer.beginObject()
            writer.field("field", problem.path)
            writer.field("reason", problem.reason)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return HTTPResponse(
            status: 400,
            headers: [
                HTTPField("Content-Type", "application/problem+json"), HTTPField("Cache-Control", "no-store"),
            ], body: writer.bytes)
    }
}
