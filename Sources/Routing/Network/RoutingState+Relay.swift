import Federation
import InteractionModel

/// What is said between a contact's home and its custodian.
extension RoutingState {
    // MARK: At the custodian

    mutating func customerWrote(_ contact: ContactID, _ number: Int64, _ said: PeerInput) -> PeerAnswer {
        guard said.site == contact.site else { return .refused(reason: "not the contact's home") }
        // The key knows what was heard here; the number, what came with the contact.
        if said.isRepeated || number <= custody[contact]?.heard ?? 0 { return .done }
        switch place(of: contact) {
        case .here(let id):
            var until: Timestamp?
            if interactions[id]?.state.worker != nil { until = now.advanced(by: plan.timers.inactiveAfter) }
            record(
                .relayed(Relayed(from: said.site, number: number, activeUntil: until)), about: id, key: said.key)
            return .done
        case .notHere(let answer): return answer
        }
    }

    mutating func customerLeft(_ contact: ContactID, cause: String, _ peer: SiteName) -> PeerAnswer {
        guard peer == contact.site else { return .refused(reason: "not the contact's home") }
        switch place(of: contact) {
        case .here(let id):
            _ = withdraw(id, cause: cause)
            return .done
        case .notHere(let answer): return answer
        }
    }

    private enum Place {
        case here(InteractionID)
        case notHere(PeerAnswer)
    }

    /// Whether this site may speak for a contact now; what to answer where it may not.
    private func place(of contact: ContactID) -> Place {
        guard let entry = custody[contact] else { return .notHere(.ended) }
        switch entry.row.state {
        case .held:
            guard let id = entry.interaction, interactions[id]?.state.hasEnded == false else { return .notHere(.ended) }
            return .here(id)
        case .offered: return .notHere(.later(reason: "being handed over"))
        case .suspect: return .notHere(.later(reason: "suspect"))
        case .closed: return .notHere(.ended)
        case .gone, .refused:
            guard let id = entry.interaction, interactions[id]?.state.hasEnded == false,
                let site = entry.whereabouts?.site
            else { return .notHere(.ended) }
            return .notHere(.elsewhere(site))
        }
    }

    /// What became, at home, of a message that an agent wrote here.
    mutating func delivered(
        _ contact: ContactID, _ id: MessageID, _ status: DeliveryStatus, detail: String?, _ peer: SiteName
    ) -> PeerAnswer {
        guard let message = messages[id] else { return .done }
        guard peer == contact.site, message.interaction.flatMap({ self.contact(of: $0) }) == contact else {
            return .refused(reason: "no message of that contact")
        }
        if !message.isSent { _ = sendEnded(id, attempt: message.attempts, .sent(providerID: peer.rawValue)) }
        if case .sent(_, let known)? = messages[id]?.state, status.isAdvance(on: known) {
            record(.deliveryReported(id, status, detail: detail), about: message.interaction)
        }
        return .done
    }

    // MARK: At home

    /// A custodian's agent wrote: it goes out here, like a message of our own, whoever has the contact by now and even when
    /// it has ended: the agent was told that it will be sent.
    mutating func agentWrote(
        _ contact: ContactID, _ number: Int64, _ agent: AgentName, _ said: PeerInput
    ) -> PeerAnswer {
        guard contact.site == site, let entry = custody[contact], entry.wasHad(by: said.site) else {
            return mayBeTaken(contact, by: said.site)
                ? .later(reason: "in doubt") : .refused(reason: "not the contact's custodian")
        }
        if said.isRepeated { return .done }
        let interaction = entry.interaction.flatMap { interactions[$0] }
        guard
            let address = interaction.map({
                CustodyEntry.Address(channel: $0.channel, account: $0.account, party: $0.party)
            }) ?? entry.address
        else { return .ended }
        guard !isSuppressed(address.party, on: address.channel) else {
            return .refused(reason: "the person opted out")
        }
        guard unsent < plan.timers.outboxMax else { return .later(reason: "outbox full") }
        // In order: what has no interaction has no outbox to wait in.
        if interaction == nil, let before = address.message.flatMap({ messages[$0] }), !before.isSent {
            return .later(reason: "an earlier line is on its way")
        }
        queueMessage(
            MessageQueued(
                author: .colleague(agent, at: said.site, number: number), channel: address.channel,
                account: address.account, party: address.party,
                giveUpAt: now.advanced(by: plan.timers.sendAttemptsFor), activeUntil: nil,
                contact: interaction == nil ? contact : nil),
            about: interaction?.id, key: said.key)
        return .done
    }

    /// Whether an offer to the peer is in doubt, so that it may know more than we do.
    private func mayBeTaken(_ contact: ContactID, by peer: SiteName) -> Bool {
        custody[contact].map { $0.row.state == .offered && $0.row.peer == peer } ?? false
    }

    /// A custodian is done with it.
    mutating func closed(
        _ contact: ContactID, _ epoch: CustodyEpoch, _ disposition: String?, _ peer: SiteName
    ) -> PeerAnswer {
        proveTaken(contact, by: epoch)
        guard let entry = custody[contact], let id = entry.interaction, let state = interactions[id]?.state else {
            return .done
        }
        if state.hasEnded { return .done }
        if mayBeTaken(contact, by: peer) { return .later(reason: "in doubt") }
        // Home has it from whoever ended it, even where we know of a later custodian than home does.
        guard case .away = state, let last = entry.whereabouts,
            peer == last.site || epoch > last.epoch || peer == contact.site
        else { return .refused(reason: "held elsewhere") }
        record(.closed(disposition: disposition, by: "site \(peer)"), about: id)
        return .done
    }

    /// Another site than we knew has it.
    mutating func arrived(_ contact: ContactID, _ epoch: CustodyEpoch, _ peer: SiteName) -> PeerAnswer {
        guard contact.site == site else { return .refused(reason: "not the contact's home") }
        proveTaken(contact, by: epoch)
        guard let entry = custody[contact] else { return .ended }
        let isNews = entry.whereabouts.map { epoch > $0.epoch } ?? false
        // Late news, too, says whose word on the contact counts.
        if isNews || !entry.wasHad(by: peer) {
            record(.custodyMoved(contact, to: peer, epoch), about: entry.interaction)
        }
        return entry.interaction.flatMap { interactions[$0]?.state.hasEnded } == false ? .done : .ended
    }

    /// The customer gave up while the contact is away or on its way: whoever has it hears. False where the customer is
    /// not connected here.
    mutating func noteLeaving(_ interaction: InteractionRecord, cause: String) -> Bool {
        guard isAtHome(interaction) else { return false }
        let isKnown = custody[contact(of: interaction)]?.relays.contains {
            if case .customerLeft = $0.item { true } else { false }
        }
        if isKnown != true { record(.customerLeft(cause: cause), about: interaction.id) }
        return true
    }
}
