import Federation
import InteractionModel
import Journal
import Routing
import Synchronization
import Threads

/// Tells every peer what it must hear, and what this site can do. What must be heard is read from the state after each
/// commit and after each answer; nothing about it is kept here but when to send it.
///
/// Three threads meet here: the loop's (`committed`, `look`), which decides what leaves; one of its own (`run`), which reads
/// content, encodes, and watches the time; the HTTP client's, which brings answers.
final class PeerExchange: @unchecked Sendable {  // `links` and `mail` are locked; `reader` belongs to the own thread.
    /// Bytes of a batch after which no message is added; one alone may be larger.
    static let batchBytesMax = 2 << 20
    /// Between two looks at what peers could be told or asked.
    static let tick = Span.seconds(1)
    /// For what is worth nothing when it is late; the next one says it anew.
    static let hintDeadline = Duration.milliseconds(PullHint.lifetime.milliseconds)

    let site: SiteName
    private let client: PeerClient
    private let book: PeerBook
    private let incarnation: Int64
    private let inbox: Inbox
    private let clock: SiteClock
    private let reader: any JournalReader
    private let diary: Diary
    private let firstSequence: Int64
    private let links = Guarded<[SiteName: PeerLink]>([:])
    /// Links made so far: what comes back for one that is gone must not be taken for its successor's.
    private let lives = Atomic<Int>(0)
    private let mail = Guarded(Mail())
    let restorer: Restorer
    /// Notes outside the journal where it ends, so that an older copy put back in its place is noticed.
    private let remember: @Sendable (Int64) -> Void
    private let durable = Atomic<Int64>(0)
    private static let rememberEach = Span.seconds(10)

    private struct Mail {
        var outgoing: [Outgoing] = []
        var isStopped = false
        var isStirred = false
    }

    /// Something for the own thread to encode and send.
    private enum Outgoing {
        case batch(SiteName, Load)
        case summary(SiteName, SiteSummary)
        case pull(SiteName, PullHint)
    }

    /// One message of a batch, its content not read yet.
    struct Shipment: Sendable {
        var owed: Owed
        var asCancel: Bool
    }

    /// A batch to be, and the link it is of.
    struct Load: Sendable {
        var life: Int
        var shipments: [Shipment]
    }

    /// - Parameter term: of leadership; it makes summaries of this process newer than those of any before.
    init(
        desk: PeerDesk, inbox: Inbox, clock: SiteClock, reader: any JournalReader, diary: Diary, term: Int64,
        pseudonyms: PartyPseudonyms, remember: @escaping @Sendable (Int64) -> Void
    ) {
        self.remember = remember
        restorer = Restorer(desk: desk, inbox: inbox, clock: clock, pseudonyms: pseudonyms, diary: diary)
        site = desk.site
        client = desk.client
        book = desk.book
        incarnation = desk.incarnation
        self.inbox = inbox
        self.clock = clock
        self.reader = reader
        self.diary = diary
        firstSequence = term << 32
        desk.summaryAge.with {
            $0 = { [weak self] peer in
                guard let self, let at = links.with({ $0[peer]?.summaryAt }) else { return nil }
                return clock.now().since(at)
            }
        }
        adopt(book.peers)
        book.whenChanged { [weak self] in self?.adopt($0) }
    }

    // MARK: Peers

    /// Takes up peers that are new and lets go of those that are none any more. What they are owed stays owed.
    private func adopt(_ peers: [Peer]) {
        let names = Set(peers.map(\.name))
        let gone = links.with { links in
            let gone = links.keys.filter { !names.contains($0) }.sorted()
            for name in gone { links[name] = nil }
            for name in names where links[name] == nil {
                links[name] = PeerLink(
                    to: name, from: site, incarnation: incarnation, after: firstSequence,
                    life: lives.wrappingAdd(1, ordering: .relaxed).newValue)
            }
            return gone
        }
        for name in gone { inbox.insist(Job(.event(.peerForgotten(name)))) }
        askState()
    }

    /// What is known of each link, by name of the peer.
    var linkReports: [PeerLink.Report] {
        let now = clock.now()
        return links.with { links in links.values.map { $0.report(at: now) } }.sorted { $0.peer < $1.peer }
    }

    /// A peer has spoken: it lives.
    func heard(from peer: SiteName) {
        let now = clock.now()
        links.with { $0[peer]?.heard(at: now) }
        stir()
    }

    /// A peer has told of its queues.
    func heardSummary(from peer: SiteName) {
        let now = clock.now()
        links.with { $0[peer]?.summaryAt = now }
        heard(from: peer)
    }

    // MARK: On the loop's thread

    /// Ships what the facts made owed.
    func committed(_ facts: [RecordedFact], state: borrowing RoutingState) {
        for recorded in facts { count(recorded, state) }
        if facts.contains(where: { $0.fact.mayOweAPeer }) { look(state) }
    }

