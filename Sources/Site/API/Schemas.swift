import JSON
import Routing

/// JSON Schemas of what the API takes and gives (OpenAPI 3.1 uses JSON Schema 2020-12).
enum Schemas {
    /// What `Name.isValid` takes.
    private static let name: JSONValue = "^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$"

    static let contact: JSONValue =
        [
            "type": "object", "additionalProperties": false, "required": ["channel", "from", "to"],
            "properties": [
                "channel": [
                    "type": "string", "pattern": name,
                    "description": "A channel that some agent takes under the active plan.",
                ],
                "from": ["type": "string", "minLength": 1, "maxLength": 320, "description": "The customer's address."],
                "to": [
                    "type": "string", "minLength": 1, "maxLength": 320, "description": "Our address that was reached.",
                ],
                "text": ["type": ["string", "null"], "maxLength": 65536],
                "subject": ["type": ["string", "null"], "maxLength": 998],
                "thread": [
                    "type": ["string", "null"], "minLength": 1, "maxLength": 320,
                    "description": "Contacts of one thread join one open interaction.",
                ],
                "language": ["type": ["string", "null"], "pattern": "^[0-9A-Za-z-]{1,35}$", "description": "BCP 47."],
                "occurredAt": [
                    "type": ["integer", "null"], "description": "The source's clock, milliseconds since 1970.",
                ],
                "attributes": [
                    "type": ["object", "null"], "maxProperties": 64, "propertyNames": ["maxLength": 128],
                    "additionalProperties": ["type": "string", "maxLength": 4096],
                ],
                "queue": [
                    "type": ["string", "null"], "pattern": name, "description": "Instead of the plan's own choice.",
                ],
                "skills": [
                    "type": ["object", "null"], "propertyNames": ["pattern": name],
                    "additionalProperties": ["type": "integer", "minimum": 1, "maximum": 10],
                    "description": "Needed beside the queue's, by level.",
                ],
                "headStartSeconds": [
                    "type": ["integer", "null"], "minimum": 0, "maximum": 86400,
                    "description": "Priority, added to the queue's own.",
                ],
                "direction": [
                    "enum": ["inbound", "outbound", "callback", .null],
                    "description": "Who wanted it; inbound if not said.",
                ],
                "preferredAgent": [
                    "type": ["string", "null"], "pattern": name, "description": "Rather this agent than others.",
                ],
                "preferredSeconds": [
                    "type": ["integer", "null"], "minimum": 0, "maximum": 604800,
                    "description": "How long it waits for that agent alone; the queue's own span if not said.",
                ],
                "contextToken": [
                    "type": ["string", "null"], "minLength": 1, "maxLength": 200,
                    "description": "What a routing answer gave the call: it joins the call to its context.",
                ],
                "externalId": [
                    "type": ["string", "null"], "minLength": 1, "maxLength": 128,
                    "description": "The call's name at the switch that asked where to deliver it.",
                ],
                "dialledNumber": [
                    "type": ["string", "null"], "minLength": 1, "maxLength": 64,
                    "description": "The reserved number it came in on.",
                ],
                "notAgents": [
                    "type": ["array", "null"], "maxItems": 64, "items": ["type": "string", "pattern": name],
                    "description": "Never to these.",
                ],
            ],
        ]

