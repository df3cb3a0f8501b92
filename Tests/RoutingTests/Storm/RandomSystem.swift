import InteractionModel
import Routing

/// A small site under a seeded storm: plans, people, customers, providers and restarts, all at random.
struct RandomSystem {
    static let channels = ["chat", "sms", "voice"].map { ChannelName($0) }
    static let skills = ["english", "german", "billing"].map { SkillName($0) }
    static let queues = ["first", "second", "third"].map { QueueName($0) }
    static let agents = (0..<6).map { AgentName("agent\($0)") }

    static let groups = ["front", "back", "vip"].map { GroupName($0) }
    static let sites = ["bonn", "graz"].map { SiteName($0) }

    /// What the core can do already, and so what the storm asks of it.
    let features: StormFeatures
    var random: SeededGenerator
    private(set) var now = Timestamp(milliseconds: 1_700_000_000_000)
    private var keysGiven = 0
    private var sessionsGiven: Int64 = 0
    private var epoch: Int64 = 0

    init(seed: Int, features: StormFeatures = .landed) {
        random = SeededGenerator(seed: UInt64(seed))
        self.features = features
    }

    // MARK: Inputs

    mutating func start() -> Input {
        epoch += 1
        return Input(at: now, .siteStarted(epoch: epoch, release: "test", wallOffset: .zero))
    }

    /// The next thing to happen to `state`: mostly something that makes sense, sometimes something that does not.
    mutating func next(for state: RoutingState) -> Input {
        passTime(state)
        return Input(at: now, event(state))
    }

    private mutating func passTime(_ state: RoutingState) {
        switch random.below(1000) {
        case ..<350: break
        case ..<650: now = now.advanced(by: Span(milliseconds: Int64(random.below(1500))))
        case ..<930: now = now.advanced(by: Span(milliseconds: Int64(random.below(4)) * 500))
        case ..<990: if let next = state.nextDeadline, next > now { now = next }
        case ..<998: now = now.advanced(by: .minutes(Int64(random.below(10))))
        default: now = now.advanced(by: .hours(Int64(random.below(30))))
        }
    }

    private mutating func event(_ state: RoutingState) -> Input.Event {
        switch random.below(200) {
        case ..<46: return .contact(contact(state))
        case ..<50: return .withdrawn(interaction(state), cause: "left")
        case ..<66: return connect(state)
        case ..<68: return disconnect(state)
        case ..<90: return .command(somebodyConnected(state), .setStatus(status()))
        case ..<165: return command(state)
        case ..<176: return sendEnded(state)
        case ..<182: return delivery(state)
        case ..<186: return supervise(state)
        case ..<189: return .qualityReported(random.pick(Self.agents), random.pick(Self.queues), score: random.below(103))
        case ..<191: return .vendorReturned(withVendor(state))
        case ..<193: return .planActivated(plan())
        case ..<194: return .clockStepped(wallOffset: .seconds(Int64(random.below(3))))
        default: return .timePassed
        }
    }

    private mutating func contact(_ state: RoutingState) -> InboundContact {
        let person = PartyKey("person\(random.below(40))")
        let kinds: [ContactEvent.Kind] = [.optOut(keyword: "STOP"), .optIn(keyword: "START"), .help(keyword: "HELP")]
        return InboundContact(
            key: key(), channel: random.pick(Self.channels), account: AccountName("main"),
            kind: random.chance(88) ? .message : random.pick(kinds), party: person, thread: person,
            destination: random.pick(["+4930", "+4931"]), wish: wish(), wantsConfirmation: random.chance(50),
            earlier: random.chance(2) ? EarlierContact(interaction: interaction(state)) : nil,
            direction: random.pick(Direction.allCases), language: random.pick([nil, "de-AT", "DE", "en", "deu"]))
    }

    private mutating func wish() -> RoutingWish {
        var wish = RoutingWish()
        if random.chance(40) { wish.queue = QueueName(random.chance(95) ? random.pick(Self.queues).rawValue : "none") }
        if random.chance(15) { wish.skills = skills(atMost: 2) }
        if random.chance(15) { wish.headStart = .seconds(Int64(random.below(200) - 50)) }
        if random.chance(1) { wish.headStart = .hours(Int64(random.below(100) - 50)) }
        if random.chance(8) { wish.notAgents = Self.agents.filter { _ in random.chance(30) } }
        guard features.contains(.preferred) else { return wish }
        if random.chance(15) { wish.preferredAgent = random.chance(95) ? random.pick(Self.agents) : AgentName("nobody") }
        if random.chance(10) { wish.preferredFor = .seconds(Int64(random.below(60))) }
        return wish
    }

    /// Mostly somebody who is not connected.
    private mutating func connect(_ state: RoutingState) -> Input.Event {
        let absent = state.agents.filter { $0.presence == .absent && $0.isPlanned }.map(\.name)
        let name = random.pick(absent.isEmpty || random.chance(10) ? Self.agents : absent)
        return .agentConnected(name, session: session())
    }

    /// Mostly somebody connected who does not take contacts.
    private mutating func somebodyConnected(_ state: RoutingState) -> AgentName {
        let connected = state.agents.filter { agent in
            if case .connected = agent.presence { agent.isPlanned } else { false }
        }
        let resting = connected.filter { $0.status != .available }
        if !resting.isEmpty, random.chance(70) { return random.pick(resting).name }
        return connected.isEmpty || random.chance(5) ? random.pick(Self.agents) : random.pick(connected).name
    }

    private mutating func disconnect(_ state: RoutingState) -> Input.Event {
        let name = random.pick(Self.agents)
        guard let agent = state.agents.first(where: { $0.name == name }), random.chance(90),
            case .connected(let session) = agent.presence
        else { return .agentDisconnected(name, session: 0) }
        return .agentDisconnected(name, session: session)
    }

    mutating func status() -> AgentStatus {
        switch random.below(20) {
        case 0: .signedOut
        case 1, 2: .notReady(.init(random.pick(["lunch", "meeting", "daydream"])))
        default: .available
        }
    }

    private mutating func sendEnded(_ state: RoutingState) -> Input.Event {
        let sending = state.messages.values.filter { $0.state == .sending }.sorted { $0.id < $1.id }
        guard let message = sending.isEmpty ? nil : random.pick(sending) else { return .timePassed }
        let attempt = random.chance(95) ? message.attempts : message.attempts - 1
        switch random.below(10) {
        case ..<5: return .sendEnded(message.id, attempt: attempt, .sent(providerID: "P\(message.id)"))
        case ..<8: return .sendEnded(message.id, attempt: attempt, .again(after: nil, reason: "503"))
        case ..<9: return .sendEnded(message.id, attempt: attempt, .never(reason: "21211"))
        default: return .sendEnded(message.id, attempt: attempt, .optedOut(reason: "21610"))
        }
    }

    private mutating func delivery(_ state: RoutingState) -> Input.Event {
        let followed = state.messages.keys.sorted()
        let message = followed.isEmpty ? MessageID(1) : random.pick(followed)
        let report = DeliveryReport(key: key(), message: message, status: random.pick(DeliveryStatus.allCases))
        return .delivery(report, repeated: random.chance(5))
    }

    private mutating func session() -> Int64 {
        sessionsGiven += 1
        return sessionsGiven
    }

    mutating func key() -> IdempotencyKey {
        keysGiven += 1
        return IdempotencyKey("key\(keysGiven)")!
    }
}
