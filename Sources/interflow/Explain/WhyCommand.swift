import Glibc
import InteractionModel
import JSON
import Journal
import Routing
import Site

/// Why an agent gets nothing, or got this.
enum WhyCommand {
    static let command = Command(
        name: "why", summary: "Say why an agent gets nothing, or what the agent gets",
        description: [
            "Prints the agent's status and room, what waits and the first rule that keeps it from the agent, the newest offers to "
                + "others that this agent could have had, and what the agent was offered beside what was due among equals.",
            "Reads the journal where it lies, beside a running site or without one.",
        ],
        options: [.config, JournalFolder.option, .init(name: "json", summary: "As one JSON object.")],
        operands: [.init(name: "AGENT", summary: "The agent's name in the plan.")],
        exits: [
            (.ok, "answered"), (.failed, "no plan in the journal named that agent, or entries were purged"),
            (.noInput, "there is no journal"), (.ioError, "the journal cannot be read"),
        ],
        examples: ["interflow why ana", "interflow why ana --json"],
        run: { invocation in
            signal(SIGPIPE, SIG_DFL)
            let agent = AgentName(invocation.operands[0])
            return try JournalFolder.read(invocation) { reader in
                let work = try AgentsWork(reader, of: agent)
                Terminal.say(
                    invocation.has("json") ? work.json : work.lines.map(TerminalText.safe).joined(separator: "\n"))
                return .ok
            }
        })
}

/// What an agent could do now, and what went to others.
struct AgentsWork {
    /// Offers to others are looked for among so many newest entries, and so many are kept.
    static let entriesMax: Int64 = 5_000
    static let offersMax = 8

    private struct Missed {
        var at: Timestamp
        var contact: InteractionID
        var offered: Offered
        var load: Int
        var idle: Span
    }

    private let agent: AgentName
    private let state: RoutingState
    private var missed: [Missed] = []

    init(_ reader: SQLiteJournalReader, of agent: AgentName) throws {
        self.agent = agent
        let end = try reader.lastSequence()
        var missed: [Missed] = []
        var folded = try JournalFolder.fold(
            reader, until: end,
            { entry, state in
                guard let number = entry.interaction,
                    case .offered(let offered)? = try? Fact(type: entry.type, body: entry.body),
                    offered.agent != agent, state.rule(keeping: agent, from: InteractionID(number)) == .laterInOrder,
                    let record = state.agents.first(where: { $0.name == agent })
                else { return }
                missed.append(
                    Missed(
                        at: entry.at, contact: InteractionID(number), offered: offered, load: record.held.count,
                        idle: entry.at.since(record.sinceAt)))
                if missed.count > Self.offersMax { missed.removeFirst() }
            }, wanting: { $0.sequence > end - Self.entriesMax && $0.type == "offer.made" })
        guard folded.agents.contains(where: { $0.name == agent }) else {
            let hint = NearestWord.to(agent.rawValue, among: folded.agents.map(\.name.rawValue))
            throw CommandFailure(
                .failed, "no plan in this journal names \(agent)" + (hint.map { "; did you mean \($0)?" } ?? ""))
        }
        folded.look(at: Timestamp(milliseconds: WallTime.now.milliseconds - folded.wallOffset.milliseconds))
        self.missed = missed
        state = folded
    }

    private var record: AgentRecord? { state.agents.first { $0.name == agent } }
    private var groups: [Explanation.Group] { Explanation.whyNothing(state, agent) }

    // MARK: For people

    var lines: [String] {
        guard let record else { return [] }
        var lines = [
            "\(agent) is \(state.condition(of: agent) ?? "unknown")"
                + (record.isPlanned ? "" : ", and no longer in the plan")
                + (record.statusUntil.map { ", for another \(Words.length($0.since(state.now)))" } ?? "")
        ]
        lines.append("  room: " + (room.isEmpty ? "for no channel" : room.joined(separator: ", ")))
        if !record.held.isEmpty { lines.append("  holds " + record.held.map(held).joined(separator: ", ")) }
        lines.append(groups.isEmpty ? "Nobody waits." : "What waits, and what keeps it from \(agent):")
        lines += groups.map { "  \($0.queue): \($0.count), first #\($0.first): \(Self.reason($0.rule))" }
        lines += missedLines
        return lines + shareLines
    }

