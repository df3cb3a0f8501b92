import HTTP
import InteractionModel
import JSON
import Journal

extension API {
    private static let pageMax = 1000

    var logOperations: [Operation] {
        [
            Operation(
                method: .get, path: "/v1/log", access: .roles([.supervisor, .admin, .auditor]), id: "readLog",
                summary: "A page of the routing log, oldest first. No personal content.",
                parameters: Self.filterParameters + [
                    .init(
                        name: "limit", place: .query, isRequired: false, text: "200 unless told.",
                        schema: ["type": "integer", "minimum": 1, "maximum": .integer(Int64(Self.pageMax))]),
                    .init(
                        name: "last", place: .query, isRequired: false,
                        text: "Instead of after: begin this many entries before the end.", schema: Schemas.count),
                ],
                responses: [
                    (200, "The entries, and where to go on.", Schemas.logPage), (400, "A parameter is wrong.", nil),
                ],
                perform: readLog),
            Operation(
                method: .get, path: "/v1/log/stream", access: .roles([.supervisor, .admin, .auditor]), id: "followLog",
                summary:
                    "The routing log as it is written (Server-Sent Events); Last-Event-ID or after says where to begin.",
                parameters: Self.filterParameters,
                responses: [
                    (200, "Events whose id is the sequence and whose data is an entry.", nil),
                    (400, "A parameter is wrong.", nil), (503, "Too many follow the log.", nil),
                ], perform: followLog),
        ]
    }

    private static let filterParameters = [
        Operation.Parameter(
            name: "after", place: .query, isRequired: false, text: "Entries after this sequence.", schema: Schemas.count
        ),
        Operation.Parameter(
            name: "interaction", place: .query, isRequired: false, text: "Only this interaction.",
            schema: Schemas.number),
        word("queue", "Only this queue."), word("agent", "Only this agent."), word("channel", "Only this channel."),
        word("type", "Only types that begin with this."),
    ]

    private static func word(_ name: String, _ text: String) -> Operation.Parameter {
        .init(
            name: name, place: .query, isRequired: false, text: text,
            schema: ["type": "string", "minLength": 1, "maxLength": 64])
    }

    private struct Query {
        var after: Int64?
        var last: Int64?
        var limit: Int64 = 200
        var filter = LogFilter()
    }

    /// Nil, and answered, when a parameter is unknown or wrong.
    private func query(_ call: Call) -> Query? {
        var query = Query()
        guard let form = try? Form(call.request.query ?? "") else {
            call.refuse(400, "invalid-request", "The query is not well formed.")
            return nil
        }
        for field in form.pairs {
            guard Self.read(field.name, field.value, into: &query) else {
                call.refuse(
                    400, "invalid-request",
                    "The parameter \(TerminalText.safe(field.name)) is unknown or its value is wrong.")
                return nil
            }
        }
        if let seen = call.request.header("last-event-id").flatMap({ Int64($0) }) { query.after = seen }
        return query
    }

    private static func read(_ name: String, _ value: String, into query: inout Query) -> Bool {
        switch name {
        case "after": query.after = Int64(value)
        case "last": query.last = Int64(value)
        case "limit": query.limit = Int64(value) ?? 0
        case "interaction": query.filter.interaction = Int64(value).map { InteractionID($0) }
        case "queue": query.filter.queue = value
        case "agent": query.filter.agent = value
        case "channel": query.filter.channel = value
        case "type": query.filter.type = value
        default: return false
        }
        switch name {
        case "after": return (query.after ?? -1) >= 0
        case "last": return (query.last ?? -1) >= 0
        case "limit": return (1...Int64(pageMax)).contains(query.limit)
        case "interaction": return query.filter.interaction != nil
        default: return (1...64).contains(value.utf8.count)
        }
    }

    private func readLog(_ call: Call) {
        guard let query = query(call) else { return }
        readers.with { reader in
            guard let head = try? reader.lastSequence(),
                let entries = try? reader.entries(
                    after: query.last.map { max(0, head - $0) } ?? query.after ?? 0, limit: Int(query.limit))
            else { return call.responder.send(.unavailable(.storeFailed)) }
            var writer = JSONWriter(reservingCapacity: 32 << 10)
            writer.beginObject()
            writer.key("entries")
            writer.beginArray()
            for entry in entries where query.filter.matches(entry, row: { try? reader.interaction($0) }) {
                LogEntry(entry).write(to: &writer)
            }
            writer.endArray()
            writer.field("after", entries.last?.sequence ?? query.after ?? head)
            writer.field("head", head)
            writer.endObject()
            call.answer(200, json: writer.bytes)
        }
    }

    private func followLog(_ call: Call) {
        guard let query = query(call) else { return }
        guard let start = query.after ?? readers.with({ try? $0.lastSequence() }) else {
            return call.responder.send(.unavailable(.storeFailed))
        }
        let hasRoom = log.follow(after: start, filter: query.filter) {
            call.responder.events(onClose: { [log] _ in log.wake() })
        }
        if !hasRoom {
            call.refuse(
                503, "too-many-followers", "\(LogTail.followersMax) follow the log already.",
                headers: [HTTPField("Retry-After", "10")])
        }
    }
}
