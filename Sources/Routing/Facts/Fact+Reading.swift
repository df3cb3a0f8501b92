import InteractionModel

extension Fact {
    /// Reads a fact back from a journal's `type` and `body`. Throws `FactError` or `JSONError` when the body is not one.
    package init(type: String, body: [UInt8]) throws {
        let members = try FactMembers(type: type, body)
        switch type {
        case "site.started":
            self = .siteStarted(
                epoch: try members.need(members.epoch, "epoch"), release: try members.need(members.release, "release"),
                wallOffset: try members.needWallOffset())
        case "site.clock": self = .clockStepped(wallOffset: try members.needWallOffset())
        case "plan.activated": self = .planActivated(try members.need(members.plan, "plan"))
        case "contact.received": self = .received(try Received(members))
        case "contact.message":
            self = .messageReceived(activeUntil: members.until.map { Timestamp(milliseconds: $0) })
        case "offer.made":
            self = .offered(
                Offered(
                    agent: try members.needAgent(), until: try members.needUntil(),
                    planVersion: try members.need(members.planVersion, "planVersion"),
                    why: try members.need(members.why, "why")))
        case "offer.ended":
            self = .offerEnded(OfferID(try members.need(members.offer, "offer")), try OfferOutcome(members))
        case "contact.released":
            self = .released(from: try members.needAgent(), reason: try members.need(members.reason, "reason"))
        case "contact.requeued":
            self = .requeued(
                Requeued(
                    by: try members.needAgent(), requirement: try members.needRequirement(),
                    notAgainBefore: try members.needUntil()))
        case "contact.wrapup":
            self = .wrapUpStarted(reason: try members.need(members.reason, "reason"), until: try members.needUntil())
        case "contact.closed":
            self = .closed(disposition: members.disposition, by: try members.need(members.reason, "reason"))
        case "contact.abandoned": self = .abandoned(cause: try members.need(members.reason, "reason"))
        case "contact.expired": self = .expired
        default: self = try Self.agentOrMessage(members)
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
        case "agent.status": .agentStatusChanged(try members.needAgent(), try members.needStatus())
        case "agent.signedOut":
            .agentSignedOut(
                try members.needAgent(), reason: try members.need(members.reason, "reason"),
                reclaimAt: members.until.map { Timestamp(milliseconds: $0) })
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

extension Received {
    fileprivate init(_ members: FactMembers) throws {
        let party = try members.needParty()
        self.init(
            channel: try members.needChannel(), account: try members.needAccount(), party: party,
            thread: members.thread.map { PartyKey($0) } ?? party, requirement: try members.needRequirement(),
            expiresAt: try members.needUntil(), planVersion: try members.need(members.planVersion, "planVersion"),
            agents: members.agents)
    }
}

extension OfferOutcome {
    fileprivate init(_ members: FactMembers) throws {
        switch try members.need(members.outcome, "outcome") {
        case "accepted": self = .accepted(activeUntil: try members.needUntil())
        case "rejected": self = .rejected(reason: members.reason, notAgainBefore: try members.needUntil())
        case "timed-out": self = .timedOut
        case "rescinded": self = .rescinded(reason: try members.need(members.reason, "reason"))
        default: throw FactError(type: members.type, reason: "has an unknown outcome")
        }
    }
}

extension MessageQueued {
    init(_ members: FactMembers) throws {
        self.init(
            author: members.agent.map { .agent(AgentName($0)) } ?? .compliance, channel: try members.needChannel(),
            account: try members.needAccount(), party: try members.needParty(), giveUpAt: try members.needUntil(),
            activeUntil: members.activeUntil.map { Timestamp(milliseconds: $0) })
    }
}
