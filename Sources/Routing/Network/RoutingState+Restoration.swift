package import Federation
package import InteractionModel

/// What a site does that was restored from a backup (`Restoration`), and what it does when a peer was.
///
/// Its journal says in which life it was written (`site.life`). A state of an older life freezes all it holds before it
/// does anything else, and until every peer has told what it knows it says nothing and moves nothing of the backup. New
/// contacts are served as ever: the journal goes on above every number that the lost life may have given.
extension RoutingState {
    /// Contacts frozen, or decided without anybody's word, in one step: so many facts go into a batch.
    static let suspectedMax = 20_000

    package var isRestoring: Bool { restoration != .none }

    /// Whether what is remembered was written in a life that was lost. Then `apply` only freezes, a part at a time, until
    /// it is not so any more.
    package var isOfLostLife: Bool { !isAlone && life.map { $0 != incarnation } ?? false }

    // MARK: Freezing

    mutating func suspect() {
        var left = Self.suspectedMax
        for id in interactions.numbers {
            guard let interaction = interactions[id], !interaction.state.hasEnded else { continue }
            let contact = contact(of: interaction)
            guard custody[contact]?.row.state != .suspect else { continue }
            guard left > 0 else { return }
            record(.restored(RestoredCustody(contact, .suspected, here: site)), about: id)
            left -= 1
        }
        for contact in custody.contacts where custody[contact]?.row.state != .suspect {
            guard left > 0 else { return }
            record(.restored(RestoredCustody(contact, .suspected)))
            left -= 1
        }
        record(.lifeBegan(incarnation, isRestored: true))
    }

    // MARK: Learning

    mutating func learn(_ lesson: RestorationLesson) -> RestorationLesson.Outcome {
        guard isRestoring else { return .ended }
        guard lesson.lives.allSatisfy({ !fences.isDead($0.site, $0.incarnation) }) else { return .outdated }
        let number = beginDeciding(lesson.lives)
        for known in lesson.contacts { settle(known, number) }
        guard lesson.isLast else { return .more }
        var left = Self.suspectedMax
        for contact in custody.contacts where custody[contact]?.row.state == .suspect {
            guard left > 0 else { return .more }
            settle(RestorationLesson.Contact(contact, told: []), number)
            left -= 1
        }
        record(.restorationEnded)
        matcher.seekAll()
        return .ended
    }

    private mutating func beginDeciding(_ lives: [RestorationLesson.Life]) -> Int64 {
        if case .deciding(let number) = restoration { return number }
        let rows = custody.contacts.compactMap { custody[$0]?.row }
        let number = Restoration.number(heard: lives.map(\.restorations), rows: rows)
        record(.restorationBegan(number))
        return number
    }

    private mutating func settle(_ known: RestorationLesson.Contact, _ number: Int64) {
        let entry = custody[known.contact]
        guard entry.map({ $0.row.state == .suspect }) ?? true else { return }
        let verdict = Restoration.verdict(at: site, entry?.row, told: known.told, number: number)
        if entry == nil, verdict == .keep { return }
        let change = Restoration.change(verdict)
        if let entry, let id = entry.interaction, interactions[id]?.state.hasEnded == false {
            return settle(entry, id, known, change)
        }
        if let transfer = known.transfer, remake(known, transfer, change) { return }
        record(.restored(RestoredCustody(known.contact, change)))
        // Nobody has it any more but by name: it was closed, or is lost with the disk.
        if case .resumed = change { record(.custody(CustodyMove(known.contact, .closed))) }
    }

    private mutating func settle(
        _ entry: CustodyEntry, _ id: InteractionID, _ known: RestorationLesson.Contact, _ change: Restoration.Change
    ) {
        var restored = RestoredCustody(
            known.contact, change, until: now.advanced(by: CustodyRow.retention), heard: known.transfer?.heard ?? 0)
        guard case .resumed = change else { return _ = record(.restored(restored), about: id) }
        restored.expiresAt = interactions[id].map { now.advanced(by: $0.waitLimit) }
        // Home tells all that its customer wrote meanwhile; at home itself that is known.
        let key = known.transfer != nil && !entry.isHome ? Self.key(known.contact, number: restoration) : nil
        record(.restored(restored), about: id, key: key)
        guard !known.hasEnded else { return _ = record(.closed(disposition: nil, by: "restoration"), about: id) }
        abandonIfGone(id, entry)
    }

    /// Makes the record of a contact again that this site took, or whose customer it had, after its backup.
    private mutating func remake(
        _ known: RestorationLesson.Contact, _ transfer: Transfer, _ change: Restoration.Change
    ) -> Bool {
        let fate: TakenTransfer.Fate
        let (epoch, from, incarnation): (CustodyEpoch, SiteName, Int64)
        switch change {
        case .resumed(let given):
            guard !known.hasEnded else { return false }
            (fate, epoch, from, incarnation) = (.resumed, given, transfer.hops.last?.site ?? site, 0)
        case .yielded(let given, let to):
            guard known.contact.site == site else { return false }
            (fate, epoch, from, incarnation) = (.yielded, given, to, 0)
        case .gaveBack(let given, let to, let life):
            guard known.contact.site == site else { return false }
            (fate, epoch, from, incarnation) = (.givenBack, given, to, life)
        case .suspected, .kept: return false
        }
        var received = received(transfer, known.party, known.thread)
        received.transfer = TakenTransfer(
            contact: known.contact, epoch: epoch, from: from, incarnation: incarnation,
            hops: Array(transfer.hops.suffix(Transfer.hopsMax)), waited: max(.zero, transfer.waited),
            level: transfer.level, heard: transfer.heard, cause: transfer.cause, fate: fate,
            isHome: known.contact.site == site)
        record(
            .received(received), about: InteractionID(lastSequence + 1),
            key: Self.key(known.contact, number: restoration))
        return true
    }