    /// Ships whatever may leave now.
    private func look(_ state: borrowing RoutingState) {
        let now = clock.now()
        let peers = state.peersOwed
        for peer in peers {
            let reach = links.with { $0[peer]?.reach(at: now) }
            guard let reach else { continue }
            let owed = state.owed(to: peer, limit: reach)
            let batch = links.with { $0[peer]?.next(of: owed, at: now) }
            if let batch = batch ?? nil { send(.batch(peer, batch)) }
        }
        if !peers.isEmpty { stir() }
    }

    private func count(_ recorded: RecordedFact, _ state: borrowing RoutingState) {
        switch recorded.fact {
        case .custody(let move):
            switch move.change {
            case .gone(_, let peer, _): count(.out, peer)
            case .regained(_, let peer, _): count(.refusedThere, peer)
            case .took(_, let peer, _): count(.taken, peer)
            case .refused(_, let peer, _, _): count(.refusedHere, peer)
            case .offered, .closed, .forced: break
            }
        case .received(let received):
            if let transfer = received.transfer { count(.taken, transfer.from) }
        default: break
        }
    }

    private func count(_ event: PeerLink.Event, _ peer: SiteName) {
        links.with { $0[peer]?.counts[event, default: 0] += 1 }
    }

    /// Tells and asks peers what the state says just now.
    private func speak(_ state: borrowing RoutingState) {
        durable.store(state.lastSequence, ordering: .relaxed)
        restorer.look(isRestoring: state.isRestoring)
        let now = clock.now()
        let ready = links.with { links in links.filter { $0.value.summariser.isReady(at: now) }.keys.sorted() }
        if !ready.isEmpty {
            let queues = state.queueSummaries
            let isDraining = state.isDraining || state.isRestoring  // Either way it takes nothing.
            for peer in ready {
                let summary = links.with {
                    $0[peer]?.summariser.next(of: queues, isDraining: isDraining, at: now)
                }
                if let summary { send(.summary(peer, summary)) }
            }
        }
        guard !state.isDraining, !state.isRestoring else { return }
        for hint in state.pullHints(to: links.with { $0.keys.sorted() }) {
            let mayLeave = links.with { links in
                guard links[hint.peer]?.isPulling == false else { return false }
                links[hint.peer]?.isPulling = true
                return true
            }
            if mayLeave { send(.pull(hint.peer, PullHint(from: site, queues: hint.queues))) }
        }
    }

    private func send(_ outgoing: Outgoing) { mail.change { $0.outgoing.append(outgoing) } }

    private func stir() { mail.change { $0.isStirred = true } }

    private func askState() { inbox.insist(Job(.inspect { [weak self] in self?.look($0) })) }

    // MARK: The own thread

    /// Sends what is to be sent, and asks the state when it is time, until `stop`.
    func run() {
        var nextTick = clock.now()
        var (remembered, rememberAt): (Int64, Timestamp) = (0, nextTick)
        while true {
            let now = clock.now()
            let last = durable.load(ordering: .relaxed)
            if now >= rememberAt, last > remembered {
                remember(last)
                (remembered, rememberAt) = (last, now.advanced(by: Self.rememberEach))
            }
            if now >= nextTick {
                nextTick = now.advanced(by: Self.tick)
                if restorer.isNeeded || !links.with({ $0.isEmpty }) {
                    inbox.insist(Job(.inspect { [weak self] in self?.speak($0) }))
                }
            }
            let wakeAt = links.with { links in
                var next = nextTick
                var isDue = false
                for name in links.keys {
                    guard let moment = links[name]?.wakeAt else { continue }
                    if moment <= now {
                        links[name]?.wakeAt = nil
                        isDue = true
                    } else {
                        next = min(next, moment)
                    }
                }
                return isDue ? nil : next
            }
            guard let wakeAt else {
                askState()
                continue
            }
            let pause = max(1, wakeAt.since(now).milliseconds)
            let outgoing: [Outgoing]?? = mail.wait(milliseconds: pause) { mail in
                guard !mail.isStopped else { return .some(nil) }
                guard !mail.outgoing.isEmpty || mail.isStirred else { return nil }
                mail.isStirred = false
                defer { mail.outgoing = [] }
                return mail.outgoing
            }
            guard let outgoing else { continue }  // Nothing came in time.
            guard let outgoing else { return }
            for each in outgoing { post(each) }
        }
    }

    func stop() { mail.change { $0.isStopped = true } }

    private func post(_ outgoing: Outgoing) {
        switch outgoing {
        case .batch(let peer, let load): post(load, to: peer)
        case .summary(let peer, let summary):
            client.post(peer, "/federation/v1/summary", body: summary.bytes, deadline: Self.hintDeadline) {
                [weak self] reply in
                self?.summaryEnded(peer, reply)
            }
        case .pull(let peer, let hint):
            client.post(peer, "/federation/v1/pull", body: hint.bytes, deadline: Self.hintDeadline) { [weak self] _ in
                self?.links.with { $0[peer]?.isPulling = false }
            }
        }
    }

