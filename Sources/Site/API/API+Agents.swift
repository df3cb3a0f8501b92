import HTTP
import InteractionModel
import JSON
import Routing

extension API {
    static let agentSubprotocol = "interflow.agent.1"

    var agentOperations: [Operation] {
        [
            Operation(
                method: .get, path: "/v1/agent/socket", access: .roles([.agent]), id: "agentSocket",
                summary: "The agent's WebSocket (subprotocol interflow.agent.1): offers, messages, commands.",
                parameters: [
                    .init(
                        name: "last", place: .query, isRequired: false,
                        text: "The newest sequence seen; everything after it is told again, once.",
                        schema: ["type": "integer", "format": "int64"])
                ],
                responses: [
                    (101, "The conversation begins with a welcome.", nil), (400, "last is not a number.", nil),
                    (403, "The page's origin is not listed.", nil), (426, "Not a WebSocket request.", nil),
                ], perform: openSocket),
            Operation(
                method: .get, path: "/v1/agents", access: .roles([.supervisor, .admin]), id: "listAgents",
                summary: "Every agent: status, connection, what they hold.",
                responses: [(200, "The agents.", Schemas.list), (503, "Too busy; try again.", nil)], perform: listAgents
            ),
        ]
    }

    // MARK: The socket

    private func openSocket(_ call: Call) {
        guard let identity = call.identity else { return }
        if let origin = call.request.header("origin"), !origins.contains(origin) {
            return call.refuse(
                403, "origin", "Pages from this origin may not open an agent's socket; list it under origins.")
        }
        guard let last = last(call.request) else {
            return call.refuse(400, "invalid-request", "last must be a sequence number.")
        }
        let session = AgentSession(
            agent: identity.agent, session: sessions.make(), last: last.value, inbox: inbox, effects: effects)
        let offered = call.request.header("sec-websocket-protocol") ?? ""
        let speaksOurs = offered.split(separator: ",").contains { $0.drop { $0 == " " } == Self.agentSubprotocol }
        if let socket = call.responder.webSocket(session, subprotocol: speaksOurs ? Self.agentSubprotocol : nil) {
            session.begin(on: socket)
        }
    }

    private struct Last {
        var value: Int64?
    }

    /// Nil when `last` is there and no number.
    private func last(_ request: HTTPRequest) -> Last? {
        guard let query = request.query, let text = (try? Form(query))?["last"] else { return Last(value: nil) }
        return Int64(text).map { Last(value: $0) }
    }

    // MARK: Lists

    private func listAgents(_ call: Call) {
        inspect(call) { state in
            var writer = JSONWriter(reservingCapacity: 4096)
            writer.beginObject()
            writer.key("agents")
            writer.beginArray()
            for agent in state.agents {
                writer.beginObject()
                writer.field("agent", agent.name.rawValue)
                writer.status(agent.status)
                writer.field("connected", isConnected(agent))
                writer.field("since", agent.sinceAt.milliseconds)
                writer.field("contacts", agent.held.map(\.number))
                writer.endObject()
            }
            writer.endArray()
            writer.endObject()
            return writer.bytes
        }
    }

    private func isConnected(_ agent: AgentRecord) -> Bool {
        if case .connected = agent.presence { true } else { false }
    }

    /// Answers with what `look` makes of the state, between two inputs.
    func inspect(
        _ call: Call, contentType: String = "application/json",
        _ look: @escaping @Sendable (borrowing RoutingState) -> [UInt8]
    ) {
        let responder = call.responder
        let job = Job(
            .inspect { state in
                responder.send(
                    HTTPResponse(
                        status: 200,
                        headers: [HTTPField("Content-Type", contentType), HTTPField("Cache-Control", "no-store")],
                        body: look(state)))
            })
        switch inbox.offer(job) {
        case .taken: break
        case .full: responder.send(.unavailable(.overloaded))
        case .closed: responder.send(.unavailable(.stopping))
        }
    }
}
