import Federation
import InteractionModel
import JSON

extension NetworkPlan {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.array("sites", sites) { $0.write(to: &$1) }
        writer.array("services", services) { $0.write(to: &$1) }
        writer.array("clients", clients) { $0.write(to: &$1) }
        writer.endObject()
    }

    init(from reader: inout JSONReader) throws {
        self.init()
        try reader.eachMember { name, reader in
            switch name {
            case "sites": sites = try reader.array { try NetworkSite(from: &$0) }
            case "services": services = try reader.array { try RouteService(from: &$0) }
            case "clients": clients = try reader.array { try RoutingClient(from: &$0) }
            default: try reader.skipValue()
            }
        }
    }
}

extension NetworkSite {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("name", name.rawValue)
        writer.field("uri", uri)
        writer.field("label", label)
        if !numbers.isEmpty { writer.field("numbers", numbers) }
        if quarantine != Self.usualQuarantine { writer.field("quarantine", quarantine.milliseconds) }
        writer.endObject()
    }

    fileprivate init(from reader: inout JSONReader) throws {
        self.init(SiteName(""), uri: "")
        try reader.eachMember { member, reader in
            switch member {
            case "name": name = SiteName(try reader.readString())
            case "uri": uri = try reader.readString()
            case "label": label = try reader.readString()
            case "numbers": numbers = try reader.array { try $0.readString() }
            case "quarantine": quarantine = try reader.readSpan()
            default: try reader.skipValue()
            }
        }
    }
}

extension RouteService {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("name", name)
        writer.field("channel", channel?.rawValue)
        writer.field("destination", destination)
        writer.field("language", language)
        if !attributes.isEmpty {
            writer.key("attributes")
            writer.beginObject()
            for attribute in attributes {
                writer.key(attribute.name)
                writer.string(attribute.value)
            }
            writer.endObject()
        }
        writer.field("queue", queue.rawValue)
        writer.array("steps", steps) { $0.write(to: &$1) }
        if reserveFor != Self.usualReservation { writer.field("reserveFor", reserveFor.milliseconds) }
        writer.endObject()
    }

    fileprivate init(from reader: inout JSONReader) throws {
        self.init("", queue: QueueName(""), steps: [])
        try reader.eachMember { member, reader in
            switch member {
            case "name": name = try reader.readString()
            case "channel": channel = ChannelName(try reader.readString())
            case "destination": destination = try reader.readString()
            case "language": language = try reader.readString()
            case "attributes":
                try reader.eachMember { name, reader in attributes.append(.init(name, try reader.readString())) }
            case "queue": queue = QueueName(try reader.readString())
            case "steps": steps = try reader.array { try DeliveryStep(from: &$0) }
            case "reserveFor": reserveFor = try reader.readSpan()
            default: try reader.skipValue()
            }
        }
    }
}

extension RoutingClient {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("name", name)
        writer.field("fallback", fallback)
        if deadline != Self.usualDeadline { writer.field("deadline", deadline.milliseconds) }
        if peerDeadline != Self.usualPeerDeadline { writer.field("peerDeadline", peerDeadline.milliseconds) }
        if lateAfter != Self.usualLateAfter { writer.field("lateAfter", lateAfter.milliseconds) }
        writer.endObject()
    }

    fileprivate init(from reader: inout JSONReader) throws {
        self.init("", fallback: "")
        try reader.eachMember { member, reader in
            switch member {
            case "name": name = try reader.readString()
            case "fallback": fallback = try reader.readString()
            case "deadline": deadline = try reader.readSpan()
            case "peerDeadline": peerDeadline = try reader.readSpan()
            case "lateAfter": lateAfter = try reader.readSpan()
            default: try reader.skipValue()
            }
        }
    }
}

extension DeliveryStep {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        switch method {
        case .pick(let criteria):
            writer.field("pick", criteria.map { "\($0.order.rawValue) \($0.measure.rawValue)" })
        case .allocate(let shares):
            writer.key("allocate")
            writer.beginObject()
            for share in shares {
                writer.key(share.site.rawValue)
                writer.integer(Int64(share.weight))
            }
            writer.endObject()
        case .prefer(let sites): writer.names("prefer", sites)
        case .partner(let address): writer.field("partner", address)
        }
        writer.field("during", during?.rawValue)
        if !considerIf.isEmpty { writer.field("considerIf", considerIf.map(\.text)) }
        if !acceptIf.isEmpty { writer.field("acceptIf", acceptIf.map(\.text)) }
        writer.endObject()
    }

    fileprivate init(from reader: inout JSONReader) throws {
        self.init(.prefer([]))
        try reader.eachMember { member, reader in
            switch member {
            case "pick": method = .pick(try reader.array { try SitePick(text: try $0.readString()) })
            case "allocate":
                var shares: [Share] = []
                try reader.eachMember { site, reader in
                    shares.append(Share(SiteName(site), Int(try reader.readInteger())))
                }
                method = .allocate(shares)
            case "prefer": method = .prefer(try reader.names())
            case "partner": method = .partner(try reader.readString())
            case "during": during = CalendarName(try reader.readString())
            case "considerIf": considerIf = try reader.array { try SiteCondition(text: try $0.readString()) }
            case "acceptIf": acceptIf = try reader.array { try SiteCondition(text: try $0.readString()) }
            default: try reader.skipValue()
            }
        }
    }
}

extension SiteCondition {
    /// As a plan's fact holds it: the bound in the measure's own unit.
    var text: String { "\(measure.rawValue) \(relation.rawValue) \(bound)" }

    init(text: String) throws {
        let words = text.split(separator: " ").map(String.init)
        guard words.count == 3, let bound = Int64(words[2]) else { throw PlanError(word: text, known: []) }
        self.init(try planWord(words[0]), try planWord(words[1]), bound)
    }
}

extension SitePick {
    init(text: String) throws {
        let words = text.split(separator: " ").map(String.init)
        guard words.count == 2 else { throw PlanError(word: text, known: []) }
        self.init(try planWord(words[0]), try planWord(words[1]))
    }
}

private func planWord<Word: RawRepresentable & CaseIterable>(_ text: String) throws -> Word
where Word.RawValue == String {
    guard let word = Word(rawValue: text) else { throw PlanError(word: text, known: Word.allCases.map(\.rawValue)) }
    return word
}
