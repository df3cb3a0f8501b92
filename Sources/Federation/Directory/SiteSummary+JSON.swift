import InteractionModel
package import JSON

extension SiteSummary {
    /// More than `Directory.queuesMax` queues of the longest names need.
    package static let bytesMax = 1 << 20

    package var bytes: [UInt8] {
        var writer = JSONWriter(reservingCapacity: 64 + queues.count * 96)
        writer.beginObject()
        writer.field("from", site.rawValue)
        writer.field("incarnation", incarnation)
        writer.field("sequence", sequence)
        writer.field("base", base)
        writer.field("madeAt", madeAt?.milliseconds)
        if isDraining { writer.field("draining", true) }
        writer.key("queues")
        writer.beginArray()
        for queue in queues { queue.write(to: &writer) }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    package init(_ bytes: [UInt8]) throws(JSONError) {
        var reader = JSONReader(bytes, limits: JSONLimits(maxBytes: Self.bytesMax))
        var site: SiteName?
        var incarnation: Int64?
        var sequence: Int64?
        var base: Int64?
        var madeAt: Timestamp?
        var isDraining = false
        var queues: [QueueSummary] = []
        try reader.beginObject()
        while let name = try reader.nextKey() {
            switch name {
            case "from": site = try reader.readName()
            case "incarnation": incarnation = try reader.readInteger(in: 0...Int64.max)
            case "sequence": sequence = try reader.readInteger(in: 0...Int64.max)
            case "base": base = try reader.readInteger(in: 0...Int64.max)
            case "madeAt": madeAt = Timestamp(milliseconds: try reader.readMilliseconds())
            case "draining": isDraining = try reader.readBool()
            case "queues":
                try reader.beginArray()
                while try reader.hasNextElement() {
                    guard queues.count < Directory.queuesMax else {
                        throw reader.failure(.invalidValue("has more than \(Directory.queuesMax) queues"))
                    }
                    queues.append(try QueueSummary(from: &reader))
                }
            default: try reader.skipValue()
            }
        }
        self.init(
            site: try reader.need(site, "from"), incarnation: try reader.need(incarnation, "incarnation"),
            sequence: try reader.need(sequence, "sequence"), base: base, madeAt: madeAt, isDraining: isDraining,
            queues: queues)
        try reader.end()
    }
}

extension QueueSummary {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("queue", queue.rawValue)
        if !isOpen { writer.field("open", false) }
        writer.field("staffed", staffed)
        writer.field("idle", idle)
        writer.field("waiting", waiting)
        if announced != 0 { writer.field("announced", announced) }
        writer.field("room", room)
        writer.field("handling", handling?.milliseconds)
        writer.field("wait", expectedWait?.milliseconds)
        writer.endObject()
    }

    fileprivate init(from reader: inout JSONReader) throws(JSONError) {
        var queue: QueueName?
        var read = QueueSummary(queue: QueueName(""), staffed: 0, idle: 0, room: 0)
        try reader.beginObject()
        while let name = try reader.nextKey() {
            switch name {
            case "queue": queue = try reader.readName()
            case "open": read.isOpen = try reader.readBool()
            case "staffed": read.staffed = try reader.readCount()
            case "idle": read.idle = try reader.readCount()
            case "waiting": read.waiting = try reader.readCount()
            case "announced": read.announced = try reader.readCount()
            case "room": read.room = try reader.readCount()
            case "handling": read.handling = Span(milliseconds: try reader.readMilliseconds())
            case "wait": read.expectedWait = Span(milliseconds: try reader.readMilliseconds())
            default: try reader.skipValue()
            }
        }
        read.queue = try reader.need(queue, "queue")
        self = read
    }
}
