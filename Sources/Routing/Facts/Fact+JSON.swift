import InteractionModel
package import JSON

extension Fact {
    /// The word in the journal's `type` column; stable for ever.
    package var type: String {
        switch self {
        case .siteStarted: "site.started"
        case .clockStepped: "site.clock"
        case .planActivated: "plan.activated"
        case .hoursChanged: "hours.changed"
        case .received: "contact.received"
        case .messageReceived: "contact.message"
        case .offered: "offer.made"
        case .offerEnded: "offer.ended"
        case .released: "contact.released"
        case .requeued: "contact.requeued"
        case .moved: "contact.moved"
        case .assigned: "contact.assigned"
        case .held: "contact.held"
        case .resumed: "contact.resumed"
        case .escalated: "contact.escalated"
        case .returned: "contact.returned"
        case .wrapUpStarted: "contact.wrapup"
        case .closed: "contact.closed"
        case .abandoned: "contact.abandoned"
        case .expired: "contact.expired"
        case .invited: "invite.made"
        case .invitationEnded: "invite.ended"
        case .guestJoined: "guest.joined"
        case .guestLeft: "guest.left"
        case .transferred: "contact.transferred"
        case .agentConnected: "agent.connected"
        case .agentConnectionLost: "agent.lost"
        case .agentStatusChanged: "agent.status"
        case .agentSignedOut: "agent.signedOut"
        case .qualityReported: "quality.reported"
        case .messageQueued: "message.queued"
        case .sendStarted: "message.attempt"
        case .sendPostponed: "message.postponed"
        case .messageSent: "message.sent"
        case .messageFailed: "message.failed"
        case .deliveryReported: "message.delivery"
        case .messageSettled: "message.settled"
        case .optedOut: "party.optedOut"
        case .optedIn: "party.optedIn"
        case .helpAsked: "party.help"
        case .custody(let move): move.type
        case .custodyMoved: "custody.moved"
        case .custodyForgotten: "custody.forgotten"
        case .relayed: "contact.relayed"
        case .customerLeft: "contact.left"
        case .relayDelivered: "relay.delivered"
        case .siteDraining: "site.draining"
        case .lifeBegan: "site.life"
        case .fenced: "peer.fenced"
        case .restorationBegan: "restoration.began"
        case .restorationEnded: "restoration.ended"
        case .restored(let restored): restored.type
        case .route(let change): change.factType
        }
    }

    /// Writes the journal's body: one object, keys in a fixed order, nothing that a column already says.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writeMembers(to: &writer)
        writer.endObject()
    }

    private func writeMembers(to writer: inout JSONWriter) {
        switch self {
        case .siteStarted(let epoch, let release, let wallOffset):
            writer.field("epoch", epoch)
            writer.field("release", release)
            writer.field("wallOffset", wallOffset)
        case .clockStepped(let wallOffset): writer.field("wallOffset", wallOffset)
        case .planActivated(let plan):
            writer.key("plan")
            plan.write(to: &writer)
        case .hoursChanged(let calendar, let isOpen, let until):
            writer.field("calendar", calendar.rawValue)
            writer.field("isOpen", isOpen)
            writer.field("until", until?.milliseconds)
        case .received, .messageReceived, .offered, .offerEnded, .released, .requeued, .moved, .assigned, .held,
            .resumed, .escalated, .returned, .wrapUpStarted, .closed, .abandoned, .expired, .invited, .invitationEnded,
            .guestJoined, .guestLeft, .transferred:
            writeContactMembers(to: &writer)
        case .agentConnected(let agent, let session):
            writer.field("agent", agent.rawValue)
            writer.field("session", session)
        case .agentConnectionLost(let agent, let session, let until):
            writer.field("agent", agent.rawValue)
            writer.field("session", session)
            writer.field("until", until)
        case .agentStatusChanged(let agent, let status, let until):
            writer.field("agent", agent.rawValue)
            status.writeMembers(to: &writer)
            writer.field("until", until?.milliseconds)
        case .agentSignedOut(let agent, let reason, let reclaimAt):
            writer.field("agent", agent.rawValue)
            writer.field("reason", reason)
            writer.field("until", reclaimAt?.milliseconds)
        case .qualityReported(let agent, let queue, let score):
            writer.field("agent", agent.rawValue)
            writer.field("queue", queue.rawValue)
            writer.field("score", score)
        case .messageQueued(let queued): queued.writeMembers(to: &writer)
        case .sendStarted(let message, let attempt, let until):
            writer.field("message", message.number)
            writer.field("attempt", attempt)
            writer.field("until", until)
        case .sendPostponed(let message, let reason, let until):
            writer.field("message", message.number)
            writer.field("reason", reason)
            writer.field("until", until)
        case .messageSent(let message, let providerID, let until):
            writer.field("message", message.number)
            writer.field("providerID", providerID)
            writer.field("until", until)
        case .messageFailed(let message, let reason):
            writer.field("message", message.number)
            writer.field("reason", reason)
        case .deliveryReported(let message, let status, let detail):
            writer.field("message", message.number)
            writer.field("status", status.rawValue)
            writer.field("reason", detail)
        case .messageSettled(let message): writer.field("message", message.number)
        case .optedOut(let party, let channel, let keyword), .optedIn(let party, let channel, let keyword),
            .helpAsked(let party, let channel, let keyword):
            writer.field("party", party.rawValue)
            writer.field("channel", channel.rawValue)
            writer.field("reason", keyword)
        case .custody, .custodyMoved, .custodyForgotten, .relayed, .customerLeft, .relayDelivered, .siteDraining,
            .lifeBegan, .fenced, .restorationBegan, .restorationEnded, .restored:
            writeNetworkMembers(to: &writer)
        case .route(let change): change.writeMembers(to: &writer)
        }
    }
}

