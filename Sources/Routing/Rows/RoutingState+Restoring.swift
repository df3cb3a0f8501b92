import Federation
package import InteractionModel
import JSON

/// A stored row that cannot be read back: the state must be rebuilt by folding the journal instead.
package struct RestoreError: Error, Sendable, CustomStringConvertible {
    package var row: String
    package var reason: String

    package var description: String { "the stored row \(row) cannot be read: \(reason)" }
}

extension RoutingState {
    /// The state that `rows` were written from: all entities, every open interaction, and those ended ones whose
    /// messages are still followed. Nothing is decided here.
    package init(
        restoring rows: StateRows, lastSequence: Int64, at moment: Timestamp, site: SiteName = Self.siteByDefault,
        incarnation: Int64 = 1
    ) throws {
        self.init(site: site, incarnation: incarnation)
        self.lastSequence = lastSequence
        now = moment
        try restoreSiteAndPlan(rows.entities)
        try measures.restore(rows.entities)
        try restoreAgents(rows.entities)
        for row in rows.entities where row.kind == "suppression" { suppressed.insert(try Self.suppression(row)) }
        try restoreLastAgents(rows.entities)
        try restoreCustody(rows.entities)
        for row in rows.interactions.sorted(by: { $0.id < $1.id }) { try restore(row) }
        let stored = rows.entities.filter { $0.kind == "message" }
        for message in try stored.map(Self.message).sorted(by: { $0.id < $1.id }) { insert(message) }
        restoreOwed()
        try restoreRoutes(rows.entities)
        try restoreTallies(rows.entities)
        for index in agents.indices {
            if let deadline = agents[index].deadline { deadlines.add(.agent(index), at: deadline) }
        }
        forgetProgress()
    }

    /// After folding recorded facts: what they left to be looked for was looked for when they were recorded.
    package mutating func forgetProgress() {
        homeless = []
        matcher.advance(to: now)
        matcher.forgetSeekers()
        changes = StateChanges()
        measures.forgetProgress()
        forgetRouteChanges()
    }

    static func members(_ row: EntityStateRow) throws -> JSONObject {
        try object(row.snapshot ?? [], of: "\(row.kind) \(row.id)")
    }

    private static func object(_ snapshot: [UInt8], of name: String) throws -> JSONObject {
        do {
            guard case .object(let object) = try JSONValue.parse(snapshot) else {
                throw RestoreError(row: name, reason: "it is not a JSON object")
            }
            return object
        } catch let error as JSONError {
            throw RestoreError(row: name, reason: error.description)
        }
    }

    // MARK: Site, plan, agents

    private mutating func restoreSiteAndPlan(_ rows: [EntityStateRow]) throws {
        if let row = rows.first(where: { $0.kind == "plan" }) {
            var reader = JSONReader(row.snapshot ?? [], limits: JSONLimits(maxBytes: FactMembers.bytesMax))
            adopt(try Plan(from: &reader))
        }
        guard let row = rows.first(where: { $0.kind == "site" }) else { return }
        let site = try Self.members(row)
        epoch = site["epoch"]?.integerValue ?? 0
        wallOffset = Span(milliseconds: site["wallOffset"]?.integerValue ?? 0)
        isDraining = site["isDraining"]?.boolValue ?? false
        life = site["life"]?.integerValue
        if site["restoration"] != nil { restoration = .asking }
        if let number = site["deciding"]?.integerValue { restoration = .deciding(number) }
        fences = Fences(site)
        gates = (site["gates"]?.arrayValue ?? []).compactMap { value in
            guard let calendar = value["calendar"]?.stringValue else { return nil }
            return Gate(
                calendar: CalendarName(calendar), isOpen: value["isOpen"]?.boolValue ?? true,
                until: value["until"]?.integerValue.map { Timestamp(milliseconds: $0) })
        }
        // One in the past is a calendar's that nothing uses any more: it has been passed over already.
        for gate in gates { if let until = gate.until, until > now { deadlines.add(.gate, at: until) } }
        applyHours()
    }

    private mutating func restoreLastAgents(_ rows: [EntityStateRow]) throws {
        let stored = try rows.filter { $0.kind == "lastAgent" }.map { row in
            let members = try Self.members(row)
            let memory = LastAgents.Memory(
                agent: AgentName(members["agent"]?.stringValue ?? ""),
                until: members.moment("until") ?? Timestamp(milliseconds: 0),
                number: members["number"]?.integerValue ?? 0)
            return (memory, PartyKey(row.id))
        }
        for (memory, thread) in stored.sorted(by: { $0.0.number < $1.0.number }) {
            lastAgents.restore(memory, of: thread)
        }
    }

