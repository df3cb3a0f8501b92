package import InteractionModel
package import JSON

/// “I have idle agents for these queues; offer me something.” A hint: losing it costs a second.
package struct PullHint: Hashable, Sendable {
    package static let queuesMax = 200
    package static let bytesMax = 64 << 10
    /// No hint is under way for longer.
    package static let lifetime = Span.seconds(3)

    package var from: SiteName
    package var queues: [Idle]

    package struct Idle: Hashable, Sendable {
        package var queue: QueueName
        /// Agents who could take one contact each, at least 1.
        package var count: Int

        package init(_ queue: QueueName, _ count: Int) {
            self.queue = queue
            self.count = count
        }
    }

    package init(from: SiteName, queues: [Idle]) {
        self.from = from
        self.queues = queues
    }

    package var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("from", from.rawValue)
        writer.key("queues")
        writer.beginArray()
        for idle in queues.prefix(Self.queuesMax) {
            writer.beginObject()
            writer.field("queue", idle.queue.rawValue)
            writer.field("idle", idle.count)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    package init(_ bytes: [UInt8]) throws(JSONError) {
        var reader = JSONReader(bytes, limits: JSONLimits(maxBytes: Self.bytesMax))
        var from: SiteName?
        var queues: [Idle] = []
        try reader.beginObject()
        while let name = try reader.nextKey() {
            switch name {
            case "from": from = try reader.readName()
            case "queues":
                try reader.beginArray()
                while try reader.hasNextElement() {
                    guard queues.count < Self.queuesMax else {
                        throw reader.failure(.invalidValue("names more than \(Self.queuesMax) queues"))
                    }
                    queues.append(try Self.readIdle(&reader))
                }
            default: try reader.skipValue()
            }
        }
        try reader.end()
        self.init(from: try reader.need(from, "from"), queues: queues)
    }

    private static func readIdle(_ reader: inout JSONReader) throws(JSONError) -> Idle {
        var queue: QueueName?
        var count: Int?
        try reader.beginObject()
        while let name = try reader.nextKey() {
            switch name {
            case "queue": queue = try reader.readName()
            case "idle": count = Int(try reader.readInteger(in: 1...1_000_000))
            default: try reader.skipValue()
            }
        }
        return Idle(try reader.need(queue, "queue"), try reader.need(count, "idle"))
    }
}
