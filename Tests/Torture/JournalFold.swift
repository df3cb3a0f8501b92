import InteractionModel
import Journal
import Routing
import Site

/// Folds a journal by rules of its own, written from the life cycle and not from the router's code, and notes whatever
/// breaks one of them.
struct JournalFold {
    enum State: Equatable {
        case queued
        case offered(Int64, to: String)
        case active(String)
        case wrapping(String)
        case ended

        var agent: String? {
            switch self {
            case .offered(_, let agent), .active(let agent), .wrapping(let agent): agent
            case .queued, .ended: nil
            }
        }
    }

    struct Message: Equatable {
        var agent: String?
        var interaction: Int64?
        var isSent = false
        var isFailed = false
        var isForgotten = false
        var attempts = 0
    }

    private(set) var violations: [String] = []
    private(set) var interactions: [Int64: (state: State, channel: String)] = [:]
    private(set) var messages: [Int64: Message] = [:]
    /// Where each idempotency key was recorded, in order.
    private(set) var keys: [String: [(sequence: Int64, interaction: Int64?)]] = [:]
    /// The sequences each agent must have been told.
    private(set) var feeds: [String: [Int64]] = [:]
    private(set) var held: [String: Set<Int64>] = [:]
    private(set) var capacity: [String: [String: Int]] = [:]
    private(set) var assignments = 0
    private(set) var entries = 0
    private(set) var reports: [Int64: Int] = [:]
    private var last: (sequence: Int64, at: Int64, epoch: Int64) = (0, 0, 0)

    mutating func take(_ entry: JournalEntry) throws {
        entries += 1
        checkOrder(entry)
        if let key = entry.key { keys[key, default: []].append((entry.sequence, entry.interaction)) }
        guard !entry.type.hasPrefix("journal.") else { return }
        let fact = try RecordedFact(entry).fact
        switch fact {
        case .planActivated(let plan):
            for agent in plan.agents {
                for unit in agent.capacity {
                    capacity[agent.name.rawValue, default: [:]][unit.channel.rawValue] = unit.contacts
                }
            }
        case .agentStatusChanged(let agent, _, _), .agentSignedOut(let agent, _, _): tell(agent.rawValue, entry)
        case .messageQueued, .sendStarted, .sendPostponed, .messageSent, .messageFailed, .deliveryReported,
            .messageSettled:
            takeMessage(fact, entry)
        default: if let id = entry.interaction { takeInteraction(fact, id, entry) }
        }
    }

    private mutating func checkOrder(_ entry: JournalEntry) {
        if entry.sequence != last.sequence + 1 { violate(entry, "follows \(last.sequence)") }
        if entry.at.milliseconds < last.at { violate(entry, "is earlier than the entry before it") }
        if entry.epoch < last.epoch { violate(entry, "is of epoch \(entry.epoch) after \(last.epoch)") }
        last = (entry.sequence, entry.at.milliseconds, entry.epoch)
    }

    private mutating func violate(_ entry: JournalEntry, _ text: String) {
        let about = entry.interaction.map { " of interaction \($0)" } ?? ""
        violations.append("entry \(entry.sequence) (\(entry.type))\(about) \(text)")
    }

    private mutating func tell(_ agent: String?, _ entry: JournalEntry) {
        if let agent { feeds[agent, default: []].append(entry.sequence) }
    }

    // MARK: Interactions

    private mutating func takeInteraction(_ fact: Fact, _ id: Int64, _ entry: JournalEntry) {
        guard case .received(let received) = fact else { return takeLater(fact, id, entry) }
        if interactions[id] != nil { violate(entry, "begins it a second time") }
        if id != entry.sequence { violate(entry, "has a number that is not its own sequence") }
        interactions[id] = (.queued, received.channel.rawValue)
    }

