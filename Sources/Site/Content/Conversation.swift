import Federation
package import InteractionModel
import JSON
package import Journal

/// A conversation so far, as one site hands it to another and as the other keeps it: beside the fact that took the contact.
///
/// Its JSON is the content of its first message with the others in a member `conversation`, so that whatever asks a
/// contact for whom it began with finds the same as in any other contact.
package struct Conversation: Sendable, Equatable {
    /// Messages beside the first, at most: the newest.
    package static let linesMax = 50
    /// Bytes of all that was written, but for a first message that is longer; older messages are left out. Escapes make six
    /// times as much of it at worst, which `PeerBounds.contentBytesMax` allows.
    package static let bytesMax = 128 << 10
    /// Entries of an interaction in which its messages are sought.
    private static let entriesMax = 1000

    /// What one of them wrote.
    package struct Line: Sendable, Equatable {
        package var content: ContactContent
        /// By the clock of the site where it was written or heard first; nil: not known.
        package var at: Timestamp?
        /// Who wrote it; nil: the customer.
        package var agent: String?

        package init(_ content: ContactContent, at: Timestamp?, agent: String? = nil) {
            self.content = content
            self.at = at
            self.agent = agent
        }
    }

    /// In order; the first began it.
    package var lines: [Line]

    package init(lines: [Line]) { self.lines = lines }

    // MARK: JSON

    /// Empty when there is no line.
    package var bytes: [UInt8] {
        guard let first = lines.first else { return [] }
        var writer = JSONWriter(reservingCapacity: 1024)
        writer.beginObject()
        first.writeMembers(to: &writer)
        writer.key("conversation")
        writer.beginArray()
        for line in lines.dropFirst() {
            writer.beginObject()
            line.writeMembers(to: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    /// Nil when the bytes are no conversation that another site handed over.
    package init?(bytes: [UInt8]) {
        guard let content = Self.content(bytes), content.isConversation else { return nil }
        lines = content.lines
    }

    /// The messages that content holds: one, or all there were when another site handed the contact over. Nil when the
    /// bytes are not content of ours.
    static func content(_ bytes: [UInt8]) -> (lines: [Line], isConversation: Bool)? {
        guard let value = try? JSONValue.parse(bytes, limits: JSONLimits(maxBytes: 32 << 20)), let first = Line(value)
        else { return nil }
        let others = value["conversation"]?.arrayValue
        return ([first] + (others ?? []).prefix(linesMax).compactMap { Line($0) }, others != nil)
    }
}

extension Conversation.Line {
    func writeMembers(to writer: inout JSONWriter) {
        content.writeMembers(to: &writer)
        writer.field("at", at?.milliseconds)
        writer.field("agent", agent)
    }

    fileprivate init?(_ value: JSONValue) {
        guard let content = ContactContent(value) else { return nil }
        self.init(
            content, at: value["at"]?.integerValue.map { Timestamp(milliseconds: $0) },
            agent: value["agent"]?.stringValue)
    }
}

// MARK: - From the journal

extension Conversation {
    /// The conversation of an interaction here, up to and with entry `last`, within the bounds. Without a line when it was erased.
    package init(of interaction: Int64, through last: Int64, in reader: any JournalReader) throws(JournalFailure) {
        var lines: [Line] = []
        for entry in try reader.history(of: interaction, limit: Self.entriesMax) where entry.sequence <= last {
            guard let bytes = entry.content, let content = Self.content(bytes), let first = content.lines.first else {
                continue
            }
            if content.isConversation {
                lines = content.lines  // All there was until then, wherever the contact was.
            } else {
                lines.append(Line(first.content, at: entry.at, agent: entry.writer))
            }
        }
        self.init(lines: lines)
        try restoreFirst(of: interaction, in: reader)
        shorten()
    }

    /// A conversation too long to be looked through still begins with its beginning: it says who the customer is.
    private mutating func restoreFirst(of interaction: Int64, in reader: any JournalReader) throws(JournalFailure) {
        guard let bytes = try reader.content(of: interaction), let content = ContactContent(bytes: bytes),
            lines.first?.content != content
        else { return }
        lines.insert(Line(content, at: content.occurredAt), at: 0)
    }

    private mutating func shorten() {
        guard let first = lines.first else { return }
        var bytes = first.weight
        let kept = lines.dropFirst().suffix(Self.linesMax).reversed().prefix { line in
            bytes += line.weight
            return bytes <= Self.bytesMax
        }
        lines = [first] + kept.reversed()
    }
}

extension Conversation.Line {
    /// What it takes of `Conversation.bytesMax`.
    var weight: Int {
        256 + content.message.text.utf8.count + (content.message.subject?.utf8.count ?? 0)
            + content.message.media.reduce(0) { $0 + $1.url.utf8.count + 64 }
            + content.attributes.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 8 }
    }
}

extension JournalEntry {
    /// The agent whose words its content is; nil where they are the customer's, or an automatic confirmation.
    fileprivate var writer: String? {
        guard type == "message.queued" else { return nil }
        return (try? JSONValue.parse(body))?["agent"]?.stringValue ?? "us"
    }
}
