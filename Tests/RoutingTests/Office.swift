public import InteractionModel

@testable import Routing

/// A small site whose story a test tells, in whole seconds from its beginning.
struct Office {
    static let sms = ChannelName("sms")

    private(set) var state = RoutingState()
    private(set) var now = at(0)
    /// What the last step's asker was told.
    private(set) var answer = Answer.none
    /// What the last step recorded, with nothing left out.
    private(set) var recorded: [RecordedFact] = []
    private var keysGiven = 0
    private var sessionsGiven: Int64 = 0

    /// Everyone named is signed in and available, in that order.
    init(_ plan: Plan, available: [AgentName] = []) {
        happens(.siteStarted(epoch: 1, release: "test", wallOffset: .zero))
        happens(.planActivated(plan))
        for name in available { signsIn(name) }
    }

    /// The facts of such a beginning.
    static func beginning(of plan: Plan, available: [AgentName]) -> [RecordedFact] {
        var office = Office(plan)
        var facts = office.recorded
        for name in available {
            office.connects(name)
            facts += office.recorded
            office.says(name, .setStatus(.available))
            facts += office.recorded
        }
        return facts
    }

    // MARK: What happens

    mutating func happens(_ event: Input.Event) {
        recorded = []
        answer = state.apply(Input(at: now, event), into: &recorded)
    }

    mutating func secondsPass(_ count: Int64) {
        now = now.advanced(by: .seconds(count))
        happens(.timePassed)
    }

    mutating func connects(_ name: AgentName) {
        sessionsGiven += 1
        happens(.agentConnected(name, session: sessionsGiven))
    }

    mutating func signsIn(_ name: AgentName) {
        connects(name)
        says(name, .setStatus(.available))
    }

    mutating func loses(_ name: AgentName) {
        guard case .connected(let session)? = agent(name)?.presence else { return }
        happens(.agentDisconnected(name, session: session))
    }

    mutating func says(_ name: AgentName, _ command: AgentCommand) { happens(.command(name, command)) }

    /// A customer writes; the number is that of the interaction the message came to, or -1 where there is none.
    @discardableResult
    mutating func writes(
        _ customer: PartyKey, _ kind: ContactEvent.Kind = .message, on channel: ChannelName = Office.sms,
        wishing wish: RoutingWish = RoutingWish(), answered: Bool = false
    ) -> InteractionID {
        let contact = InboundContact(
            key: key(), channel: channel, account: AccountName("main"), kind: kind, party: customer, thread: customer,
            destination: "+4930", wish: wish, wantsConfirmation: answered)
        happens(.contact(contact))
        if case .accepted(let id, _) = answer { return id }
        return InteractionID(-1)
    }

    /// A customer writes; who is offered it at once.
    mutating func taker(of customer: PartyKey) -> AgentName? {
        let id = writes(customer)
        return holder(of: id)
    }

    mutating func accepts(_ name: AgentName, _ id: InteractionID) { says(name, .accept(offer(of: id))) }

    /// The agent answers; the number is that of the message, or -1 where it was refused.
    @discardableResult
    mutating func replies(_ name: AgentName, to id: InteractionID) -> MessageID {
        says(name, .reply(id, key: key(), repeated: false))
        if case .queued(let message) = answer { return message }
        return MessageID(-1)
    }

    mutating func key() -> IdempotencyKey {
        keysGiven += 1
        return IdempotencyKey("key-\(keysGiven)")!
    }

    /// What no input says: who made the state said it.
    mutating func isSetUp(_ body: (inout RoutingState) -> Void) { body(&state) }

    /// The store takes the rows; what has ended is forgotten.
    mutating func writeDown() { _ = state.takeChanges() }

    // MARK: What can be seen

    /// What the last step recorded, each offer without its explanation.
    var facts: [Fact] {
        recorded.map { recorded in
            guard case .offered(let offered) = recorded.fact else { return recorded.fact }
            return .offered(offered.agent, until: offered.until)
        }
    }

    /// The explanation of the last offer of the last step.
    var why: Explanation? {
        for case .offered(let offered) in recorded.map(\.fact).reversed() { return offered.why }
        return nil
    }

    func stateOf(_ id: InteractionID) -> InteractionRecord.State? { state.interactions[id]?.state }
    func holder(of id: InteractionID) -> AgentName? { stateOf(id)?.agent }
    func agent(_ name: AgentName) -> AgentRecord? { state.agents.first { $0.name == name } }

    func offer(of id: InteractionID) -> OfferID {
        if case .offered(let offer, _)? = stateOf(id) { return offer }
        return OfferID(-1)
    }
}

/// A moment in whole seconds after the office's beginning.
func at(_ seconds: Int64) -> Timestamp { Timestamp(milliseconds: seconds * 1000) }

extension Fact {
    /// An offer whose explanation does not matter here; the plan is `plan`'s.
    static func offered(_ agent: AgentName, until: Timestamp) -> Fact {
        .offered(
            Offered(
                agent: agent, until: until, planVersion: "plan",
                why: Explanation(
                    search: .contactSoughtAgent, load: 0, idle: .zero, waited: .zero, headStart: .zero, dropped: [],
                    named: [], contactsBehind: 0)))
    }
}

/// A plan of one queue, `support`, whose agents take one text message at a time each unless it says otherwise.
func plan(
    _ agents: [AgentPlan], queues: [QueuePlan] = [QueuePlan(name: "support")], version: String = "plan"
) -> Plan {
    Plan(version: version, queues: queues, defaultQueue: queues[0].name, agents: agents)
}

func person(_ name: AgentName, _ skills: [SkillRequirement] = [], takes count: Int = 1) -> AgentPlan {
    AgentPlan(name: name, skills: SkillSet(skills), capacity: [ChannelCapacity(Office.sms, count)])
}

func skill(_ name: SkillName, _ level: Int = 1) -> SkillRequirement { SkillRequirement(name, level: level) }

extension AgentName: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(value) }
}
extension QueueName: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(value) }
}
extension SkillName: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(value) }
}
extension ChannelName: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(value) }
}
extension PartyKey: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(value) }
}
extension SiteName: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self.init(value) }
}