    static let move: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["queue"],
        "properties": ["queue": ["type": "string", "pattern": name]],
    ]

    static let handOver: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["site"],
        "properties": ["site": ["type": "string", "pattern": name]],
    ]

    static let drain: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["draining"],
        "properties": ["draining": ["type": "boolean"]],
    ]

    static let forceCustody: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["checkedWith"],
        "properties": ["checkedWith": ["type": "string", "pattern": name]],
    ]

    static let assignment: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["agent"],
        "properties": ["agent": ["type": "string", "pattern": name]],
    ]

    static let agentStatus: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["status"],
        "properties": [
            "status": ["enum": ["available", "not-ready", "signed-out"]],
            "reason": ["type": ["string", "null"], "minLength": 1, "maxLength": 64],
        ],
    ]

    static let result: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["queue", "score"],
        "properties": [
            "queue": ["type": "string", "pattern": name],
            "score": ["type": "integer", "minimum": 0, "maximum": 100],
        ],
    ]

    static let idempotencyKey: JSONValue = [
        "type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[!-~]+$",
    ]

    /// A sequence or a count; 0 is before everything.
    static let count: JSONValue = ["type": "integer", "format": "int64", "minimum": 0, "maximum": .integer(.max)]

    static let number: JSONValue = [
        "type": "integer", "format": "int64", "minimum": .integer(.min), "maximum": .integer(.max),
    ]

    static let created: JSONValue = [
        "type": "object",
        "properties": [
            "id": ["type": "string", "description": "Site and number."], "interaction": ["type": "integer"],
            "position": position, "expectedWait": expectedWait,
        ],
    ]

    static let position: JSONValue = [
        "type": "integer", "minimum": 1, "description": "1 for who is next in the queue; only while it waits.",
    ]

    static let expectedWait: JSONValue = [
        "type": "object",
        "description":
            "Milliseconds from now: half wait no longer than p50, nine of ten no longer than p90; or why nothing is said.",
        "properties": [
            "p50": ["type": "integer"], "p90": ["type": "integer"],
            "silent": ["enum": .array(EstimateSilence.allCases.map { .string($0.rawValue) })],
        ],
    ]

    static let interaction: JSONValue = [
        "type": "object", "required": ["id", "interaction", "state", "history"],
        "properties": [
            "id": ["type": "string"], "interaction": ["type": "integer"],
            "state": [
                "enum": [
                    "queued", "offered", "active", "wrapping", "escalated", "handing-over", "away", "closed",
                    "abandoned", "expired",
                ]
            ],
            "queue": ["type": "string"], "agent": ["type": "string"], "createdAt": ["type": "integer"],
            "updatedAt": ["type": "integer"], "closedAt": ["type": "integer"],
            "outlook": [
                "type": "object", "description": "Only while it waits.",
                "properties": ["position": position, "expectedWait": expectedWait],
            ],
            "history": ["type": "array", "items": entry],
        ],
    ]

    static let entry: JSONValue = [
        "type": "object", "required": ["seq", "at", "type", "body"],
        "properties": [
            "seq": ["type": "integer"], "at": ["type": "integer"], "type": ["type": "string"],
            "interaction": ["type": "integer"], "body": ["type": "object"], "content": ["type": "object"],
        ],
    ]

    static let logPage: JSONValue = [
        "type": "object", "required": ["entries", "after", "head"],
        "properties": [
            "entries": ["type": "array", "items": entry], "after": ["type": "integer"], "head": ["type": "integer"],
        ],
    ]

    static let plan: JSONValue = [
        "type": "object", "required": ["version", "defaultQueue", "queues", "agents"],
        "properties": [
            "version": ["type": "string"], "defaultQueue": ["type": "string"], "queues": ["type": "array"],
            "agents": ["type": "array"], "origin": ["type": "object"],
        ],
    ]

    static let activation: JSONValue = [
        "type": "object", "required": ["version", "previous", "isNew", "change", "warnings", "restartKeys"],
        "properties": [
            "version": ["type": "string"], "previous": ["type": "string"], "number": ["type": "integer"],
            "isNew": ["type": "boolean"], "change": ["type": "string"],
            "changes": ["type": "array", "items": ["type": "object"]],
            "agents": ["type": "array", "items": ["type": "object"]],
            "effects": ["type": "object", "description": "dryRun: facts the core would record at once, by type."],
            "warnings": ["type": "array", "items": ["type": "object"]],
            "restartKeys": [
                "type": "array", "items": ["type": "string"],
                "description": "Keys of the text that say something else than what runs; only a restart changes them.",
            ],
            "agentsWithoutIdentity": ["type": "array", "items": ["type": "string"]],
        ],
    ]

    static let list: JSONValue = ["type": "object"]

    static let checks: JSONValue = [
        "type": "object", "required": ["status"],
        "properties": ["status": ["type": "string"], "checks": ["type": "array", "items": ["type": "object"]]],
    ]

    /// RFC 9457, with the fields that are wrong.
    static let problem: JSONValue = [
        "type": "object", "required": ["type", "title", "status", "detail"],
        "properties": [
            "type": ["type": "string"], "title": ["type": "string"], "status": ["type": "integer"],
            "detail": ["type": "string"],
            "errors": [
                "type": "array",
                "items": [
                    "type": "object",
                    "properties": ["field": ["type": "string"], "reason": ["type": "string"]],
                ],
            ],
        ],
    ]
}
