import InteractionModel
package import JSON

// What is left out reads as the initialiser's own value, so that value may never change: journals hold plans for years.
// Members of a newer release are passed over; a word it knows and we do not stops the reading, because to route by a
// rule one does not know is to guess.

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
        if idleOrder != .longestIdle { writer.field("idleOrder", idleOrder.rawValue) }
        writer.array("channelRules", channelRules) { $0.write(to: &$1) }
        writer.array("reserves", reserves) { $0.write(to: &$1) }
        writer.array("statusReasons", statusReasons) { $0.write(to: &$1) }
        writer.array("sites", sites) { $0.write(to: &$1) }
        writer.array("calendars", calendars) { $0.write(to: &$1) }
        if network != .none {
            writer.key("network")
            network.write(to: &writer)
        }
        origin?.write(to: &writer)
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
            case "idleOrder": idleOrder = try reader.readWord()
            case "channelRules": channelRules = try reader.array { try ChannelRule(from: &$0) }
            case "reserves": reserves = try reader.array { try Reserve(from: &$0) }
            case "statusReasons": statusReasons = try reader.array { try StatusReason(from: &$0) }
            case "sites": sites = try reader.array { try SitePlan(from: &$0) }
            case "calendars": calendars = try reader.array { try OpeningHours(from: &$0) }
            case "network": network = try NetworkPlan(from: &reader)
            case "origin": origin = try PlanOrigin(from: &reader)
            default: try reader.skipValue()
            }
        }
    }
}

extension Entry {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("channel", channel?.rawValue)
        writer.field("account", account?.rawValue)
        writer.field("destination", destination)
        writer.field("language", language)
        writer.field("direction", direction?.rawValue)
        writer.field("during", during?.rawValue)
        writer.field("queue", queue.rawValue)
        writer.endObject()
    }

    init(from reader: inout JSONReader) throws {
        self.init(queue: QueueName(""))
        try reader.eachMember { member, reader in
            switch member {
            case "channel": channel = ChannelName(try reader.readString())
            case "account": account = AccountName(try reader.readString())
            case "destination": destination = try reader.readString()
            case "language": language = try reader.readString()
            case "direction": direction = try reader.readWord() as Direction
            case "during": during = CalendarName(try reader.readString())
            case "queue": queue = QueueName(try reader.readString())
            default: try reader.skipValue()
            }
        }
    }
}

extension AgentPlan {
    func write(to writer: inout JSONWriter) {
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
        writer.field("units", units)
        writer.names("groups", groups)
        writer.field("site", site?.rawValue)
        writer.field("hours", hours?.rawValue)
        writer.endObject()
    }

    init(from reader: inout JSONReader) throws {
        var agent = AgentPlan(name: AgentName(""), capacity: [])
        var skills = SkillSet()
        var capacity: [ChannelCapacity] = []
        try reader.eachMember { member, reader in
            switch member {
            case "name": agent.name = AgentName(try reader.readString())
            case "skills": skills = try SkillSet(from: &reader)
            case "capacity":
                try reader.eachMember { channel, reader in
                    capacity.append(ChannelCapacity(ChannelName(channel), Int(try reader.readInteger())))
                }
            case "units": agent.units = Int(try reader.readInteger())
            case "groups": agent.groups = try reader.names()
            case "site": agent.site = SiteName(try reader.readString())
            case "hours": agent.hours = CalendarName(try reader.readString())
            default: try reader.skipValue()
            }
        }
        self.init(name: agent.name, skills: skills, capacity: capacity)
        (units, groups, site, hours) = (agent.units, agent.groups, agent.site, agent.hours)
    }
}

extension ChannelRule {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("channel", channel.rawValue)
        if units != 0 { writer.field("units", units) }
        if let interruptedBy { writer.field("interruptedBy", interruptedBy.map(\.rawValue)) }
        writer.endObject()
    }

    fileprivate init(from reader: inout JSONReader) throws {
        self.init(channel: ChannelName(""))
        try reader.eachMember { member, reader in
            switch member {
            case "channel": channel = ChannelName(try reader.readString())
            case "units": units = Int(try reader.readInteger())
            case "interruptedBy": interruptedBy = try reader.names()
            default: try reader.skipValue()
            }
        }
    }
}

extension Reserve {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("group", group.rawValue)
        writer.field("keep", keep)
        writer.field("queues", queues.map(\.rawValue))
        writer.endObject()
    }

    fileprivate init(from reader: inout JSONReader) throws {
        self.init(group: GroupName(""), keep: 0, queues: [])
        try reader.eachMember { member, reader in
            switch member {
            case "group": group = GroupName(try reader.readString())
            case "keep": keep = Int(try reader.readInteger())
            case "queues": queues = try reader.names()
            default: try reader.skipValue()
            }
        }
    }
}

extension StatusReason {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("name", name)
        writer.field("limit", limit?.milliseconds)
        writer.endObject()
    }

    fileprivate init(from reader: inout JSONReader) throws {
        self.init(name: "")
        try reader.eachMember { member, reader in
            switch member {
            case "name": name = try reader.readString()
            case "limit": limit = try reader.readSpan()
            default: try reader.skipValue()
            }
        }
    }
}

extension SitePlan {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("name", name.rawValue)
        writer.field("hours", hours?.rawValue)
        writer.endObject()
    }

    fileprivate init(from reader: inout JSONReader) throws {
        self.init(name: SiteName(""))
        try reader.eachMember { member, reader in
            switch member {
            case "name": name = SiteName(try reader.readString())
            case "hours": hours = CalendarName(try reader.readString())
            default: try reader.skipValue()
            }
        }
    }
}

extension PlanOrigin {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.key("origin")
        writer.beginObject()
        writer.field("number", number)
        writer.field("by", by)
        writer.field("comment", comment)
        writer.field("file", file)
        writer.field("previous", previous)
        writer.field("change", change)
        writer.endObject()
    }

    fileprivate init(from reader: inout JSONReader) throws {
        self.init(number: 0, by: "")
        try reader.eachMember { member, reader in
            switch member {
            case "number": number = try reader.readInteger()
            case "by": by = try reader.readString()
            case "comment": comment = try reader.readString()
            case "file": file = try reader.readString()
            case "previous": previous = try reader.readString()
            case "change": change = try reader.readString()
            default: try reader.skipValue()
            }
        }
    }
}

extension PlanTimers {
    fileprivate func write(to writer: inout JSONWriter) {
        let usual = PlanTimers()
        writer.beginObject()
        writer.field("reconnectGrace", reconnectGrace)
        writer.field("reclaimAfter", reclaimAfter)
        writer.field("offerAgainAfter", offerAgainAfter)
        writer.field("inactiveAfter", inactiveAfter)
        if holdMax != usual.holdMax { writer.field("holdMax", holdMax) }
        if consultMax != usual.consultMax { writer.field("consultMax", consultMax) }
        if vendorMax != usual.vendorMax { writer.field("vendorMax", vendorMax) }
        writer.field("noAnswerPause", noAnswerPause?.milliseconds)
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
            case "holdMax": holdMax = try reader.readSpan()
            case "consultMax": consultMax = try reader.readSpan()
            case "vendorMax": vendorMax = try reader.readSpan()
            case "noAnswerPause": noAnswerPause = try reader.readSpan()
            case "sendTimeout": sendTimeout = try reader.readSpan()
            case "sendAttemptsFor": sendAttemptsFor = try reader.readSpan()
            case "deliveryReportAfter": deliveryReportAfter = try reader.readSpan()
            case "outboxMax": outboxMax = Int(try reader.readInteger())
            default: try reader.skipValue()
            }
        }
    }
}
