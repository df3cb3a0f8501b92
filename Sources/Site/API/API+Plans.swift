import Threads
import Configuration
import HTTP
import InteractionModel
import JSON
import Routing

/// The active plan, those before it, and the way a new one becomes active.
extension API {
    var planOperations: [Operation] {
        [
            Operation(
                method: .get, path: "/v1/plan", access: .roles([.supervisor, .admin, .auditor]), id: "getPlan",
                summary: "The active plan: its rules, and who made it active.",
                responses: [(200, "The plan.", Schemas.plan), (503, "Too busy; try again.", nil)],
                perform: { inspect($0) { Self.planBody($0.plan) } }),
            Operation(
                method: .get, path: "/v1/plans", access: .roles([.supervisor, .admin, .auditor]), id: "listPlans",
                summary:
                    "The newest \(PlanHistory.listedMax) activations, newest first: version, when, by whom, and what changed.",
                responses: [(200, "The activations.", Schemas.list)], perform: listPlans),
            Operation(
                method: .get, path: "/v1/plans/{version}", access: .roles([.supervisor, .admin, .auditor]),
                id: "getPlanVersion", summary: "A plan that was active once.",
                parameters: [
                    .init(name: "version", place: .path, isRequired: true, text: "Its version, or `previous`.")
                ],
                responses: [(200, "The plan.", Schemas.plan), (404, "No such plan was active here.", nil)],
                perform: readPlan),
            Operation(
                method: .post, path: "/v1/plan", access: .roles([.admin]), id: "activatePlan",
                summary:
                    "Make a plan the active one: a text (YAML), the site's own file, or one that was active before. "
                    + "Answered after it is durable; checked first, whole or not at all.",
                parameters: Self.activationParameters,
                responses: [
                    (200, "Active, or already so; with dryRun what would happen.", Schemas.activation),
                    (400, "A parameter is wrong.", nil), (404, "No such plan was active here.", nil),
                    (412, "Another plan is active than If-Match says; nothing was changed.", nil),
                    (
                        422, "The plan is wrong; the problem lists every complaint with its line. Nothing was changed.",
                        nil
                    ),
                    (503, "Nothing was changed; try again.", nil),
                ], perform: activatePlan),
        ]
    }

    private static let activationParameters: [Operation.Parameter] = [
        .init(
            name: "from", place: .query, isRequired: false,
            text: "Without a body: `file` (the site's own), `previous`, or a version that was active before."),
        .init(
            name: "comment", place: .query, isRequired: false, text: "Why, for the log and the list of plans.",
            schema: ["type": "string", "maxLength": 500]),
        .init(
            name: "dryRun", place: .query, isRequired: false, text: "Change nothing, and say what would change.",
            schema: ["type": "boolean"]),
        .init(
            name: "If-Match", place: .header, isRequired: false,
            text: "The version that must be active, so that two people do not overwrite each other."),
    ]

    // MARK: Reading

    private static func planBody(_ plan: Plan) -> [UInt8] {
        var writer = JSONWriter(reservingCapacity: 16 << 10)
        plan.write(to: &writer)
        return writer.bytes
    }

    private func listPlans(_ call: Call) {
        let now = plans.active.now
        readers.with { reader in
            guard let list = try? PlanHistory(reader: reader, newest: now.number).list() else {
                return call.responder.send(.unavailable(.storeFailed))
            }
            var writer = JSONWriter(reservingCapacity: 4096)
            writer.beginObject()
            writer.field("active", now.version)
            writer.key("plans")
            writer.beginArray()
            for activation in list { Self.write(activation, to: &writer) }
            writer.endArray()
            writer.endObject()
            call.answer(200, json: writer.bytes)
        }
    }

    private static func write(_ activation: PlanHistory.Activation, to writer: inout JSONWriter) {
        let origin = activation.plan.origin
        writer.beginObject()
        writer.field("version", activation.plan.version)
        writer.field("number", origin?.number)
        writer.field("at", activation.at.milliseconds)
        writer.field("seq", activation.sequence)
        writer.field("by", origin?.by)
        writer.field("comment", origin?.comment)
        writer.field("previous", origin?.previous)
        writer.field("change", origin?.change)
        writer.field("queues", activation.plan.queues.count)
        writer.field("agents", activation.plan.agents.count)
        writer.endObject()
    }

    private func readPlan(_ call: Call) {
        guard call.arguments[0] != plans.active.now.version else {
            return inspect(call) { Self.planBody($0.plan) }
        }
        guard let plan = earlierPlan(call.arguments[0]) else { return call.responder.send(Self.noPlan) }
        call.answer(200, json: Self.planBody(plan))
    }

    /// A plan that was active; nil when there is none in the journal.
    private func earlierPlan(_ name: String) -> Plan? {
        let now = plans.active.now
        guard let version = name == "previous" ? now.previous : name else { return nil }
        return readers.with { reader in
            try? PlanHistory(reader: reader, newest: now.number).find(version)?.plan
        }
    }

    private static let noPlan = HTTPResponse.problem(
        404, "no-plan", "No such plan was active here, or its entry has been purged; GET /v1/plans lists them.")

