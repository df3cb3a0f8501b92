import HTTP
import InteractionModel
import JSON
import Journal
import Routing

/// What those do who run the floor, and what others report about it.
extension API {
    var supervisionOperations: [Operation] {
        [
            Operation(
                method: .post, path: "/v1/interactions/{id}/move", access: .roles([.supervisor]),
                id: "moveInteraction",
                summary: "Let a contact wait in another queue, at its old place; it is taken from whoever has it.",
                parameters: [Self.idParameter], requestBody: Schemas.move, responses: Self.commandResponses,
                perform: move),
            Operation(
                method: .post, path: "/v1/interactions/{id}/assign", access: .roles([.supervisor]),
                id: "assignInteraction",
                summary: "Let a contact wait for one agent alone for a while, then for anybody, that agent first.",
                parameters: [Self.idParameter], requestBody: Schemas.assignment, responses: Self.commandResponses,
                perform: assign),
            Operation(
                method: .post, path: "/v1/interactions/{id}/vendor-return",
                access: .roles([.supervisor, .integrator]), id: "returnFromVendor",
                summary: "A vendor is done with a contact: it waits here again, at its old place.",
                parameters: [Self.idParameter], responses: Self.commandResponses, perform: returnFromVendor),
            Operation(
                method: .post, path: "/v1/agents/{name}/status", access: .roles([.supervisor]), id: "setAgentStatus",
                summary: "Set an agent's status. Signed out is at once: what the agent has goes back.",
                parameters: [Self.agentParameter], requestBody: Schemas.agentStatus,
                responses: Self.commandResponses, perform: setStatus),
            Operation(
                method: .post, path: "/v1/agents/{name}/results", access: .roles([.supervisor, .integrator]),
                id: "reportResult", summary: "One result of an agent's work for a queue: a survey, a reviewer's mark.",
                parameters: [Self.agentParameter], requestBody: Schemas.result, responses: Self.commandResponses,
                perform: report),
        ]
    }

    private static let agentParameter = Operation.Parameter(
        name: "name", place: .path, isRequired: true, text: "The agent's name in the plan.")

    static let commandResponses: [(Int, String, JSONValue?)] = [
        (200, "Done, and durable.", nil), (400, "A field is wrong; the problem names it.", nil),
        (404, "Not here, not yours, or the plan has no such agent.", nil),
        (409, "Not possible now; the problem says why.", nil), (503, "Nothing was changed; try again.", nil),
    ]

    // MARK: Contacts

    private func move(_ call: Call) {
        guard let id = openInteraction(call), let identity = call.identity else { return }
        read(call) { fields in
            fields.required("queue", as: String.self, length: 1...64).map {
                .supervisor(identity.name, .move(id, to: QueueName($0)))
            }
        }
    }

    private func assign(_ call: Call) {
        guard let id = openInteraction(call), let identity = call.identity else { return }
        read(call) { fields in
            fields.required("agent", as: String.self, length: 1...64).map {
                .supervisor(identity.name, .assign(id, to: AgentName($0)))
            }
        }
    }

    private func returnFromVendor(_ call: Call) {
        guard let id = openInteraction(call), let identity = call.identity else { return }
        perform(
            identity.role == .supervisor ? .supervisor(identity.name, .takeFromVendor(id)) : .vendorReturned(id), call)
    }

    /// The contact named in the path, if it is the caller's to touch; else the caller has been answered.
    func openInteraction(_ call: Call) -> InteractionID? {
        guard let identity = call.identity, let id = interactionID(call.arguments[0]),
            let row = readers.with({ try? $0.interaction(id.number) }), view(of: row, for: identity) == .withContent
        else {
            call.responder.send(Self.noInteraction)
            return nil
        }
        return id
    }

    // MARK: Agents

    private func setStatus(_ call: Call) {
        guard let identity = call.identity else { return }
        let agent = AgentName(call.arguments[0])
        read(call) { fields in
            let word = fields.required("status", as: String.self)
            let reason = fields.optional("reason", as: String.self, length: 1...64)
            let status: AgentStatus
            switch word {
            case "available": status = .available
            case "not-ready": status = .notReady(.init(reason ?? "supervisor"))
            case "signed-out": status = .signedOut
            default:
                if word != nil { fields.reject("status", because: "must be available, not-ready or signed-out") }
                return nil
            }
            return .supervisor(identity.name, .setStatus(agent, status))
        }
    }

    private func report(_ call: Call) {
        let agent = AgentName(call.arguments[0])
        read(call) { fields in
            let queue = fields.required("queue", as: String.self, length: 1...64)
            let score = fields.required("score", as: Int64.self, in: 0...100)
            guard let queue, let score else { return nil }
            return .qualityReported(agent, QueueName(queue), score: Int(score))
        }
    }

    // MARK: Performing

    /// Reads the body and performs what it asks for; what is wrong with it is named.
    /// - Parameter obstacle: what to answer instead, by the state just before; nil where nothing stands against it.
    func read(
        _ call: Call, _ event: (inout JSONFields) -> Input.Event?,
        unless obstacle: (@Sendable (borrowing RoutingState) -> HTTPResponse?)? = nil
    ) {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue.parse(call.request.body)
        } catch {
            return call.responder.send(.badFields([JSONProblem(path: error.path, reason: error.explanation)]))
        }
        var fields = JSONFields(value)
        let event = event(&fields)
        fields.rejectUnknown()
        guard let event, fields.problems.isEmpty else { return call.responder.send(.badFields(fields.problems)) }
        guard let obstacle else { return perform(event, call) }
        submit(
            Job(
                .inspect { [self] state in
                    if let refusal = obstacle(state) { call.responder.send(refusal) } else { perform(event, call) }
                }), call)
    }

    func perform(_ event: Input.Event, _ call: Call) {
        submit(
            Job(
                .event(event),
                .respond(call.responder) { outcome, _ in
                    switch outcome {
                    case .unavailable(let reason): .unavailable(reason)
                    case .answered(.refused(.unknownInteraction)): Self.noInteraction
                    case .answered(.refused(.unknownAgent(let name))):
                        .problem(404, "unknown-agent", Routing.Refusal.unknownAgent(name).description)
                    case .answered(.refused(let refusal)): .refused(refusal)
                    case .answered: .json(200, Array("{}".utf8))
                    }
                }), call)
    }
}
