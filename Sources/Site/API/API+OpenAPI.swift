import HTTP
import InteractionModel
import JSON

extension API {
    /// The document is made from the very operations that answer, so it cannot say anything else.
    func openAPIOperation(describing operations: [Operation]) -> Operation {
        var itself = Operation(
            method: .get, path: "/openapi.json", access: .anyone, id: "describe",
            summary: "This API as an OpenAPI 3.1 document.", responses: [(200, "The document.", nil)],
            perform: { _ in })
        let document = OpenAPIDocument(site: site.rawValue, release: release).json(operations + [itself])
        itself = Operation(
            method: .get, path: itself.path, access: .anyone, id: itself.id, summary: itself.summary,
            responses: itself.responses, perform: { $0.answer(200, json: document) })
        return itself
    }
}

/// Writes operations as an OpenAPI 3.1 document.
struct OpenAPIDocument {
    let site: String
    let release: String
    /// What JSON Schema cannot say.
    private static let manners =
        "Lengths of strings count bytes of UTF-8. Integers are written without fraction and exponent. "
        + "A member that is null counts as absent."

    func json(_ operations: [Operation]) -> [UInt8] {
        var paths = JSONObject()
        for operation in operations {
            var item = paths[operation.path]?.objectValue ?? JSONObject()
            item[operation.method.rawValue.lowercased()] = describe(operation)
            paths[operation.path] = .object(item)
        }
        let document: JSONValue = [
            "openapi": "3.1.0",
            "info": [
                "title": "Interflow", "version": .string(release),
                "description": .string("Site \(site). \(Self.manners)"),
            ],
            "paths": .object(paths),
            "components": [
                "schemas": ["Problem": Schemas.problem],
                "securitySchemes": [
                    "token": ["type": "http", "scheme": "bearer"],
                    "peerSignature": [
                        "type": "apiKey", "in": "header", "name": "Signature",
                        "description":
                            "An HTTP message signature (RFC 9421) by a peer's key, over the content's digest and this site's address.",
                    ],
                ],
            ],
        ]
        return document.bytes
    }

    private func describe(_ operation: Operation) -> JSONValue {
        var described = JSONObject()
        described["operationId"] = .string(operation.id)
        described["summary"] = .string(operation.summary)
        switch operation.access {
        case .roles(let roles):
            described["security"] = [["token": []]]
            described["x-roles"] = .array(roles.map(\.rawValue).sorted().map { .string($0) })
        case .peers:
            described["security"] = [["peerSignature": []]]
        case .anyone, .signature: described["security"] = []
        }
        if !operation.parameters.isEmpty {
            described["parameters"] = .array(operation.parameters.map(describe))
        }
        if let schema = operation.requestBody {
            described["requestBody"] = ["required": true, "content": ["application/json": ["schema": schema]]]
        }
        described["responses"] = .object(responses(operation))
        return .object(described)
    }

    private func describe(_ parameter: Operation.Parameter) -> JSONValue {
        [
            "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
            "required": .bool(parameter.isRequired), "description": .string(parameter.text),
            "schema": parameter.schema,
        ]
    }

    private func responses(_ operation: Operation) -> JSONObject {
        var responses = JSONObject()
        var listed = operation.responses
        if case .roles = operation.access {
            listed += [(401, "No valid token.", nil), (403, "The token's role may not.", nil)]
        }
        for response in listed {
            let name = "\(response.status)"
            guard responses[name] == nil else { continue }
            var described = JSONObject()
            described["description"] = .string(response.meaning)
            if let schema = response.schema {
                described["content"] = ["application/json": ["schema": schema]]
            } else if response.status >= 400 {
                described["content"] = [
                    "application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]
                ]
            }
            responses[name] = .object(described)
        }
        return responses
    }
}
