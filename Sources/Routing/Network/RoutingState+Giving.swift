import Federation
import InteractionModel

/// Handing contacts over: frozen with the offer, freed by the peer's answer alone.
extension RoutingState {
    /// Nobody takes an offer that is older.
    static let offerFor = Span.seconds(60)
    /// How long a peer that refused a contact is not offered it again.
    static let refusedFor = Span.seconds(10)
    /// Offers in doubt with one peer, at most; more wait here.
    static let offersMax = 200

    /// The time on the site's wall.
    var wallNow: Timestamp { now.advanced(by: wallOffset) }

    /// What the rules of custody know of a contact: its first custodian has it from the beginning.
    func custodyRow(of contact: ContactID) -> CustodyRow? {
        custody[contact]?.row ?? (contact.site == site ? .origin : nil)
    }

    /// Freezes a contact that waits, and offers it to `peer`. Does nothing with others.
    mutating func give(_ id: InteractionID, to peer: SiteName, _ cause: Transfer.Cause) {
        guard !isRestoring, let interaction = interactions[id], interaction.state == .queued else { return }
        let contact = contact(of: interaction)
        guard let change = Custody.step(custodyRow(of: contact), .offer(to: peer), fences: fences).change else {
            return
        }
        record(
            .custody(CustodyMove(contact, change, cause: cause, until: wallNow.advanced(by: Self.offerFor))), about: id)
        directory.dispatched(to: peer, interaction.requirement.queue)
    }

    // MARK: The peer's answer

    mutating func decided(
        _ decision: Custody.Decision, of contact: ContactID, _ epoch: CustodyEpoch, by peer: SiteName,
        incarnation: Int64
    ) {
        let row = custodyRow(of: contact)
        let step = Custody.step(
            row, .answerReceived(epoch, from: peer, incarnation: incarnation, decision), fences: fences)
        guard let change = step.change, let entry = custody[contact], let id = entry.interaction,
            let interaction = interactions[id]
        else { return }
        settleDispatch(of: entry, taken: decision == .taken)
        switch decision {
        case .taken:
            record(.custody(CustodyMove(contact, change, until: now.advanced(by: CustodyRow.retention))), about: id)
        case .refused:
            let until = now.advanced(by: Self.refusedFor)
            thaw(entry, interaction, CustodyMove(contact, change, until: until))
        }
    }

    /// An offer in doubt does not count any more as sent; taken, it counts until the peer tells of it.
    mutating func settleDispatch(of entry: CustodyEntry, taken: Bool) {
        guard entry.row.state == .offered, let peer = entry.row.peer,
            let queue = entry.interaction.flatMap({ interactions[$0] })?.requirement.queue
        else { return }
        directory.answered(by: peer, queue, taken: taken, at: now)
    }

    /// Waits again at its old place, and as long as it had left; unless its customer has gone meanwhile.
    private mutating func thaw(_ entry: CustodyEntry, _ interaction: InteractionRecord, _ move: CustodyMove) {
        let frozen = now.since(entry.offer?.at ?? now)
        var move = move
        move.expiresAt = interaction.expiresAt.advanced(by: frozen)
        record(.custody(move), about: interaction.id)
        abandonIfGone(interaction.id, entry)
    }

    /// - Parameter before: the entry before the contact came back, with what the peer has not heard.
    mutating func abandonIfGone(_ id: InteractionID, _ before: CustodyEntry) {
        for relay in before.relays {
            if case .customerLeft(let cause) = relay.item { _ = withdraw(id, cause: cause) }
        }
    }

    /// Somebody who has asked at the peer takes back an offer in doubt: may be wrong, and says so in the record.
    mutating func force(_ contact: ContactID, by: String) -> Answer {
        guard let entry = custody[contact], let id = entry.interaction, let interaction = interactions[id],
            let change = Custody.step(entry.row, .force(by: by), fences: fences).change
        else { return .refused(.notInDoubt(contact)) }
        settleDispatch(of: entry, taken: false)
        thaw(entry, interaction, CustodyMove(contact, change, until: now.advanced(by: Self.refusedFor)))
        return .accepted(id, isNew: false)
    }

    /// A third site has a later custody than our offer: only whoever took the offer can have made that.
    mutating func proveTaken(_ contact: ContactID, by epoch: CustodyEpoch) {
        guard let row = custody[contact]?.row, row.state == .offered, epoch > row.epoch, let peer = row.peer else {
            return
        }
        decided(.taken, of: contact, row.epoch, by: peer, incarnation: fences.newest(of: peer) ?? 0)
    }

    // MARK: Persons

    mutating func handOver(_ id: InteractionID, by name: AgentName, to peer: SiteName) -> Answer {
        guard let interaction = interactions[id], interaction.state == .active(name) else {
            return refusal(of: id, for: name)
        }
        if let obstacle = obstacle(to: peer, having: interaction) { return .refused(obstacle) }
        return send(id, to: peer, reason: "sent to site \(peer)")
    }

    mutating func handOver(_ id: InteractionID, bySupervisor name: String, to peer: SiteName) -> Answer {
        guard let interaction = interactions[id], !interaction.state.hasEnded else {
            return .refused(.unknownInteraction(id))
        }
        if let obstacle = obstacle(to: peer, having: interaction) { return .refused(obstacle) }
        return send(id, to: peer, reason: "sent to site \(peer) by \(name)")
    }

    private mutating func send(_ id: InteractionID, to peer: SiteName, reason: String) -> Answer {
        let condition = interactions[id]?.condition ?? ""
        guard makeWait(id, reason: reason) else { return .refused(.wrongState(id, is: condition)) }
        give(id, to: peer, .person)
        return .accepted(id, isNew: false)
    }

    private func obstacle(to peer: SiteName, having interaction: InteractionRecord) -> Refusal? {
        let queue = interaction.requirement.queue
        guard peer != site else { return .siteUnavailable(peer, why: "is this one") }
        guard !isRestoring else {
            return .siteUnavailable(peer, why: "gets nothing while this site, restored from a backup, asks its peers")
        }
        guard directory[peer] != nil else { return .siteUnavailable(peer, why: "has not been heard of") }
        guard let outlook = directory.outlook(of: queue, at: peer, now: now) else {
            return .siteUnavailable(peer, why: "has no queue \(queue)")
        }
        guard outlook.isFresh else { return .siteUnavailable(peer, why: "has not been heard of for a while") }
        guard !outlook.isDraining else { return .siteUnavailable(peer, why: "takes no more contacts") }
        guard outlook.summary.isOpen else { return .siteUnavailable(peer, why: "has closed queue \(queue)") }
        guard hops(of: interaction) < Transfer.hopsMax else {
            return .siteUnavailable(peer, why: "cannot take a contact that \(Transfer.hopsMax) sites had")
        }
        return nil
    }

    func hops(of interaction: InteractionRecord) -> Int { custody[contact(of: interaction)]?.hops.count ?? 0 }
}
