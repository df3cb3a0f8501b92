import InteractionModel
import JSON
import Journal
import Routing
import Site

/// Facts as the core really makes them: a site with fifty agents, in which every contact is offered, taken, written to
/// again and closed.
struct RoutedWorkload {
    static let agents = 50
    static let description = "the core's own facts, \(agents) agents, 6 facts to an interaction"

    private var state = RoutingState()
    private let epoch: Int64
    private var at = Timestamp(milliseconds: 1_700_000_000_000)
    private var facts: [RecordedFact] = []
    private var contacts = 0

    init(_ leadership: Leadership) {
        epoch = leadership.epoch
        state.pass(over: leadership.lastSequence)
        apply(.siteStarted(epoch: epoch, release: "bench", wallOffset: .zero))
        apply(.planActivated(Self.plan))
        for agent in Self.plan.agents {
            apply(.agentConnected(agent.name, session: 1))
            apply(.command(agent.name, .setStatus(.available)))
        }
    }

    private static let plan = Plan(
        version: "bench",
        queues: [QueuePlan(name: QueueName("support"), skills: SkillSet([SkillRequirement(SkillName("german"))]))],
        defaultQueue: QueueName("support"),
        agents: (1...agents).map {
            AgentPlan(
                name: AgentName("agent-\($0)"), skills: SkillSet([SkillRequirement(SkillName("german"), level: 3)]),
                capacity: [ChannelCapacity(ChannelName("sms"), 3)])
        })

    /// At least `count` facts of whole interactions, and the rows they lead to.
    mutating func batch(of count: Int) -> JournalBatch {
        while facts.count < count { takeOneContact() }
        let rows = state.takeChanges()
        defer { facts.removeAll(keepingCapacity: true) }
        return JournalBatch(
            epoch: epoch, entries: facts.map(entry), interactions: rows.interactions.map(\.journalRow),
            entities: rows.entities.map(\.journalRow))
    }

    /// Received, offered, accepted, written to again, wrapped up, closed.
    private mutating func takeOneContact() {
        contacts += 1
        write()
        guard let offer = facts.last, case .offered(let offered) = offer.fact, let id = offer.interaction else {
            return
        }
        apply(.command(offered.agent, .accept(OfferID(offer.sequence))))
        write(again: true)
        apply(.command(offered.agent, .wrapUp(id)))
        apply(.command(offered.agent, .close(id, disposition: "solved")))
    }

    private mutating func write(again: Bool = false) {
        let party = PartyKey(
            Hexadecimal.text((0..<16).map { UInt8(truncatingIfNeeded: contacts &* 0x9E37_79B9 >> $0) }))
        guard let key = IdempotencyKey("api/shop/message-\(contacts)\(again ? "-2" : "")") else { return }
        apply(
            .contact(
                InboundContact(
                    key: key, channel: ChannelName("sms"), account: AccountName("shop"), party: party, thread: party,
                    destination: "+4930900000")))
    }

    private mutating func apply(_ event: Input.Event) {
        at = at.advanced(by: Span(milliseconds: 1))
        _ = state.apply(Input(at: at, event), into: &facts)
    }

    private func entry(_ recorded: RecordedFact) -> JournalEntry {
        var writer = JSONWriter()
        recorded.fact.write(to: &writer)
        return JournalEntry(
            sequence: recorded.sequence, at: recorded.at, epoch: epoch, type: recorded.fact.type,
            interaction: recorded.interaction?.number, previous: recorded.previous, key: recorded.key?.rawValue,
            body: writer.bytes)
    }
}
