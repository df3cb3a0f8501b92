import HTTP
import InteractionModel
import JSON
import Journal
import Routing

/// Brings every agent what concerns them, in order, once: folds the committed facts into one feed each and sends new
/// events to the connected desktop. Belongs to the loop's thread.
final class AgentHub {
    /// Messages of a conversation shown when a desktop is given the whole state.
    static let messagesShown = 50
    /// Bytes of those messages; older ones are left out.
    static let messageBytesShown = 64 << 10

    let site: SiteName
    private let reader: any JournalReader
    private var feeds: [AgentName: AgentFeed] = [:]
    private var desktops: [AgentName: Desktop] = [:]
    /// Who is being asked, and who has what, as of the fact being told.
    private var offered: [InteractionID: AgentName] = [:]
    var holders: [InteractionID: AgentName] = [:]
    /// The colleagues of a holder, in the order in which they were asked.
    var guests: [InteractionID: [Participant]] = [:]
    private var messageHolders: [MessageID: AgentName] = [:]
    /// Nothing before this is in any feed.
    private let begin: Int64

    private struct Desktop {
        var session: Int64
        var socket: WebSocket
    }

    init(site: SiteName, reader: any JournalReader, state: borrowing RoutingState) {
        self.site = site
        self.reader = reader
        begin = state.lastSequence
        for agent in state.agents {
            for id in agent.held {
                guard let interaction = state.interactions[id], interaction.state.agent == agent.name else { continue }
                if case .offered = interaction.state {
                    offered[id] = agent.name
                } else {
                    holders[id] = agent.name
                    guests[id] = interaction.guests.map { Participant($0) }
                }
            }
        }
        for message in state.messages.values {
            if case .agent(let name) = message.author { messageHolders[message.id] = name }
        }
    }

    // MARK: Desktops

    /// Connects a desktop that has been admitted, and tells it what it missed, or everything. An older one is closed.
    func attach(
        _ agent: AgentName, session: Int64, socket: WebSocket, last: Int64?, state: borrowing RoutingState
    ) {
        desktops.updateValue(Desktop(session: session, socket: socket), forKey: agent)?.socket
            .close(code: AgentClose.replaced, reason: "signed in elsewhere")
        // Who has seen what this journal does not hold followed another one, such as that of before a restored backup.
        let known = last.flatMap { $0 <= state.lastSequence ? $0 : nil }
        let missed = known.flatMap { feed(of: agent).events(after: $0) }
        socket.send(text: welcome(agent, resumed: missed != nil, state: state))
        for event in missed ?? [] { socket.send(text: event.text) }
    }

    func detach(_ agent: AgentName, session: Int64) {
        if desktops[agent]?.session == session { desktops[agent] = nil }
    }

    /// Whether the desktop of this session is the agent's present one.
    func isAttached(_ agent: AgentName, session: Int64) -> Bool { desktops[agent]?.session == session }

    var connectedCount: Int { desktops.count }

    private func feed(of agent: AgentName) -> AgentFeed { feeds[agent] ?? AgentFeed(completeAfter: begin) }

    func tell(_ agent: AgentName, _ sequence: Int64, _ event: consuming AgentEvent) {
        var event = event
        let text = event.bytes()
        feeds[agent, default: AgentFeed(completeAfter: begin)].append(.init(sequence: sequence, text: text))
        desktops[agent]?.socket.send(text: text)
    }

    // MARK: Facts

    func publish(_ recorded: RecordedFact, contents: [Int64: [UInt8]], state: borrowing RoutingState) {
        switch recorded.fact {
        case .offered(let offered): tellOffer(offered, recorded, contents, state)
        case .offerEnded(let offer, let outcome): tellOfferEnd(offer, outcome, recorded)
        case .messageReceived, .relayed, .optedOut, .optedIn, .helpAsked: tellCustomerWrote(recorded, contents)
        case .released, .requeued, .moved, .escalated, .wrapUpStarted, .closed: tellConversation(recorded)
        case .held, .resumed, .invited, .invitationEnded, .guestJoined, .guestLeft, .transferred:
            tellParticipants(recorded, contents, state)
        case .agentStatusChanged(let agent, let status, let until):
            var event = AgentEvent("status", at: recorded)
            event.add {
                $0.status(status)
                $0.field("until", until?.milliseconds)
            }
            tell(agent, recorded.sequence, event)
        case .agentSignedOut(let agent, let reason, _):
            var event = AgentEvent("status", at: recorded)
            event.add {
                $0.field("status", "signed-out")
                $0.field("reason", reason)
            }
            tell(agent, recorded.sequence, event)
        case .messageQueued(let queued):
            guard case .agent(let agent) = queued.author else { return }
            messageHolders[MessageID(recorded.sequence)] = agent
            tellOwnMessage(agent, recorded, contents)
        case .messageSent, .messageFailed, .sendPostponed, .deliveryReported, .messageSettled: tellMessageFate(recorded)
        default: break
        }
    }

