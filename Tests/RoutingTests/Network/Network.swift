import Federation
import InteractionModel
import JSON
import Testing

@testable import Routing

/// Sites that talk when the test says so: nothing arrives by itself, and everything may arrive twice.
struct Network {
    private(set) var sites: [SiteName: RoutingState] = [:]
    private(set) var now = at(1000)
    /// What the last input of each site recorded.
    private(set) var recorded: [SiteName: [RecordedFact]] = [:]
    private(set) var answer = Answer.none
    /// Everything ever recorded, as the journal of each site.
    private(set) var journals: [SiteName: [RecordedFact]] = [:]
    private var keysGiven = 0
    private var sessionsGiven: Int64 = 0
    private var summaries: [SiteName: Int64] = [:]
    private(set) var lives: [SiteName: Int64] = [:]
    private var backups: [SiteName: Backup] = [:]

    private struct Backup {
        var rows: StateRows
        var lastSequence: Int64
        var journal: [RecordedFact]
    }

    /// - Parameter life: the sites' incarnation; in the first, sites do not note that they began one.
    init(_ plans: [SiteName: Plan], life: Int64 = 1) {
        for site in plans.keys.sorted() {
            lives[site] = life
            sites[site] = RoutingState(site: site, incarnation: life)
            happens(site, .siteStarted(epoch: 1, release: "test", wallOffset: .zero))
            happens(site, .planActivated(plans[site]!))
        }
    }

    subscript(site: SiteName) -> RoutingState { sites[site]! }

    // MARK: What happens

    @discardableResult
    mutating func happens(_ site: SiteName, _ event: Input.Event) -> Answer {
        var facts: [RecordedFact] = []
        answer = sites[site]!.apply(Input(at: now, event), into: &facts)
        recorded[site] = facts
        journals[site, default: []] += facts
        #expect(Invariants(sites[site]!).breaches == [])
        return answer
    }

    mutating func secondsPass(_ count: Int64) {
        now = now.advanced(by: .seconds(count))
        for site in sites.keys.sorted() { happens(site, .timePassed) }
    }

    mutating func signsIn(_ agent: AgentName, at site: SiteName) {
        sessionsGiven += 1
        happens(site, .agentConnected(agent, session: sessionsGiven))
        happens(site, .command(agent, .setStatus(.available)))
    }

    /// The agent's desktop is gone, and its contacts are taken back in the end.
    mutating func loses(_ agent: AgentName, at site: SiteName) {
        guard case .connected(let session)? = sites[site]!.agents.first(where: { $0.name == agent })?.presence else {
            return
        }
        happens(site, .agentDisconnected(agent, session: session))
    }

    @discardableResult
    mutating func writes(_ customer: PartyKey, to site: SiteName) -> InteractionID {
        keysGiven += 1
        let contact = InboundContact(
            key: IdempotencyKey("key-\(keysGiven)")!, channel: Office.sms, account: AccountName("main"),
            party: customer, thread: customer, destination: "+49")
        happens(site, .contact(contact))
        if case .accepted(let id, _) = answer { return id }
        return InteractionID(-1)
    }

    mutating func accepts(_ agent: AgentName, at site: SiteName) {
        guard let id = sites[site]!.agents.first(where: { $0.name == agent })?.held.last,
            case .offered(let offer, _)? = sites[site]!.interactions[id]?.state
        else {
            Issue.record("nothing is offered to \(agent)")
            return
        }
        happens(site, .command(agent, .accept(offer)))
    }

    @discardableResult
    mutating func replies(_ agent: AgentName, at site: SiteName, to id: InteractionID) -> MessageID {
        keysGiven += 1
        let key = IdempotencyKey("reply-\(keysGiven)")!
        if case .queued(let message) = happens(site, .command(agent, .reply(id, key: key, repeated: false))) {
            return message
        }
        return MessageID(-1)
    }

    /// `from` tells `to` how it is: everything, at once.
    mutating func tells(_ from: SiteName, _ to: SiteName, _ queue: QueueName = "support", idle: Int? = nil) {
        summaries[from, default: 0] += 1
        let staffing = sites[from]!.staffing(of: queue)
        let summary = SiteSummary(
            site: from, incarnation: lives[from]!, sequence: summaries[from]!, isDraining: sites[from]!.isDraining,
            queues: [
                QueueSummary(
                    queue: queue, staffed: max(staffing.signedIn, idle ?? 0), idle: idle ?? staffing.idle,
                    waiting: sites[from]!.waiting(in: queue))
            ])
        happens(to, .summaryHeard(summary))
    }

