import HTTP
import InteractionModel
import JSON
import Journal
import Routing

/// Contacts brought in by clients, and what became of them.
extension API {
    var interactionOperations: [Operation] {
        [
            Operation(
                method: .post, path: "/v1/interactions", access: .roles([.integrator]), id: "createInteraction",
                summary: "Bring a contact in. Answered after it is durable; the same key gives the same answer.",
                parameters: [
                    .init(
                        name: "Idempotency-Key", place: .header, isRequired: true,
                        text: "1 to 128 printable ASCII characters; the same for every repetition of the same contact.",
                        schema: Schemas.idempotencyKey)
                ],
                requestBody: Schemas.contact,
                responses: [
                    (202, "Kept, now or earlier under the same key.", Schemas.created),
                    (400, "A field is wrong; the problem names it.", nil),
                    (409, "The plan has no such queue.", nil),
                    (503, "Nothing was kept; send it again after Retry-After.", nil),
                ], perform: create),
            Operation(
                method: .get, path: "/v1/interactions/{id}",
                access: .roles([.agent, .supervisor, .admin, .integrator, .auditor]), id: "getInteraction",
                summary: "An interaction with its history. Content only for those it concerns.",
                parameters: [Self.idParameter],
                responses: [
                    (200, "The interaction.", Schemas.interaction), (404, "Not here, or not yours.", nil),
                ], perform: read),
            Operation(
                method: .delete, path: "/v1/interactions/{id}", access: .roles([.supervisor, .integrator]),
                id: "withdrawInteraction", summary: "The customer no longer wants an answer.",
                parameters: [Self.idParameter],
                responses: [
                    (202, "Withdrawn, or already in wrap-up.", Schemas.created),
                    (404, "Not here, not yours, or already ended.", nil),
                ], perform: withdraw),
        ]
    }

    static let idParameter = Operation.Parameter(
        name: "id", place: .path, isRequired: true, text: "The number, or site-number.")

    // MARK: Creating

    private func create(_ call: Call) {
        guard let identity = call.identity else { return }
        switch ContactRequest.read(call.request, account: identity.account) {
        case .failure(let fault): call.responder.send(.badFields(fault.problems))
        case .success(let contact) where !channels.contains(contact.event.channel.rawValue):
            let reason = "must be a channel that some agent takes: \(channels.joined(separator: ", "))"
            call.responder.send(.badFields([JSONProblem(path: "$.channel", reason: reason)]))
        case .success(let contact):
            var arrival = pseudonyms.arrival(contact.event, wish: contact.wish, direction: contact.direction)
            arrival.contact.claim = contact.claim
            let channel = contact.event.channel
            submit(
                Job(.contact(arrival), .respond(call.responder) { [self] in created($0, channel: channel, $1) }), call)
        }
    }

    func submit(_ job: Job, _ call: Call) {
        switch inbox.offer(job) {
        case .taken: break
        case .full: call.responder.send(.unavailable(.overloaded))
        case .closed: call.responder.send(.unavailable(.stopping))
        }
    }

    private func created(
        _ outcome: JobOutcome, channel: ChannelName, _ state: borrowing RoutingState
    ) -> HTTPResponse {
        switch outcome {
        case .unavailable(let reason): return .unavailable(reason)
        case .answered(.accepted(let id, _)): return accepted(id, state)
        case .answered(.repeated(let id)):
            counters.duplicate(on: channel)
            guard let id else { return .json(202, Array("{}".utf8)) }
            return accepted(id, state)
        case .answered(.refused(let refusal)):
            counters.refused(refusal.code)
            return .refused(refusal)
        case .answered: return .json(202, Array("{}".utf8))
        }
    }

    private func accepted(_ id: InteractionID, _ state: borrowing RoutingState) -> HTTPResponse {
        var writer = JSONWriter(reservingCapacity: 128)
        writer.beginObject()
        writer.field("id", "\(site)-\(id)")
        writer.field("interaction", id.number)
        state.writeOutlook(of: id, to: &writer)
        writer.endObject()
        return .json(202, writer.bytes, headers: [HTTPField("Location", "/v1/interactions/\(id)")])
    }

    // MARK: Reading

    private func read(_ call: Call) {
        guard let identity = call.identity else { return }
        guard let id = interactionID(call.arguments[0]) else { return call.responder.send(Self.noInteraction) }
        readers.with { reader in
            guard let row = try? reader.interaction(id.number), let view = view(of: row, for: identity) else {
                return call.responder.send(Self.noInteraction)
            }
            guard let history = try? reader.history(of: id.number) else {
                return call.responder.send(.unavailable(.storeFailed))
            }
            answer(call, row, history, view)
        }
    }

