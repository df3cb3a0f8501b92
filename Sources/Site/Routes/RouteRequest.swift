import Federation
import HTTP
import InteractionModel
import JSON

/// A switch's question as it is written: one flat object, most of whose members are whatever the switch knows of the call.
struct RouteRequest: Sendable {
    var question: RouteQuestion
    /// What the journal keeps beside the answer: who calls, and everything said of the call.
    var content: [UInt8]

    static let membersMax = 64
    static let textBytesMax = 1024

    struct Fault: Error {
        var problems: [JSONProblem]
    }

    /// - Parameter nonce: what nobody can guess.
    static func read(_ body: [UInt8], client: String, nonce: String) -> Result<RouteRequest, Fault> {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue.parse(body, limits: JSONLimits(maxBytes: 64 << 10))
        } catch {
            return .failure(Fault(problems: [JSONProblem(path: error.path, reason: error.explanation)]))
        }
        var reading = Reading(value)
        let request = reading.request(client: client, nonce: nonce)
        guard let request, reading.problems.isEmpty else { return .failure(Fault(problems: reading.problems)) }
        return .success(request)
    }

    private struct Reading {
        var problems: [JSONProblem] = []
        /// Every member that is a text or a number, as text, in order.
        private var said: [(name: String, text: String)] = []

        init(_ value: JSONValue) {
            guard let object = value.objectValue else {
                problems = [JSONProblem(path: "$", reason: "must be an object")]
                return
            }
            guard object.count <= RouteRequest.membersMax else {
                problems = [JSONProblem(path: "$", reason: "has more than \(RouteRequest.membersMax) members")]
                return
            }
            for member in object.members {
                if member.name == "attributes" {
                    for inner in member.value.objectValue?.members ?? [] { take(inner, at: "$.attributes.") }
                } else {
                    take(member, at: "$.")
                }
            }
        }

        private mutating func take(_ member: JSONObject.Member, at path: String) {
            let text =
                member.value.stringValue ?? member.value.integerValue.map { "\($0)" }
                ?? member.value.boolValue.map { "\($0)" }
            guard let text else {
                if member.value != .null {
                    problems.append(
                        JSONProblem(path: path + member.name, reason: "must be a text, a number, true or false"))
                }
                return
            }
            guard text.utf8.count <= RouteRequest.textBytesMax, member.name.utf8.count <= 128 else {
                problems.append(
                    JSONProblem(
                        path: path + String(member.name.prefix(64)),
                        reason: "is longer than \(RouteRequest.textBytesMax) bytes"))
                return
            }
            // What Kamailio writes for a header that is not there.
            if !text.isEmpty, text != "<null>" { said.append((member.name, text)) }
        }

        private func text(_ name: String) -> String? { said.first { $0.name == name }?.text }

        mutating func request(client: String, nonce: String) -> RouteRequest? {
            guard problems.isEmpty else { return nil }
            guard let key = text("key") ?? text("callId"), key.utf8.count <= RouteQuestion.keyBytesMax else {
                problems.append(
                    JSONProblem(
                        path: "$.key",
                        reason: "or callId is needed, of 1 to \(RouteQuestion.keyBytesMax) bytes: the call's own name"))
                return nil
            }
            guard let dialled = text("dnis") ?? text("requestUri").flatMap(Self.user), dialled.utf8.count <= 320 else {
                problems.append(JSONProblem(path: "$.dnis", reason: "is needed: the number dialled"))
                return nil
            }
            let channel = text("channel") ?? "voice"
            guard ChannelName.isValid(channel) else {
                problems.append(JSONProblem(path: "$.channel", reason: "must be a channel's name, such as voice"))
                return nil
            }
            let tried = (text("tried") ?? "").split(whereSeparator: { " ,".contains($0) }).map(String.init)
            let question = RouteQuestion(
                client: client, key: key, externalID: text("contactId").flatMap { $0.utf8.count <= 128 ? $0 : nil },
                channel: ChannelName(channel), destination: dialled, language: text("language"),
                attributes: said.map { RouteQuestion.Attribute($0.name, $0.text) },
                tried: Array(tried.prefix(RouteQuestion.triedMax)), nonce: nonce)
            let content = ContactContent(
                from: text("ani") ?? text("from") ?? "", to: dialled, message: MessageContent(text: ""),
                language: text("language"),
                attributes: said.filter { !["ani", "dnis", "language", "tried"].contains($0.name) }
                    .map { Attribute($0.name, $0.text) })
            return RouteRequest(question: question, content: content.bytes)
        }

        /// The user part of a SIP address.
        private static func user(of uri: String) -> String? {
            guard uri.hasPrefix("sip:") || uri.hasPrefix("sips:"), let colon = uri.firstIndex(of: ":"),
                let at = uri.lastIndex(of: "@")
            else { return nil }
            let user = uri[uri.index(after: colon)..<at].prefix { $0 != ";" && $0 != ":" }
            return user.isEmpty ? nil : String(user)
        }
    }
}