    private mutating func takeLater(_ fact: Fact, _ id: Int64, _ entry: JournalEntry) {
        guard let state = interactions[id]?.state else { return violate(entry, "has no beginning") }
        switch (fact, state) {
        case (.messageReceived, .ended): violate(entry, "comes after its end")
        case (.messageReceived, .wrapping(let agent)):  // Whoever writes during the paperwork is talked to again.
            tell(agent, entry)
            move(id, to: .active(agent), entry)
        case (.messageReceived, _), (.optedOut, _), (.optedIn, _), (.helpAsked, _): tell(state.agent, entry)
        case (.offered(let offer), .queued): move(id, to: .offered(entry.sequence, to: offer.agent.rawValue), entry)
        case (.offered(let offer), _): violate(entry, "offers it to \(offer.agent) while it is \(state)")
        case (.offerEnded(let offer, let outcome), .offered(let open, let agent)) where offer.number == open:
            tell(agent, entry)
            guard case .accepted = outcome else { return move(id, to: .queued, entry) }
            assignments += 1
            return move(id, to: .active(agent), entry)
        case (.offerEnded(let offer, _), _): violate(entry, "ends offer \(offer) while it is \(state)")
        case (.released(let from, _), .active(let agent)) where agent == from.rawValue: leave(id, entry, for: .queued)
        case (.requeued(let requeued), .active(let agent)) where agent == requeued.by.rawValue:
            leave(id, entry, for: .queued)
        case (.wrapUpStarted, .active(let agent)): leave(id, entry, for: .wrapping(agent))
        case (.closed, .active), (.closed, .wrapping): leave(id, entry, for: .ended)
        case (.moved, .queued): break
        case (.abandoned, .queued), (.expired, .queued): leave(id, entry, for: .ended)
        default: violate(entry, "cannot happen while it is \(state)")
        }
        if case .offered(let offer) = fact { tell(offer.agent.rawValue, entry) }
    }

    private mutating func leave(_ id: Int64, _ entry: JournalEntry, for state: State) {
        tell(interactions[id]?.state.agent, entry)
        move(id, to: state, entry)
    }

    private mutating func move(_ id: Int64, to state: State, _ entry: JournalEntry) {
        if let agent = interactions[id]?.state.agent { held[agent]?.remove(id) }
        interactions[id]?.state = state
        guard let agent = state.agent, let channel = interactions[id]?.channel else { return }
        held[agent, default: []].insert(id)
        let count = held[agent]?.count { interactions[$0]?.channel == channel } ?? 0
        let limit = capacity[agent]?[channel] ?? 0
        if count > limit {
            violate(entry, "gives \(agent) \(count) contacts of \(channel), \(limit) at once are allowed")
        }
    }

    // MARK: Messages

    private mutating func takeMessage(_ fact: Fact, _ entry: JournalEntry) {
        switch fact {
        case .messageQueued(let queued):
            var message = Message(interaction: entry.interaction)
            if case .agent(let agent) = queued.author { message.agent = agent.rawValue }
            messages[entry.sequence] = message
            if let agent = message.agent, entry.interaction.flatMap({ interactions[$0]?.state }) != .active(agent) {
                violate(entry, "lets \(agent) write, who does not have it")
            }
            tell(message.agent, entry)
        case .sendStarted(let id, let attempt, _):
            change(id, entry) { $0.attempts = attempt }
        case .sendPostponed(let id, _, _): tellFate(id, entry)
        case .messageSent(let id, _, _):
            tellFate(id, entry)
            change(id, entry) { $0.isSent = true }
        case .messageFailed(let id, _):
            tellFate(id, entry)
            change(id, entry) {
                $0.isFailed = true
                $0.isForgotten = true
            }
        case .deliveryReported(let id, let status, _):
            tellFate(id, entry)
            reports[id.number, default: 0] += 1
            change(id, entry) { $0.isForgotten = $0.isForgotten || status == .failed }
        case .messageSettled(let id): change(id, entry) { $0.isForgotten = true }
        default: break
        }
    }

    private mutating func change(_ id: MessageID, _ entry: JournalEntry, _ body: (inout Message) -> Void) {
        guard var message = messages[id.number] else {
            return violate(entry, "is about message \(id), which never was")
        }
        if message.isFailed { violate(entry, "is about message \(id), which had failed for good") }
        body(&message)
        messages[id.number] = message
    }

    private mutating func tellFate(_ id: MessageID, _ entry: JournalEntry) {
        guard let message = messages[id.number], !message.isForgotten else { return }
        tell(message.agent, entry)
    }

    /// Messages nobody has taken yet.
    var unsent: Int { messages.values.count { !$0.isSent && !$0.isFailed } }
}
