import Federation
import HTTP
import InteractionModel
import JSON
import Journal
import Routing
import Synchronization

/// The one serial loop of a site: takes what waits, lets the core decide, makes the facts durable in one transaction,
/// and only then tells the askers and performs the effects.
///
/// When the commit fails nothing of the batch happened: nobody is told otherwise, the state in memory is thrown away
/// and read back from the journal.
final class SiteLoop: @unchecked Sendable {  // Everything but `inbox` and `health` belongs to the loop's own thread.
    /// Jobs in one transaction at most: what bounds the wait of the last of them.
    static let batchMax = 1024
    /// How often a full disk is tried again, in milliseconds.
    static let probeInterval: Int64 = 500
    /// How long the loop sleeps at most, so that a step of the wall clock is noticed.
    static let restMax: Int64 = 1000

    let inbox: Inbox
    let health = StoreHealth()
    private let hasEnded = Atomic<Bool>(false)
    private let journal: any Journal
    private let reader: any JournalReader
    private let clock: SiteClock
    private let observer: any LoopObserver
    private let epoch: Int64
    private var state: RoutingState
    private var jobs: [Job] = []
    /// Jobs that must be heard and met a full disk.
    private var deferred: [Job] = []
    private var batch = Batch()

    init(
        journal: any Journal, state: RoutingState, epoch: Int64, clock: SiteClock, inboxMax: Int,
        observer: any LoopObserver
    ) throws(JournalFailure) {
        self.journal = journal
        self.state = state
        self.epoch = epoch
        self.clock = clock
        self.observer = observer
        reader = try journal.makeReader()
        inbox = Inbox(bound: inboxMax)
    }

    /// Runs until the inbox is closed and empty, or the journal fails for good. Returns that failure.
    func run() -> JournalFailure? {
        defer { hasEnded.store(true, ordering: .releasing) }
        while inbox.take(into: &jobs, limit: Self.batchMax, waitingFor: rest()) {
            do {
                try turn()
            } catch  where error.kind == .full {
                health.report(.full)
                do { try recover() } catch { return fail(error) }
                answerUnavailable(.storeFull)
            } catch {
                return fail(error)
            }
            jobs.removeAll(keepingCapacity: true)
            batch.removeAll()
        }
        return nil
    }

    /// Until `run` has returned, whether or not it has been called.
    var isRunning: Bool { !hasEnded.load(ordering: .acquiring) }

    private func rest() -> Int64 {
        guard health.isWritable else { return Self.probeInterval }
        guard let next = state.nextDeadline else { return Self.restMax }
        return min(max(next.since(clock.now()).milliseconds, 0), Self.restMax)
    }

    // MARK: One turn

    private func turn() throws(JournalFailure) {
        if !health.isWritable, !probe() { return answerUnavailable(.storeFull) }
        health.report(.writable)
        if !deferred.isEmpty {
            jobs = deferred + jobs
            deferred = []
        }
        try leaveLostLife()
        _ = apply(.timePassed, content: nil)
        noticeTheClock()
        let earlier = try earlierContacts()
        for (job, earlier) in zip(jobs, earlier) { batch.answers.append(try decide(job.work, earlier)) }
        try commit()
        observer.committed(batch.facts, contents: batch.contents, state: state)
        answer()
        jobs.removeAll(keepingCapacity: true)  // Told once: what fails from here on is not theirs.
        try journal.maintain()
    }

    /// The memory of a backup is frozen before anything else happens to it: in parts, each durable, for it may be large.
    private func leaveLostLife() throws(JournalFailure) {
        while state.isOfLostLife {
            _ = apply(.timePassed, content: nil)
            try commit()
            observer.committed(batch.facts, contents: batch.contents, state: state)
            batch.removeAll()
        }
    }

    /// The wall clock's steps are facts; timers do not care.
    private func noticeTheClock() {
        let offset = clock.wallOffset()
        guard abs(offset.milliseconds - state.wallOffset.milliseconds) > 50 else { return }
        _ = apply(.clockStepped(wallOffset: offset), content: nil)
    }

