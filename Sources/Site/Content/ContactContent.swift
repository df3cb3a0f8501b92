package import InteractionModel
import JSON

/// What the journal keeps apart from routing facts because it is somebody's: addresses and words.
package struct ContactContent: Sendable, Equatable {
    /// Who wrote it, as the channel names them.
    package var from: String
    package var to: String
    package var thread: String?
    package var message: MessageContent
    package var language: String?
    package var occurredAt: Timestamp?
    package var attributes: [Attribute]

    package init(
        from: String, to: String, thread: String? = nil, message: MessageContent, language: String? = nil,
        occurredAt: Timestamp? = nil, attributes: [Attribute] = []
    ) {
        self.from = from
        self.to = to
        self.thread = thread
        self.message = message
        self.language = language
        self.occurredAt = occurredAt
        self.attributes = attributes
    }

    package init(_ event: ContactEvent) {
        self.init(
            from: event.from, to: event.to, thread: event.thread, message: event.content, language: event.language,
            occurredAt: event.occurredAt, attributes: event.attributes)
    }

    /// A message of ours in the conversation that `self` began.
    package func reply(_ message: MessageContent) -> ContactContent {
        ContactContent(from: to, to: from, thread: thread, message: message, language: language)
    }

    // MARK: JSON

    package var bytes: [UInt8] {
        var writer = JSONWriter(reservingCapacity: 256 + message.text.utf8.count)
        writer.beginObject()
        writeMembers(to: &writer)
        writer.endObject()
        return writer.bytes
    }

    /// Writes the members into an object that has been begun.
    func writeMembers(to writer: inout JSONWriter) {
        writer.field("from", from)
        writer.field("to", to)
        writer.field("thread", thread)
        writer.field("subject", message.subject)
        writer.field("text", message.text)
        if !message.media.isEmpty {
            writer.key("media")
            writer.beginArray()
            for reference in message.media {
                writer.beginObject()
                writer.field("url", reference.url)
                writer.field("contentType", reference.contentType)
                writer.endObject()
            }
            writer.endArray()
        }
        writer.field("language", language)
        writer.field("occurredAt", occurredAt?.milliseconds)
        guard !attributes.isEmpty else { return }
        writer.key("attributes")
        writer.beginArray()
        for attribute in attributes {
            writer.beginArray()
            writer.string(attribute.name)
            writer.string(attribute.value)
            writer.endArray()
        }
        writer.endArray()
    }

    /// Nil when the bytes are not content of ours.
    package init?(bytes: [UInt8]) {
        guard let value = try? JSONValue.parse(bytes, limits: JSONLimits(maxBytes: 32 << 20)) else { return nil }
        self.init(value)
    }

    init?(_ value: JSONValue) {
        guard let from = value["from"]?.stringValue, let to = value["to"]?.stringValue,
            let text = value["text"]?.stringValue
        else { return nil }
        let media = (value["media"]?.arrayValue ?? []).compactMap { reference in
            reference["url"]?.stringValue.map {
                MediaReference(url: $0, contentType: reference["contentType"]?.stringValue ?? "")
            }
        }
        let attributes = (value["attributes"]?.arrayValue ?? []).compactMap { pair -> Attribute? in
            guard let pair = pair.arrayValue, pair.count == 2, let name = pair[0].stringValue,
                let text = pair[1].stringValue
            else { return nil }
            return Attribute(name, text)
        }
        self.init(
            from: from, to: to, thread: value["thread"]?.stringValue,
            message: MessageContent(subject: value["subject"]?.stringValue, text: text, media: media),
            language: value["language"]?.stringValue,
            occurredAt: value["occurredAt"]?.integerValue.map { Timestamp(milliseconds: $0) }, attributes: attributes)
    }
}