    private static func key(_ contact: ContactID, number stage: RestorationStage) -> IdempotencyKey? {
        guard case .deciding(let number) = stage else { return nil }
        return IdempotencyKey("restored:\(contact):\(number)")
    }

    // MARK: At a peer of a restored site

    /// FENCE of a peer.
    mutating func fence(_ peer: SiteName, incarnation: Int64) -> PeerAnswer {
        guard peer != site else { return .refused(reason: "this is site \(site) itself") }
        guard !fences.isDead(peer, incarnation) else { return .refused(reason: "a later life of \(peer) has spoken") }
        if fences.newest(of: peer) != incarnation { record(.fenced(peer, incarnation: incarnation)) }
        return .done
    }

    /// What this site knows of custody, for a restored peer that it has recorded: the contacts after `contact` in order of
    /// name, without their content, which stands behind each as what belongs into its transfer.
    package func rows(
        for peer: SiteName, after contact: ContactID?, limit: Int = ToldRows.rowsMax
    ) -> (rows: [(row: ToldRows.Row, content: Owed.Content)], isLast: Bool) {
        let contacts = custody.contacts
        let start = contact.map { last in contacts.firstIndex { $0 > last } ?? contacts.endIndex } ?? 0
        let page = contacts[start...].prefix(limit)
        let rows = page.compactMap { contact in custody[contact].map { told($0, to: peer) } }
        return (rows, page.endIndex == contacts.endIndex)
    }

    private func told(_ entry: CustodyEntry, to peer: SiteName) -> (row: ToldRows.Row, content: Owed.Content) {
        let interaction = entry.interaction.flatMap { interactions[$0] }
        let hasEnded = entry.interaction != nil && interaction?.state.hasEnded ?? true
        var told = ToldRows.Row(entry.contact, entry.row, hasEnded: hasEnded)
        guard let interaction, !hasEnded, isForgotten(entry, by: peer) else { return (told, .none) }
        told.transfer = Transfer(
            contact: entry.contact, hops: entry.hops + [.init(site: site, at: wallNow)], channel: interaction.channel,
            account: interaction.account, direction: interaction.direction, language: interaction.language,
            requirement: interaction.requirement, waited: now.since(interaction.stamp), level: interaction.level,
            heard: entry.isHome ? lastSequence : entry.heard, cause: .person, notAfter: wallNow)
        return (told, .conversation(interaction.id, through: lastSequence))
    }

    /// Whether a restored `peer` may need the contact itself: it took it, or its customer is there.
    private func isForgotten(_ entry: CustodyEntry, by peer: SiteName) -> Bool {
        entry.contact.site == peer || entry.whereabouts?.site == peer
            || (entry.row.state == .gone && entry.row.peer == peer)
    }

    // MARK: Folding

    mutating func foldRestoration(_ recorded: RecordedFact) {
        switch recorded.fact {
        case .lifeBegan(let incarnation, let isRestored):
            life = incarnation
            if isRestored { restoration = .asking }
            changes.tallies = true  // They share the site's row.
        case .fenced(let peer, let incarnation):
            _ = fences.record(peer, incarnation: incarnation)
            changes.tallies = true
        case .restorationBegan(let number):
            restoration = .deciding(number)
            fences.begin(number)
            changes.tallies = true
        case .restorationEnded:
            restoration = .none
            changes.tallies = true
        case .restored(let restored): fold(restored, recorded)
        default: break
        }
    }

    private mutating func fold(_ restored: RestoredCustody, _ recorded: RecordedFact) {
        let before = custody[restored.contact]
        let isHome = recorded.interaction.flatMap { interactions[$0] }.map { $0.contact == nil } ?? false
        var new = before ?? CustodyEntry(restored.contact, isHome: isHome, .origin, at: recorded.at)
        // A contact that never moved has no entry, and is held.
        let row = before?.row ?? (recorded.interaction == nil ? nil : .origin)
        new.row = Restoration.fold(row, restored.change) ?? new.row
        new.decidedAt = recorded.at
        if let id = recorded.interaction { new.interaction = id }
        new.offer = nil
        apply(restored.change, to: &new)
        if case .resumed = restored.change { new.heard = max(new.heard, restored.heard) }
        changeCustody(of: restored.contact) { $0 = new }
        guard let id = recorded.interaction, let state = interactions[id]?.state else { return }
        switch restored.change {
        case .suspected:
            guard state.elsewhere == nil || new.row.kept == .offered else { return }
            // Taken from its agent first, so that its queue counts it as one that waits.
            if state.elsewhere == nil, state != .queued { queueAgain(id) }
            move(id, to: .handingOver(to: restored.here ?? restored.contact.site), deadline: .forGood)
        case .resumed: queueAgain(id, expiresAt: restored.expiresAt)
        case .yielded(_, let peer), .gaveBack(_, let peer, _):
            move(id, to: .away(at: peer), deadline: restored.until ?? recorded.at)
        case .kept:
            guard case .away = state else { return }
            move(id, to: state, deadline: restored.until ?? recorded.at)
        }
    }

    private func apply(_ change: Restoration.Change, to entry: inout CustodyEntry) {
        switch change {
        case .suspected, .kept: break
        case .resumed: forgetRelays(of: &entry)
        case .yielded(let epoch, let peer), .gaveBack(let epoch, let peer, _):
            entry.whereabouts = .init(site: peer, epoch: epoch)
            entry.note(custodian: peer)
            for index in entry.relays.indices where entry.relays[index].isForCustodian { entry.relays[index].to = peer }
        }
    }
}
