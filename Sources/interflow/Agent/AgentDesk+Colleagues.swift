/// Colleagues who ask the agent in, or whom the agent asked.
extension AgentDesk {
    mutating func takeInvitation(
        _ made: SiteEvent.OfferMade, by: String, _ event: SiteEvent, _ now: Int64
    ) -> [DeskEffect] {
        [show(.note, "\(by) asks you into #\(event.interaction)", event.at)]
            + add(made, event.interaction, at: event.at, now)
    }

    /// Told to the one who asked and to the one who was asked.
    mutating func takeInvitationEnd(
        _ invitation: SiteEvent.Invitation, _ event: SiteEvent, _ now: Int64
    ) -> [DeskEffect] {
        guard invitation.agent == agent else {
            let reason = invitation.reason.map { ": \($0)" } ?? ""
            let isIn = invitation.outcome == "accepted"
            let text = isIn ? "is in; /conference, /complete or /dismiss" : "is not: \(invitation.outcome)\(reason)"
            return [show(isIn ? .note : .alarm, "\(label(event.interaction)): \(invitation.agent) \(text)", event.at)]
        }
        guard invitation.outcome == "accepted" else {
            return endOffer(event, "invitation #\(event.interaction) \(invitation.outcome)", now)
        }
        return takeAccepted(event, invitation.messages, now)
    }

    mutating func takeLeft(_ name: String, _ reason: String, _ event: SiteEvent) -> [DeskEffect] {
        let told = show(
            .note, "\(label(event.interaction)): \(name == agent ? "you are" : "\(name) is") out (\(reason))", event.at)
        if name == agent { remove(event.interaction) }
        return [told]
    }

    mutating func takeTransfer(from: String, to: String, _ event: SiteEvent) -> [DeskEffect] {
        let told = show(
            .note, "\(label(event.interaction)): \(to == agent ? "yours" : "\(to)'s") now, \(from) is out", event.at)
        if from == agent { remove(event.interaction) }
        return [told]
    }
}
