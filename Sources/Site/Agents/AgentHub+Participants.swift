import InteractionModel
import JSON
import Routing

/// A colleague in somebody's conversation, or asked into it.
struct Participant {
    var agent: AgentName
    var offer: OfferID
    /// Whether the invitation was accepted.
    var isIn: Bool

    init(_ guest: Guest) {
        agent = guest.agent
        offer = guest.offer
        if case .invited = guest.stage { isIn = false } else { isIn = true }
    }

    init(agent: AgentName, offer: OfferID) {
        self.agent = agent
        self.offer = offer
        isIn = false
    }
}

/// What becomes of a conversation of several agents: each of them hears of it, in the order of the facts.
extension AgentHub {
    func tellParticipants(_ recorded: RecordedFact, _ contents: [Int64: [UInt8]], _ state: borrowing RoutingState) {
        guard let id = recorded.interaction, let owner = holders[id] else { return }
        switch recorded.fact {
        case .held(let until):
            tell([owner], "held", recorded) { $0.field("until", until.milliseconds) }
        case .resumed(let reason):
            tell([owner], "resumed", recorded) { $0.field("reason", reason) }
        case .invited(let invitation):
            guests[id, default: []].append(Participant(agent: invitation.agent, offer: OfferID(recorded.sequence)))
            tellInvitation(invitation, to: id, recorded, contents, state)
        case .invitationEnded(let offer, let outcome): tellInvitationEnd(offer, outcome, of: id, owner, recorded)
        case .guestJoined(let agent):
            tell(everyone(in: id), "joined", recorded) { $0.field("agent", agent.rawValue) }
        case .guestLeft(let agent, let reason):
            tell(everyone(in: id), "left", recorded) {
                $0.field("agent", agent.rawValue)
                $0.field("reason", reason)
            }
            guests[id]?.removeAll { $0.agent == agent }
        case .transferred(let transferred):
            tell(everyone(in: id), "transferred", recorded) {
                $0.field("from", transferred.from.rawValue)
                $0.field("to", transferred.to.rawValue)
                $0.field("reason", transferred.reason)
            }
            guests[id]?.removeAll { $0.agent == transferred.to }
            holders[id] = transferred.to
        default: break
        }
    }

    private func everyone(in id: InteractionID) -> [AgentName] {
        (holders[id].map { [$0] } ?? []) + (guests[id] ?? []).filter(\.isIn).map(\.agent)
    }

    private func tell(
        _ agents: [AgentName], _ name: StaticString, _ recorded: RecordedFact, _ body: (inout JSONWriter) -> Void
    ) {
        for agent in agents {
            var event = AgentEvent(name, at: recorded)
            event.add(body)
            tell(agent, recorded.sequence, event)
        }
    }

    private func tellInvitation(
        _ invitation: Invitation, to id: InteractionID, _ recorded: RecordedFact, _ contents: [Int64: [UInt8]],
        _ state: borrowing RoutingState
    ) {
        let interaction = state.interactions[id]
        let content = content(of: id.number, contents)
        tell([invitation.agent], "invitation", recorded) {
            $0.field("offer", recorded.sequence)
            $0.field("by", invitation.by.rawValue)
            $0.field("until", invitation.until.milliseconds)
            if let interaction { $0.contact(interaction, content: content) }
        }
        tell([invitation.by], "invited", recorded) {
            $0.field("agent", invitation.agent.rawValue)
            $0.field("until", invitation.until.milliseconds)
        }
    }

    private func tellInvitationEnd(
        _ offer: OfferID, _ outcome: InvitationOutcome, of id: InteractionID, _ owner: AgentName,
        _ recorded: RecordedFact
    ) {
        guard let place = guests[id]?.firstIndex(where: { $0.offer == offer }), let guest = guests[id]?[place] else {
            return
        }
        let hasJoined: Bool
        if case .accepted = outcome { hasJoined = true } else { hasJoined = false }
        for agent in [owner, guest.agent] {
            tell([agent], "invitation-ended", recorded) {
                $0.field("offer", offer.number)
                $0.field("agent", guest.agent.rawValue)
                Self.write(outcome, to: &$0)
                // What was said before the colleague was asked.
                if hasJoined, agent == guest.agent { writeMessages(of: id, before: recorded.sequence, to: &$0) }
            }
        }
        if hasJoined { guests[id]?[place].isIn = true } else { guests[id]?.remove(at: place) }
    }

    private static func write(_ outcome: InvitationOutcome, to writer: inout JSONWriter) {
        switch outcome {
        case .accepted(let until):
            writer.field("outcome", "accepted")
            writer.field("until", until.milliseconds)
        case .rejected(let reason):
            writer.field("outcome", "rejected")
            writer.field("reason", reason)
        case .timedOut: writer.field("outcome", "timed-out")
        case .cancelled(let reason):
            writer.field("outcome", "cancelled")
            writer.field("reason", reason)
        }
    }

    /// Where an agent stands in a contact, for a desktop that is given the whole state.
    func writeStanding(of agent: AgentName, in interaction: InteractionRecord, to writer: inout JSONWriter) {
        if let guest = interaction.guests.first(where: { $0.agent == agent }) {
            writer.field("state", guest.stage.name)
            writer.field("offer", guest.offer.number)
            writer.field("until", (guest.deadline ?? interaction.deadline).milliseconds)
            writer.field("owner", interaction.state.agent?.rawValue)
            return
        }
        writer.field("state", interaction.state.name)
        if case .offered(let offer, _) = interaction.state { writer.field("offer", offer.number) }
        writer.field("until", interaction.deadline.milliseconds)
        writer.field("heldUntil", interaction.heldUntil?.milliseconds)
        guard !interaction.guests.isEmpty else { return }
        writer.key("guests")
        writer.beginObject()
        for guest in interaction.guests {
            writer.key(guest.agent.rawValue)
            writer.string(guest.stage.name)
        }
        writer.endObject()
    }
}

extension Guest.Stage {
    fileprivate var name: String {
        switch self {
        case .invited: "invited"
        case .consulted: "consulted"
        case .joined: "joined"
        }
    }
}
