package import InteractionModel

/// What becomes of a contact at a site that was restored from a backup: the backup's row may be long out of date.
///
/// Every contact of the backup begins suspect, and nothing of it moves; until all have told, the site decides no peer's offer
/// of a contact it has no row of either. The site tells every peer its new incarnation (`Fence`); each records it
/// (`Fences.record`) and then tells its rows. When all have told, `verdict` decides by the highest epoch. Nobody else's row
/// is changed: a peer whose offer to the lost incarnation is in doubt asks on, and finds the verdict in this site's row.
/// Names are those of `Tests/Models/restoration.pml`.
///
/// Several sites may be restored at once: a suspect site tells its backup's row, for nobody knows more, and its own verdict
/// follows from the same rows. What a peer told before it was itself lost counts no more (`isTold`).
///
/// Contacts that a site closed after its backup are not known to be closed by anybody: they are served again. Contacts nobody
/// else ever heard of are lost with the disk, as their channel may know. The site must not give a number again that its lost
/// life gave to a contact: it goes on above the highest that any peer tells of contacts whose home it is.
package enum Restoration {
    /// What one peer said of one contact.
    package struct Told: Hashable, Sendable {
        package var site: SiteName
        package var incarnation: Int64
        /// Nil: it knows nothing of the contact. A suspect peer tells the row of its backup.
        package var row: CustodyRow?

        package init(site: SiteName, incarnation: Int64, row: CustodyRow?) {
            self.site = site
            self.incarnation = incarnation
            self.row = row.map(Restoration.backup)
        }
    }

    package enum Verdict: Hashable, Sendable {
        /// Nobody has it since: go on here, under an epoch above all that the lost life could make.
        case resume(CustodyEpoch)
        /// A peer has it, or had it last: a tombstone at the highest epoch.
        case yield(CustodyEpoch, to: SiteName)
        /// It was offered to the lost life, which nobody heard answer: refused, so back to the sender.
        case giveBack(CustodyEpoch, to: SiteName, incarnation: Int64)
        /// The backup's row is still right.
        case keep
    }

    /// A durable change of a row, beside those of `CustodyChange`.
    package enum Change: Hashable, Sendable {
        /// The site was restored: nothing moves until the verdict.
        case suspected
        case resumed(CustodyEpoch)
        case yielded(CustodyEpoch, to: SiteName)
        case gaveBack(CustodyEpoch, to: SiteName, incarnation: Int64)
        case kept
    }

    /// The number of a restoration: above every one that anybody has heard of.
    /// - Parameter heard: The counts that the peers answered to FENCE (`Fences.restorations`).
    package static func number(heard: [Int64], rows: [CustodyRow]) -> Int64 {
        max(heard.max() ?? 1, (rows.map(\.epoch.restoration).max() ?? 0) + 1)
    }

    /// Whether all of `peers` have told, in a life that still counts.
    package static func isTold(_ told: [Told], by peers: [SiteName], fences: Fences) -> Bool {
        peers.allSatisfy { peer in
            told.contains { $0.site == peer && !fences.isDead(peer, $0.incarnation) }
        }
    }

    /// - Parameters:
    ///   - row: The suspect row; nil when the backup knows nothing of the contact.
    ///   - told: One of each peer, all of them told after they had recorded this incarnation.
    package static func verdict(at site: SiteName, _ row: CustodyRow?, told: [Told], number: Int64) -> Verdict {
        let resume = Verdict.resume(CustodyEpoch(restoration: number, count: 0))
        let own = row.map(backup)
        let highest = told.compactMap(\.row?.epoch).max()
        guard let highest, highest > own?.epoch ?? CustodyEpoch(rawValue: -1) else {
            switch own?.state {
            case .held: return resume
            case .offered: return ofOwnOffer(site, own, told, resume)
            case .gone, .refused, .closed, .suspect, nil: return .keep
            }
        }
        return ofPeers(site, highest, told, resume)
    }

    /// Peers' rows at `epoch` are above what the backup knows. Beside its two parties, sites that yielded at it may stand there.
    private static func ofPeers(
        _ site: SiteName, _ epoch: CustodyEpoch, _ told: [Told], _ resume: Verdict
    ) -> Verdict {
        let newest = told.filter { $0.row?.epoch == epoch }.sorted { $0.site < $1.site }
        func first(_ states: CustodyRow.State...) -> Told? {
            newest.first { $0.row.map { states.contains($0.state) } ?? false }
        }
        if let custodian = first(.held, .closed) { return .yield(epoch, to: custodian.site) }
        if let sender = first(.offered) {
            return sender.row?.peer == site
                ? .giveBack(epoch, to: sender.site, incarnation: sender.incarnation)
                : .yield(epoch, to: sender.site)
        }
        let parties = (first(.refused).map { [$0] } ?? newest).compactMap(\.row?.peer)
        guard let party = parties.first, !parties.contains(site) else { return resume }
        // It moved on to another peer after that one had told: it is there, or went on from there.
        return .yield(epoch, to: party)
    }

    /// The backup says that the site had offered it, and nobody went beyond that.
    private static func ofOwnOffer(
        _ site: SiteName, _ own: CustodyRow?, _ told: [Told], _ resume: Verdict
    ) -> Verdict {
        guard let own, let peer = told.first(where: { $0.site == own.peer }), let row = peer.row, row.epoch == own.epoch
        else { return resume }  // Undecided there, and recorded as dead: it never will be.
        // It refused; or it was restored itself and learnt that its refusal had been heard.
        let isBack = row.state == .refused || (row.state == .gone && row.peer == site)
        return isBack ? resume : .yield(own.epoch, to: peer.site)
    }

    /// The change that makes a verdict durable.
    package static func change(_ verdict: Verdict) -> Change {
        switch verdict {
        case .resume(let epoch): .resumed(epoch)
        case .yield(let epoch, let to): .yielded(epoch, to: to)
        case .giveBack(let epoch, let to, let incarnation): .gaveBack(epoch, to: to, incarnation: incarnation)
        case .keep: .kept
        }
    }

    /// The row as it was in the backup.
    private static func backup(_ row: CustodyRow) -> CustodyRow {
        var row = row
        row.state = row.kept ?? row.state
        row.kept = nil
        return row
    }

    /// The row after `change`; nil where there was none and is none.
    package static func fold(_ row: CustodyRow?, _ change: Change) -> CustodyRow? {
        switch change {
        case .suspected:
            guard var row, row.state != .suspect else { return row }
            row.kept = row.state
            row.state = .suspect
            return row
        case .resumed(let epoch): return CustodyRow(epoch: epoch, state: .held)
        case .yielded(let epoch, let peer): return CustodyRow(epoch: epoch, state: .gone, peer: peer)
        case .gaveBack(let epoch, let peer, let incarnation):
            return CustodyRow(epoch: epoch, state: .refused, peer: peer, peerIncarnation: incarnation)
        case .kept: return row.map(backup)
        }
    }
}
