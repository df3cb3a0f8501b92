import Federation
import InteractionModel

/// What peers answer to what they were owed.
extension RoutingState {
    mutating func heed(_ answer: PeerAnswer, to item: Owed.Item, of peer: SiteName, incarnation: Int64) -> Answer {
        switch item {
        case .offer(let contact, let epoch):
            switch answer {
            case .taken: decided(.taken, of: contact, epoch, by: peer, incarnation: incarnation)
            case .refused(let reason):
                decided(.refused(reason: reason), of: contact, epoch, by: peer, incarnation: incarnation)
            case .done, .elsewhere, .ended, .later: break  // No decision.
            }
        case .relay(let contact, let number):
            guard let entry = custody[contact],
                let relay = entry.relays.first(where: { $0.number == number && $0.to == peer })
            else { return .none }
            heed(answer, to: relay, of: entry)
        case .reply(let message): heed(answer, to: message, of: peer)
        }
        return .none
    }

    private mutating func heed(_ answer: PeerAnswer, to relay: CustodyEntry.Relay, of entry: CustodyEntry) {
        switch answer {
        case .done: settle(relay, of: entry, "done")
        case .elsewhere(let site):
            guard relay.isForCustodian else { return settle(relay, of: entry, "elsewhere") }
            // On its way back here, or news that is older than ours: it will be known better soon.
            guard site != self.site, site != relay.to, let known = entry.whereabouts else { return }
            record(.custodyMoved(entry.contact, to: site, known.epoch), about: entry.interaction)
        case .ended:
            end(relay, of: entry, "ended")
            endAway(entry, after: relay)
        case .refused(let reason): end(relay, of: entry, "refused: \(reason)")
        case .taken, .later: break
        }
    }

    private mutating func settle(_ relay: CustodyEntry.Relay, of entry: CustodyEntry, _ outcome: String) {
        record(
            .relayDelivered(
                RelayDelivered(contact: entry.contact, to: relay.to, number: relay.number, outcome: outcome)),
            about: entry.interaction)
    }

    /// The custodian has ended the contact: what it did not hear any more begins a new one here.
    private mutating func end(_ relay: CustodyEntry.Relay, of entry: CustodyEntry, _ outcome: String) {
        guard case .customerWrote = relay.item else { return settle(relay, of: entry, outcome) }
        takeUpUnheard(of: entry, outcome, by: "site \(relay.to)")
    }

    /// Home, told that the contact was here, says that it has ended: so it has for us, who have it no more.
    private mutating func endAway(_ entry: CustodyEntry, after relay: CustodyEntry.Relay) {
        guard case .arrived = relay.item, relay.to == entry.contact.site, let id = entry.interaction,
            case .away = interactions[id]?.state
        else { return }
        record(.closed(disposition: nil, by: "site \(relay.to)"), about: id)
    }

    /// Ends what is away, and takes up here what the customer wrote and no custodian heard.
    private mutating func takeUpUnheard(of entry: CustodyEntry, _ outcome: String, by: String) {
        guard let id = entry.interaction, let old = interactions[id] else { return }
        let unheard = entry.relays.filter { if case .customerWrote = $0.item { true } else { false } }
        if !old.state.hasEnded { record(.closed(disposition: nil, by: by), about: id) }
        for relay in unheard { settle(relay, of: entry, outcome) }
        for relay in unheard { takeUp(relay.number, of: old) }
    }

    private mutating func takeUp(_ number: Int64, of old: InteractionRecord) {
        if let open = threads[old.thread] {
            let isServed = interactions[open]?.state.worker != nil
            let until = isServed ? now.advanced(by: plan.timers.inactiveAfter) : nil
            record(.relayed(Relayed(from: site, number: number, activeUntil: until)), about: open)
            return
        }
        guard let queue = queue(old.requirement.queue) ?? queue(plan.defaultQueue) else { return }
        var own = old.requirement
        own.queue = queue.name
        var received = Received(
            channel: old.channel, account: old.account, party: old.party, thread: old.thread, requirement: own,
            expiresAt: now.advanced(by: queue.expireAfter), planVersion: plan.version,
            agents: census(for: matcher.contactClass(contactKind(old.channel, own))))
        received.direction = old.direction
        received.language = old.language
        received.moveAt = intraflowMoment(in: queue)
        received.announced = announcement(in: queue, agents: received.agents).estimate
        received.carries = number
        record(.received(received), about: InteractionID(lastSequence + 1))
    }

    private mutating func heed(_ answer: PeerAnswer, to id: MessageID, of peer: SiteName) {
        guard let message = messages[id], message.state == .sending, homeElsewhere(of: message) == peer else { return }
        let outcome: SendOutcome
        switch answer {
        case .done: outcome = .sent(providerID: peer.rawValue)
        case .ended: outcome = .never(reason: "the conversation has ended")
        case .refused(let reason): outcome = .never(reason: "site \(peer): \(reason)")
        case .taken, .elsewhere, .later: return
        }
        _ = sendEnded(id, attempt: message.attempts, outcome)
    }

    // MARK: Limits

    /// Nobody said for so long what became of it.
    mutating func giveUpAway(_ id: InteractionID) {
        guard let contact = contact(of: id), let entry = custody[contact] else {
            return _ = record(.closed(disposition: nil, by: "limit"), about: id)
        }
        takeUpUnheard(of: entry, "given up", by: "limit")
    }

    mutating func forgetCustody() {
        while let contact = custody.takeForgotten(at: now) {
            guard let entry = custody[contact], entry.row.state != .held, entry.row.state != .offered else { continue }
            if let id = entry.interaction, let state = interactions[id]?.state, !state.hasEnded { continue }
            record(.custodyForgotten(contact))
        }
    }
}

extension Fact {
    /// The entry whose content belongs beside this fact: it was written there first.
    package var contentOrigin: Int64? {
        switch self {
        case .received(let received): received.carries
        case .route(.arrived(let reservation, _, _)): reservation
        default: nil
        }
    }
}

extension RoutingState {
    /// The entry whose content belongs beside `fact`: it was written there first.
    package func contentOrigin(of fact: Fact) -> Int64? {
        if case .relayed(let relayed) = fact, relayed.from == site { return relayed.number }
        return fact.contentOrigin
    }
}
