import InteractionModel

/// What changes while an agent has a contact: hold, and the colleagues who are asked in.
extension RoutingState {
    mutating func foldConversation(_ recorded: RecordedFact) {
        guard let id = recorded.interaction else { return }
        switch recorded.fact {
        case .held(let until):
            interactions.change(id) { $0.heldUntil = until }
            deadlines.add(.hold(id), at: until)
        case .resumed: interactions.change(id) { $0.heldUntil = nil }
        case .invited(let invitation):
            let guest = Guest(
                agent: invitation.agent, offer: OfferID(recorded.sequence), stage: .invited(until: invitation.until))
            interactions.change(id) { $0.guests.append(guest) }
            deadlines.add(.guest(id), at: invitation.until)
            take(id, by: invitation.agent)
        case .invitationEnded(let offer, let outcome): endInvitation(offer, outcome, of: id)
        case .guestJoined(let agent): change(agent, in: id) { $0.stage = .joined(since: recorded.sequence) }
        case .guestLeft(let agent, _):
            remove(agent, from: id)
            renewPlace(of: agent)
        case .transferred(let transferred): pass(id, transferred)
        default: break
        }
    }

    private mutating func endInvitation(_ offer: OfferID, _ outcome: InvitationOutcome, of id: InteractionID) {
        guard let agent = interactions[id]?.guests.first(where: { $0.offer == offer })?.agent else { return }
        switch outcome {
        case .accepted(let until):
            change(agent, in: id) { $0.stage = .consulted(until: until) }
            deadlines.add(.guest(id), at: until)
            renewPlace(of: agent)
        case .rejected, .timedOut, .cancelled: remove(agent, from: id)
        }
    }

    private mutating func pass(_ id: InteractionID, _ transferred: Transferred) {
        let offer = interactions[id]?.guests.first { $0.agent == transferred.to }?.offer
        // The heir holds it all along, first as a guest: the busy account of one who never was idle does not end here.
        interactions.change(id) { $0.guests.removeAll { $0.agent == transferred.to } }
        move(id, to: .active(transferred.to), deadline: transferred.activeUntil) {
            $0.acceptedOffer = offer
            $0.heldUntil = nil
        }
    }

    private mutating func change(_ agent: AgentName, in id: InteractionID, _ body: (inout Guest) -> Void) {
        interactions.change(id) { interaction in
            guard let place = interaction.guests.firstIndex(where: { $0.agent == agent }) else { return }
            body(&interaction.guests[place])
        }
    }

    private mutating func remove(_ agent: AgentName, from id: InteractionID) {
        guard interactions[id]?.guests.contains(where: { $0.agent == agent }) == true else { return }
        interactions.change(id) { $0.guests.removeAll { $0.agent == agent } }
        letGo(id, by: agent)
    }
}
