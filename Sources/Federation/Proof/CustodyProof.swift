package import InteractionModel

/// Proves, from the journals of all sites, that each contact had exactly one custodian throughout, or names what is wrong.
///
/// Sites' clocks are not compared, nor is the order in which journals are read: an epoch is made by one site, decided by
/// another and heard of by the first again, so epochs alone say what came before what. Each journal is fed in its own
/// order; several may be fed in turn. Takes linear time; remembers some 100 bytes of each contact and 64 of each change.
///
/// Journals of running sites are read one after the other, so an effect may be read without its cause. Causes are durable
/// before their effects: whoever feeds all journals' tails once more after `beginRound` has read them; what is still
/// missing of an earlier round is wrong, what is missing of the last one is `.movedWhileRead`.
package struct CustodyProof: Sendable {
    package struct Report: Sendable {
        /// Kept, in order of contacts; further ones are only counted.
        package static let findingsMax = 1_000

        package fileprivate(set) var contacts = 0
        /// Contacts that another site took at least once.
        package fileprivate(set) var moved = 0
        package fileprivate(set) var closed = 0
        /// Epochs taken, refused.
        package fileprivate(set) var taken = 0
        package fileprivate(set) var refused = 0
        package fileprivate(set) var findings: [CustodyFinding] = []
        package fileprivate(set) var wrong = 0
        package fileprivate(set) var open = 0
        /// Of the open ones: offers that nobody has decided.
        package fileprivate(set) var inDoubt = 0

        package var isProven: Bool { wrong == 0 }

        fileprivate mutating func note(_ finding: CustodyFinding) {
            if finding.isWrong { wrong += 1 } else { open += 1 }
            if case .inDoubt = finding.kind { inDoubt += 1 }
            if findings.count < Self.findingsMax { findings.append(finding) }
        }
    }

    private var sites: [SiteName] = []
    private var isWhole: [Bool] = []
    private var isRestored: [Bool] = []
    private var chains: [ContactID: Chain] = [:]  // Looked up, and walked in order of contacts only.
    private var round = 0
    /// Contacts whose every event is kept, for drawing.
    private let watched: ContactID?
    package private(set) var watchedEvents: [(place: CustodyFinding.Place, event: CustodyEvent)] = []

    package init(watching contact: ContactID? = nil) { watched = contact }

    /// One site's journal. `isWhole`: it is read from its first entry.
    /// - Returns: the site's number for `feed`.
    package mutating func open(_ site: SiteName, isWhole: Bool) -> Int {
        precondition(!sites.contains(site), "Each site's journal is opened once.")
        sites.append(site)
        self.isWhole.append(isWhole)
        isRestored.append(false)
        return sites.count - 1
    }

    /// From now on what is fed was read after everything that was fed before.
    package mutating func beginRound() { round += 1 }

    /// The next event of a site's journal.
    package mutating func feed(_ event: CustodyEvent, of contact: ContactID, at site: Int, _ sequence: Int64) {
        let place = CustodyFinding.Place(sites[site], sequence)
        if contact == watched { watchedEvents.append((place, event)) }
        if case .restored = event { isRestored[site] = true }
        chains[contact, default: Chain()].take(
            event, at: site, place, isWhole: isWhole[site], round: round, name: sites[site])
    }

    /// What follows from all that was fed.
    package func conclude() -> Report {
        var report = Report()
        for contact in chains.keys.sorted() {
            guard let chain = chains[contact] else { continue }
            report.contacts += 1
            report.closed += chain.isClosed ? 1 : 0
            report.taken += chain.moves.count { $0.kind == .took }
            report.refused += chain.moves.count { $0.kind == .refused }
            report.moved += chain.moves.contains { $0.kind == .took } ? 1 : 0
            for kind in Verdict(chain, sites: sites, isRestored: isRestored, round: round).findings {
                report.note(CustodyFinding(contact, kind))
            }
        }
        return report
    }
}

/// What the journals told of one contact so far.
struct Chain: Sendable {
    /// At one site.
    struct Here: Sendable {
        var site: Int
        var row: CustodyRow?
        var hasAgent = false
        var last: CustodyFinding.Place
    }

    /// One change that concerns an epoch.
    struct Move: Sendable {
        enum Kind: Sendable { case offered, took, refused, gone, regained }

        var kind: Kind
        var epoch: CustodyEpoch
        var site: Int
        var peer: SiteName
        var sequence: Int64
        var round: Int
    }

    private(set) var here: [Here] = []
    private(set) var moves: [Move] = []
    private(set) var findings: [CustodyFinding.Kind] = []
    private(set) var closings: [CustodyFinding.Place] = []

    var isClosed: Bool { !closings.isEmpty }

