import Federation
package import InteractionModel

/// What facts between sites change.
extension RoutingState {
    mutating func foldNetwork(_ recorded: RecordedFact) {
        switch recorded.fact {
        case .custody(let move): fold(move, recorded)
        case .custodyMoved(let contact, let site, let epoch): redirect(contact, to: site, epoch, recorded)
        case .custodyForgotten(let contact): changeCustody(of: contact) { $0 = nil }
        case .relayed(let relayed):
            guard let id = recorded.interaction else { return }
            hear(id, activeUntil: relayed.activeUntil)
            note(relayed, of: id)
            relay(.customerWrote, ofAway: id, recorded)
        case .customerLeft(let cause):
            if let id = recorded.interaction { relay(.customerLeft(cause: cause), ofAway: id, recorded) }
        case .relayDelivered(let told):
            changeCustody(of: told.contact) {
                $0?.relays.removeAll { $0.number == told.number && $0.to == told.to }
            }
        case .siteDraining(let isDraining, _):
            self.isDraining = isDraining
            changes.tallies = true  // They share the site's row.
        default: break
        }
    }

    // MARK: Custody

    private mutating func fold(_ move: CustodyMove, _ recorded: RecordedFact) {
        let before = custody[move.contact]
        let isHome = recorded.interaction.flatMap { interactions[$0] }.map { $0.contact == nil } ?? false
        var new = before ?? CustodyEntry(move.contact, isHome: isHome, .origin, at: recorded.at)
        new.row = CustodyRow.fold(before?.row, move.change)
        new.decidedAt = recorded.at
        if let id = recorded.interaction { new.interaction = id }
        // A later custody than our offer's proves that whoever it was made to had the contact.
        switch (move.change, before?.row.state, before?.row.peer) {
        case (.took, .offered?, let taker?), (.refused, .offered?, let taker?): new.note(custodian: taker)
        default: break
        }
        apply(move, to: &new, recorded)
        changeCustody(of: move.contact) { $0 = new }
        guard let id = recorded.interaction else { return }
        switch move.change {
        case .offered(_, let peer): self.move(id, to: .handingOver(to: peer), deadline: .forGood)
        case .gone(_, let peer, _): self.move(id, to: .away(at: peer), deadline: move.until ?? recorded.at)
        case .refused(_, let peer, _, _):
            // A higher epoch of the peer's proves that it took ours.
            guard before?.row.state == .offered else { return }
            self.move(id, to: .away(at: peer), deadline: move.until ?? recorded.at)
        case .regained, .took, .forced:
            queueAgain(id, expiresAt: move.expiresAt) {
                $0.requirement = move.requirement ?? $0.requirement
                $0.level = max($0.level, move.level)
                $0.moveAt = move.moveAt ?? $0.moveAt
            }
        case .closed: break
        }
    }

    private func apply(_ move: CustodyMove, to entry: inout CustodyEntry, _ recorded: RecordedFact) {
        let wasOffered = entry.offer != nil
        entry.offer = nil
        switch move.change {
        case .offered:
            entry.offer = CustodyEntry.Offer(
                number: recorded.sequence, at: recorded.at, wallAt: recorded.at.advanced(by: wallOffset),
                cause: move.cause ?? .interflow, notAfter: move.until ?? recorded.at)
        case .gone(let epoch, let peer, _):
            entry.whereabouts = .init(site: peer, epoch: epoch)
            entry.note(custodian: peer)
        case .refused(let epoch, let peer, _, _):
            guard wasOffered else { return }
            entry.whereabouts = .init(site: peer, epoch: epoch)
            entry.note(custodian: peer)
        case .regained(_, let peer, _):
            if let until = move.until { entry.note(refusalBy: peer, until: until, at: recorded.at) }
            forgetRelays(of: &entry)
        case .took(let epoch, let peer, _):
            entry.hops = move.hops
            entry.heard = max(entry.heard, move.heard)
            entry.note(custodian: peer)
            forgetRelays(of: &entry)
            announce(&entry, epoch, from: peer, recorded)
        case .forced(_, _, let peer):
            if let until = move.until { entry.note(refusalBy: peer, until: until, at: recorded.at) }
            forgetRelays(of: &entry)
        case .closed: break
        }
    }