    // MARK: Exchange

    /// The peer takes one thing it is owed; what it answers is not brought back yet.
    mutating func carries(_ owed: Owed, from: SiteName, to: SiteName) -> PeerAnswer {
        if case .peer(let answer) = says(owed.message, from: from, to: to) { return answer }
        Issue.record("a peer was not answered")
        return .later(reason: "")
    }

    @discardableResult
    mutating func says(_ message: PeerMessage, from: SiteName, to: SiteName, life: Int64? = nil) -> Answer {
        var input = PeerInput(site: from, incarnation: life ?? lives[from]!, message: message)
        if case .offer(let transfer, _) = message {
            input.party = PartyKey("\(transfer.contact) at \(to)")
            input.thread = input.party
        }
        let key = input.key
        input.isRepeated = key != nil && journals[to]!.contains { $0.key == key }
        return happens(to, .peer(input))
    }

    /// - Parameter life: whose answer it is, when it is late.
    mutating func answers(
        _ answer: PeerAnswer, to owed: Owed, of from: SiteName, by to: SiteName, life: Int64? = nil
    ) {
        happens(from, .peerAnswered(to, incarnation: life ?? lives[to]!, to: owed.item, answer))
    }

    /// What `from` owes `to` just now arrives, and is answered.
    mutating func exchange(from: SiteName, to: SiteName) {
        for owed in sites[from]!.owed(to: to) {
            answers(carries(owed, from: from, to: to), to: owed, of: from, by: to)
        }
    }

    /// Everything that anybody owes arrives and is answered, until nobody owes anything that can be settled now.
    mutating func settles(limit: Int = 100) {
        for _ in 0..<limit {
            var before = journals
            for from in sites.keys.sorted() {
                for to in sites[from]!.peersOwed where sites[to] != nil {
                    for owed in sites[from]!.owed(to: to) {
                        let answer = carries(owed, from: from, to: to)
                        answers(answer, to: owed, of: from, by: to)
                    }
                }
            }
            swap(&before, &journals)
            let isQuiet = before.keys.allSatisfy { before[$0]!.count == journals[$0]!.count }
            journals = before
            if isQuiet { return }
        }
        Issue.record("the sites never come to rest")
    }

    // MARK: Crashes

