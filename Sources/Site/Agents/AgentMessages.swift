import InteractionModel
import JSON
import Routing

/// What an agent's desktop may say: one JSON object to a WebSocket message. `Agents/Protocol.md` describes both sides.
struct AgentRequest: Sendable, Equatable {
    enum Body: Sendable, Equatable {
        case command(AgentCommand)
        case reply(InteractionID, text: String)
        case ping
    }

    /// The desktop's own number for the request, given back with its result.
    var id: String
    var body: Body

    static let version: Int64 = 1
    static let textBytesMax = 32 << 10
    static let identifierBytesMax = 64

    /// Reads one message; the problems name every field that is wrong.
    static func read(_ text: [UInt8]) -> Result<AgentRequest, RequestFault> {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue.parse(text)
        } catch {
            return .failure(RequestFault(id: "", problems: [JSONProblem(path: error.path, reason: error.explanation)]))
        }
        var fields = JSONFields(value)
        let id = fields.optional("id", as: String.self, length: 0...identifierBytesMax) ?? ""
        let type = fields.required("type", as: String.self) ?? ""
        let body = read(type, &fields)
        if body == nil, fields.problems.isEmpty { fields.reject("type", because: "is no request of this protocol") }
        fields.rejectUnknown()
        guard let body, fields.problems.isEmpty else {
            return .failure(RequestFault(id: id, problems: fields.problems))
        }
        return .success(AgentRequest(id: id, body: body))
    }

    private static func read(_ type: String, _ fields: inout JSONFields) -> Body? {
        switch type {
        case "ping": return .ping
        case "status": return status(&fields).map { .command(.setStatus($0)) }
        case "accept": return fields.required("offer", as: Int64.self).map { .command(.accept(OfferID($0))) }
        case "reject":
            let reason = fields.optional("reason", as: String.self, length: 0...200)
            return fields.required("offer", as: Int64.self).map { .command(.reject(OfferID($0), reason: reason)) }
        case "reply":
            let interaction = interaction(&fields)
            let text = fields.required("text", as: String.self, length: 1...textBytesMax)
            // The identifier is what makes a repeated reply the same reply, so it cannot be left out here.
            _ = fields.required("id", as: String.self, length: 1...identifierBytesMax)
            guard let interaction, let text else { return nil }
            return .reply(interaction, text: text)
        case "wrapup": return interaction(&fields).map { .command(.wrapUp($0)) }
        case "close":
            let disposition = fields.optional("disposition", as: String.self, length: 1...64)
            return interaction(&fields).map { .command(.close($0, disposition: disposition)) }
        case "requeue":
            let queue = fields.optional("queue", as: String.self, length: 1...64)
            let notMe = fields.optional("notMe", as: Bool.self) ?? false
            return interaction(&fields).map {
                .command(.requeue($0, to: queue.map { QueueName($0) }, notMe: notMe))
            }
        default: return conversation(type, &fields).map { .command($0) }
        }
    }

    /// Hold, and what brings colleagues in.
    private static func conversation(_ type: String, _ fields: inout JSONFields) -> AgentCommand? {
        switch type {
        case "hold": return interaction(&fields).map { .hold($0) }
        case "resume": return interaction(&fields).map { .resume($0) }
        case "transfer":
            let notMe = fields.optional("notMe", as: Bool.self) ?? false
            guard let id = interaction(&fields), let target = target(&fields, orSite: true) else { return nil }
            return .transfer(id, to: target, notMe: notMe)
        case "consult":
            guard let id = interaction(&fields), let target = target(&fields) else { return nil }
            return .consult(id, with: target)
        case "dismiss":
            guard let id = interaction(&fields), let agent = fields.required("agent", as: String.self, length: 1...64)
            else { return nil }
            return .dismiss(id, AgentName(agent))
        case "complete":
            let agent = fields.optional("agent", as: String.self, length: 1...64)
            return interaction(&fields).map { .complete($0, to: agent.map { AgentName($0) }) }
        case "conference": return interaction(&fields).map { .conference($0) }
        case "leave": return interaction(&fields).map { .leave($0) }
        case "escalate": return interaction(&fields).map { .escalate($0) }
        default: return nil
        }
    }

    /// A queue, an agent or, where that is asked for, another site; exactly one of them.
    private static func target(_ fields: inout JSONFields, orSite: Bool = false) -> AgentCommand.Target? {
        let queue = fields.optional("queue", as: String.self, length: 1...64)
        let agent = fields.optional("agent", as: String.self, length: 1...64)
        let site = orSite ? fields.optional("site", as: String.self, length: 1...64) : nil
        switch (queue, agent, site) {
        case (let queue?, nil, nil): return .queue(QueueName(queue))
        case (nil, let agent?, nil): return .agent(AgentName(agent))
        case (nil, nil, let site?): return .site(SiteName(site))
        default:
            fields.reject(
                "agent", because: "either this\(orSite ? ", site" : "") or queue must say who, and only one of them")
            return nil
        }
    }

    private static func interaction(_ fields: inout JSONFields) -> InteractionID? {
        fields.required("interaction", as: Int64.self).map { InteractionID($0) }
    }

    private static func status(_ fields: inout JSONFields) -> AgentStatus? {
        let word = fields.required("status", as: String.self)
        let reason = fields.optional("reason", as: String.self, length: 1...64)
        switch word {
        case "available": return .available
        case "not-ready": return .notReady(AgentStatus.Reason(reason ?? "break"))
        case "signed-out": return .signedOut
        case nil: return nil
        default:
            fields.reject("status", because: "must be available, not-ready or signed-out")
            return nil
        }
    }
}

/// A message that is no request, with everything that is wrong with it.
struct RequestFault: Error, Sendable, Equatable {
    var id: String
    var problems: [JSONProblem]
}

/// What a desktop is told about a request.
enum AgentResult {
    static func done(_ id: String, _ answer: Answer) -> [UInt8] {
        switch answer {
        case .refused(let refusal): return failed(id, code: refusal.code, detail: refusal.description)
        case .queued(let message): return result(id) { $0.field("message", message.number) }
        default: return result(id) { _ in }
        }
    }

    static func failed(_ id: String, code: String, detail: String) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("type", "result")
        writer.field("id", id)
        writer.field("ok", false)
        writer.field("code", code)
        writer.field("detail", detail)
        writer.endObject()
        return writer.bytes
    }

    private static func result(_ id: String, _ more: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("type", "result")
        writer.field("id", id)
        writer.field("ok", true)
        more(&writer)
        writer.endObject()
        return writer.bytes
    }
}