    /// The stored counts win over those made while inserting: they also know what has ended.
    private mutating func restoreTallies(_ rows: [EntityStateRow]) throws {
        guard let row = rows.first(where: { $0.kind == "site" }) else { return }
        tallies = (try Self.members(row)["tallies"]?.arrayValue ?? []).compactMap { value in
            guard let channel = value["channel"]?.stringValue else { return nil }
            var tally = ChannelTally(channel: ChannelName(channel))
            tally.received = value["received"]?.integerValue ?? 0
            tally.queued = value["queued"]?.integerValue ?? 0
            tally.offered = value["offered"]?.integerValue ?? 0
            tally.active = value["active"]?.integerValue ?? 0
            tally.wrapping = value["wrapping"]?.integerValue ?? 0
            tally.closed = value["closed"]?.integerValue ?? 0
            tally.abandoned = value["abandoned"]?.integerValue ?? 0
            tally.expired = value["expired"]?.integerValue ?? 0
            tally.escalated = value["escalated"]?.integerValue ?? 0
            tally.shortAbandoned = value["shortAbandoned"]?.integerValue ?? 0
            tally.handingOver = value["handingOver"]?.integerValue ?? 0
            tally.away = value["away"]?.integerValue ?? 0
            return tally
        }
    }

    /// An agent's number is its order of first naming; the plan alone does not know those it no longer names.
    private mutating func restoreAgents(_ rows: [EntityStateRow]) throws {
        let planned = agents
        agents = []
        agentIndex = [:]
        let stored = try rows.filter { $0.kind == "agent" }.map { ($0, try Self.members($0)) }
        for (row, members) in stored.sorted(by: { Self.order($0.1) < Self.order($1.1) }) {
            let name = AgentName(row.id)
            var agent = planned.first { $0.name == name } ?? Self.retired(name)
            Self.fill(&agent, from: members)
            agentIndex[name] = agents.count
            agents.append(agent)
        }
        rebuildMatcher()
    }

    private static func order(_ members: JSONObject) -> Int64 { members["order"]?.integerValue ?? .max }

    private static func retired(_ name: AgentName) -> AgentRecord {
        var agent = AgentRecord(
            name: name, skills: SkillSet(), capacity: [], since: 0, sinceAt: Timestamp(milliseconds: 0), lastSequence: 0
        )
        agent.isPlanned = false
        return agent
    }

    private static func fill(_ agent: inout AgentRecord, from members: JSONObject) {
        let status = members["status"]?.stringValue ?? "signed-out"
        agent.status = AgentStatus(status: status, reason: members["reason"]?.stringValue) ?? .signedOut
        if let session = members["session"]?.integerValue {
            agent.presence =
                members.moment("lostUntil").map { .lost(session: session, until: $0) } ?? .connected(session: session)
        }
        agent.since = members["since"]?.integerValue ?? 0
        agent.sinceAt = members.moment("sinceAt") ?? Timestamp(milliseconds: 0)
        agent.reclaimAt = members.moment("reclaimAt")
        agent.statusUntil = members.moment("statusUntil")
        agent.busy = Span(milliseconds: members["busy"]?.integerValue ?? 0)
        agent.busySince = members.moment("busySince")
        agent.lastOffer = members["lastOffer"]?.integerValue ?? 0
        agent.quality = (members["quality"]?.arrayValue ?? []).map {
            QualityResults(
                queue: QueueName($0["queue"]?.stringValue ?? ""), count: Int($0["count"]?.integerValue ?? 0),
                total: Int($0["total"]?.integerValue ?? 0))
        }
        agent.lastSequence = members["last"]?.integerValue ?? 0
    }

    // MARK: Interactions

    private mutating func restore(_ row: InteractionStateRow) throws {
        let members = try Self.object(row.snapshot, of: "interaction \(row.id)")
        var interaction = InteractionRecord(
            id: row.id, channel: ChannelName(members["channel"]?.stringValue ?? ""),
            account: AccountName(members["account"]?.stringValue ?? ""), party: row.party,
            thread: members["thread"]?.stringValue.map { PartyKey($0) } ?? row.party,
            requirement: Requirement(
                queue: row.queue, skills: members.skills,
                headStart: Span(milliseconds: members["ownHeadStart"]?.integerValue ?? 0)),
            stamp: row.createdAt, expiresAt: members.moment("expiresAt") ?? row.createdAt,
            waitLimit: Span(milliseconds: members["waitLimit"]?.integerValue ?? 0),
            deadline: members.moment("deadline") ?? members.moment("expiresAt") ?? row.createdAt,
            updatedAt: row.updatedAt,
            lastSequence: row.lastSequence,
            visit: Visit(members, queue: measures.index(of: row.queue), stamp: row.createdAt))
        interaction.state = try Self.state(of: row, members)
        interaction.lastAgent = row.agent
        interaction.acceptedOffer = members["acceptedOffer"]?.integerValue.map { OfferID($0) }
        interaction.exclusions = (members["exclusions"]?.objectValue?.members ?? []).map {
            .init(agent: AgentName($0.name), until: Timestamp(milliseconds: $0.value.integerValue ?? 0))
        }
        Self.fill(&interaction, from: members)
        if interaction.state.hasEnded { interactions[row.id] = interaction } else { insert(interaction) }
    }