    /// The process dies: what is durable is read back from rows.
    mutating func crashes(_ site: SiteName) throws {
        _ = sites[site]!.takeChanges()
        let state = sites[site]!
        let restored = try RoutingState(
            restoring: state.allRows(), lastSequence: state.lastSequence, at: state.now, site: site,
            incarnation: state.incarnation)
        #expect(restored.allRows() == state.allRows())
        #expect(restored.peersOwed == state.peersOwed)
        for peer in state.peersOwed { #expect(restored.owed(to: peer) == state.owed(to: peer)) }
        sites[site] = restored
        happens(site, .siteStarted(epoch: sites[site]!.epoch + 1, release: "test", wallOffset: .zero))
    }

    // MARK: Backups

    mutating func backsUp(_ site: SiteName) {
        _ = sites[site]!.takeChanges()
        backups[site] = Backup(
            rows: sites[site]!.allRows(), lastSequence: sites[site]!.lastSequence, journal: journals[site]!)
    }

    /// The site's disk is lost, and its backup put back: another life, whose numbers begin above all of the lost one.
    mutating func restores(_ site: SiteName) throws {
        let backup = try #require(backups[site])
        let leap = sites[site]!.lastSequence + 1_000_000
        lives[site]! += 1
        var state = try RoutingState(
            restoring: backup.rows, lastSequence: backup.lastSequence, at: backup.journal.last?.at ?? now, site: site,
            incarnation: lives[site]!)
        state.pass(over: leap)
        sites[site] = state
        journals[site] = backup.journal
        while sites[site]!.isOfLostLife {
            var facts: [RecordedFact] = []
            _ = sites[site]!.apply(Input(at: now, .timePassed), into: &facts)
            journals[site]! += facts
        }
        happens(site, .siteStarted(epoch: sites[site]!.epoch + 1, release: "test", wallOffset: .zero))
    }

    /// Every peer is told of the new life, and tells what it knows; the site learns it, in parts as small as can be.
    mutating func learns(_ site: SiteName) {
        var lives: [RestorationLesson.Life] = []
        var known: [ContactID: RestorationLesson.Contact] = [:]
        for peer in sites.keys.sorted() where peer != site {
            #expect(happens(peer, .peerFenced(site, incarnation: self.lives[site]!)) == .peer(.done))
            let restorations = sites[peer]!.fences.restorations
            lives.append(.init(site: peer, incarnation: self.lives[peer]!, restorations: restorations))
            var after: ContactID?
            while true {
                let page = sites[peer]!.rows(for: site, after: after, limit: 3)
                for (row, _) in page.rows {
                    var one = known[row.contact] ?? RestorationLesson.Contact(row.contact, told: [])
                    one.told.append(.init(site: peer, incarnation: self.lives[peer]!, row: row.row))
                    one.hasEnded = one.hasEnded || row.hasEnded
                    if one.transfer == nil || row.contact.site == peer { one.transfer = row.transfer ?? one.transfer }
                    (one.party, one.thread) = (PartyKey("\(row.contact)"), PartyKey("\(row.contact)"))
                    known[row.contact] = one
                }
                after = page.rows.last?.row.contact
                if page.isLast { break }
            }
        }
        for contact in known.keys.sorted() {
            teaches(site, RestorationLesson(lives: lives, contacts: [known[contact]!], isLast: false))
        }
        teaches(site, RestorationLesson(lives: lives, contacts: [], isLast: true))
    }

    private mutating func teaches(_ site: SiteName, _ lesson: RestorationLesson) {
        let isOver = lesson.isLast || !sites[site]!.isRestoring
        #expect(happens(site, .restorationTold(lesson)) == .restoration(isOver ? .ended : .more))
    }

    /// Folding each site's journal, through JSON, gives the state that decided it.
    /// - Parameter isProven: not for stories that make up a contact.
    func checkReplay(isProven: Bool = true) throws {
        for site in sites.keys.sorted() {
            var folded = RoutingState()  // As verification does: no fact needs to be told whose it is.
            var newest: [InteractionID: Int64] = [:]
            for var recorded in journals[site]! {
                if let id = recorded.interaction {
                    // The chain that an interaction's history is read by has no gap.
                    #expect(
                        recorded.previous == newest.updateValue(recorded.sequence, forKey: id), "\(site) \(recorded)")
                }
                var writer = JSONWriter()
                recorded.fact.write(to: &writer)
                recorded.fact = try Fact(type: recorded.fact.type, body: writer.bytes)
                folded.fold(recorded)
            }
            folded.settle()
            var live = sites[site]!
            _ = live.takeChanges()
            _ = folded.takeChanges()
            #expect(folded.allRows() == live.allRows(), "\(site)")
        }
        if isProven { #expect(proof().findings.filter(\.isWrong) == []) }
    }

    // MARK: What can be seen

    func stateOf(_ id: InteractionID, at site: SiteName) -> InteractionRecord.State? {
        sites[site]!.interactions[id]?.state
    }

    func custody(of contact: ContactID, at site: SiteName) -> CustodyRow.State? {
        sites[site]!.custody[contact]?.row.state
    }

    /// The sites that may assign the contact, or ended it.
    func custodians(of contact: ContactID) -> [SiteName] {
        sites.keys.sorted().filter { site in
            guard let entry = sites[site]!.custody[contact] else {
                return contact.site == site
            }
            return entry.row.state == .held || entry.row.state == .closed
        }
    }

    func types(_ site: SiteName) -> [String] { (recorded[site] ?? []).map(\.fact.type) }
}

/// Berlin, where customers write, with interflow to Munich after 5 s; agents as named.
func berlinAndMunich(
    berlin: [AgentPlan] = [person("ana")], munich: [AgentPlan] = [person("ben")], after: Span = .seconds(5),
    sites: [SiteName] = ["munich"]
) -> Network {
    var queue = QueuePlan(name: "support")
    queue.interflow = [Interflow(after: after, sites: sites)]
    return Network([
        "berlin": plan(berlin, queues: [queue]), "munich": plan(munich), "hamburg": plan([person("cem")]),
    ])
}
