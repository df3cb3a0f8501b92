import InteractionModel

extension Fact {
    /// What became true of one interaction; nil when the type is of another sort.
    static func contact(_ members: FactMembers) throws -> Fact? {
        switch members.type {
        case "contact.received": .received(try Received(members))
        case "contact.message": .messageReceived(activeUntil: members.moment(members.until))
        case "offer.made":
            .offered(
                Offered(
                    agent: try members.needAgent(), until: try members.needUntil(),
                    planVersion: try members.need(members.planVersion, "planVersion"),
                    why: try members.need(members.why, "why")))
        case "offer.ended":
            .offerEnded(OfferID(try members.need(members.offer, "offer")), try OfferOutcome(members))
        case "contact.released":
            .released(from: try members.needAgent(), reason: try members.need(members.reason, "reason"))
        case "contact.requeued": .requeued(try Requeued(members))
        case "contact.moved": .moved(try Moved(members))
        case "contact.assigned":
            .assigned(
                try members.need(members.preference, "preferredAgent"), by: try members.need(members.by, "by"))
        case "contact.held": .held(until: try members.needUntil())
        case "contact.resumed": .resumed(reason: try members.need(members.reason, "reason"))
        case "contact.escalated":
            .escalated(
                vendor: try members.need(members.vendor, "vendor"), by: try members.needAgent(),
                until: try members.needUntil())
        case "contact.returned":
            .returned(
                reason: try members.need(members.reason, "reason"), expiresAt: try members.needUntil(),
                moveAt: members.moment(members.moveAt))
        case "contact.wrapup":
            .wrapUpStarted(
                reason: try members.need(members.reason, "reason"), until: try members.needUntil(),
                disposition: members.disposition)
        case "contact.closed":
            .closed(
                disposition: members.disposition, by: try members.need(members.reason, "reason"),
                rememberUntil: members.moment(members.rememberUntil))
        case "contact.abandoned":
            .abandoned(cause: try members.need(members.reason, "reason"), isShort: members.isShort ?? false)
        case "contact.expired": .expired
        default: try guest(members)
        }
    }

    private static func guest(_ members: FactMembers) throws -> Fact? {
        switch members.type {
        case "invite.made":
            .invited(
                Invitation(
                    agent: try members.needAgent(), by: AgentName(try members.need(members.by, "by")),
                    queue: members.queue.map { QueueName($0) }, until: try members.needUntil()))
        case "invite.ended":
            .invitationEnded(OfferID(try members.need(members.offer, "offer")), try InvitationOutcome(members))
        case "guest.joined": .guestJoined(try members.needAgent())
        case "guest.left": .guestLeft(try members.needAgent(), reason: try members.need(members.reason, "reason"))
        case "contact.transferred":
            .transferred(
                Transferred(
                    from: AgentName(try members.need(members.from, "from")),
                    to: AgentName(try members.need(members.to, "to")),
                    reason: try members.need(members.reason, "reason"), activeUntil: try members.needUntil()))
        default: nil
        }
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
        direction = members.direction.flatMap { Direction(rawValue: $0) } ?? .inbound
        language = members.language
        preference = members.preference
        notAgents = members.notAgents
        moveAt = members.moment(members.moveAt)
        via = members.via
        announced = WaitEstimate(members.waitP50, members.waitP90)
        transfer = try TakenTransfer(members)
        carries = members.carries
    }
}

extension Requeued {
    fileprivate init(_ members: FactMembers) throws {
        self.init(
            by: try members.needAgent(), requirement: try members.needRequirement(),
            notAgainBefore: members.moment(members.until), expiresAt: members.moment(members.expiresAt),
            moveAt: members.moment(members.moveAt), preference: members.preference)
    }
}

extension Moved {
    fileprivate init(_ members: FactMembers) throws {
        guard let reason = Reason(rawValue: try members.need(members.reason, "reason")) else {
            throw FactError(type: members.type, reason: "has an unknown reason")
        }
        self.init(
            from: QueueName(try members.need(members.from, "from")), to: QueueName(try members.need(members.to, "to")),
            reason: reason, by: members.by, level: Int(members.level ?? 0), expiresAt: try members.needUntil(),
            moveAt: members.moment(members.moveAt), planVersion: try members.need(members.planVersion, "planVersion"))
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

extension InvitationOutcome {
    fileprivate init(_ members: FactMembers) throws {
        switch try members.need(members.outcome, "outcome") {
        case "accepted": self = .accepted(until: try members.needUntil())
        case "rejected": self = .rejected(reason: members.reason)
        case "timed-out": self = .timedOut
        case "cancelled": self = .cancelled(reason: try members.need(members.reason, "reason"))
        default: throw FactError(type: members.type, reason: "has an unknown outcome")
        }
    }
}
