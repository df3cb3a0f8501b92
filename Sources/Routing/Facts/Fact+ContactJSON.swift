import InteractionModel
import JSON

extension Fact {
    /// The members of what became true of one interaction.
    func writeContactMembers(to writer: inout JSONWriter) {
        switch self {
        case .received(let received): received.writeMembers(to: &writer)
        case .messageReceived(let activeUntil): writer.field("until", activeUntil?.milliseconds)
        case .offered(let offered):
            writer.field("agent", offered.agent.rawValue)
            writer.field("until", offered.until)
            writer.field("planVersion", offered.planVersion)
            writer.key("why")
            offered.why.write(to: &writer)
        case .offerEnded(let offer, let outcome):
            writer.field("offer", offer.number)
            outcome.writeMembers(to: &writer)
        case .released(let agent, let reason):
            writer.field("agent", agent.rawValue)
            writer.field("reason", reason)
        case .requeued(let requeued): requeued.writeMembers(to: &writer)
        case .moved(let moved): moved.writeMembers(to: &writer)
        case .assigned(let preference, let by):
            preference.writeMembers(to: &writer)
            writer.field("by", by)
        case .held(let until): writer.field("until", until)
        case .resumed(let reason): writer.field("reason", reason)
        case .escalated(let vendor, let by, let until):
            writer.field("vendor", vendor)
            writer.field("agent", by.rawValue)
            writer.field("until", until)
        case .returned(let reason, let expiresAt, let moveAt):
            writer.field("reason", reason)
            writer.field("until", expiresAt)
            writer.field("moveAt", moveAt?.milliseconds)
        case .wrapUpStarted(let reason, let until, let disposition):
            writer.field("reason", reason)
            writer.field("until", until)
            writer.field("disposition", disposition)
        case .closed(let disposition, let by, let rememberUntil):
            writer.field("disposition", disposition)
            writer.field("reason", by)
            writer.field("rememberUntil", rememberUntil?.milliseconds)
        case .abandoned(let cause, let isShort):
            writer.field("reason", cause)
            if isShort { writer.field("isShort", true) }
        default: writeGuestMembers(to: &writer)
        }
    }

    private func writeGuestMembers(to writer: inout JSONWriter) {
        switch self {
        case .invited(let invitation):
            writer.field("agent", invitation.agent.rawValue)
            writer.field("by", invitation.by.rawValue)
            writer.field("queue", invitation.queue?.rawValue)
            writer.field("until", invitation.until)
        case .invitationEnded(let offer, let outcome):
            writer.field("offer", offer.number)
            outcome.writeMembers(to: &writer)
        case .guestJoined(let agent): writer.field("agent", agent.rawValue)
        case .guestLeft(let agent, let reason):
            writer.field("agent", agent.rawValue)
            writer.field("reason", reason)
        case .transferred(let transferred):
            writer.field("from", transferred.from.rawValue)
            writer.field("to", transferred.to.rawValue)
            writer.field("reason", transferred.reason)
            writer.field("until", transferred.activeUntil)
        default: break  // `expired` says it all.
        }
    }
}

extension Received {
    fileprivate func writeMembers(to writer: inout JSONWriter) {
        writer.field("channel", channel.rawValue)
        writer.field("account", account.rawValue)
        writer.field("party", party.rawValue)
        if thread != party { writer.field("thread", thread.rawValue) }
        if direction != .inbound { writer.field("direction", direction.rawValue) }
        writer.field("language", language)
        requirement.writeMembers(to: &writer)
        preference?.writeMembers(to: &writer)
        if !notAgents.isEmpty { writer.field("notAgents", notAgents.map(\.rawValue)) }
        writer.field("until", expiresAt)
        writer.field("moveAt", moveAt?.milliseconds)
        if !via.isEmpty { writer.field("via", via) }
        writer.field("planVersion", planVersion)
        writer.key("agents")
        agents.write(to: &writer)
        announced?.writeMembers(to: &writer)
        transfer?.writeMembers(to: &writer)
        writer.field("carries", carries)
    }
}

extension Requirement {
    func writeMembers(to writer: inout JSONWriter) {
        writer.field("queue", queue.rawValue)
        if !skills.skills.isEmpty {
            writer.key("skills")
            skills.write(to: &writer)
        }
        // `headStart` was the queue's and the contact's together, before the record kept only the contact's own.
        if headStart != .zero { writer.field("ownHeadStart", headStart) }
    }
}

extension Preference {
    func writeMembers(to writer: inout JSONWriter) {
        writer.field("preferredAgent", agent.rawValue)
        writer.field("preferredUntil", until?.milliseconds)
    }
}

extension Requeued {
    fileprivate func writeMembers(to writer: inout JSONWriter) {
        writer.field("agent", by.rawValue)
        requirement.writeMembers(to: &writer)
        writer.field("until", notAgainBefore?.milliseconds)
        writer.field("expiresAt", expiresAt?.milliseconds)
        writer.field("moveAt", moveAt?.milliseconds)
        preference?.writeMembers(to: &writer)
    }
}

extension Moved {
    fileprivate func writeMembers(to writer: inout JSONWriter) {
        writer.field("from", from.rawValue)
        writer.field("to", to.rawValue)
        writer.field("reason", reason.rawValue)
        writer.field("by", by)
        if level > 0 { writer.field("level", level) }
        writer.field("until", expiresAt)
        writer.field("moveAt", moveAt?.milliseconds)
        writer.field("planVersion", planVersion)
    }
}

extension OfferOutcome {
    fileprivate func writeMembers(to writer: inout JSONWriter) {
        switch self {
        case .accepted(let activeUntil):
            writer.field("outcome", "accepted")
            writer.field("until", activeUntil)
        case .rejected(let reason, let notAgainBefore):
            writer.field("outcome", "rejected")
            writer.field("reason", reason)
            writer.field("until", notAgainBefore)
        case .timedOut: writer.field("outcome", "timed-out")
        case .rescinded(let reason):
            writer.field("outcome", "rescinded")
            writer.field("reason", reason)
        }
    }
}

extension InvitationOutcome {
    fileprivate func writeMembers(to writer: inout JSONWriter) {
        switch self {
        case .accepted(let until):
            writer.field("outcome", "accepted")
            writer.field("until", until)
        case .rejected(let reason):
            writer.field("outcome", "rejected")
            writer.field("reason", reason)
        case .timedOut: writer.field("outcome", "timed-out")
        case .cancelled(let reason):
            writer.field("outcome", "cancelled")
            writer.field("reason", reason)
        }
    }
}
