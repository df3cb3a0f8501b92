import InteractionModel
package import JSON

extension Plan {
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("version", version)
        writer.field("defaultQueue", defaultQueue.rawValue)
        writer.key("queues")
        writer.array(queues) { $0.write(to: &$1) }
        writer.key("entries")
        writer.array(entries) { $0.write(to: &$1) }
        writer.key("agents")
        writer.array(agents) { $0.write(to: &$1) }
        writer.key("timers")
        timers.write(to: &writer)
        writer.endObject()
    }

    package init(from reader: inout JSONReader) throws {
        self.init(version: "", queues: [], defaultQueue: QueueName(""), agents: [])
        try reader.eachMember { name, reader in
            switch name {
            case "version": version = try reader.readString()
            case "defaultQueue": defaultQueue = QueueName(try reader.readString())
            case "queues": queues = try reader.array { try QueuePlan(from: &$0) }
            case "entries": entries = try reader.array { try Entry(from: &$0) }
            case "agents": agents = try reader.array { try AgentPlan(from: &$0) }
            case "timers": timers = try PlanTimers(from: &reader)
            default: try reader.skipValue()
            }
        }
    }
}

extension JSONWriter {
    mutating func array<Element>(_ elements: [Element], _ write: (Element, inout JSONWriter) -> Void) {
        beginArray()
        for element in elements { write(element, &self) }
        endArray()
    }
}

extension JSONReader {
    mutating func eachMember(_ body: (String, inout JSONReader) throws -> Void) throws {
        try beginObject()
        while let name = try nextKey() { try body(name, &self) }
    }

    mutating func array<Element>(_ read: (inout JSONReader) throws -> Element) throws -> [Element] {
        var elements: [Element] = []
        try beginArray()
        while try hasNextElement() { elements.append(try read(&self)) }
        return elements
    }

    mutating func readSpan() throws -> Span { Span(milliseconds: try readInteger()) }
}

extension QueuePlan {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("name", name.rawValue)
        writer.key("skills")
        skills.write(to: &writer)
        writer.field("headStart", headStart)
        writer.field("offerTimeout", offerTimeout)
        writer.field("wrapUpMax", wrapUpMax)
        writer.field("waitingMax", waitingMax)
        writer.field("expireAfter", expireAfter)
        writer.field("dispositions", dispositions)
        writer.endObject()
    }

    fileprivate init(from reader: inout JSONReader) throws {
        self.init(name: QueueName(""))
        try reader.eachMember { member, reader in
            switch member {
            case "name": name = QueueName(try reader.readString())
            case "skills": skills = try SkillSet(from: &reader)
            case "headStart": headStart = try reader.readSpan()
            case "offerTimeout": offerTimeout = try reader.readSpan()
            case "wrapUpMax": wrapUpMax = try reader.readSpan()
            case "waitingMax": waitingMax = Int(try reader.readInteger())
            case "expireAfter": expireAfter = try reader.readSpan()
            case "dispositions": dispositions = try reader.array { try $0.readString() }
            default: try reader.skipValue()
            }
        }
    }
}

extension Entry {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("channel", channel?.rawValue)
        writer.field("account", account?.rawValue)
        writer.field("destination", destination)
        writer.field("queue", queue.rawValue)
        writer.endObject()
    }

    fileprivate init(from reader: inout JSONReader) throws {
        self.init(queue: QueueName(""))
        try reader.eachMember { member, reader in
            switch member {
            case "channel": channel = ChannelName(try reader.readString())
            case "account": account = AccountName(try reader.readString())
            case "destination": destination = try reader.readString()
            case "queue": queue = QueueName(try reader.readString())
            default: try reader.skipValue()
            }
        }
    }
}

extension AgentPlan {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("name", name.rawValue)
        writer.key("skills")
        skills.write(to: &writer)
        writer.key("capacity")
        writer.beginObject()
        for entry in capacity {
            writer.key(entry.channel.rawValue)
            writer.integer(Int64(entry.contacts))
        }
        writer.endObject()
        writer.endObject()
    }

    fileprivate init(from reader: inout JSONReader) throws {
        var name = AgentName("")
        var skills = SkillSet()
        var capacity: [ChannelCapacity] = []
        try reader.eachMember { member, reader in
            switch member {
            case "name": name = AgentName(try reader.readString())
            case "skills": skills = try SkillSet(from: &reader)
            case "capacity":
                try reader.eachMember { channel, reader in
                    capacity.append(ChannelCapacity(ChannelName(channel), Int(try reader.readInteger())))
                }
            default: try reader.skipValue()
            }
        }
        self.init(name: name, skills: skills, capacity: capacity)
    }
}

extension PlanTimers {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("reconnectGrace", reconnectGrace)
        writer.field("reclaimAfter", reclaimAfter)
        writer.field("offerAgainAfter", offerAgainAfter)
        writer.field("inactiveAfter", inactiveAfter)
        writer.field("sendTimeout", sendTimeout)
        writer.field("sendAttemptsFor", sendAttemptsFor)
        writer.field("deliveryReportAfter", deliveryReportAfter)
        writer.field("outboxMax", outboxMax)
        writer.endObject()
    }

    fileprivate init(from reader: inout JSONReader) throws {
        self.init()
        try reader.eachMember { member, reader in
            switch member {
            case "reconnectGrace": reconnectGrace = try reader.readSpan()
            case "reclaimAfter": reclaimAfter = try reader.readSpan()
            case "offerAgainAfter": offerAgainAfter = try reader.readSpan()
            case "inactiveAfter": inactiveAfter = try reader.readSpan()
            case "sendTimeout": sendTimeout = try reader.readSpan()
            case "sendAttemptsFor": sendAttemptsFor = try reader.readSpan()
            case "deliveryReportAfter": deliveryReportAfter = try reader.readSpan()
            case "outboxMax": outboxMax = Int(try reader.readInteger())
            default: try reader.skipValue()
            }
        }
    }
}