extension JSONWriter {
    mutating func field(_ name: StaticString, _ moment: Timestamp) { field(name, moment.milliseconds) }
    mutating func field(_ name: StaticString, _ span: Span) { field(name, span.milliseconds) }
}

extension SkillSet {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        for skill in skills {
            writer.key(skill.skill.rawValue)
            writer.integer(Int64(skill.level))
        }
        writer.endObject()
    }
}

extension AgentStatus {
    func writeMembers(to writer: inout JSONWriter) {
        switch self {
        case .signedOut: writer.field("status", "signed-out")
        case .available: writer.field("status", "available")
        case .notReady(let reason):
            writer.field("status", "not-ready")
            writer.field("reason", reason.rawValue)
        }
    }
}

extension MessageQueued {
    func writeMembers(to writer: inout JSONWriter) {
        switch author {
        case .agent(let name): writer.field("agent", name.rawValue)
        case .colleague(let name, let site, let number):
            writer.field("agent", name.rawValue)
            writer.field("from", site.rawValue)
            writer.field("number", number)
        case .compliance: break
        }
        writer.field("channel", channel.rawValue)
        writer.field("account", account.rawValue)
        writer.field("party", party.rawValue)
        writer.field("until", giveUpAt)
        writer.field("activeUntil", activeUntil?.milliseconds)
        writer.field("contact", contact?.description)
    }
}

extension Explanation {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("search", search.rawValue)
        writer.field("load", load)
        writer.field("idle", idle)
        writer.field("waited", waited)
        if headStart != .zero { writer.field("headStart", headStart) }
        if contactsBehind > 0 { writer.field("behind", contactsBehind) }
        if ring > 0 { writer.field("ring", ring) }
        if isPreferred { writer.field("preferred", true) }
        writer.field("level", level.map { Int64($0) })
        writer.field("tier", tier.map { Int64($0) })
        writer.field("idleKey", idleKey)
        writer.key("dropped")
        dropped.write(to: &writer)
        if !named.isEmpty {
            writer.key("named")
            writer.beginObject()
            for candidate in named {
                writer.key(candidate.agent.rawValue)
                writer.string(candidate.rule.rawValue)
            }
            writer.endObject()
        }
        writer.endObject()
    }
}

extension [Explanation.Dropped] {
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        for entry in self {
            writer.key(entry.rule.rawValue)
            writer.integer(Int64(entry.count))
        }
        writer.endObject()
    }
}