    /// What the customer wrote meanwhile is in the record here: the custodian is this site again.
    func forgetRelays(of entry: inout CustodyEntry) {
        entry.whereabouts = nil
        entry.relays.removeAll { $0.isForCustodian }
    }

    /// Home must hear who has its contact, unless it gave it itself.
    private func announce(
        _ entry: inout CustodyEntry, _ epoch: CustodyEpoch, from peer: SiteName, _ recorded: RecordedFact
    ) {
        guard !entry.isHome, entry.contact.site != peer else { return }
        entry.relays.append(
            .init(to: entry.contact.site, number: recorded.sequence, at: recorded.at, item: .arrived(epoch)))
    }

    /// A new interaction whose contact another site had.
    mutating func foldTaking(_ transfer: TakenTransfer, _ id: InteractionID, _ recorded: RecordedFact) {
        let before = custody[transfer.contact]
        var new = before ?? CustodyEntry(transfer.contact, isHome: transfer.isHome, .origin, at: recorded.at)
        if let change = transfer.restoration {
            new.row = Restoration.fold(before?.row, change) ?? new.row
        } else {
            let change = CustodyChange.took(transfer.epoch, from: transfer.from, incarnation: transfer.incarnation)
            new.row = CustodyRow.fold(before?.row, change)
        }
        new.decidedAt = recorded.at
        new.interaction = id
        new.hops = transfer.hops
        new.heard = max(new.heard, transfer.heard)
        new.offer = nil
        new.note(custodian: transfer.from)
        forgetRelays(of: &new)
        let isAway = transfer.fate == .yielded || transfer.fate == .givenBack
        if isAway {
            new.whereabouts = .init(site: transfer.from, epoch: transfer.epoch)
        } else {
            announce(&new, transfer.epoch, from: transfer.from, recorded)
        }
        changeCustody(of: transfer.contact) { $0 = new }
        guard transfer.isHome, let interaction = interactions[id] else { return }
        if threads[interaction.thread] == nil { threads[interaction.thread] = id }
        guard isAway else { return }
        // By the way that every contact goes, so that its queue counts it as given away.
        move(id, to: .handingOver(to: transfer.from), deadline: .forGood)
        move(id, to: .away(at: transfer.from), deadline: recorded.at.advanced(by: CustodyRow.retention))
    }

    /// An interaction has ended: so has its contact, where it is held; and whoever had it must hear.
    mutating func foldEnd(of id: InteractionID, disposition: String?, _ recorded: RecordedFact) {
        guard let entry = custody.entry(of: id) else { return }
        let isHeld = entry.row.state == .held
        // Everybody who had it on its way here, and home; each tells in turn those whom only it knows.
        var told = entry.custodians
        if isHeld, !entry.isHome, !told.contains(entry.contact.site) { told.append(entry.contact.site) }
        if !isHeld { told.removeAll { $0 == entry.whereabouts?.site } }
        let address = interactions[id].map {
            CustodyEntry.Address(channel: $0.channel, account: $0.account, party: $0.party)
        }
        changeCustody(of: entry.contact) { changed in
            guard var new = changed else { return }
            if isHeld {
                new.row = CustodyRow.fold(new.row, .closed)
                new.decidedAt = recorded.at
            }
            if new.isHome { new.address = address }
            new.relays += told.map {
                .init(
                    to: $0, number: recorded.sequence, at: recorded.at,
                    item: .closed(new.row.epoch, disposition: disposition))
            }
            changed = new
        }
    }

    private mutating func redirect(
        _ contact: ContactID, to site: SiteName, _ epoch: CustodyEpoch, _ recorded: RecordedFact
    ) {
        let isNews = custody[contact]?.whereabouts.map { epoch >= $0.epoch } ?? false
        changeCustody(of: contact) { entry in
            entry?.note(custodian: site)
            guard isNews else { return }
            entry?.whereabouts = .init(site: site, epoch: epoch)
            for index in entry?.relays.indices ?? 0..<0 where entry?.relays[index].isForCustodian == true {
                entry?.relays[index].to = site
            }
        }
        guard isNews, let id = recorded.interaction, case .away? = interactions[id]?.state else { return }
        interactions.change(id) { $0.state = .away(at: site) }
    }

