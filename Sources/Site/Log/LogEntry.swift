package import InteractionModel
package import JSON
package import Journal

/// One entry of the routing log as machines read it: an object without personal content.
package struct LogEntry: Sendable, Equatable {
    package var sequence: Int64
    package var at: Timestamp
    package var type: String
    package var interaction: InteractionID?
    /// The fact's own members, in the journal's JSON.
    package var body: [UInt8]

    package init(_ entry: JournalEntry) {
        sequence = entry.sequence
        at = entry.at
        type = entry.type
        interaction = entry.interaction.map { InteractionID($0) }
        body = entry.body
    }

    /// Reads what `write(to:)` wrote. Throws `JSONError`.
    package init(json: [UInt8]) throws(JSONError) {
        var reader = JSONReader(json, limits: JSONLimits(maxBytes: 4 << 20))
        (sequence, at, type, body) = (0, Timestamp(milliseconds: 0), "", Array("{}".utf8))
        try reader.beginObject()
        while let name = try reader.nextKey() {
            switch name {
            case "seq": sequence = try reader.readInteger()
            case "at": at = Timestamp(milliseconds: try reader.readInteger())
            case "type": type = try reader.readString()
            case "interaction": interaction = InteractionID(try reader.readInteger())
            case "body": body = try reader.readRaw()
            default: try reader.skipValue()
            }
        }
        try reader.end()
    }

    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("seq", sequence)
        writer.field("at", at.milliseconds)
        writer.field("type", type)
        writer.field("interaction", interaction?.number)
        writer.key("body")
        writer.raw(body)
        writer.endObject()
    }
}
