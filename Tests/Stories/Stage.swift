import InteractionModel
import JSON
import Routing

/// A site that plays a story: turns steps into inputs, keeps the names that the story gives, and distrusts the core.
struct Stage {
    private(set) var state = RoutingState()
    /// The same facts, folded only, each read back from its JSON.
    private var folded = RoutingState()
    private var now: Timestamp
    private var text: FactText
    private var epoch: Int64 = 1
    private var keysGiven = 0
    private var sessionsGiven: Int64 = 0
    /// What the journal would know of each contact's key.
    private var keys: [String: InteractionID?] = [:]
    /// The lines of the step that is played.
    private var lines: [String] = []

    init(clock: StoryClock) {
        now = clock.beginning
        text = FactText(clock: clock)
    }

    /// What the step made the core record, and what its asker was told.
    mutating func play(_ step: Step) throws(StoryError) -> [String] {
        if sessionsGiven == 0, keysGiven == 0, state.lastSequence == 0 { try start() }
        lines = []
        if let at = step.at { try passTime(to: at) }
        try perform(step.deed)
        _ = state.takeChanges()
        _ = folded.takeChanges()
        try Truths.check(state, folded: folded)
        return lines.isEmpty ? ["nothing"] : lines
    }

    /// Every story's site begins alike, so that is not told.
    private mutating func start() throws(StoryError) {
        _ = try happen(.siteStarted(epoch: epoch, release: "story", wallOffset: .zero))
    }

    /// As the site does: the core is called at each of its deadlines, and then at `moment`.
    private mutating func passTime(to moment: Timestamp) throws(StoryError) {
        guard moment >= now else {
            throw StoryError("time does not run backwards: it is \(text.clock.text(now))")
        }
        while let next = state.nextDeadline, next <= moment {
            now = max(now, next)
            tell(try happen(.timePassed).1)
            guard state.nextDeadline.map({ $0 > now }) ?? true else {
                throw StoryError("the core, just called at its deadline, wants to be called at the same moment again")
            }
        }
        now = moment
        tell(try happen(.timePassed).1)
    }

    // MARK: Inputs

    /// Applies one event; its facts are folded beside.
    private mutating func happen(_ event: Input.Event) throws(StoryError) -> (Answer, [RecordedFact]) {
        var facts: [RecordedFact] = []
        let answer = state.apply(Input(at: now, event), into: &facts)
        for fact in facts {
            if let key = fact.key { keys[key.rawValue] = .some(fact.interaction) }
            do { folded.fold(try fact.throughJSON()) } catch {
                throw StoryError("\(fact.fact.type) cannot be read back from its JSON: \(error)")
            }
        }
        return (answer, facts)
    }

    private mutating func tell(_ facts: [RecordedFact]) {
        for fact in facts { lines += text.lines(of: fact) }
    }

    /// Applies one event and tells all that came of it.
    private mutating func happens(_ event: Input.Event, naming name: String? = nil) throws(StoryError) {
        let (answer, facts) = try happen(event)
        if case .refused(let refusal) = answer, let fact = facts.first {
            throw StoryError("refused (\(refusal.code)), and yet \(fact.fact.type) is recorded")
        }
        if case .accepted(let id, _) = answer, let name { try text.name(id, name) }
        tell(facts)
        if let line = text.line(of: answer, nothingElse: facts.isEmpty) { lines.append(line) }
    }

    // MARK: Deeds

    private mutating func perform(_ deed: Step.Deed) throws(StoryError) {
        switch deed {
        case .plan(let name, let block):
            text.plans += 1
            try happens(.planActivated(try PlanBlock.plan(named: name, block)))
        case .timePasses: break
        case .routerRestarts: try restart()
        case .wallClockMoves(let span):
            let sum = state.wallOffset.milliseconds + span.milliseconds
            try happens(.clockStepped(wallOffset: Span(milliseconds: sum)))
        case .contact(let customers, let words, let names): try contacts(customers, words, names)
        case .keyword(let customers, let kind):
            for customer in customers {
                try happens(.contact(contact(customer, Step.ContactWords(), kind)))
            }
        case .customerLeaves(let name, let cause): try happens(.withdrawn(try text.contact(name), cause: cause))
        case .provider(let word, let name): try happens(try event(word, ofMessageTo: try text.contact(name), name))
        case .supervisor(let deed): try happens(.supervisor("sue", try command(deed)))
        case .vendorReturns(let name): try happens(.vendorReturned(try text.contact(name)))
        case .agents(let agents, let deed): for agent in agents { try perform(deed, by: agent) }
        }
    }

    private mutating func event(
        _ word: Step.ProviderWord, ofMessageTo id: InteractionID, _ name: String
    ) throws(StoryError) -> Input.Event {
        let followed = state.messages.values.filter { $0.interaction == id }.sorted { $0.id < $1.id }
        guard let message = followed.first(where: { $0.state == .sending }) ?? followed.last else {
            throw StoryError("no message to \(name)'s customer is on its way")
        }
        keysGiven += 1
        switch word {
        case .takes: return .sendEnded(message.id, attempt: message.attempts, .sent(providerID: "out-\(keysGiven)"))
        case .wantsLater(let reason):
            return .sendEnded(message.id, attempt: message.attempts, .again(after: nil, reason: reason))
        case .refuses(let reason): return .sendEnded(message.id, attempt: message.attempts, .never(reason: reason))
        case .delivers:
            return .delivery(DeliveryReport(key: newKey(), message: message.id, status: .delivered), repeated: false)
        }
    }