    mutating func take(
        _ event: CustodyEvent, at site: Int, _ place: CustodyFinding.Place, isWhole: Bool, round: Int, name: SiteName
    ) {
        var index = here.firstIndex { $0.site == site }
        if index == nil {
            here.append(Here(site: site, last: place))
            index = here.count - 1
            if !isWhole, event != .began { adopt(event, place, name) }
        }
        guard let index else { return }
        here[index].last = place
        switch event {
        case .began:
            if here[index].row != nil { findings.append(.impossible(place, "it begins where it was known")) }
            here[index].row = .origin
        case .assigned:
            if here[index].row?.state != .held {
                findings.append(.assignedWhileNotHeld(place, here[index].row?.state))
            }
            if here[index].hasAgent { findings.append(.assignedTwice(place)) }
            here[index].hasAgent = true
        case .unassigned: here[index].hasAgent = false
        case .ended: end(index, place)
        case .restored(let change):
            here[index].row = Restoration.fold(here[index].row, change)
            here[index].hasAgent = false  // Whoever had it lost it with the life.
        case .changed(let change):
            check(change, here[index], place)
            here[index].row = CustodyRow.fold(here[index].row, change)
            note(change, site, place, round)
        }
    }

    /// The journal was purged before: what was there is taken from what follows.
    private mutating func adopt(_ event: CustodyEvent, _ place: CustodyFinding.Place, _ name: SiteName) {
        findings.append(.beginsEarlier(place))
        switch event {
        case .changed(.gone(let epoch, let peer, _)), .changed(.regained(let epoch, let peer, _)):
            here[here.count - 1].row = CustodyRow(epoch: epoch, state: .offered, peer: peer)
        case .changed(.took), .changed(.refused): break
        case .changed(.offered(let epoch, _)), .changed(.forced(let epoch, _, _)):
            here[here.count - 1].row = CustodyRow(epoch: CustodyEpoch(rawValue: epoch.rawValue - 1), state: .held)
        default:
            here[here.count - 1].row = .origin
            here[here.count - 1].hasAgent = event == .unassigned
        }
    }

    private mutating func end(_ index: Int, _ place: CustodyFinding.Place) {
        here[index].hasAgent = false
        switch here[index].row?.state {
        case .held:
            here[index].row?.state = .closed
            closings.append(place)
        case .closed: closings.append(place)
        case .offered, .suspect: findings.append(.impossible(place, "it ends while it is in doubt"))
        case .gone, .refused, nil: break  // Only the interaction here ends.
        }
    }

    /// Whether a change can follow from the row: as `Custody.step` makes them.
    private mutating func check(_ change: CustodyChange, _ here: Here, _ place: CustodyFinding.Place) {
        let row = here.row
        func require(_ isPossible: Bool, _ what: String) {
            if !isPossible { findings.append(.impossible(place, what)) }
        }
        let isLive = row?.state == .held || row?.state == .closed || row?.state == .suspect
        switch change {
        case .offered(let epoch, _):
            require(row?.state == .held, "epoch \(epoch) is offered by a site that does not hold it")
            require(epoch > row?.epoch ?? .first || row == nil, "epoch \(epoch) is not above the one before")
            if here.hasAgent { findings.append(.offeredWhileAssigned(place)) }
        case .took(let epoch, _, _):
            require(!isLive, "epoch \(epoch) is taken over a live custody")
            require(row.map { $0.epoch < epoch } ?? true, "epoch \(epoch) is taken after it was decided")
        case .refused(let epoch, _, _, _):
            require(!isLive, "epoch \(epoch) is refused over a live custody")
            require(row.map { $0.epoch < epoch } ?? true, "epoch \(epoch) is refused after it was decided")
        case .gone(let epoch, _, _):
            require(row?.state == .offered && row?.epoch == epoch, "epoch \(epoch) is gone and was not in doubt")
        case .regained(let epoch, _, _):
            require(row?.state == .offered && row?.epoch == epoch, "epoch \(epoch) is back and was not in doubt")
        case .forced(_, let by, _):
            require(row?.state == .offered, "taken back by force, and it was not in doubt")
            findings.append(.forced(place, by: by))
        case .closed:
            require(row?.state == .held, "closed by a site that does not hold it")
            closings.append(place)
        }
    }

    private mutating func note(_ change: CustodyChange, _ site: Int, _ place: CustodyFinding.Place, _ round: Int) {
        func add(_ kind: Move.Kind, _ epoch: CustodyEpoch, _ peer: SiteName) {
            moves.append(
                Move(kind: kind, epoch: epoch, site: site, peer: peer, sequence: place.sequence, round: round))
        }
        switch change {
        case .offered(let epoch, let peer): add(.offered, epoch, peer)
        case .took(let epoch, let peer, _): add(.took, epoch, peer)
        case .refused(let epoch, let peer, _, _): add(.refused, epoch, peer)
        case .gone(let epoch, let peer, _): add(.gone, epoch, peer)
        case .regained(let epoch, let peer, _): add(.regained, epoch, peer)
        case .closed, .forced: break
        }
    }
}