    // MARK: Relays

    /// What home relayed was heard up to that number.
    private mutating func note(_ relayed: Relayed, of id: InteractionID) {
        guard let entry = custody.entry(of: id), relayed.from == entry.contact.site, !entry.isHome else { return }
        changeCustody(of: entry.contact) { $0?.heard = max(entry.heard, relayed.number) }
    }

    /// What a custodian must hear, when the contact is away or on its way.
    mutating func relay(_ item: CustodyEntry.Relay.Item, ofAway id: InteractionID, _ recorded: RecordedFact) {
        guard let entry = custody.entry(of: id), let elsewhere = interactions[id]?.state.elsewhere else { return }
        changeCustody(of: entry.contact) {
            let to = $0?.whereabouts?.site ?? elsewhere
            $0?.relays.append(.init(to: to, number: recorded.sequence, at: recorded.at, item: item))
        }
    }

    /// A colleague's message about a contact that ended so long ago that its interaction is forgotten.
    mutating func noteLate(_ message: MessageID, about contact: ContactID) {
        changeCustody(of: contact) { $0?.address?.message = message }
    }

    /// The custodian whose agent wrote a message hears what became of it.
    mutating func tellFate(
        of message: OutboundRecord, _ status: DeliveryStatus, detail: String?, _ recorded: RecordedFact
    ) {
        guard case .colleague(_, let site, let number) = message.author,
            let contact = message.contact ?? message.interaction.flatMap({ custody.entry(of: $0)?.contact })
        else { return }
        changeCustody(of: contact) {
            $0?.relays.append(
                .init(
                    to: site, number: recorded.sequence, at: recorded.at,
                    item: .delivery(of: number, status, detail: detail)))
        }
    }

    /// An agent's message about a contact whose home is elsewhere is owed to home while it is being sent.
    mutating func trackReply(_ id: MessageID) {
        guard custody.count > 0 else { return }
        guard let message = messages[id] else { return custody.forgetReply(id) }
        guard let home = homeElsewhere(of: message) else { return }
        custody.setReply(id, to: home, isUnderWay: message.state == .sending)
    }

    // MARK: One way to change an entry

    mutating func changeCustody(of contact: ContactID, _ body: (inout CustodyEntry?) -> Void) {
        let before = custody[contact]
        custody.change(contact, body)
        changes.custody.append(contact)
        let after = custody[contact]
        let step = (after?.unheard ?? 0) - (before?.unheard ?? 0)
        guard step != 0, let id = after?.interaction ?? before?.interaction else { return }
        interactions[id]?.followed += step
        if interactions[id]?.state.hasEnded == true { changes.ended.append(id) }
    }

    // MARK: Names

    /// A contact's name in the network.
    package func contact(of id: InteractionID) -> ContactID? {
        interactions[id].map { contact(of: $0) }
    }

    func contact(of interaction: InteractionRecord) -> ContactID {
        interaction.contact ?? ContactID(site, interaction.id.number)
    }

    /// Whether the message goes to the contact's home instead of a channel.
    package func isRelayed(_ message: MessageID) -> Bool {
        messages[message].flatMap { homeElsewhere(of: $0) } != nil
    }

    /// The site whose customer the message is for, when that is another.
    func homeElsewhere(of message: OutboundRecord) -> SiteName? {
        message.interaction.flatMap { interactions[$0] }.flatMap { isAtHome($0) ? nil : $0.contact?.site }
    }

    /// Whether its customer is connected here. What the customer of another site's contact writes comes by that site.
    func isAtHome(_ interaction: InteractionRecord) -> Bool {
        interaction.contact.map { custody[$0]?.isHome ?? false } ?? true
    }
}

extension InteractionRecord.State {
    /// The site that has it, or may have it.
    var elsewhere: SiteName? {
        switch self {
        case .handingOver(let site), .away(let site): site
        default: nil
        }
    }
}