    // MARK: Activating

    private func activatePlan(_ call: Call) {
        guard let identity = call.identity else { return }
        guard let wish = PlanRequest(call.request) else {
            return call.refuse(
                400, "invalid-request",
                "Send either a plan as YAML, or an empty body and from=file, from=previous or from=VERSION; comment has at "
                    + "most 500 bytes, and dryRun is true or false.")
        }
        let text: PlanText?
        let plan: Plan
        do throws(ConfigurationError) {
            text = try plans.text(wish)
        } catch {
            return call.responder.send(.badPlan(error))
        }
        if let text {
            plan = text.plan
        } else if let earlier = earlierPlan(wish.from ?? "") {
            guard earlier.errors.isEmpty else { return call.responder.send(.badPlan(earlier.errors)) }
            plan = earlier.versioned
        } else {
            return call.responder.send(Self.noPlan)
        }
        let now = plans.active.now.plan
        let diff = PlanDiff(from: now, to: plan)
        let activation = PlanActivation(
            plan: plan, by: identity.name, comment: wish.comment, file: plans.fileSource(), ifActive: wish.ifMatch,
            difference: .init(from: now.version, summary: diff.summary))
        let remarks = PlanRemarks(plan, text, plans)
        if wish.isDryRun { return rehearse(activation, diff, remarks, call) }
        let responder = call.responder
        let job = Job(
            .activation(activation),
            .respond(responder) { outcome, _ in
                Self.answer(outcome, activation, remarks)
            })
        switch inbox.offer(job) {
        case .taken: break
        case .full: responder.send(.unavailable(.overloaded))
        case .closed: responder.send(.unavailable(.stopping))
        }
    }

    private static func answer(
        _ outcome: JobOutcome, _ activation: PlanActivation, _ remarks: PlanRemarks
    ) -> HTTPResponse {
        if case .unavailable(let reason) = outcome { return .unavailable(reason) }
        guard let result = activation.result.with({ $0 }) else { return anotherPlan }
        var writer = JSONWriter(reservingCapacity: 1024)
        writer.beginObject()
        writer.field("version", result.version)
        writer.field("previous", result.previous)
        writer.field("number", result.number)
        writer.field("isNew", result.isNew)
        writer.field("change", result.change)
        remarks.write(to: &writer)
        writer.endObject()
        return .json(200, writer.bytes, headers: [HTTPField("ETag", "\"\(result.version)\"")])
    }

    private static let anotherPlan = HTTPResponse.problem(
        412, "another-plan", "Another plan is active than you thought; look at it (GET /v1/plan), then decide again.")

    /// Says what an activation would do now, by letting a copy of the state do it.
    private func rehearse(_ activation: PlanActivation, _ diff: PlanDiff, _ remarks: PlanRemarks, _ call: Call) {
        inspect(call) { state in
            var writer = JSONWriter(reservingCapacity: 4096)
            writer.beginObject()
            writer.field("version", activation.plan.version)
            writer.field("previous", state.plan.version)
            writer.field("isNew", activation.plan.version != state.plan.version)
            writer.field("wouldBeRefused", activation.ifActive.map { $0 != state.plan.version } ?? false)
            PlanRehearsal(of: activation.plan, diff, on: state).write(to: &writer)
            remarks.write(to: &writer)
            writer.endObject()
            return writer.bytes
        }
    }
}

extension HTTPResponse {
    /// 422 with every complaint and where it stands.
    static func badPlan(_ error: ConfigurationError) -> HTTPResponse {
        badPlan(detail: error.complaints.count + error.unlisted) { writer in
            for complaint in error.complaints { complaint.write(to: &writer) }
        }
    }

    /// The same for rules that were active once and that this release no longer takes.
    static func badPlan(_ errors: [PlanFinding]) -> HTTPResponse {
        badPlan(detail: errors.count) { writer in
            for error in errors {
                writer.beginObject()
                writer.field("field", error.pathText)
                writer.field("reason", error.reason)
                writer.field("hint", error.advice)
                writer.endObject()
            }
        }
    }

    private static func badPlan(detail count: Int, _ errors: (inout JSONWriter) -> Void) -> HTTPResponse {
        var writer = JSONWriter(reservingCapacity: 1024)
        writer.beginObject()
        writer.field("type", "urn:interflow:problem:invalid-plan")
        writer.field("title", "Unprocessable Content")
        writer.field("status", 422)
        writer.field("detail", "The plan is wrong in \(count) \(count == 1 ? "place" : "places"); nothing was changed.")
        writer.key("errors")
        writer.beginArray()
        errors(&writer)
        writer.endArray()
        writer.endObject()
        return HTTPResponse(
            status: 422,
            headers: [HTTPField("Content-Type", "application/problem+json"), HTTPField("Cache-Control", "no-store")],
            body: writer.bytes)
    }
}

extension Complaint {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("field", "\(place.path)")
        writer.field("reason", reason)
        writer.field("hint", hint)
        writer.field("line", place.line)
        writer.field("column", place.column)
        writer.endObject()
    }
}