    /// The new process reads the rows that the old one wrote.
    private mutating func restart() throws(StoryError) {
        let rows = state.allRows()
        do {
            state = try RoutingState(restoring: rows, lastSequence: state.lastSequence, at: state.now)
        } catch { throw StoryError("the state cannot be restored from its rows: \(error)") }
        guard state.allRows() == rows else { throw StoryError("the state restored from its rows has other rows") }
        epoch += 1
        try happens(.siteStarted(epoch: epoch, release: "story", wallOffset: state.wallOffset))
    }

    private mutating func contacts(
        _ customers: [String], _ words: Step.ContactWords, _ names: [String]
    ) throws(StoryError) {
        guard names.isEmpty || names.count == customers.count else {
            throw StoryError("there are \(customers.count) customers and \(names.count) names for their contacts")
        }
        for (index, customer) in customers.enumerated() {
            let arrival = contact(customer, words, .message)
            let before = state.lastSequence
            try happens(.contact(arrival), naming: names.isEmpty ? nil : names[index])
            let isNew = state.interactions[InteractionID(before + 1)] != nil
            if isNew, names.isEmpty { throw StoryError("\(customer)'s contact is new; end the line with a name: → #1") }
        }
    }

    private mutating func contact(
        _ customer: String, _ words: Step.ContactWords, _ kind: ContactEvent.Kind
    ) -> InboundContact {
        let key = words.key ?? newKey().rawValue
        return InboundContact(
            key: IdempotencyKey(key)!, channel: words.channel, account: AccountName("main"), kind: kind,
            party: PartyKey(customer), thread: PartyKey(customer), destination: words.destination,
            wish: RoutingWish(
                queue: words.queue, skills: words.skills, headStart: words.headStart, notAgents: words.notAgents,
                preferredAgent: words.preferred, preferredFor: words.preferredFor),
            earlier: keys[key].map { EarlierContact(interaction: $0) }, direction: words.direction,
            language: words.language)
    }

    private mutating func perform(_ deed: Step.AgentDeed, by agent: AgentName) throws(StoryError) {
        switch deed {
        case .signIn:
            try connect(agent)
            try happens(.command(agent, .setStatus(.available)))
        case .connect: try connect(agent)
        case .loseConnection:
            let record = state.agents.first { $0.name == agent }
            guard case .connected(let session)? = record?.presence else {
                throw StoryError("\(agent) has no connection to lose")
            }
            try happens(.agentDisconnected(agent, session: session))
        case .score(let score, let queue): try happens(.qualityReported(agent, queue, score: score))
        default: try happens(.command(agent, try command(deed, of: agent)))
        }
    }

    private mutating func command(_ deed: Step.AgentDeed, of agent: AgentName) throws(StoryError) -> AgentCommand {
        switch deed {
        case .signIn, .connect, .loseConnection, .score: throw StoryError("this is no command of an agent")
        case .status(let status): return .setStatus(status)
        case .accept(let name): return .accept(try text.offer(of: name, to: agent))
        case .reject(let name, let reason): return .reject(try text.offer(of: name, to: agent), reason: reason)
        case .wrapUp(let name): return .wrapUp(try text.contact(name))
        case .close(let name, let disposition): return .close(try text.contact(name), disposition: disposition)
        case .requeue(let name, let queue, let neverAgain):
            return .requeue(try text.contact(name), to: queue, notMe: neverAgain)
        case .reply(let name): return .reply(try text.contact(name), key: newKey(), repeated: false)
        case .hold(let name): return .hold(try text.contact(name))
        case .resume(let name): return .resume(try text.contact(name))
        case .transfer(let name, let target, let neverAgain):
            return .transfer(try text.contact(name), to: target, notMe: neverAgain)
        case .consult(let name, let target): return .consult(try text.contact(name), with: target)
        case .dismiss(let colleague, let name): return .dismiss(try text.contact(name), colleague)
        case .handOver(let name, let colleague): return .complete(try text.contact(name), to: colleague)
        case .conference(let name): return .conference(try text.contact(name))
        case .leave(let name): return .leave(try text.contact(name))
        case .escalate(let name): return .escalate(try text.contact(name))
        }
    }

    private func command(_ deed: Step.SupervisorDeed) throws(StoryError) -> SupervisorCommand {
        switch deed {
        case .move(let name, let queue): .move(try text.contact(name), to: queue)
        case .assign(let name, let agent): .assign(try text.contact(name), to: agent)
        case .setStatus(let agent, let status): .setStatus(agent, status)
        case .takeFromVendor(let name): .takeFromVendor(try text.contact(name))
        }
    }

    private mutating func newKey() -> IdempotencyKey {
        keysGiven += 1
        return IdempotencyKey("key-\(keysGiven)")!
    }

    private mutating func connect(_ agent: AgentName) throws(StoryError) {
        sessionsGiven += 1
        try happens(.agentConnected(agent, session: sessionsGiven))
    }
}

extension RecordedFact {
    fileprivate func throughJSON() throws -> RecordedFact {
        var writer = JSONWriter()
        fact.write(to: &writer)
        var copy = self
        copy.fact = try Fact(type: fact.type, body: writer.bytes)
        return copy
    }
}
