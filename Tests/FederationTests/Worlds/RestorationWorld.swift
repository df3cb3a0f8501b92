import Chance
import Federation
import InteractionModel

/// Some sites, one contact, a network that loses, repeats and reorders, and sites that are restored from backups, also
/// several at once and while they restore themselves. One random walk; the production steps decide everything.
struct RestorationWorld {
    enum Bug: CaseIterable {
        case none
        /// Peers do not record the new incarnation.
        case noFence
        /// The restored site goes on where its backup was.
        case goesOn
        /// A restored site answers before it knows what it has.
        case answersWhileSuspect
        /// What a peer told before it was itself restored still counts.
        case believesLostTellers
    }

    private struct Site {
        var name: SiteName
        var incarnation: Int64 = 1
        var row: CustodyRow?
        var hasAgent = false
        var fences = Fences()
        var isRestoring = false
        var told: [Restoration.Told] = []
        var heard: [Int64] = []
        var asked: [SiteName: Int] = [:]
        var answered: [SiteName: Int] = [:]
        var backup: (row: CustodyRow?, fences: Fences)?
    }

    private enum Letter {
        case offer(CustodyEpoch)
        case cancel(CustodyEpoch)
        case answer(CustodyEpoch, Custody.Decision)
        case fence(ask: Int)
        case told(Restoration.Told, restorations: Int64, ask: Int, incarnation: Int64)
    }

    private struct Mail {
        var from: Int
        var incarnation: Int64
        var to: Int
        var letter: Letter
    }

    private static let mailMax = 40

    private var sites: [Site]
    private var mail: [Mail] = []
    private var dice: Dice
    private let bug: Bug
    private var restoresLeft: Int
    /// Restores come close together, and peers are asked one by one.
    private var isStormy: Bool
    private(set) var restores = 0
    private(set) var moves = 0

    init(sites: Int, restores: Int, seed: UInt64, bug: Bug = .none) {
        self.sites = CustodyWorld.names.prefix(sites).map { Site(name: $0) }
        self.sites[0].row = .origin
        self.sites[0].backup = (.origin, Fences())
        dice = Dice(seed: seed)
        restoresLeft = restores
        self.bug = bug
        isStormy = seed % 2 == 0
    }

    mutating func walk(steps: Int) throws {
        for _ in 0..<steps {
            act()
            try check()
        }
        try settle()
    }

    // MARK: What happens

    private mutating func act() {
        let site = dice.below(sites.count)
        switch dice.below(16) {
        case 0: if sites[site].row?.state == .held { sites[site].hasAgent.toggle() }
        case 1: if dice.isOne(in: 8) { close(site) }
        case 2, 3: offer(site)
        case 4: send(.offer(sites[site].row?.epoch ?? .first), from: site)
        case 5: if dice.isOne(in: 4) { send(.cancel(sites[site].row?.epoch ?? .first), from: site) }
        case 6: if !sites[site].isRestoring { sites[site].backup = (sites[site].row, sites[site].fences) }
        case 7: if dice.isOne(in: isStormy ? 1 : 3) { restore(site) }
        case 8, 9: askPeers(site)
        case 10: conclude(site)
        case 11: if !mail.isEmpty, dice.isOne(in: 3) { mail.remove(at: dice.below(mail.count)) }
        default: deliver()
        }
    }

    private mutating func close(_ site: Int) {
        guard sites[site].hasAgent, let change = Custody.step(sites[site].row, .close).change else { return }
        sites[site].hasAgent = false
        sites[site].row = CustodyRow.fold(sites[site].row, change)
    }

    private mutating func offer(_ site: Int) {
        let peer = (site + 1 + dice.below(sites.count - 1)) % sites.count
        let step = Custody.step(sites[site].row, .offer(to: sites[peer].name), fences: sites[site].fences)
        guard !sites[site].hasAgent, let change = step.change else { return }
        sites[site].row = CustodyRow.fold(sites[site].row, change)
        moves += 1
        if case .offered(let epoch, _) = change { send(.offer(epoch), from: site) }
    }

    /// Offers and cancels leave only while the row says so: they are derived from it.
    private mutating func send(_ letter: Letter, from site: Int) {
        guard sites[site].row?.state == .offered, let peer = index(sites[site].row?.peer) else { return }
        post(Mail(from: site, incarnation: sites[site].incarnation, to: peer, letter: letter))
    }

    private mutating func post(_ letter: Mail) {
        if mail.count == Self.mailMax { mail.removeFirst() }
        mail.append(letter)
    }

    private func index(_ name: SiteName?) -> Int? { sites.firstIndex { $0.name == name } }

    // MARK: Letters

    private mutating func deliver() {
        guard !mail.isEmpty else { return }
        let place = dice.below(mail.count)
        let letter = dice.isOne(in: 3) ? mail[place] : mail.remove(at: place)
        read(letter)
    }

    private mutating func read(_ mail: Mail) {
        let at = mail.to
        let from = sites[mail.from].name
        switch mail.letter {
        case .offer(let epoch):
            guard sites[at].row != nil || !sites[at].isRestoring || bug == .answersWhileSuspect else { return }
            let willing = dice.isOne(in: 3) ? Custody.Willingness.refuse(reason: "full") : .take
            decide(
                .offerReceived(epoch, from: from, incarnation: mail.incarnation, willing: willing), epoch, mail)
        case .cancel(let epoch):
            guard sites[at].row != nil || !sites[at].isRestoring || bug == .answersWhileSuspect else { return }
            decide(.cancelReceived(epoch, from: from, incarnation: mail.incarnation), epoch, mail)
        case .answer(let epoch, let decision):
            let input = Custody.Input.answerReceived(epoch, from: from, incarnation: mail.incarnation, decision)
            guard let change = Custody.step(sites[at].row, input, fences: sites[at].fences).change else { return }
            sites[at].row = CustodyRow.fold(sites[at].row, change)
        case .fence(let ask):
            if bug != .noFence {
                guard sites[at].fences.record(from, incarnation: mail.incarnation) else { return }
            }
            let told = Restoration.Told(
                site: sites[at].name, incarnation: sites[at].incarnation, row: sites[at].row)
            post(
                Mail(
                    from: at, incarnation: sites[at].incarnation, to: mail.from,
                    letter: .told(
                        told, restorations: sites[at].fences.restorations, ask: ask, incarnation: mail.incarnation)))
        case .told(let told, let restorations, let ask, let incarnation):
            hear(told, restorations, ask, incarnation, at)
        }
    }

