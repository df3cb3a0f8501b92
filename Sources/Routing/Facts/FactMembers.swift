import Federation
import InteractionModel
import JSON

/// Why a journal's body is not the fact its type says.
package struct FactError: Error, Sendable, Equatable, CustomStringConvertible {
    package var type: String
    package var reason: String

    package var description: String { "a fact of type \(type) \(reason)" }
}

/// The members of any fact's body, read in one pass. Members a newer release adds are passed over.
struct FactMembers {
    /// A plan is a fact too, and the plan of ten thousand agents is longer than any message. A longer body is refused.
    static let bytesMax = 64 << 20

    let type: String
    var account: String?
    var activeUntil: Int64?
    var agent: String?
    var agents: [Explanation.Dropped] = []
    var attempt: Int64?
    var by: String?
    var calendar: String?
    var carries: Int64?
    var cause: String?
    var channel: String?
    var contact: String?
    var direction: String?
    var disposition: String?
    var epoch: Int64?
    var expiresAt: Int64?
    var fate: String?
    var from: String?
    var heard: Int64?
    var hops: [Transfer.Hop] = []
    var incarnation: Int64?
    var isDraining: Bool?
    var isHome: Bool?
    var isOpen: Bool?
    var isRestored: Bool?
    var isShort: Bool?
    var language: String?
    var level: Int64?
    var message: Int64?
    var moveAt: Int64?
    var notAgents: [AgentName] = []
    var number: Int64?
    var offer: Int64?
    var outcome: String?
    var ownHeadStart: Int64?
    var party: String?
    var plan: Plan?
    var planVersion: String?
    var preferredAgent: String?
    var preferredUntil: Int64?
    var providerID: String?
    var queue: String?
    var reason: String?
    var release: String?
    var rememberUntil: Int64?
    var score: Int64?
    var session: Int64?
    var skills = SkillSet()
    var status: String?
    var thread: String?
    var to: String?
    var until: Int64?
    var vendor: String?
    var via: [String] = []
    var waited: Int64?
    var waitP50: Int64?
    var waitP90: Int64?
    var wallOffset: Int64?
    var why: Explanation?

    init(type: String, _ body: [UInt8]) throws {
        self.type = type
        var reader = JSONReader(body, limits: JSONLimits(maxBytes: Self.bytesMax))
        try reader.beginObject()
        while let name = try reader.nextKey() { try read(name, from: &reader) }
        try reader.end()
    }

    private mutating func read(_ name: String, from reader: inout JSONReader) throws {
        switch name {
        case "activeUntil": activeUntil = try reader.readInteger()
        case "account": account = try reader.readString()
        case "agent": agent = try reader.readString()
        case "agents": agents = try [Explanation.Dropped](from: &reader)
        case "attempt": attempt = try reader.readInteger()
        case "channel": channel = try reader.readString()
        case "disposition": disposition = try reader.readString()
        case "epoch": epoch = try reader.readInteger()
        case "message": message = try reader.readInteger()
        case "offer": offer = try reader.readInteger()
        case "outcome": outcome = try reader.readString()
        case "party": party = try reader.readString()
        case "plan": plan = try Plan(from: &reader)
        case "planVersion": planVersion = try reader.readString()
        case "providerID": providerID = try reader.readString()
        case "queue": queue = try reader.readString()
        case "reason": reason = try reader.readString()
        case "release": release = try reader.readString()
        case "session": session = try reader.readInteger()
        case "skills": skills = try SkillSet(from: &reader)
        case "status": status = try reader.readString()
        case "thread": thread = try reader.readString()
        case "until": until = try reader.readInteger()
        case "waitP50": waitP50 = try reader.readInteger()
        case "waitP90": waitP90 = try reader.readInteger()
        case "wallOffset": wallOffset = try reader.readInteger()
        case "why": why = try Explanation(from: &reader)
        default: try readLater(name, from: &reader)
        }
    }

    /// The members that came with holding, moving and inviting. `headStart`, in bodies from before, had the queue's own
    /// in it and is passed over: the plan gives that again.
    private mutating func readLater(_ name: String, from reader: inout JSONReader) throws {
        switch name {
        case "by": by = try reader.readString()
        case "calendar": calendar = try reader.readString()
        case "direction": direction = try reader.readString()
        case "expiresAt": expiresAt = try reader.readInteger()
        case "from": from = try reader.readString()
        case "isOpen": isOpen = try reader.readBool()
        case "isShort": isShort = try reader.readBool()
        case "language": language = try reader.readString()
        case "level": level = try reader.readInteger()
        case "moveAt": moveAt = try reader.readInteger()
        case "notAgents": notAgents = try reader.array { AgentName(try $0.readString()) }
        case "ownHeadStart": ownHeadStart = try reader.readInteger()
        case "preferredAgent": preferredAgent = try reader.readString()
        case "preferredUntil": preferredUntil = try reader.readInteger()
        case "rememberUntil": rememberUntil = try reader.readInteger()
        case "score": score = try reader.readInteger()
        case "to": to = try reader.readString()
        case "vendor": vendor = try reader.readString()
        case "via": via = try reader.array { try $0.readString() }
        default: try readOfNetwork(name, from: &reader)
        }
    }