    private func tellOffer(
        _ offer: Offered, _ recorded: RecordedFact, _ contents: [Int64: [UInt8]], _ state: borrowing RoutingState
    ) {
        guard let id = recorded.interaction else { return }
        offered[id] = offer.agent
        let interaction = state.interactions[id]
        let content = content(of: id.number, contents)
        var event = AgentEvent("offer", at: recorded)
        event.add {
            $0.field("offer", recorded.sequence)
            $0.field("until", offer.until.milliseconds)
            if let interaction { $0.contact(interaction, content: content) }
            $0.field("waited", offer.why.waited.milliseconds)
        }
        tell(offer.agent, recorded.sequence, event)
    }

    private func tellOfferEnd(_ offer: OfferID, _ outcome: OfferOutcome, _ recorded: RecordedFact) {
        guard let id = recorded.interaction, let agent = offered.removeValue(forKey: id) else { return }
        var event: AgentEvent
        switch outcome {
        case .accepted:
            holders[id] = agent
            event = AgentEvent("accepted", at: recorded)
            // What was said before this agent was asked: while it waited, or with the agent before.
            event.add { writeMessages(of: id, before: recorded.sequence, to: &$0) }
        case .rejected: event = AgentEvent("rejected", at: recorded)
        case .timedOut: event = AgentEvent("offer-timed-out", at: recorded)
        case .rescinded(let reason):
            event = AgentEvent("offer-withdrawn", at: recorded)
            event.add { $0.field("reason", reason) }
        }
        event.add { $0.field("offer", offer.number) }
        tell(agent, recorded.sequence, event)
    }

    private func tellCustomerWrote(_ recorded: RecordedFact, _ contents: [Int64: [UInt8]]) {
        guard let id = recorded.interaction, let agent = holders[id] ?? offered[id] else { return }
        let content = content(of: recorded.sequence, contents)
        for hearer in [agent] + (guests[id] ?? []).filter(\.isIn).map(\.agent) {
            var event = AgentEvent("message", at: recorded)
            event.add {
                if case .optedOut = recorded.fact { $0.field("optedOut", true) }
                if case .optedIn = recorded.fact { $0.field("optedOut", false) }
                if let content { $0.content(content) }
            }
            tell(hearer, recorded.sequence, event)
        }
    }

    private func tellConversation(_ recorded: RecordedFact) {
        guard let id = recorded.interaction, let agent = holders[id] else { return }
        var event: AgentEvent
        switch recorded.fact {
        case .wrapUpStarted(let reason, let until, _):
            event = AgentEvent("wrapup", at: recorded)
            event.add {
                $0.field("reason", reason)
                $0.field("until", until.milliseconds)
            }
        case .closed(let disposition, let by, _):
            event = AgentEvent("closed", at: recorded)
            event.add {
                $0.field("disposition", disposition)
                $0.field("by", by)
            }
            holders[id] = nil
        case .released(_, let reason):
            event = AgentEvent("taken-back", at: recorded)
            event.add { $0.field("reason", reason) }
            holders[id] = nil
        case .escalated(let vendor, _, let until):
            event = AgentEvent("escalated", at: recorded)
            event.add {
                $0.field("vendor", vendor)
                $0.field("until", until.milliseconds)
            }
            holders[id] = nil
        case .moved(let moved):
            event = AgentEvent("escalated", at: recorded)
            event.add { $0.field("queue", moved.to.rawValue) }
            holders[id] = nil
        default:
            event = AgentEvent("requeued", at: recorded)
            holders[id] = nil
        }
        tell(agent, recorded.sequence, event)
    }

