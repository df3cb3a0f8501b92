import Federation
import InteractionModel
import Testing

@testable import Routing

/// Three sites, their customers and agents, a network that loses, repeats and delays, and processes that die.
@Suite struct NetworkStormTests {
    static let seeds = 0..<16
    static let steps = 500

    @Test("Whatever is lost, repeated, late or dead, every contact has one custodian at every moment", arguments: seeds)
    func custody(seed: Int) throws {
        var storm = NetworkStorm(seed: seed)
        for step in 0..<Self.steps {
            try storm.step()
            let breaches = storm.breaches
            guard breaches.isEmpty else {
                Issue.record("seed \(seed), step \(step), \(storm.last): \(breaches)")
                return
            }
        }
        storm.calm()
        #expect(storm.breaches == [])
        #expect(storm.unsettled == [])
        #expect(storm.disorder == [])
        #expect(storm.lost == [])
        #expect(storm.network.proof().findings == [], "the same from the journals alone")
        try storm.network.checkReplay()
    }

    /// Contacts that the lost life took from its own channels, or ended, may be gone or come again: nobody else knew.
    @Test("A site back from a backup in the storm neither doubles nor drops what others know", arguments: seeds)
    func restored(seed: Int) throws {
        var storm = NetworkStorm(seed: seed, life: 5)
        let backup = 100 + seed * 7
        let loss = backup + 20 + seed * 11
        let site = NetworkStorm.names[seed % 3]
        for step in 0..<Self.steps {
            if step == backup { storm.network.backsUp(site) }
            if step == loss {
                try storm.network.restores(site)
                storm.forgetsWhatOnlyItKnew(site)
            }
            if step == loss + 40 { storm.network.learns(site) }
            try storm.step()
            let isSure = step < loss || step >= loss + 40
            let breaches = storm.breaches.filter { isSure || !$0.hasSuffix("[]") }
            guard breaches.isEmpty else {
                Issue.record("seed \(seed), step \(step), \(storm.last): \(breaches)")
                return
            }
        }
        storm.calm()
        #expect(storm.breaches == [])
        #expect(storm.unsettled == [])
        #expect(storm.network.proof().findings.filter(\.isWrong) == [], "the same from the journals alone")
        try storm.network.checkReplay()
    }

    @Test("The storm hands over, returns, refuses, relays and begins anew: it is no calm sea")
    func coverage() throws {
        var seen: [String: Int] = [:]
        for seed in Self.seeds {
            var storm = NetworkStorm(seed: seed)
            for _ in 0..<Self.steps { try storm.step() }
            storm.calm()
            for journal in storm.network.journals.values {
                for recorded in journal {
                    seen[recorded.fact.type, default: 0] += 1
                    if case .received(let received) = recorded.fact {
                        if received.carries != nil { seen["carried", default: 0] += 1 }
                        if received.transfer != nil { seen["transferred", default: 0] += 1 }
                    }
                    if case .messageQueued(let queued) = recorded.fact, case .colleague = queued.author {
                        seen["colleague", default: 0] += 1
                    }
                }
            }
        }
        for type in [
            "custody.offered", "custody.gone", "custody.regained", "custody.refused", "custody.took", "custody.moved",
            "contact.relayed", "contact.left", "relay.delivered", "site.draining", "carried", "transferred",
            "colleague",
        ] {
            #expect(seen[type] ?? 0 > 2, "\(type): \(seen[type] ?? 0)")
        }
    }
}

struct NetworkStorm {
    static let names: [SiteName] = ["berlin", "hamburg", "munich"]

    var network: Network
    private(set) var last = ""
    private var dice: SeededGenerator
    /// Messages that may come again, late.
    private var late: [(PeerMessage, from: SiteName, to: SiteName, life: Int64)] = []
    private var customers = 0
    /// What customers wrote while their contact was away or on its way: home and number there.
    private var written: [(home: SiteName, contact: ContactID, number: Int64)] = []

    init(seed: Int, life: Int64 = 1) {
        dice = SeededGenerator(seed: UInt64(seed) &* 7919 &+ 17)
        var plans: [SiteName: Plan] = [:]
        for name in Self.names {
            var queue = QueuePlan(name: "support", expireAfter: .minutes(30))
            queue.interflow = [
                Interflow(after: .seconds(5), sites: Self.names.filter { $0 != name }),
                Interflow(after: .seconds(40), sites: Self.names),
            ]
            plans[name] = plan(Self.agents(name).map { person($0, takes: 3) }, queues: [queue])
        }
        network = Network(plans, life: life)
        for name in Self.names { for agent in Self.agents(name) { network.signsIn(agent, at: name) } }
    }

