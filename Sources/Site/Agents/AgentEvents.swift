import InteractionModel
import JSON
import Routing

/// One event of an agent's feed, as the desktop receives it.
struct AgentEvent {
    private var writer = JSONWriter(reservingCapacity: 512)

    init(_ name: StaticString, at recorded: RecordedFact) {
        writer.beginObject()
        writer.field("type", "event")
        writer.field("seq", recorded.sequence)
        writer.field("at", recorded.at.milliseconds)
        writer.key("event")
        writer.string("\(name)")
        writer.field("interaction", recorded.interaction?.number)
    }

    mutating func add(_ body: (inout JSONWriter) -> Void) { body(&writer) }

    mutating func bytes() -> [UInt8] {
        writer.endObject()
        return writer.bytes
    }
}

extension JSONWriter {
    mutating func contact(_ interaction: InteractionRecord, content: ContactContent?) {
        field("channel", interaction.channel.rawValue)
        field("queue", interaction.requirement.queue.rawValue)
        field("waitingSince", interaction.stamp.milliseconds)
        if let content { self.content(content) }
    }

    mutating func content(_ content: ContactContent) {
        key("content")
        beginObject()
        content.writeMembers(to: &self)
        endObject()
    }

    mutating func status(_ status: AgentStatus) {
        switch status {
        case .available: field("status", "available")
        case .signedOut: field("status", "signed-out")
        case .notReady(let reason):
            field("status", "not-ready")
            field("reason", reason.rawValue)
        }
    }
}
