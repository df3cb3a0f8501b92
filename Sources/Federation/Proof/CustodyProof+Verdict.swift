import InteractionModel

/// What all sites' journals together say of one contact.
struct Verdict {
    private let chain: Chain
    private let sites: [SiteName]
    private let isRestored: [Bool]
    private let round: Int
    private(set) var findings: [CustodyFinding.Kind]
    /// An effect was read and its cause was not, in the last round or by a journal that was not given.
    private var isUnsettled = false

    init(_ chain: Chain, sites: [SiteName], isRestored: [Bool], round: Int) {
        self.chain = chain
        self.sites = sites
        self.isRestored = isRestored
        self.round = round
        findings = chain.findings
        checkEpochs()
        checkOwners()
    }

    // MARK: Epochs

    private mutating func checkEpochs() {
        let moves = chain.moves.sorted { ($0.epoch, $0.site, $0.sequence) < ($1.epoch, $1.site, $1.sequence) }
        var start = 0
        while start < moves.count {
            let end = moves[start...].firstIndex { $0.epoch != moves[start].epoch } ?? moves.endIndex
            checkEpoch(moves[start..<end])
            start = end
        }
    }

    private mutating func checkEpoch(_ moves: ArraySlice<Chain.Move>) {
        let epoch = moves[moves.startIndex].epoch
        let offered = moves.filter { $0.kind == .offered }
        let took = moves.filter { $0.kind == .took }
        let refused = moves.filter { $0.kind == .refused }
        if offered.count > 1 { findings.append(.madeTwice(epoch, offered.map(place))) }
        if took.count > 1 { findings.append(.takenTwice(epoch, took.map(place))) }
        if !took.isEmpty, !refused.isEmpty { findings.append(.takenAndRefused(epoch, (took + refused).map(place))) }
        for move in took + refused {
            guard let offer = offered.first(where: { sites[$0.site] == move.peer }) else {
                guard move.kind == .took else { continue }  // A refusal changes nothing: its offer may be lost.
                missing(move, epoch, .neverOffered(epoch, taker: place(move), from: move.peer))
                continue
            }
            if offer.peer != sites[move.site] {
                findings.append(.offeredToAnother(epoch, taker: place(move), to: offer.peer))
            }
        }
        for move in moves where move.kind == .gone && !took.contains(where: { sites[$0.site] == move.peer }) {
            missing(move, epoch, .neverTaken(epoch, sender: place(move), by: move.peer))
        }
        for move in moves where move.kind == .regained && !refused.contains(where: { sites[$0.site] == move.peer }) {
            missing(move, epoch, .neverRefused(epoch, sender: place(move), by: move.peer))
        }
    }

    /// The cause of `effect` is in no journal: wrong, unless it may be where nobody has looked.
    private mutating func missing(_ effect: Chain.Move, _ epoch: CustodyEpoch, _ kind: CustodyFinding.Kind) {
        guard let cause = sites.firstIndex(of: effect.peer) else {
            isUnsettled = true
            return note(.journalMissing(effect.peer))
        }
        if isRestored[cause] { return findings.append(.lostWithALife(epoch, place(effect))) }
        if chain.findings.contains(where: Self.beginsEarlier(at: effect.peer)) { return }
        guard effect.round < round || round == 0 else {
            isUnsettled = true
            return note(.movedWhileRead)
        }
        findings.append(kind)
    }

    private static func beginsEarlier(at site: SiteName) -> (CustodyFinding.Kind) -> Bool {
        { if case .beginsEarlier(let place) = $0 { place.site == site } else { false } }
    }

    private mutating func note(_ kind: CustodyFinding.Kind) {
        if !findings.contains(kind) { findings.append(kind) }
    }

    private func place(_ move: Chain.Move) -> CustodyFinding.Place { .init(sites[move.site], move.sequence) }

    // MARK: Owners

    private mutating func checkOwners() {
        var owners: [CustodyFinding.Place] = []
        for here in chain.here.sorted(by: { $0.site < $1.site }) {
            guard let row = here.row else { continue }
            switch row.state {
            case .held, .closed: owners.append(here.last)
            case .offered:
                guard !isDecided(.took, row.epoch), !isSuperseded(here) else { continue }
                owners.append(here.last)
                guard let peer = row.peer, !isDecided(.refused, row.epoch) else { continue }
                if sites.contains(peer) {
                    note(.inDoubt(row.epoch, sender: here.last, peer: peer))
                } else {
                    isUnsettled = true
                    note(.journalMissing(peer))
                }
            case .gone:
                if let peer = row.peer, !sites.contains(peer) {
                    isUnsettled = true
                    note(.journalMissing(peer))
                }
            case .refused, .suspect: break
            }
        }
        if chain.closings.count > 1 { findings.append(.closedTwice(chain.closings)) }
        guard !isUnsettled else { return }
        if owners.count > 1, chain.closings.count < 2 { findings.append(.twoOwners(owners)) }
        let isKnown = chain.here.contains { $0.row != nil }
        let isPending = chain.here.contains { $0.row?.state == .suspect }
        let onlyRefused = chain.here.allSatisfy { $0.row.map { $0.state == .refused } ?? true }
        if owners.isEmpty, isKnown, !isPending {
            if onlyRefused, let from = chain.moves.first(where: { $0.kind == .refused })?.peer,
                !sites.contains(from)
            {
                note(.journalMissing(from))
            } else {
                findings.append(.nobodyOwns)
            }
        }
    }

    private func isDecided(_ kind: Chain.Move.Kind, _ epoch: CustodyEpoch) -> Bool {
        chain.moves.contains { $0.kind == kind && $0.epoch == epoch }
    }

    /// Only a custodian makes the next epoch: if another site has a higher one, this one was taken.
    private func isSuperseded(_ here: Chain.Here) -> Bool {
        guard let epoch = here.row?.epoch else { return false }
        return chain.here.contains { $0.site != here.site && $0.row.map { $0.epoch > epoch } ?? false }
    }
}