    /// - Parameter earlier: what the journal keeps under the work's key.
    private func decide(_ work: Job.Work, _ earlier: EarlierContact?) throws(JournalFailure) -> Answer {
        let earlier = work.key.flatMap { batch.keys[Array($0.rawValue.utf8)] } ?? earlier
        switch work {
        case .contact(let arrival):
            var contact = arrival.contact
            contact.earlier = earlier
            contact.wantsConfirmation = arrival.confirmation != nil
            return apply(.contact(contact), content: arrival.content, confirmation: arrival.confirmation)
        case .report(let report): return apply(.delivery(report, repeated: earlier != nil), content: nil)
        case .reply(let agent, let interaction, let key, let text):
            let content = try earlier == nil ? replyContent(interaction, MessageContent(text: text)) : nil
            let command = AgentCommand.reply(interaction, key: key, repeated: earlier != nil)
            return apply(.command(agent, command), content: nil, confirmation: content)
        case .event(let event): return apply(event, content: nil)
        case .peer(let said, let content): return try hear(said, content: content, isRepeated: earlier != nil)
        case .taught(let lesson, let content): return apply(.restorationTold(lesson), content: content)
        case .route(let job): return job.isOver() ? .none : apply(.route(job.input), content: job.content)
        case .activation(let activation): return activation.input(state).map { apply($0, content: nil) } ?? .none
        case .inspect: return .none  // What is not durable yet is not shown: it looks after the commit.
        }
    }

    /// What a colleague at another site wrote goes out as our own replies do: to whoever the conversation began with,
    /// whatever else the peer says.
    private func hear(_ said: PeerInput, content: [UInt8]?, isRepeated: Bool) throws(JournalFailure) -> Answer {
        var said = said
        said.isRepeated = isRepeated
        guard case .agentWrote(let contact, _, _, _) = said.message else { return apply(.peer(said), content: content) }
        var reply: [UInt8]?
        if !isRepeated, let id = state.custody.interaction(of: contact),
            let message = content.flatMap({ ContactContent(bytes: $0) })?.message
        {
            reply = try replyContent(id, message)
        }
        return apply(.peer(said), content: nil, confirmation: reply)
    }

    /// What the journal keeps under the key of each job, in one look for all of them.
    private func earlierContacts() throws(JournalFailure) -> [EarlierContact?] {
        let keyed = jobs.indices.filter { jobs[$0].work.key != nil }
        var earlier = [EarlierContact?](repeating: nil, count: jobs.count)
        guard !keyed.isEmpty else { return earlier }
        let found = try journal.find(keys: keyed.compactMap { jobs[$0].work.key?.rawValue })
        for (index, found) in zip(keyed, found) {
            earlier[index] = found.map { EarlierContact(interaction: $0.interaction.map { InteractionID($0) }) }
        }
        return earlier
    }

    /// A reply goes to whoever the conversation began with.
    private func replyContent(
        _ interaction: InteractionID, _ message: MessageContent
    ) throws(JournalFailure) -> [UInt8]? {
        guard let first = try content(of: interaction.number) else { return nil }
        return ContactContent(bytes: first)?.reply(message).bytes
    }

    private func content(of sequence: Int64) throws(JournalFailure) -> [UInt8]? {
        if let content = batch.contents[sequence] { return content }
        return try reader.content(of: sequence)
    }

    /// Applies one event and puts content beside the facts it belongs to: the customer's beside the fact that carries
    /// the customer's key, ours beside the message we queued.
    private func apply(_ event: Input.Event, content: [UInt8]?, confirmation: [UInt8]? = nil) -> Answer {
        let first = batch.facts.count
        let answer = state.apply(Input(at: clock.now(), event), into: &batch.facts)
        for recorded in batch.facts[first...] {
            if let key = recorded.key {
                batch.keys[Array(key.rawValue.utf8)] = EarlierContact(interaction: recorded.interaction)
            }
            if case .messageQueued = recorded.fact {
                batch.contents[recorded.sequence] = confirmation
            } else if let origin = state.contentOrigin(of: recorded.fact) {
                // Erased, or not to be read: the fact stands without it.
                batch.contents[recorded.sequence] = (try? self.content(of: origin)) ?? nil
            } else if recorded.key != nil || recorded.fact.isRouteAnswer, let content {
                batch.contents[recorded.sequence] = content
            }
        }
        return answer
    }

    // MARK: Committing

