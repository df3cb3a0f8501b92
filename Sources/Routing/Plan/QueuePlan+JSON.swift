import InteractionModel
import JSON

extension QueuePlan {
    /// The members of the first release come first and in its order, so that its plans keep their digests.
    func write(to writer: inout JSONWriter) {
        let usual = QueuePlan(name: name)
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
        writer.names("groups", groups)
        writer.names("sites", sites)
        writer.array("rings", rings) { $0.write(to: &$1) }
        writer.field("hours", hours?.rawValue)
        writeOrder(usual, to: &writer)
        writer.array("overflow", overflow) { $0.write(to: &$1) }
        writer.array("intraflow", intraflow) { $0.write(to: &$1) }
        writer.array("interflow", interflow) { $0.write(to: &$1) }
        whenClosed.write(to: &writer)
        escalation?.write(to: &writer)
        if wrapUpIsMandatory { writer.field("wrapUpIsMandatory", true) }
        if serviceLevel != usual.serviceLevel { serviceLevel.write(to: &writer) }
        if shortAbandon != usual.shortAbandon { writer.field("shortAbandon", shortAbandon) }
        writer.field("starvationMax", starvationMax?.milliseconds)
        writer.endObject()
    }

    private func writeOrder(_ usual: QueuePlan, to writer: inout JSONWriter) {
        if band != 0 { writer.field("band", band) }
        writer.array("aging", aging.points) { point, writer in
            writer.beginArray()
            writer.integer(point.waited.milliseconds)
            writer.integer(point.headStart.milliseconds)
            writer.endArray()
        }
        writer.field("liftAfter", liftAfter?.milliseconds)
        if agentOrder != usual.agentOrder { writer.field("agentOrder", agentOrder.map(\.rawValue)) }
        quality?.write(to: &writer)
        if preferred != usual.preferred { preferred.write(to: &writer) }
    }

    init(from reader: inout JSONReader) throws {
        self.init(name: QueueName(""))
        try reader.eachMember { try read($0, from: &$1) }
    }

    private mutating func read(_ member: String, from reader: inout JSONReader) throws {
        switch member {
        case "name": name = QueueName(try reader.readString())
        case "skills": skills = try SkillSet(from: &reader)
        case "groups": groups = try reader.names()
        case "sites": sites = try reader.names()
        case "rings": rings = try reader.array { try Ring(from: &$0) }
        case "hours": hours = CalendarName(try reader.readString())
        case "band": band = Int(try reader.readInteger())
        case "headStart": headStart = try reader.readSpan()
        case "aging": aging = AgingCurve(try reader.array { try AgingCurve.Point(from: &$0) })
        case "liftAfter": liftAfter = try reader.readSpan()
        case "agentOrder": agentOrder = try reader.array { try $0.readWord() }
        case "quality": quality = try QualityRule(from: &reader)
        case "preferred": preferred = try PreferredRule(from: &reader)
        case "waitingMax": waitingMax = Int(try reader.readInteger())
        case "expireAfter": expireAfter = try reader.readSpan()
        case "overflow": overflow = try reader.array { try Overflow(from: &$0) }
        case "intraflow": intraflow = try reader.array { try Intraflow(from: &$0) }
        case "interflow": interflow = try reader.array { try Interflow(from: &$0) }
        case "whenClosed": whenClosed = try WhenClosed(from: &reader)
        case "escalation": escalation = try Escalation(from: &reader)
        case "offerTimeout": offerTimeout = try reader.readSpan()
        case "wrapUpIsMandatory": wrapUpIsMandatory = try reader.readBool()
        case "wrapUpMax": wrapUpMax = try reader.readSpan()
        case "dispositions": dispositions = try reader.array { try $0.readString() }
        case "serviceLevel": serviceLevel = try ServiceLevel(from: &reader)
        case "shortAbandon": shortAbandon = try reader.readSpan()
        case "starvationMax": starvationMax = try reader.readSpan()
        default: try reader.skipValue()
        }
    }
}

extension Ring {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("after", after)
        if let skills {
            writer.key("skills")
            skills.write(to: &writer)
        }
        if let groups { writer.field("groups", groups.map(\.rawValue)) }
        if let sites { writer.field("sites", sites.map(\.rawValue)) }
        writer.endObject()
    }

    fileprivate init(from reader: inout JSONReader) throws {
        self.init(after: .zero)
        try reader.eachMember { member, reader in
            switch member {
            case "after": after = try reader.readSpan()
            case "skills": skills = try SkillSet(from: &reader)
            case "groups": groups = try reader.names()
            case "sites": sites = try reader.names()
            default: try reader.skipValue()
            }
        }
    }
}

extension AgingCurve.Point {
    /// `[waited, headStart]`; whatever a newer release adds behind them is passed over.
    fileprivate init(from reader: inout JSONReader) throws {
        var numbers: [Int64] = []
        try reader.beginArray()
        while try reader.hasNextElement() {
            if numbers.count < 2 { numbers.append(try reader.readInteger()) } else { try reader.skipValue() }
        }
        self.init(
            waited: Span(milliseconds: numbers.first ?? 0),
            headStart: Span(milliseconds: numbers.dropFirst().first ?? 0))
    }
}

extension QualityRule {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.key("quality")
        writer.beginObject()
        writer.field("prior", prior)
        writer.field("weight", weight)
        writer.field("newcomerSamples", newcomerSamples)
        writer.field("tiers", tiers.map { Int64($0) })
        writer.endObject()
    }

    fileprivate init(from reader: inout JSONReader) throws {
        self.init(tiers: [])
        try reader.eachMember { member, reader in
            switch member {
            case "prior": prior = Int(try reader.readInteger())
            case "weight": weight = Int(try reader.readInteger())
            case "newcomerSamples": newcomerSamples = Int(try reader.readInteger())
            case "tiers": tiers = try reader.array { Int(try $0.readInteger()) }
            default: try reader.skipValue()
            }
        }
    }
}

extension PreferredRule {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.key("preferred")
        writer.beginObject()
        writer.positive("rememberFor", rememberFor)
        writer.positive("waitFor", waitFor)
        writer.endObject()
    }

    fileprivate init(from reader: inout JSONReader) throws {
        self.init()
        try reader.eachMember { member, reader in
            switch member {
            case "rememberFor": rememberFor = try reader.readSpan()
            case "waitFor": waitFor = try reader.readSpan()
            default: try reader.skipValue()
            }
        }
    }
}

extension ServiceLevel {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.key("serviceLevel")
        writer.beginObject()
        writer.field("within", within)
        writer.field("target", target)
        writer.endObject()
    }

    fileprivate init(from reader: inout JSONReader) throws {
        self.init()
        try reader.eachMember { member, reader in
            switch member {
            case "within": within = try reader.readSpan()
            case "target": target = Int(try reader.readInteger())
            default: try reader.skipValue()
            }
        }
    }
}
