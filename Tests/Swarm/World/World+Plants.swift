import Chance
import Federation
import InteractionModel
import Routing

/// Where planted mistakes are made.
extension World {
    /// The site recovers: as it was when it was backed up, for one that goes on after a restore.
    mutating func plantAtStart(of site: Int) {
        guard plant == .restore, !isCalm, sites[site].life > 1, dice.happens(permille: 200) else { return }
        let kept = sites[site].backup
        guard kept > 0 else { return }
        sites[site].journal.truncate(to: kept)
        sites[site].state = sites[site].journal.folded(site: names[site], sites[site].incarnation)
        witness.wentBack(site, to: sites[site].backedUp)
    }

    mutating func plantBackup(of site: Int) {
        guard plant == .restore, sites[site].journal.facts.count % 97 < 3 else { return }
        sites[site].backup = sites[site].journal.facts.count
        sites[site].backedUp = witness.column(of: site)
    }

    /// True where the site has crashed of it.
    mutating func plantBeforeCommit(of site: Int) -> Bool {
        guard !isCalm else { return false }
        switch plant {
        case .answersFirst:
            let replies = sites[site].replies
            sites[site].replies = []
            for (asker, answer) in replies { tell(answer, to: asker, by: site) }
            guard dice.happens(permille: 30) else { return false }
            crash(site)
            return true
        case .sendsFirst:
            for peer in sites[site].state.peersOwed {
                if let place = place(of: peer) { sendWhatIsDue(to: place, from: site, evenUncommitted: true) }
            }
            guard dice.happens(permille: 30) else { return false }
            crash(site)
            return true
        default: return false
        }
    }

    /// An answer that is given without asking the core.
    mutating func plantedAnswer(to message: PeerMessage, from peer: Int, at site: Int) -> PeerAnswer? {
        guard let plant, !isCalm else { return nil }
        switch (plant, message) {
        case (.noTombstone, .cancel(let contact, let epoch)):
            guard sites[site].state.custody[contact].map({ $0.row.epoch < epoch }) ?? true else { return nil }
            return .refused(reason: "cancelled")
        case (.losesRelays, .customerWrote), (.losesReplies, .agentWrote), (.losesEnds, .closed):
            return dice.happens(permille: 100) ? .done : nil
        default: return nil
        }
    }

    /// What a peer's question is answered instead.
    mutating func plantedChange(of answers: [PeerAnswer]) -> [PeerAnswer] {
        guard let plant, !isCalm else { return answers }
        var changed = answers
        switch plant {
        case .swapsAnswers: if answers.count > 1 { changed.swapAt(0, answers.count - 1) }
        case .liesNo, .liesYes:
            for place in answers.indices where dice.happens(permille: 50) {
                switch (answers[place], plant) {
                case (.taken, .liesNo): changed[place] = .refused(reason: "no")
                case (.refused, .liesYes): changed[place] = .taken
                default: break
                }
            }
        default: break
        }
        return changed
    }

    /// After a request has left.
    mutating func plantAfterSending(_ items: [Owed.Item], _ messages: [PeerMessage], to peer: Int, from site: Int) {
        guard let plant, !isCalm else { return }
        for item in items {
            guard case .offer = item else { continue }
            switch plant {
            case .noFreeze:
                _ = sites[site].state.apply(
                    Input(
                        at: sites[site].moment(now),
                        .peerAnswered(
                            names[peer], incarnation: sites[peer].incarnation, to: item, .refused(reason: "hidden"))))
            case .timeout:
                guard let since = sites[site].state.owed(to: names[peer]).first(where: { $0.item == item })?.since,
                    sites[site].moment(now).since(since) > .seconds(8)
                else { continue }
                say(
                    .event(
                        .peerAnswered(
                            names[peer], incarnation: sites[peer].incarnation, to: item, .refused(reason: "timeout"))),
                    to: site)
            case .twoOffers:
                guard names.count > 2 else { continue }
                let other = (0..<names.count).first { $0 != peer && $0 != site } ?? peer
                send(
                    .request(0, incarnation: sites[site].incarnation, items: items, messages), from: site, to: other)
                return
            default: continue
            }
        }
    }

    /// The item an answer is taken to be about.
    func plantedItem(_ item: Owed.Item, at site: Int) -> (Owed.Item, from: SiteName?) {
        guard plant == .noFence, case .offer(let contact, let epoch) = item,
            let row = sites[site].state.custody[contact]?.row, row.state == .offered, row.epoch != epoch
        else { return (item, nil) }
        return (.offer(contact, row.epoch), row.peer)
    }

    /// What of a batch reaches the disk.
    mutating func plantedLoss(of facts: [RecordedFact]) -> [RecordedFact] {
        guard !isCalm else { return facts }
        switch plant {
        case .tearsCommits: return facts.count > 1 && dice.happens(permille: 5) ? Array(facts.dropLast()) : facts
        case .dropsFacts:
            return facts.filter { fact in
                if case .custody = fact.fact { !dice.happens(permille: 10) } else { true }
            }
        default: return facts
        }
    }

    /// What of a batch's rows reaches the disk.
    mutating func plantedRows(_ rows: StateRows) -> StateRows {
        guard plant == .dropsRows, !isCalm, dice.happens(permille: 20) else { return rows }
        var left = rows
        left.entities.removeAll { $0.kind == "custody" }
        return left
    }

    /// Tombstones that are a few seconds old are dropped, durably.
    mutating func plantForgetting(at site: Int) {
        guard plant == .forgetful, !isCalm, !sites[site].isCommitting else { return }
        for contact in sites[site].state.custody.contacts {
            guard let entry = sites[site].state.custody[contact], let known = place(of: contact),
                entry.row.state == .refused || entry.row.state == .gone && contact.site != names[site],
                sites[site].moment(now).since(entry.decidedAt) > .seconds(3)
            else { continue }
            let fact = RecordedFact(
                sequence: sites[site].state.lastSequence + 1, at: sites[site].state.now, interaction: nil,
                previous: nil, key: nil, fact: .custodyForgotten(contact))
            sites[site].state.fold(fact)
            sites[site].journal.append([fact], .init())
            witness.forgot(known, at: site)
        }
    }
}
