import Federation
import InteractionModel

extension Fact {
    /// Reads a fact back from a journal's `type` and `body`. Throws `FactError` or `JSONError` when the body is not one.
    package init(type: String, body: [UInt8]) throws {
        if let change = try RouteChange(type: type, body: body) {
            self = .route(change)
            return
        }
        let members = try FactMembers(type: type, body)
        switch type {
        case "site.started":
            self = .siteStarted(
                epoch: try members.need(members.epoch, "epoch"), release: try members.need(members.release, "release"),
                wallOffset: try members.needWallOffset())
        case "site.clock": self = .clockStepped(wallOffset: try members.needWallOffset())
        case "plan.activated": self = .planActivated(try members.need(members.plan, "plan"))
        case "hours.changed":
            self = .hoursChanged(
                CalendarName(try members.need(members.calendar, "calendar")),
                isOpen: try members.need(members.isOpen, "isOpen"), until: members.moment(members.until))
        default: self = try Self.contact(members) ?? Self.network(members) ?? Self.agentOrMessage(members)
        }
    }

    private static func agentOrMessage(_ members: FactMembers) throws -> Fact {
        switch members.type {
        case "agent.connected":
            .agentConnected(try members.needAgent(), session: try members.need(members.session, "session"))
        case "agent.lost":
            .agentConnectionLost(
                try members.needAgent(), session: try members.need(members.session, "session"),
                until: try members.needUntil())
        case "agent.status":
            .agentStatusChanged(
                try members.needAgent(), try members.needStatus(), until: members.moment(members.until))
        case "agent.signedOut":
            .agentSignedOut(
                try members.needAgent(), reason: try members.need(members.reason, "reason"),
                reclaimAt: members.until.map { Timestamp(milliseconds: $0) })
        case "quality.reported":
            .qualityReported(
                try members.needAgent(), QueueName(try members.need(members.queue, "queue")),
                score: Int(try members.need(members.score, "score")))
        case "message.queued": .messageQueued(try MessageQueued(members))
        case "message.attempt":
            .sendStarted(
                try members.needMessage(), attempt: Int(try members.need(members.attempt, "attempt")),
                until: try members.needUntil())
        case "message.postponed":
            .sendPostponed(
                try members.needMessage(), reason: try members.need(members.reason, "reason"),
                until: try members.needUntil())
        case "message.sent":
            .messageSent(
                try members.needMessage(), providerID: try members.need(members.providerID, "providerID"),
                until: try members.needUntil())
        case "message.failed":
            .messageFailed(try members.needMessage(), reason: try members.need(members.reason, "reason"))
        case "message.delivery": try delivery(members)
        case "message.settled": .messageSettled(try members.needMessage())
        case "party.optedOut":
            .optedOut(
                try members.needParty(), try members.needChannel(), keyword: try members.need(members.reason, "reason"))
        case "party.optedIn":
            .optedIn(
                try members.needParty(), try members.needChannel(), keyword: try members.need(members.reason, "reason"))
        case "party.help":
            .helpAsked(
                try members.needParty(), try members.needChannel(), keyword: try members.need(members.reason, "reason"))
        default:
            throw FactError(type: members.type, reason: "is unknown to this release; use the release that wrote it")
        }
    }

    private static func delivery(_ members: FactMembers) throws -> Fact {
        guard let status = DeliveryStatus(rawValue: try members.need(members.status, "status")) else {
            throw FactError(type: members.type, reason: "has an unknown status")
        }
        return .deliveryReported(try members.needMessage(), status, detail: members.reason)
    }
}

extension MessageQueued.Author {
    init(agent: String?, site: String?, number: Int64?) {
        guard let agent else {
            self = .compliance
            return
        }
        guard let site, let number else {
            self = .agent(AgentName(agent))
            return
        }
        self = .colleague(AgentName(agent), at: SiteName(site), number: number)
    }
}

extension MessageQueued {
    init(_ members: FactMembers) throws {
        self.init(
            author: Author(agent: members.agent, site: members.from, number: members.number),
            channel: try members.needChannel(),
            account: try members.needAccount(), party: try members.needParty(), giveUpAt: try members.needUntil(),
            activeUntil: members.activeUntil.map { Timestamp(milliseconds: $0) },
            contact: members.contact == nil ? nil : try members.needContact())
    }
}