    private func tellOwnMessage(_ agent: AgentName, _ recorded: RecordedFact, _ contents: [Int64: [UInt8]]) {
        let content = content(of: recorded.sequence, contents)
        var event = AgentEvent("reply", at: recorded)
        event.add {
            $0.field("message", recorded.sequence)
            if let content { $0.content(content) }
        }
        tell(agent, recorded.sequence, event)
    }

    private func tellMessageFate(_ recorded: RecordedFact) {
        guard let (message, status, reason) = Self.fate(recorded.fact) else { return }
        guard let agent = messageHolders[message] else { return }
        if status == "settled" || status == "failed" { messageHolders[message] = nil }
        guard status != "settled" else { return }
        var event = AgentEvent("delivery", at: recorded)
        event.add {
            $0.field("message", message.number)
            $0.field("status", status)
            $0.field("reason", reason)
        }
        tell(agent, recorded.sequence, event)
    }

    private static func fate(_ fact: Fact) -> (MessageID, status: String, reason: String?)? {
        switch fact {
        case .messageSent(let message, _, _): (message, "sent", nil)
        case .messageFailed(let message, let reason): (message, "failed", reason)
        case .sendPostponed(let message, let reason, _): (message, "retrying", reason)
        case .deliveryReported(let message, let status, let detail): (message, status.rawValue, detail)
        case .messageSettled(let message): (message, "settled", nil)
        default: nil
        }
    }

    // MARK: Content and the whole state

    func content(of sequence: Int64, _ contents: [Int64: [UInt8]] = [:]) -> ContactContent? {
        // Content that cannot be read is shown as absent: the offer itself must still go out.
        guard let bytes = contents[sequence] ?? (try? reader.content(of: sequence)) else { return nil }
        return ContactContent(bytes: bytes)
    }

    private func welcome(_ name: AgentName, resumed: Bool, state: borrowing RoutingState) -> [UInt8] {
        var writer = JSONWriter(reservingCapacity: 2048)
        writer.beginObject()
        writer.field("type", "welcome")
        writer.field("version", AgentRequest.version)
        writer.field("site", site.rawValue)
        writer.field("agent", name.rawValue)
        writer.field("seq", state.lastSequence)
        writer.field("resumed", resumed)
        if let agent = state.agents.first(where: { $0.name == name }) {
            writer.status(agent.status)
            if !resumed { writeContacts(agent, state, to: &writer) }
        }
        writer.endObject()
        return writer.bytes
    }

    private func writeContacts(
        _ agent: AgentRecord, _ state: borrowing RoutingState, to writer: inout JSONWriter
    ) {
        writer.key("contacts")
        writer.beginArray()
        for id in agent.held {
            guard let interaction = state.interactions[id] else { continue }
            writer.beginObject()
            writer.field("interaction", id.number)
            writeStanding(of: agent.name, in: interaction, to: &writer)
            writer.contact(interaction, content: content(of: id.number))
            writeMessages(of: id, to: &writer)
            writer.endObject()
        }
        writer.endArray()
    }

    /// The newest messages of a conversation, as many as `messagesShown` and `messageBytesShown` allow, oldest first; those
    /// from before the contact came here from another site among them.
    func writeMessages(of id: InteractionID, before end: Int64 = .max, to writer: inout JSONWriter) {
        guard let contents = try? reader.contents(of: id.number) else { return }
        var lines: [(sequence: Int64, line: Conversation.Line)] = []
        for content in contents where content.sequence < end {
            guard let read = Conversation.content(content.body) else { continue }
            if read.isConversation { lines = [] }
            lines += read.lines.map { (content.sequence, $0) }
        }
        var bytes = 0
        let shown = lines.suffix(Self.messagesShown).reversed().prefix { line in
            bytes += line.line.weight
            return bytes <= Self.messageBytesShown
        }
        writer.key("messages")
        writer.beginArray()
        for (sequence, line) in shown.reversed() {
            writer.beginObject()
            writer.field("seq", sequence)
            line.writeMembers(to: &writer)
            writer.endObject()
        }
        writer.endArray()
    }
}

/// Close codes of this protocol (RFC 6455 leaves 4000 to 4999 to applications).
enum AgentClose {
    /// The same agent signed in elsewhere.
    static let replaced: UInt16 = 4001
    /// The plan has no such agent.
    static let unknownAgent: UInt16 = 4003
    /// The site takes nothing just now; come back.
    static let unavailable: UInt16 = 4013
}