    private var room: [String] {
        (record?.capacity ?? []).map { "\($0.channel) \(state.held(by: agent, on: $0.channel)) of \($0.contacts)" }
    }

    private func held(_ id: InteractionID) -> String {
        "#\(id) (\(state.interactions[id]?.state.name ?? "gone"))"
    }

    /// Of one agent.
    private static func reason(_ rule: Explanation.Rule) -> String {
        switch rule {
        case .channel: "does not take the channel"
        case .skill: "lacks a skill, or its level"
        case .group: "is of another group or site"
        case .ring: "is of a ring that is not open yet"
        case .closed: "the queue is closed"
        case .signedOut: "is signed out"
        case .unreachable: "cannot be reached"
        case .offHours: "is off hours"
        case .notReady: "is not ready"
        case .capacity: "has no room"
        case .reserved: "is kept back for other queues"
        case .excluded: "is excluded, or declined it"
        case .preferred: "it waits for another agent"
        case .laterInOrder: "nothing; it is being looked at"
        }
    }

    private var missedLines: [String] {
        guard !missed.isEmpty else { return ["No recent offer to others could have been \(agent)'s."] }
        return ["Recent offers to others that \(agent) could have had:"]
            + missed.map { missed in
                "  #\(missed.contact) → \(missed.offered.agent) at \(clock(missed.at)): \(why(missed))"
            }
    }

    private func why(_ missed: Missed) -> String {
        let why = missed.offered.why
        if why.isPreferred { return "the contact prefers \(missed.offered.agent)" }
        if why.load < missed.load { return "holds \(why.load), \(agent) held \(missed.load)" }
        if why.idle > missed.idle, why.load == missed.load {
            let longer = Span(milliseconds: why.idle.milliseconds - missed.idle.milliseconds)
            return "idle for \(Words.length(why.idle)), \(Words.length(longer)) longer than \(agent)"
        }
        return "first by the queue's order (ring \(why.ring)"
            + (why.level.map { ", level \($0)" } ?? "") + (why.tier.map { ", tier \($0)" } ?? "") + ")"
    }

    private func clock(_ moment: Timestamp) -> String { WallTime(moment.advanced(by: state.wallOffset)).localClock }

    private var shareLines: [String] {
        guard let share = state.share(of: agent), share.chances > 0 else {
            return [
                "There was never a choice between \(agent) and an equal: one of the same profile who holds as much."
            ]
        }
        let due = (share.entitled * 10).rounded() / 10
        return ["Among equals: offered \(share.offered), due \(due), of \(share.chances) choices."]
    }

    // MARK: For machines

    var json: String {
        var writer = JSONWriter(reservingCapacity: 4096)
        writer.beginObject()
        writer.field("agent", agent.rawValue)
        writer.field("asOf", state.lastSequence)
        writer.field("condition", state.condition(of: agent))
        writer.field("contacts", record?.held.map(\.number) ?? [])
        writer.key("waiting")
        writer.beginArray()
        for group in groups {
            writer.beginObject()
            writer.field("queue", group.queue.rawValue)
            writer.field("rule", group.rule.rawValue)
            writer.field("count", group.count)
            writer.field("first", group.first.number)
            writer.endObject()
        }
        writer.endArray()
        writer.key("missed")
        writer.beginArray()
        for missed in missed {
            writer.beginObject()
            writer.field("interaction", missed.contact.number)
            writer.field("at", missed.at.milliseconds)
            writer.field("agent", missed.offered.agent.rawValue)
            writer.field("why", why(missed))
            writer.endObject()
        }
        writer.endArray()
        let share = state.share(of: agent) ?? FairShare.none
        writer.key("share")
        writer.beginObject()
        writer.field("offered", share.offered)
        writer.field("entitled", share.entitled)
        writer.field("choices", share.chances)
        writer.endObject()
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
