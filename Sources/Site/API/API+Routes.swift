import Federation
import HTTP
import InteractionModel
import JSON
import Routing

/// Pre-delivery: a switch or a carrier holds a call and asks where it shall go.
extension API {
    var routeOperations: [Operation] {
        [
            Operation(
                method: .post, path: "/v1/route", access: .roles([.switch]), id: "route",
                summary:
                    "Ask where to deliver a call. Answered within the client's deadline, if need be with its own default; "
                    + "the same question has the same answer while a place is kept for the call.",
                requestBody: Schemas.routeQuestion,
                responses: [
                    (
                        200, "Where the call goes; decision `default` where no rule found a place, or none in time.",
                        Schemas.routeAnswer
                    ),
                    (400, "A field is wrong; the problem names it.", nil),
                    (409, "The plan has no routing client of this name.", nil),
                    (503, "No answer: use your own default.", nil),
                ],
                perform: { call in
                    guard let identity = call.identity else { return }
                    routes.ask(call.request.body, by: identity, call.responder)
                })
        ]
    }
}

extension Schemas {
    static let routeQuestion: JSONValue = [
        "type": "object", "maxProperties": 64,
        "description": "Flat; members not named here are kept with the call and may be asked for by services.",
        "additionalProperties": ["type": ["string", "number", "boolean", "null"], "maxLength": 1024],
        "properties": [
            "key": [
                "type": ["string", "null"], "maxLength": 128,
                "description":
                    "The call's own name, the same in every repetition and every further try; callId unless given.",
            ],
            "callId": ["type": ["string", "null"], "maxLength": 128],
            "ani": ["type": ["string", "null"], "description": "Who calls."],
            "dnis": [
                "type": ["string", "null"], "maxLength": 320, "description": "The number dialled; else requestUri's.",
            ],
            "requestUri": ["type": ["string", "null"]], "language": ["type": ["string", "null"]],
            "channel": ["type": ["string", "null"], "description": "voice unless given."],
            "contactId": [
                "type": ["string", "null"], "maxLength": 128, "description": "What the call is known by on arrival.",
            ],
            "tried": [
                "type": ["string", "null"],
                "description": "Sites, or addresses as host:port, that did not take the call; blanks between them.",
            ],
            "attributes": ["type": ["object", "null"]],
        ],
    ]

    static let routeAnswer: JSONValue = [
        "type": "object", "required": ["decision", "reason"],
        "properties": [
            "decision": ["enum": .array(RouteAnswer.Decision.allCases.map { .string($0.rawValue) })],
            "site": ["type": "string"], "uri": ["type": "string"], "label": ["type": "string"],
            "number": ["type": "string", "description": "Reserved for this call."],
            "contextToken": ["type": "string", "description": "Goes with the call; its arrival is known by it."],
            "reservation": ["type": "integer"], "expiresAt": ["type": "integer"],
            "knownAsOf": ["type": "integer", "description": "When the site last told of itself."],
            "queue": ["type": "string"], "reason": ["type": "string"],
        ],
    ]
}
