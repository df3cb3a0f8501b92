import Federation
import InteractionModel
import Routing

/// The shell's part between sites, over a network that is instant and loses nothing: everything said is decided by the cores.
extension Simulator {
    // MARK: Reports

    /// Every site tells what its production summariser finds worth telling.
    mutating func report() {
        guard let network = scenario.network else { return }
        heap.plan(.report, at: now + Int64(network.reportsEvery * 1e6), of: 0)
        for site in sites {
            for hearer in cores.indices where hearer != site && listens(hearer, network) { tell(of: site, to: hearer) }
        }
        settle()
    }

    var sites: Range<Int> { 0..<scenario.siteNames.count }

    /// The router always; sites where they are asked or hand contacts over.
    private func listens(_ core: Int, _ network: SitePolicy) -> Bool {
        !sites.contains(core) || network.rule == .local || network.interflow != nil
    }

    private mutating func tell(of site: Int, to hearer: Int) {
        guard let summary = cores[site].summary(for: hearer, at: Timestamp(milliseconds: now / 1000)),
            case .reception(let reception) = tell(hearer, .summaryHeard(summary))
        else { return }
        cores[site].summarisers[hearer].received(reception)
    }

    /// Each second, sites with idle agents ask those that have contacts waiting.
    mutating func askForContacts() {
        heap.plan(.hint, at: now + Self.hintEvery, of: 0)
        for site in sites {
            let peers = sites.filter { $0 != site }.map { cores[$0].name }
            for asking in cores[site].pullHints(to: peers) {
                guard let peer = coreNumbers[asking.peer] else { continue }
                for idle in asking.queues {
                    _ = tell(peer, .peerAsks(cores[site].name, idle.queue, places: idle.count))
                }
            }
        }
        settle()
    }

    static let hintEvery: Int64 = 1_000_000

    // MARK: Before delivery

    /// The lane of a customer of `queue`, and the token by which the core there knows that the call was announced.
    mutating func deliver(_ queue: Int) -> (lane: Int, token: String?) {
        guard let network = scenario.network else { return (queue, nil) }
        let first = queue * sites.count
        switch network.rule {
        case .pooled: return (queue, nil)
        case .separate: return (first + split.draw(for: queue, &choices), nil)
        case .roundRobin: return (first + split.next(for: queue), nil)
        case .minimumDelay, .local:
            let here = network.rule == .local ? split.draw(for: queue, &choices) : sites.count
            if network.reportEvery == 0 {
                for site in sites where site != here { tell(of: site, to: here) }
            }
            let row = ask(here, scenario.queues[queue].name, network)
            settle()
            guard let row, let site = row.site.flatMap({ coreNumbers[$0] }) else {
                return (first + split.draw(for: queue, &choices), nil)
            }
            return (first + site, row.contextToken)
        }
    }

    /// The answer of `core` to a switch; nil where it has none. As the shell does it: a peer keeps the place it is asked for before
    /// it is named.
    private mutating func ask(_ core: Int, _ queue: String, _ network: SitePolicy) -> RouteRow? {
        let call = String(result.contacts)
        let question = RouteQuestion(
            client: Scenario.asker, key: call, channel: Scenario.channel, destination: queue, nonce: call)
        let peers = sites.map { cores[$0].name }
        var inVain: [SiteSelection.Dropped] = []
        while true {
            switch route(core, .asked(question, peers: peers, inVain: inVain)) {
            case .answered(let number, _)?: return cores[core].route(number)
            case .ask(let peer, let keeping)?:
                guard let keeper = coreNumbers[peer] else { return nil }
                let answer = route(keeper, .keep(keeping))
                guard case .answered(let number, _)? = answer, let row = cores[keeper].route(number) else {
                    _ = route(core, .peerSaid(peer, keeping.queue, kept: false))
                    inVain.append(.init(peer, .refused("\(answer.map { "\($0)" } ?? "")")))
                    continue
                }
                // A naive router, to compare with: it is never told that something is on its way.
                _ = route(core, .peerSaid(peer, keeping.queue, kept: network.belief == .counted))
                let kept = RouteKept(keeper: .init(site: peer, reservation: number), uri: row.uri, label: row.label)
                guard case .answered(let named, _)? = route(core, .kept(question, kept, inVain: inVain)) else {
                    return nil
                }
                return cores[core].route(named)
            default: return nil
            }
        }
    }

    private mutating func route(_ core: Int, _ input: RouteInput) -> RouteOutcome? {
        if case .route(let outcome) = tell(core, .route(input)) { outcome } else { nil }
    }

    // MARK: Handing over

    /// Brings every core what others owe it, and back the answers. False when nobody had anything to say.
    mutating func deliverOwed() -> Bool {
        guard scenario.network?.interflow != nil else { return false }
        var isMoving = false
        for core in sites {
            for (peer, owed) in cores[core].owed() {
                guard let to = coreNumbers[peer],
                    case .peer(let answer) = tell(to, .peer(said(owed.message, by: core)))
                else { continue }
                if case .later = answer { continue }
                _ = tell(core, .peerAnswered(peer, incarnation: 1, to: owed.item, answer))
                isMoving = true
            }
        }
        return isMoving
    }

    private func said(_ message: PeerMessage, by core: Int) -> PeerInput {
        var said = PeerInput(site: cores[core].name, incarnation: 1, message: message)
        if case .offer(let transfer, _) = message, let slot = slot(of: transfer.contact) {
            said.party = slots.name(of: slot).party
            said.thread = said.party
        }
        return said
    }

    private func slot(of contact: ContactID) -> Int? {
        coreNumbers[contact.site].flatMap { cores[$0].slots[contact.number] }
    }

    /// A core has taken a contact from another.
    mutating func move(_ contact: ContactID, to core: Int, as interaction: Int64) {
        guard let slot = slot(of: contact) else { return }
        let (from, known) = (Int(slots[slot].core), slots[slot].interaction)
        if slots[slot].core != slots[slot].home { cores[from].slots.remove(known) }
        slots[slot].core = Int32(core)
        slots[slot].interaction = interaction
        if slots[slot].core != slots[slot].home { cores[core].slots.insert(slot, for: interaction) }
    }
}
