import Federation
import HTTP
import InteractionModel
import JSON
import Routing

/// A contact as a client describes it: body and key of `POST /v1/interactions`.
struct ContactRequest: Sendable {
    var event: ContactEvent
    var wish: RoutingWish
    var direction: Direction
    /// By what it says that a switch announced it.
    var claim: RouteClaim?

    struct Fault: Error {
        var problems: [JSONProblem]
    }

    static let addressBytesMax = 320
    static let textBytesMax = 64 << 10
    static let attributesMax = 64

    static func read(_ request: HTTPRequest, account: AccountName) -> Result<ContactRequest, Fault> {
        guard let key = key(request, account) else {
            let problem = JSONProblem(
                path: "Idempotency-Key",
                reason: "must be a header of 1 to 128 printable ASCII characters without spaces")
            return .failure(Fault(problems: [problem]))
        }
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue.parse(request.body)
        } catch {
            return .failure(Fault(problems: [JSONProblem(path: error.path, reason: error.explanation)]))
        }
        var fields = JSONFields(value)
        let contact = read(&fields, key: key, account: account)
        fields.rejectUnknown()
        guard let contact, fields.problems.isEmpty else { return .failure(Fault(problems: fields.problems)) }
        return .success(contact)
    }

    private static func key(_ request: HTTPRequest, _ account: AccountName) -> IdempotencyKey? {
        guard let text = request.header("idempotency-key"), (1...128).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        return IdempotencyKey("api/\(account)/\(text)")
    }

    private static func read(
        _ fields: inout JSONFields, key: IdempotencyKey, account: AccountName
    ) -> ContactRequest? {
        let channel = name(&fields, "channel", required: true)
        let from = fields.required("from", as: String.self, length: 1...addressBytesMax)
        let to = fields.required("to", as: String.self, length: 1...addressBytesMax)
        let text = fields.optional("text", as: String.self, length: 0...textBytesMax) ?? ""
        let content = MessageContent(
            subject: fields.optional("subject", as: String.self, length: 0...998), text: text)
        let thread = fields.optional("thread", as: String.self, length: 1...addressBytesMax)
        let language = language(&fields)
        let occurredAt = fields.optional("occurredAt", as: Int64.self)
        let attributes = attributes(&fields)
        let direction = fields.optional("direction", as: Direction.self) ?? .inbound
        let wish = wish(&fields)
        let claim = claim(&fields)
        guard let channel, let from, let to else { return nil }
        let event = ContactEvent(
            key: key, channel: ChannelName(channel), account: account, from: from, to: to, thread: thread,
            occurredAt: occurredAt.map { Timestamp(milliseconds: $0) }, content: content, language: language,
            attributes: attributes, signature: .absent)
        return ContactRequest(event: event, wish: wish, direction: direction, claim: claim)
    }

    private static func claim(_ fields: inout JSONFields) -> RouteClaim? {
        let claim = RouteClaim(
            contextToken: fields.optional("contextToken", as: String.self, length: 1...200),
            externalID: fields.optional("externalId", as: String.self, length: 1...RouteQuestion.keyBytesMax),
            dialledNumber: fields.optional("dialledNumber", as: String.self, length: 1...64))
        return claim == RouteClaim() ? nil : claim
    }

    private static func name(_ fields: inout JSONFields, _ field: String, required: Bool) -> String? {
        let given = required ? fields.required(field, as: String.self) : fields.optional(field, as: String.self)
        guard let given else { return nil }
        guard ChannelName.isValid(given) else {
            fields.reject(field, because: "must be 1 to 64 letters, digits, '-', '_' or '.'")
            return nil
        }
        return given
    }

    /// RFC 5646 §2.1: letters, digits and hyphens. 35 bytes hold every tag that §4.4.1 asks for.
    private static func language(_ fields: inout JSONFields) -> String? {
        guard let given = fields.optional("language", as: String.self, length: 1...35) else { return nil }
        let isTag = given.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
        }
        if !isTag { fields.reject("language", because: "must be a BCP 47 tag, such as de or pt-BR") }
        return given
    }

    private static func attributes(_ fields: inout JSONFields) -> [Attribute] {
        guard let object = fields.optional("attributes", as: JSONObject.self) else { return [] }
        guard object.count <= attributesMax else {
            fields.reject("attributes", because: "has \(object.count) members, at most \(attributesMax) are kept")
            return []
        }
        var attributes: [Attribute] = []
        for member in object.members {
            guard let text = member.value.stringValue, text.utf8.count <= 4096, member.name.utf8.count <= 128 else {
                fields.reject(
                    "attributes", because: "member \(member.name.prefix(64)) must be a string of at most 4096 bytes")
                return []
            }
            attributes.append(Attribute(member.name, text))
        }
        return attributes
    }

    private static func notAgents(_ fields: inout JSONFields) -> [AgentName] {
        let names = fields.array("notAgents", of: String.self, countMax: InteractionRecord.notAgentsMax)
        if !names.allSatisfy({ AgentName.isValid($0) }) {
            fields.reject("notAgents", because: "must be names of agents: letters, digits, '-', '_' or '.'")
        }
        return names.map { AgentName($0) }
    }

    private static func wish(_ fields: inout JSONFields) -> RoutingWish {
        let queue = name(&fields, "queue", required: false)
        let headStart = fields.optional("headStartSeconds", as: Int64.self, in: 0...86_400)
        var skills: [SkillRequirement] = []
        for member in fields.optional("skills", as: JSONObject.self)?.members ?? [] {
            guard SkillName.isValid(member.name), let level = member.value.integerValue,
                SkillRequirement.levels.contains(Int(level))
            else {
                fields.reject("skills", because: "must map names of skills to levels from 1 to 10")
                break
            }
            skills.append(SkillRequirement(SkillName(member.name), level: Int(level)))
        }
        let preferred = name(&fields, "preferredAgent", required: false)
        let preferredFor = fields.optional("preferredSeconds", as: Int64.self, in: 0...604_800)
        return RoutingWish(
            queue: queue.map { QueueName($0) }, skills: SkillSet(skills), headStart: headStart.map { .seconds($0) },
            notAgents: notAgents(&fields), preferredAgent: preferred.map { AgentName($0) },
            preferredFor: preferredFor.map { .seconds($0) })
    }
}