    private static func fill(_ interaction: inout InteractionRecord, from members: JSONObject) {
        interaction.direction = members["direction"]?.stringValue.flatMap { Direction(rawValue: $0) } ?? .inbound
        interaction.language = members["language"]?.stringValue
        interaction.contact = members["contact"]?.stringValue.flatMap { ContactID($0) }
        interaction.moveAt = members.moment("moveAt")
        interaction.level = Int(members["level"]?.integerValue ?? 0)
        interaction.preference = members["preferredAgent"]?.stringValue.map {
            Preference(agent: AgentName($0), until: members.moment("preferredUntil"))
        }
        interaction.notAgents = (members["notAgents"]?.arrayValue ?? []).compactMap {
            $0.stringValue.map { AgentName($0) }
        }
        interaction.heldUntil = members.moment("heldUntil")
        if case .closed = interaction.state {} else { interaction.disposition = members["disposition"]?.stringValue }
        interaction.guests = (members["guests"]?.arrayValue ?? []).compactMap { $0.objectValue.flatMap { Guest($0) } }
    }

    private static func state(
        of row: InteractionStateRow, _ members: JSONObject
    ) throws -> InteractionRecord.State {
        func agent() throws -> AgentName {
            guard let agent = row.agent else {
                throw RestoreError(row: "interaction \(row.id)", reason: "it is \(row.state) and names no agent")
            }
            return agent
        }
        switch row.state {
        case "queued": return .queued
        case "offered": return .offered(OfferID(members["offer"]?.integerValue ?? 0), to: try agent())
        case "active": return .active(try agent())
        case "wrapping": return .wrapping(try agent())
        case "escalated": return .escalated(vendor: members["vendor"]?.stringValue ?? "")
        case "handing-over": return .handingOver(to: SiteName(members["peer"]?.stringValue ?? ""))
        case "away": return .away(at: SiteName(members["peer"]?.stringValue ?? ""))
        case "closed": return .closed(disposition: members["disposition"]?.stringValue)
        case "abandoned": return .abandoned
        case "expired": return .expired
        default: throw RestoreError(row: "interaction \(row.id)", reason: "its state \(row.state) is unknown")
        }
    }

    // MARK: Messages and suppressions

    private static func suppression(_ row: EntityStateRow) throws -> Suppression {
        guard let slash = row.id.firstIndex(of: "/") else {
            throw RestoreError(row: "suppression \(row.id)", reason: "its name is not channel/party")
        }
        let party = PartyKey(String(row.id[row.id.index(after: slash)...]))
        return Suppression(party: party, channel: ChannelName(String(row.id[..<slash])))
    }

    private static func message(_ row: EntityStateRow) throws -> OutboundRecord {
        let members = try Self.members(row)
        guard let number = Int64(row.id), let state = outboundState(members) else {
            throw RestoreError(row: "message \(row.id)", reason: "its number or state is unknown")
        }
        var message = OutboundRecord(
            id: MessageID(number), interaction: members["interaction"]?.integerValue.map { InteractionID($0) },
            contact: members["contact"]?.stringValue.flatMap { ContactID($0) },
            author: MessageQueued.Author(
                agent: members["agent"]?.stringValue, site: members["from"]?.stringValue,
                number: members["number"]?.integerValue),
            channel: ChannelName(members["channel"]?.stringValue ?? ""),
            account: AccountName(members["account"]?.stringValue ?? ""),
            party: PartyKey(members["party"]?.stringValue ?? ""),
            giveUpAt: members.moment("until") ?? Timestamp(milliseconds: 0),
            deadline: members.moment("deadline") ?? Timestamp(milliseconds: 0), lastSequence: row.lastSequence)
        message.state = state
        message.attempts = Int(members["attempts"]?.integerValue ?? 0)
        return message
    }

    private static func outboundState(_ members: JSONObject) -> OutboundRecord.State? {
        switch members["state"]?.stringValue {
        case "waiting": .waiting
        case "sending": .sending
        case "sent":
            .sent(
                providerID: members["providerID"]?.stringValue ?? "",
                DeliveryStatus(rawValue: members["status"]?.stringValue ?? "") ?? .sent)
        default: nil
        }
    }
}

extension JSONObject {
    func moment(_ name: String) -> Timestamp? {
        self[name]?.integerValue.map { Timestamp(milliseconds: $0) }
    }

    fileprivate var skills: SkillSet {
        SkillSet(
            (self["skills"]?.objectValue?.members ?? []).map {
                SkillRequirement(SkillName($0.name), level: Int($0.value.integerValue ?? 1))
            })
    }
}