    private mutating func decide(_ input: Custody.Input, _ epoch: CustodyEpoch, _ mail: Mail) {
        let step = Custody.step(sites[mail.to].row, input, fences: sites[mail.to].fences)
        if let change = step.change { sites[mail.to].row = CustodyRow.fold(sites[mail.to].row, change) }
        guard let answer = step.answer else { return }
        post(
            Mail(
                from: mail.to, incarnation: sites[mail.to].incarnation, to: mail.from, letter: .answer(epoch, answer)))
    }

    // MARK: Restoring

    private mutating func restore(_ site: Int) {
        guard restoresLeft > 0, let backup = sites[site].backup, sites[site].row?.state != .closed else { return }
        restoresLeft -= 1
        restores += 1
        sites[site].hasAgent = false
        sites[site].row = backup.row
        sites[site].fences = backup.fences
        guard bug != .goesOn else { return }
        sites[site].incarnation += 1
        sites[site].row = Restoration.fold(backup.row, .suspected)
        sites[site].isRestoring = true
        sites[site].told = []
        sites[site].heard = []
    }

    private mutating func askPeers(_ site: Int) {
        guard sites[site].isRestoring else { return }
        let one = isStormy ? dice.below(sites.count) : site
        for peer in sites.indices where peer != site && (peer == one || !isStormy) {
            let ask = (sites[site].asked[sites[peer].name] ?? 0) + 1
            sites[site].asked[sites[peer].name] = ask
            post(Mail(from: site, incarnation: sites[site].incarnation, to: peer, letter: .fence(ask: ask)))
        }
    }

    private mutating func hear(
        _ told: Restoration.Told, _ restorations: Int64, _ ask: Int, _ incarnation: Int64, _ at: Int
    ) {
        guard sites[at].isRestoring, sites[at].incarnation == incarnation,
            ask > sites[at].answered[told.site] ?? 0, !sites[at].fences.isDead(told.site, told.incarnation)
        else { return }
        sites[at].answered[told.site] = ask
        sites[at].told.removeAll { $0.site == told.site }
        sites[at].told.append(told)
        sites[at].heard.append(restorations)
    }

    private mutating func conclude(_ site: Int) {
        guard sites[site].isRestoring else { return }
        let peers = sites.filter { $0.name != sites[site].name }.map(\.name)
        let fences = bug == .believesLostTellers ? Fences() : sites[site].fences
        guard Restoration.isTold(sites[site].told, by: peers, fences: fences) else { return }
        let told = sites[site].told
        let rows = told.compactMap(\.row) + [sites[site].row].compactMap { $0 }
        let number = Restoration.number(heard: sites[site].heard, rows: rows)
        let verdict = Restoration.verdict(at: sites[site].name, sites[site].row, told: told, number: number)
        sites[site].row = Restoration.fold(sites[site].row, Restoration.change(verdict))
        sites[site].fences.begin(number)
        sites[site].isRestoring = false
        sites[site].told = []
    }

    // MARK: What must be true

    /// An offer counts for its sender until anybody's row says that it was taken.
    private func isCustodian(_ site: Site) -> Bool {
        guard let row = site.row else { return false }
        switch row.state {
        case .held, .closed: return true
        case .gone, .refused, .suspect: return false
        case .offered:
            return !sites.contains { other in
                guard other.name != site.name, let known = other.row else { return false }
                let isDecision = other.name == row.peer && known.epoch == row.epoch && known.state != .refused
                return known.epoch > row.epoch || isDecision
            }
        }
    }

    private func check() throws {
        let held = sites.count { $0.row?.state == .held }
        let agents = sites.count { $0.hasAgent }
        let isCalm = !sites.contains { $0.isRestoring }
        let custodians = sites.count { isCustodian($0) }
        guard held <= 1, agents <= 1, custodians == 1 || !isCalm else {
            throw CustodyWorld.Violation("\(custodians) custodians: \(self)")
        }
    }

    /// The network heals and nobody is restored any more: every doubt must end, every restored site must decide.
    private mutating func settle() throws {
        restoresLeft = 0
        isStormy = false
        for _ in 0..<60 {
            for site in sites.indices {
                askPeers(site)
                send(.offer(sites[site].row?.epoch ?? .first), from: site)
            }
            while !mail.isEmpty { read(mail.removeFirst()) }
            for site in sites.indices { conclude(site) }
            try check()
            if !sites.contains(where: { $0.isRestoring || $0.row?.state == .offered }) { return }
        }
        throw CustodyWorld.Violation("a doubt does not end: \(self)")
    }
}

extension RestorationWorld: CustomStringConvertible {
    var description: String {
        sites.map { site in
            let row = site.row.map { row in
                "\(row.state.rawValue)(\(row.epoch)\(row.peer.map { " " + $0.rawValue } ?? "")) \(row.kept.map(\.rawValue) ?? "")"
            }
            return "\(site.name.rawValue).\(site.incarnation) \(row ?? "none")\(site.isRestoring ? " restoring" : "")"
        }.joined(separator: ", ")
    }
}
