package import Federation
package import InteractionModel

/// What one site's router remembers and decides: the same inputs give the same facts, on any machine.
///
/// Nothing here reads a clock, draws a number or waits. `apply` decides, and every decision becomes a fact; `fold` is
/// the only way state changes, so folding the recorded facts rebuilds exactly this state and never decides again.
package struct RoutingState: Sendable {
    /// Its own name, and which life of its memory this is: whoever makes a state says both, and no fact does.
    package var site: SiteName
    package var incarnation: Int64
    /// Nobody else can have what is remembered here: there is no peer. Said by whoever makes a state, like its name.
    package var isAlone = false

    // MARK: What is remembered

    /// The sequence of the last fact folded.
    package internal(set) var lastSequence: Int64 = 0
    /// The latest moment heard of; site time never runs backwards.
    package internal(set) var now = Timestamp(milliseconds: 0)
    package internal(set) var epoch: Int64 = 0
    /// What to add to site time to get the time on people's walls.
    package internal(set) var wallOffset = Span.zero
    package internal(set) var plan: Plan
    /// Open interactions, and those that ended since the last `takeChanges()`. Looked up, never walked in decisions.
    package internal(set) var interactions = InteractionTable()
    /// In the order in which they were first named. An index here is an agent's number inside the core.
    package internal(set) var agents: [AgentRecord] = []
    package internal(set) var messages: [MessageID: OutboundRecord] = [:]
    /// In order of channel name.
    package internal(set) var tallies: [ChannelTally] = []
    /// What the plan's calendars said last, in order of name.
    package internal(set) var gates: [Gate] = []
    var lastAgents = LastAgents()
    var suppressed: Set<Suppression> = []
    /// Contacts that moved between sites, and what peers are still to hear.
    package internal(set) var custody = CustodyTable()
    /// The life that wrote what is remembered; nil in journals that no site with a life of its own has begun.
    package internal(set) var life: Int64?
    /// After a restore from a backup: how far it is known what became of the backup's contacts.
    package internal(set) var restoration = RestorationStage.none
    /// Which lives of peers are lost.
    package internal(set) var fences = Fences()
    /// Wants no more contacts, and hands on those that wait.
    package internal(set) var isDraining = false
    /// Where switches were told to deliver calls.
    package internal(set) var routes = RouteTable()
    /// What each queue knows of itself.
    package internal(set) var measures = Measures()

    // MARK: What follows from it

    var agentIndex: [AgentName: Int] = [:]
    var queueIndex: [QueueName: Int] = [:]
    /// The plan's queues that interflow, by index.
    var interflowing: [Int] = []
    /// Contacts that wait for one agent alone, or did until their moment came.
    var waitingAlone: [AgentName: Set<InteractionID>] = [:]
    var threads = ThreadTable()
    var unsent = 0
    var matcher = Matcher()
    var deadlines = DeadlineQueue()

    // MARK: What peers say

    /// Soft: no fact makes it, and it is empty after a restart.
    package internal(set) var directory: Directory

    // MARK: The decision in progress

    var emitted: [RecordedFact] = []
    /// Contacts that wait in a queue which the plan does not name.
    var homeless: [InteractionID] = []
    var changes = StateChanges()

    package static let siteByDefault = SiteName("site")

    package init(
        site: SiteName = Self.siteByDefault, incarnation: Int64 = 1, directory: Directory = Directory()
    ) {
        self.site = site
        self.incarnation = incarnation
        self.directory = directory
        plan = Plan(version: "none", queues: [], defaultQueue: QueueName("none"), agents: [])
    }

    // MARK: The main verb

    /// Takes in one input, appends to `facts` what was decided, and says what its asker may be told once those facts
    /// are durable. Whatever fell due before `input.at` is decided first.
    package mutating func apply(_ input: Input, into facts: inout [RecordedFact]) -> Answer {
        swap(&facts, &emitted)
        defer { swap(&facts, &emitted) }
        now = max(now, input.at)
        // Before anything falls due: whatever that ended might be another site's by now.
        if isOfLostLife {
            suspect()
            return .none
        }
        runDeadlines()
        match()
        let answer = decide(input.event)
        // What this input began may be over at once; but a new process has no channels to send by before it has answered.
        if case .siteStarted = input.event {} else { runDeadlines() }
        match()
        return answer
    }

    /// The same, for those who only want the facts.
    package mutating func apply(_ input: Input) -> [RecordedFact] {
        var facts: [RecordedFact] = []
        _ = apply(input, into: &facts)
        return facts
    }

    /// The moment at which `apply` must be called with `.timePassed` if nothing else happens before; it may be early.
    package var nextDeadline: Timestamp? {
        var next = deadlines.next
        for other in [matcher.nextDeadline, custody.nextForgotten, nextInterflow] {
            if let other { next = next.map { min($0, other) } ?? other }
        }
        return next
    }

    private mutating func decide(_ event: Input.Event) -> Answer {
        switch event {
        case .siteStarted(let epoch, let release, let wallOffset):
            return start(epoch: epoch, release: release, wallOffset: wallOffset)
        case .planActivated(let plan): return activate(plan)
        case .clockStepped(let wallOffset): return stepClock(to: wallOffset)
        case .contact(let contact): return take(contact)
        case .withdrawn(let id, let cause): return withdraw(id, cause: cause)
        case .delivery(let report, let repeated): return note(report, repeated: repeated)
        case .agentConnected(let agent, let session): return connect(agent, session: session)
        case .agentDisconnected(let agent, let session): return disconnect(agent, session: session)
        case .command(let agent, let command): return obey(command, of: agent)
        case .supervisor(let name, let command): return obey(command, ofSupervisor: name)
        case .vendorReturned(let id): return takeFromVendor(id, reason: "vendor")
        case .qualityReported(let agent, let queue, let score): return judge(agent, on: queue, score: score)
        case .sendEnded(let message, let attempt, let outcome): return sendEnded(message, attempt: attempt, outcome)
        case .peer(let said): return .peer(hear(said))
        case .peerAnswered(let peer, let incarnation, let item, let answer):
            return heed(answer, to: item, of: peer, incarnation: incarnation)
        case .summaryHeard(let summary): return .reception(directory.receive(summary, at: now))
        case .peerForgotten(let peer): return forget(peer)
        case .peerAsks(let peer, let queue, let places): return pull(by: peer, queue, places: places)
        case .peerFenced(let peer, let incarnation): return .peer(fence(peer, incarnation: incarnation))
        case .restorationTold(let lesson): return .restoration(learn(lesson))
        case .draining(let isDraining, let by): return drain(isDraining, by: by)
        case .custodyForced(let contact, let by): return force(contact, by: by)
        case .route(let input): return .route(take(input))
        case .timePassed: return .none
        }
    }

    // MARK: Recording

    /// Makes `fact` true: gives it its place, folds it, and keeps it for the journal. Returns its sequence.
    ///
    /// About an interaction that has ended and been forgotten nothing can be recorded, for nobody knows its last fact any
    /// more: what is still told of its contact stands by itself.
    @discardableResult
    mutating func record(_ fact: Fact, about interaction: InteractionID? = nil, key: IdempotencyKey? = nil) -> Int64 {
        let sequence = lastSequence + 1
        let isFirst = interaction?.number == sequence
        let previous = isFirst ? nil : interaction.flatMap { interactions[$0]?.lastSequence }
        let interaction = isFirst || previous != nil ? interaction : nil
        let recorded = RecordedFact(
            sequence: sequence, at: now, interaction: interaction, previous: previous, key: key, fact: fact)
        fold(recorded)
        emitted.append(recorded)
        return recorded.sequence
    }
}

/// One party not to be written to on one channel.
struct Suppression: Hashable, Sendable {
    var party: PartyKey
    var channel: ChannelName
}
