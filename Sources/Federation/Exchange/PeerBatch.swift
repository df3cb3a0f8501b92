package import InteractionModel
package import JSON

/// What a site tells a peer at once; the peer answers each message, in the same order, after its commit.
package struct PeerBatch: Hashable, Sendable {
    package static let messagesMax = 50
    package static let bytesMax = 4 << 20

    /// Who says it, as it says: whom to believe is known from the key it signed with.
    package var from: SiteName
    package var incarnation: Int64
    package var entries: [Entry]

    package enum Entry: Hashable, Sendable {
        case message(PeerMessage)
        /// Of a later release, or damaged: answered `later`, so that it neither gets lost nor holds up the others.
        case unreadable(reason: String)
    }

    package init(from: SiteName, incarnation: Int64, entries: [Entry]) {
        self.from = from
        self.incarnation = incarnation
        self.entries = entries
    }

    package init(from: SiteName, incarnation: Int64, messages: [PeerMessage]) {
        self.init(from: from, incarnation: incarnation, entries: messages.map { .message($0) })
    }

    package var bytes: [UInt8] {
        var writer = JSONWriter(reservingCapacity: 4096)
        writer.beginObject()
        writer.field("from", from.rawValue)
        writer.field("incarnation", incarnation)
        writer.key("messages")
        writer.beginArray()
        for case .message(let message) in entries { message.write(to: &writer) }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    /// Reads a batch. One message that cannot be read is one entry; a text that is no batch is an error, and no answer.
    package init(_ bytes: [UInt8]) throws(JSONError) {
        var reader = JSONReader(bytes, limits: JSONLimits(maxBytes: Self.bytesMax))
        var from: SiteName?
        var incarnation: Int64?
        var entries: [Entry]?
        try reader.beginObject()
        while let name = try reader.nextKey() {
            switch name {
            case "from": from = try reader.readName()
            case "incarnation": incarnation = try reader.readInteger(in: 0...Int64.max)
            case "messages": entries = try Self.readEntries(&reader)
            default: try reader.skipValue()
            }
        }
        self.init(
            from: try reader.need(from, "from"), incarnation: try reader.need(incarnation, "incarnation"),
            entries: try reader.need(entries, "messages"))
        try reader.end()
    }

    private static func readEntries(_ reader: inout JSONReader) throws(JSONError) -> [Entry] {
        var entries: [Entry] = []
        try reader.beginArray()
        while try reader.hasNextElement() {
            guard entries.count < messagesMax else {
                throw reader.failure(.invalidValue("has more than \(messagesMax) messages"))
            }
            entries.append(entry(try reader.readRaw()))
        }
        return entries
    }

    private static func entry(_ bytes: [UInt8]) -> Entry {
        var reader = JSONReader(bytes, limits: JSONLimits(maxBytes: bytesMax))
        do throws(JSONError) {
            return .message(try PeerMessage(from: &reader))
        } catch {
            return .unreadable(reason: "\(error.path): \(error.explanation)")
        }
    }
}