    /// Who waits is told how far from the front; only the loop knows that.
    private func answer(_ call: Call, _ row: InteractionRow, _ history: [JournalEntry], _ view: View) {
        guard row.state == "queued" else { return call.answer(200, json: write(row, history, view) { _ in }) }
        let job = Job(
            .inspect { [self] state in
                var outlook = JSONWriter()
                outlook.beginObject()
                state.writeOutlook(of: InteractionID(row.interaction), to: &outlook)
                outlook.endObject()
                call.answer(
                    200,
                    json: write(row, history, view) {
                        $0.key("outlook")
                        $0.raw(outlook.bytes)
                    })
            })
        switch inbox.offer(job) {
        case .taken: break
        case .full: call.responder.send(.unavailable(.overloaded))
        case .closed: call.responder.send(.unavailable(.stopping))
        }
    }

    /// `berlin-42` or `42`.
    func interactionID(_ text: String) -> InteractionID? {
        let prefix = "\(site)-"
        let digits = text.hasPrefix(prefix) ? text.dropFirst(prefix.count) : text[...]
        guard digits.utf8.count <= 18, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int64(digits).map { InteractionID($0) }
    }

    static let noInteraction = HTTPResponse.problem(
        404, "no-interaction", "There is no such interaction here, or it is not yours to see.")

    enum View {
        case withContent, withoutContent
    }

    /// Object access is judged here, per row: agents see what they have or had last, integrators what they brought.
    func view(of row: InteractionRow, for identity: Identity) -> View? {
        switch identity.role {
        case .supervisor: .withContent
        case .admin, .auditor: .withoutContent
        case .agent: row.agent == identity.name ? .withContent : nil
        case .integrator: account(of: row) == identity.name ? .withContent : nil
        case .site, .switch: nil
        }
    }

    private func account(of row: InteractionRow) -> String? {
        (try? JSONValue.parse(row.snapshot))?["account"]?.stringValue
    }

    private func write(
        _ row: InteractionRow, _ history: [JournalEntry], _ view: View, _ more: (inout JSONWriter) -> Void
    ) -> [UInt8] {
        var writer = JSONWriter(reservingCapacity: 4096)
        writer.beginObject()
        writer.field("id", "\(site)-\(row.interaction)")
        writer.field("interaction", row.interaction)
        writer.field("state", row.state)
        writer.field("queue", row.queue)
        writer.field("agent", row.agent)
        writer.field("createdAt", row.createdAt.milliseconds)
        writer.field("updatedAt", row.updatedAt.milliseconds)
        writer.field("closedAt", row.closedAt?.milliseconds)
        more(&writer)
        writer.key("history")
        writer.beginArray()
        for entry in history { write(entry, view, to: &writer) }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    private func write(_ entry: JournalEntry, _ view: View, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("seq", entry.sequence)
        writer.field("at", entry.at.milliseconds)
        writer.field("type", entry.type)
        writer.key("body")
        writer.raw(entry.body)
        if view == .withContent, let content = entry.content {
            writer.key("content")
            writer.raw(content)
        }
        writer.endObject()
    }

    // MARK: Withdrawing

    private func withdraw(_ call: Call) {
        guard let identity = call.identity else { return }
        guard let id = interactionID(call.arguments[0]),
            let row = readers.with({ try? $0.interaction(id.number) }), view(of: row, for: identity) == .withContent
        else { return call.responder.send(Self.noInteraction) }
        let event = Input.Event.withdrawn(id, cause: "withdrawn by \(identity.name)")
        submit(
            Job(
                .event(event),
                .respond(call.responder) { [self] outcome, state in
                    guard case .answered(.refused) = outcome else {
                        return created(outcome, channel: ChannelName("api"), state)
                    }
                    return Self.noInteraction
                }), call)
    }
}

extension HTTPResponse {
    static func unavailable(_ reason: Unavailability) -> HTTPResponse {
        .problem(
            503, reason.rawValue, reason.text, headers: [HTTPField("Retry-After", "\(reason.retryAfterSeconds)")])
    }

    static func refused(_ refusal: Routing.Refusal) -> HTTPResponse {
        refusal.isTemporary
            ? .problem(503, refusal.code, refusal.description, headers: [HTTPField("Retry-After", "5")])
            : .problem(409, refusal.code, refusal.description)
    }
}