    private static func agents(_ site: SiteName) -> [AgentName] { (0..<2).map { AgentName("\(site)-\($0)") } }

    private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &dice) }
    private mutating func site() -> SiteName { Self.names[below(3)] }

    // MARK: One step

    mutating func step() throws {
        let site = site()
        switch below(100) {
        case ..<14: writes(to: site)
        case ..<40: agentDoes(at: site)
        case ..<44: leaves(site)
        case ..<56:
            last = "\(site) tells the others"
            for other in Self.names where other != site { network.tells(site, other) }
        case ..<62:
            last = "time"
            network.secondsPass(Int64([1, 3, 10, 70][below(4)]))
        case ..<90: exchanges(from: site)
        case ..<94: repeats()
        case ..<97:
            last = "\(site) dies"
            try network.crashes(site)
            for agent in Self.agents(site) { network.signsIn(agent, at: site) }
        default:
            last = "\(site) drains"
            network.happens(site, .draining(below(3) == 0, by: "eve"))
        }
    }

    private mutating func writes(to site: SiteName) {
        if below(2) == 0 { customers += 1 }
        last = "customer writes to \(site)"
        let id = network.writes(PartyKey("\(site)-\(below(customers + 1))"), to: site)
        guard let contact = network[site].contact(of: id), let number = network.recorded[site]?.first?.sequence,
            network[site].custody[contact]?.relays.contains(where: { $0.number == number }) == true
        else { return }
        written.append((site, contact, number))
    }

    private mutating func leaves(_ site: SiteName) {
        let open = network[site].interactions.records.filter { !$0.state.hasEnded }
        guard !open.isEmpty else { return }
        let id = open[below(open.count)].id
        last = "customer leaves \(site) \(id)"
        network.happens(site, .withdrawn(id, cause: "left"))
    }

    private mutating func agentDoes(at site: SiteName) {
        let agent = Self.agents(site)[below(2)]
        let record = network[site].agents.first { $0.name == agent }
        if record?.condition != .available {
            last = "\(agent) is back"
            network.happens(site, .command(agent, .setStatus(.available)))
        }
        guard let held = record?.held, !held.isEmpty else { return }
        let id = held[below(held.count)]
        last = "\(agent) works on \(id)"
        switch network.stateOf(id, at: site) {
        case .offered(let offer, _)?: network.happens(site, .command(agent, .accept(offer)))
        case .active?:
            switch below(6) {
            case ..<2: network.replies(agent, at: site, to: id)
            case 2: network.happens(site, .command(agent, .close(id, disposition: nil)))
            case 3: network.happens(site, .command(agent, .requeue(id, to: nil)))
            default: network.happens(site, .command(agent, .transfer(id, to: .site(self.site()))))
            }
        case .wrapping?: network.happens(site, .command(agent, .close(id, disposition: nil)))
        default: break
        }
        sendsSomething(at: site)
    }

    /// The channel takes what it was given, or says never.
    private mutating func sendsSomething(at site: SiteName) {
        for id in network[site].messages.keys.sorted() {
            guard let message = network[site].messages[id], message.state == .sending, !network[site].isRelayed(id),
                below(2) == 0
            else { continue }
            let outcome: SendOutcome = below(5) == 0 ? .never(reason: "no") : .sent(providerID: "p\(id)")
            network.happens(site, .sendEnded(id, attempt: message.attempts, outcome))
        }
    }

    /// One thing that is owed is sent: it may get lost, it may come twice, and so may its answer.
    private mutating func exchanges(from: SiteName) {
        guard let to = network[from].peersOwed.randomElement(using: &dice) else { return }
        let owed = network[from].owed(to: to)
        guard !owed.isEmpty else { return }
        let errand = owed[below(owed.count)]
        var message = errand.message
        if case .offer(let contact, let epoch) = errand.item, below(4) == 0 { message = .cancel(contact, epoch) }
        last = "\(from) says \(message) to \(to)"
        late.append((message, from, to, network.lives[from]!))
        guard below(5) > 0 else { return }
        guard case .peer(let answer) = network.says(message, from: from, to: to) else { return }
        if below(4) > 0 { network.answers(answer, to: errand, of: from, by: to) }
        if below(8) == 0 { network.answers(answer, to: errand, of: from, by: to) }
    }

    private mutating func repeats() {
        guard !late.isEmpty else { return }
        let (message, from, to, life) = late[below(late.count)]
        last = "late: \(from) says \(message) to \(to)"
        network.says(message, from: from, to: to, life: life)
    }

    /// Nothing gets lost any more; everybody answers.
    mutating func calm() {
        for site in Self.names { network.happens(site, .draining(false, by: "eve")) }
        for _ in 0..<4 {
            network.settles(limit: 400)
            for site in Self.names { sendsSomething(at: site) }
        }
        network.settles(limit: 400)
    }

    /// What the lost life's customers wrote is in no journal. What it said comes late as ever.
    mutating func forgetsWhatOnlyItKnew(_ site: SiteName) { written.removeAll { $0.home == site } }

    // MARK: What must be true

    /// Exactly one custodian of every contact: it is held or closed somewhere, or offered and not taken.
    var breaches: [String] {
        var contacts: Set<ContactID> = []
        for site in Self.names { contacts.formUnion(network[site].custody.contacts) }
        var breaches: [String] = []
        for contact in contacts.sorted() {
            let custodians = Self.names.filter { isCustodian($0, of: contact) }
            if custodians.count != 1 { breaches.append("\(contact) is in the custody of \(custodians)") }
        }
        for site in Self.names where network[site].conservationError != 0 { breaches.append("\(site) gained or lost") }
        return breaches
    }

    private func isCustodian(_ site: SiteName, of contact: ContactID) -> Bool {
        guard let row = network[site].custody[contact]?.row else {
            // One of its own that never moved; or one that only its lost life knew.
            return contact.site == site && network.journals[site]!.contains { $0.sequence == contact.number }
        }
        switch row.state {
        case .held, .closed: return true
        case .offered:
            guard let peer = row.peer, let there = network[peer].custody[contact]?.row else { return true }
            if there.epoch < row.epoch { return true }
            return there.epoch == row.epoch && there.state == .refused
        case .gone, .refused, .suspect: return false
        }
    }

    /// What is still owed although everybody answers.
    var unsettled: [String] {
        Self.names.flatMap { site in
            network[site].peersOwed.flatMap { peer in
                network[site].owed(to: peer).map { "\(site) owes \(peer) \($0.item)" }
            }
        }
    }

    /// What a customer wrote that no custodian heard, that home did not take up, and that did not come back home with its contact.
    var lost: [String] {
        written.filter { home, contact, number in
            !Self.names.contains { site in
                network.journals[site]!.contains { recorded in
                    switch recorded.fact {
                    case .relayed(let relayed): relayed.from == home && relayed.number == number
                    case .received(let received): site == home && received.carries == number
                    case .custody(let move):
                        site == home && move.contact == contact && recorded.sequence > number && move.isReturn
                    default: false
                    }
                }
            }
        }.map { "\($0.contact) lost message \($0.number) of \($0.home)" }
    }

    /// Messages of customers that a site heard twice or out of order, and agents' messages that went out twice.
    var disorder: [String] {
        var found: [String] = []
        for site in Self.names {
            var heard: [String: [Int64]] = [:]
            var sent: [String: Int] = [:]
            for recorded in network.journals[site]! {
                if case .relayed(let relayed) = recorded.fact, relayed.from != site, let id = recorded.interaction {
                    heard["\(id) from \(relayed.from)", default: []].append(relayed.number)
                }
                if case .messageQueued(let queued) = recorded.fact,
                    case .colleague(_, let at, let number) = queued.author
                {
                    sent["\(at) \(number)", default: 0] += 1
                }
            }
            for (name, numbers) in heard where numbers != Array(Set(numbers)).sorted() {
                found.append("\(site) heard \(numbers) of \(name)")
            }
            for (name, count) in sent where count > 1 { found.append("\(site) sent \(name) \(count) times") }
        }
        return found
    }
}

extension CustodyMove {
    /// Home has it again.
    fileprivate var isReturn: Bool {
        switch change {
        case .took, .regained, .forced: true
        default: false
        }
    }
}
