package import ChannelKit
package import InteractionModel
import JSON

/// Reads the JSON object that tells of a message. Pure: a captured body is a test.
package enum TemplateEvent {
    package static let textBytesMax = 32 << 10
    package static let mediaMax = 10
    package static let attributesMax = 64

    /// The event, or the first member that keeps it from being one. `id` is the signed identifier of the request.
    package static func reading(
        _ body: [UInt8], id: String, channel: ChannelName, account: AccountName
    ) throws(FieldFault) -> ContactEvent {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue.parse(body)
        } catch {
            throw FieldFault("The body", "is not JSON as it should be: \(error.description)")
        }
        var fields = JSONFields(value)
        let from = fields.required("from", length: 1...256)
        let to = fields.required("to", length: 1...256)
        let text = fields.required("text", length: 0...textBytesMax)
        let subject = fields.optional("subject", length: 1...1024)
        let thread = fields.optional("thread", length: 1...256)
        let language = fields.optional("language", length: 2...35)
        let occurredAt = fields.optional("occurredAt", as: Int64.self, in: 0...4_102_444_800_000)
        let media = fields.array("media", countMax: mediaMax) { item in
            item.required("url", length: 1...2048).map { url in
                MediaReference(url: url, contentType: item.optional("contentType", length: 1...128) ?? "")
            }
        }
        let attributes = fields.array("attributes", countMax: attributesMax) { item in
            item.required("name", length: 1...64).flatMap { name in
                item.required("value", length: 0...1024).map { Attribute(name, $0) }
            }
        }
        // The format is ours, so a member it does not have is a slip of the pen. A provider's format grows without
        // notice: leave this line out there.
        fields.rejectUnknown()
        guard let from, let to, let text, fields.problems.isEmpty else { throw fault(fields.problems) }
        guard let key = IdempotencyKey("\(channel):\(account):\(id)") else {
            throw FieldFault("webhook-id", "is empty or too long")
        }
        return ContactEvent(
            key: key, channel: channel, account: account, from: from, to: to, thread: thread,
            occurredAt: occurredAt.map(Timestamp.init),
            content: MessageContent(subject: subject, text: text, media: media),
            language: language, attributes: attributes, signature: .verified)
    }

    private static func fault(_ problems: [JSONProblem]) -> FieldFault {
        guard let first = problems.first else { return FieldFault("The body", "is incomplete") }
        return FieldFault(first.path, first.reason)
    }
}