    private func post(_ load: Load, to peer: SiteName) {
        var items: [Owed.Item] = []
        var messages: [PeerMessage] = []
        var bytes = 0
        for shipment in load.shipments {
            guard let message = message(shipment) else { break }
            bytes += message.content.count + 512
            guard messages.isEmpty || bytes <= Self.batchBytesMax else { break }
            items.append(shipment.owed.item)
            messages.append(message)
        }
        guard !messages.isEmpty else { return ended(peer, load.life, .failure("the journal cannot be read")) }
        let count = messages.count
        let begin = clock.now()
        change(peer, load.life) { $0.cut(to: count) }
        let batch = PeerBatch(from: site, incarnation: incarnation, messages: messages)
        client.post(peer, "/federation/v1/messages", body: batch.bytes) { [weak self, items, messages] reply in
            self?.ended(peer, load.life, Answered(reply, to: messages, items, begin))
        }
    }

    /// With its content; nil when that cannot be read just now.
    private func message(_ shipment: Shipment) -> PeerMessage? {
        var message = shipment.owed.message
        if shipment.asCancel, case .offer(let transfer, let epoch) = message {
            return .cancel(transfer.contact, epoch)
        }
        do {
            switch shipment.owed.content {
            case .none: break
            case .entry(let sequence): message.content = try reader.content(of: sequence) ?? []
            case .conversation(let interaction, let last):
                message.content = try Conversation(of: interaction.number, through: last, in: reader).bytes
            }
        } catch {
            return nil
        }
        return message
    }

    // MARK: Answers, on the client's thread

    /// What became of a batch.
    private enum Answered {
        case answers([PeerAnswer], [Owed.Item], incarnation: Int64, begin: Timestamp)
        case failure(String)

        init(_ reply: PeerReply, to messages: [PeerMessage], _ items: [Owed.Item], _ begin: Timestamp) {
            switch reply {
            case .answered(200, let body, let incarnation):
                do {
                    let answers = try PeerAnswers(body, to: messages).answers
                    self = .answers(answers, items, incarnation: incarnation, begin: begin)
                } catch {
                    self = .failure("its answers cannot be read: \(error)")
                }
            case .answered(let status, _, _): self = .failure("it answers with status \(status)")
            case .noAnswer(let reason): self = .failure("\(reason.reason.rawValue): \(reason.detail)")
            }
        }
    }

    private func ended(_ peer: SiteName, _ life: Int, _ answered: Answered) {
        let now = clock.now()
        switch answered {
        case .answers(let answers, let items, let incarnation, let begin):
            let silence = change(peer, life) { $0.answered(answers, since: begin, at: now) }
            if let silence = silence ?? nil, silence > .seconds(1) {
                diary.note("site \(peer) answers again, after \(silence.milliseconds / 1000) s")
            }
            for (item, answer) in zip(items, answers) {
                if case .later = answer { continue }
                inbox.insist(Job(.event(.peerAnswered(peer, incarnation: incarnation, to: item, answer))))
            }
            askState()
        case .failure(let reason):
            let jitter = Int64.random(in: 0...1000)
            let isFirst = change(peer, life) { $0.unanswered(reason, at: now, jitter: jitter) } ?? false
            if isFirst { diary.warn("site \(peer) does not answer: \(reason)") }
            stir()
        }
    }

    /// Nil when that link is gone, or another is in its place.
    @discardableResult
    private func change<Result>(_ peer: SiteName, _ life: Int, _ body: (inout PeerLink) -> Result) -> Result? {
        links.with { links in
            guard links[peer]?.life == life else { return nil }
            return links[peer].map { link in
                var link = link
                defer { links[peer] = link }
                return body(&link)
            }
        }
    }

    private func summaryEnded(_ peer: SiteName, _ reply: PeerReply) {
        guard case .answered(200, let body, _) = reply, let reception = Directory.Reception(json: body) else {
            return links.with { $0[peer]?.summariser.unanswered() }
        }
        links.with { $0[peer]?.summariser.received(reception) }
        if reception == .gap { inbox.insist(Job(.inspect { [weak self] in self?.speak($0) })) }
    }
}

extension Fact {
    /// Whether a peer may have to hear something because of it.
    fileprivate var mayOweAPeer: Bool {
        switch self {
        case .custody, .custodyMoved, .relayed, .customerLeft, .relayDelivered, .messageReceived, .closed, .abandoned,
            .expired, .sendStarted, .messageSent, .messageFailed, .deliveryReported, .received, .restorationEnded:
            true
        default: false
        }
    }
}