    /// The members that came with other sites.
    private mutating func readOfNetwork(_ name: String, from reader: inout JSONReader) throws {
        switch name {
        case "carries": carries = try reader.readInteger()
        case "cause": cause = try reader.readString()
        case "contact": contact = try reader.readString()
        case "fate": fate = try reader.readString()
        case "heard": heard = try reader.readInteger()
        case "isHome": isHome = try reader.readBool()
        case "isRestored": isRestored = try reader.readBool()
        case "hops": hops = try reader.array { try Transfer.Hop(from: &$0) }
        case "incarnation": incarnation = try reader.readInteger()
        case "isDraining": isDraining = try reader.readBool()
        case "number": number = try reader.readInteger()
        case "waited": waited = try reader.readInteger()
        default: try reader.skipValue()
        }
    }

    // MARK: What must be there

    func need<Value>(_ value: Value?, _ name: String) throws -> Value {
        guard let value else { throw FactError(type: type, reason: "lacks \(name)") }
        return value
    }

    func needAgent() throws -> AgentName { AgentName(try need(agent, "agent")) }
    func needMessage() throws -> MessageID { MessageID(try need(message, "message")) }
    func needUntil() throws -> Timestamp { Timestamp(milliseconds: try need(until, "until")) }
    func needChannel() throws -> ChannelName { ChannelName(try need(channel, "channel")) }
    func needAccount() throws -> AccountName { AccountName(try need(account, "account")) }
    func needParty() throws -> PartyKey { PartyKey(try need(party, "party")) }
    func needWallOffset() throws -> Span { Span(milliseconds: try need(wallOffset, "wallOffset")) }

    func needRequirement() throws -> Requirement {
        Requirement(
            queue: QueueName(try need(queue, "queue")), skills: skills, headStart: Span(milliseconds: ownHeadStart ?? 0)
        )
    }

    var preference: Preference? {
        preferredAgent.map { Preference(agent: AgentName($0), until: moment(preferredUntil)) }
    }

    func moment(_ milliseconds: Int64?) -> Timestamp? { milliseconds.map { Timestamp(milliseconds: $0) } }

    func needStatus() throws -> AgentStatus {
        guard let status = AgentStatus(status: try need(status, "status"), reason: reason) else {
            throw FactError(type: type, reason: "has an unknown status \(status ?? "")")
        }
        return status
    }
}

extension AgentStatus {
    init?(status: String, reason: String?) {
        switch status {
        case "signed-out": self = .signedOut
        case "available": self = .available
        case "not-ready": self = .notReady(Reason(reason ?? ""))
        default: return nil
        }
    }
}

extension SkillSet {
    init(from reader: inout JSONReader) throws {
        var skills: [SkillRequirement] = []
        try reader.beginObject()
        while let name = try reader.nextKey() {
            skills.append(SkillRequirement(SkillName(name), level: Int(try reader.readInteger())))
        }
        self.init(skills)
    }
}

extension [Explanation.Dropped] {
    init(from reader: inout JSONReader) throws {
        self = []
        try reader.beginObject()
        while let name = try reader.nextKey() {
            let count = Int(try reader.readInteger())
            if let rule = Explanation.Rule(word: name) { append(.init(rule: rule, count: count)) }
        }
    }
}

extension Explanation {
    init(from reader: inout JSONReader) throws {
        self.init(
            search: .contactSoughtAgent, load: 0, idle: .zero, waited: .zero, headStart: .zero, dropped: [], named: [],
            contactsBehind: 0)
        try reader.beginObject()
        while let name = try reader.nextKey() {
            switch name {
            case "search": search = Search(rawValue: try reader.readString()) ?? .contactSoughtAgent
            case "load": load = Int(try reader.readInteger())
            case "idle": idle = Span(milliseconds: try reader.readInteger())
            case "waited": waited = Span(milliseconds: try reader.readInteger())
            case "headStart": headStart = Span(milliseconds: try reader.readInteger())
            case "ring": ring = Int(try reader.readInteger())
            case "preferred": isPreferred = try reader.readBool()
            case "level": level = Int(try reader.readInteger())
            case "tier": tier = Int(try reader.readInteger())
            case "idleKey": idleKey = try reader.readInteger()
            case "behind": contactsBehind = Int(try reader.readInteger())
            case "dropped": dropped = try [Dropped](from: &reader)
            case "named": named = try Self.readNamed(&reader)
            default: try reader.skipValue()
            }
        }
    }

    private static func readNamed(_ reader: inout JSONReader) throws -> [Named] {
        var named: [Named] = []
        try reader.beginObject()
        while let agent = try reader.nextKey() {
            let rule = try reader.readString()
            if let rule = Rule(word: rule) { named.append(Named(agent: AgentName(agent), rule: rule)) }
        }
        return named
    }
}