    private func commit() throws(JournalFailure) {
        let rows = state.takeChanges()
        guard !batch.facts.isEmpty else { return }
        try journal.append(
            JournalBatch(
                epoch: epoch, entries: batch.facts.map { entry($0) }, interactions: rows.interactions.map(\.journalRow),
                entities: rows.entities.map(\.journalRow)))
    }

    private func entry(_ recorded: RecordedFact) -> JournalEntry {
        batch.writer.removeAll()
        recorded.fact.write(to: &batch.writer)
        return JournalEntry(
            sequence: recorded.sequence, at: recorded.at, epoch: epoch, type: recorded.fact.type,
            interaction: recorded.interaction?.number, previous: recorded.previous, key: recorded.key?.rawValue,
            body: batch.writer.bytes, content: batch.contents[recorded.sequence])
    }

    // MARK: Answering

    private func answer() {
        var responses: [(HTTPResponder, HTTPResponse)] = []
        for (job, answer) in zip(jobs, batch.answers) {
            if case .inspect(let look) = job.work { look(state) }
            tell(job.reply, .answered(answer), &responses)
        }
        HTTPServer.send(responses)
    }

    private func answerUnavailable(_ reason: Unavailability) {
        var responses: [(HTTPResponder, HTTPResponse)] = []
        for job in jobs {
            if case .inspect(let look) = job.work {
                look(state)
            } else if job.mustBeHeard {
                deferred.append(job)
            } else {
                tell(job.reply, .unavailable(reason), &responses)
            }
        }
        HTTPServer.send(responses)
    }

    private func tell(_ reply: Reply, _ outcome: JobOutcome, _ responses: inout [(HTTPResponder, HTTPResponse)]) {
        switch reply {
        case .nobody: break
        case .call(let body): body(outcome, state)
        case .respond(let responder, let response):
            if let response = response(outcome, state) { responses.append((responder, response)) }
        }
    }

    // MARK: When the store fails

    /// Whether the store takes a write again. Writes one small row that says when it was tried.
    private func probe() -> Bool {
        let row = EntityRow(
            kind: "probe", id: "current", lastSequence: state.lastSequence,
            snapshot: Array("{\"at\":\(clock.now().milliseconds)}".utf8))
        return (try? journal.append(JournalBatch(epoch: epoch, entries: [], entities: [row]))) != nil
    }

    /// Throws the undurable state away and reads back what is durable.
    private func recover() throws(JournalFailure) {
        let isAlone = state.isAlone
        state = try Recovery.state(
            from: journal, reader: reader, at: clock.now(), site: state.site, incarnation: state.incarnation)
        state.isAlone = isAlone
    }

    private func fail(_ failure: JournalFailure) -> JournalFailure {
        health.report(.failed)
        inbox.close()
        repeat {
            deferred = []
            answerUnavailable(.storeFailed)
            jobs.removeAll()
        } while inbox.take(into: &jobs, limit: Self.batchMax, waitingFor: 0)
        return failure
    }
}

/// What one turn has gathered.
private struct Batch {
    var facts: [RecordedFact] = []
    var answers: [Answer] = []
    /// By sequence.
    var contents: [Int64: [UInt8]] = [:]
    /// Keys decided in this turn, which the journal does not know yet. As bytes: to Swift, strings that look alike are equal.
    var keys: [[UInt8]: EarlierContact] = [:]
    var writer = JSONWriter(reservingCapacity: 1024)

    mutating func removeAll() {
        facts.removeAll(keepingCapacity: true)
        answers.removeAll(keepingCapacity: true)
        contents.removeAll(keepingCapacity: true)
        keys.removeAll(keepingCapacity: true)
    }
}

extension Job {
    /// Whether nobody will say it again when it is refused: it waits for the disk instead.
    var mustBeHeard: Bool {
        if case .activation(let activation) = work { return activation.isStart }
        if case .route(let job) = work, case .tooLate = job.input { return true }
        guard case .event(let event) = work else { return false }
        switch event {
        case .siteStarted, .planActivated, .agentDisconnected, .sendEnded: return true
        default: return false
        }
    }
}

/// Performs what facts ask for. Called on the loop's thread after each commit: quick, without waiting.
protocol LoopObserver: Sendable {
    /// - Parameter contents: what was written beside these facts, by sequence.
    func committed(_ facts: [RecordedFact], contents: [Int64: [UInt8]], state: borrowing RoutingState)
}
