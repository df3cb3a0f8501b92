import InteractionModel
import JSON
import Journal
import Routing
import Site

/// One contact from its first fact on, each offer with everybody it did not go to.
struct ContactLife {
    private struct Event {
        var entry: JournalEntry
        /// For an offer: everybody else.
        var candidates: Candidates?
        /// The winner's place in the order of agents.
        var winner: String?
    }

    private let number: Int64
    private var events: [Event] = []
    private let state: RoutingState

    /// - Parameter last: the entry to stop at; nil is the newest.
    init(_ reader: SQLiteJournalReader, of number: Int64, until last: Int64?) throws {
        self.number = number
        let id = InteractionID(number)
        guard try reader.interaction(number) != nil else {
            throw CommandFailure(
                .failed, "there is no interaction \(number) in this journal; it was never there, or was purged")
        }
        let end = try min(last ?? .max, reader.lastSequence())
        var events: [Event] = []
        var folded = try JournalFolder.fold(
            reader, until: end,
            { entry, state in
                var event = Event(entry: entry)
                if case .offered(let offered)? = try? Fact(type: entry.type, body: entry.body) {
                    event.candidates = Candidates(Explanation.expanded(copy state, id), but: offered.agent)
                    event.winner = Self.place(offered)
                }
                events.append(event)
            }, wanting: { $0.interaction == number })
        guard !events.isEmpty else {
            throw CommandFailure(.failed, "interaction \(number) begins after entry \(end)")
        }
        if last == nil { folded.look(at: Timestamp(milliseconds: Self.siteTime(folded))) }
        self.events = events
        state = folded
    }

    /// Site time now, so far as the record knows its distance from the wall.
    private static func siteTime(_ state: RoutingState) -> Int64 {
        WallTime.now.milliseconds - state.wallOffset.milliseconds
    }

    /// The tuple by which agents were compared.
    private static func place(_ offered: Offered) -> String {
        let why = offered.why
        let parts = [
            why.isPreferred ? "preferred" : nil, "ring \(why.ring)", why.level.map { "level \($0)" },
            why.tier.map { "tier \($0)" }, "holds \(why.load)", "idle \(Words.length(why.idle))",
            why.idleKey.map { "place \($0) by the plan's idle order" },
        ]
        return "won by \(offered.agent): " + parts.compactMap { $0 }.joined(separator: ", ")
    }

    private var id: InteractionID { InteractionID(number) }

    // MARK: For people

    var lines: [String] {
        var lines: [String] = []
        for event in events {
            guard let line = LogLine(LogEntry(event.entry)) else { continue }
            lines.append(line.text())
            // The agents named in the record are among the candidates.
            let why = event.candidates == nil ? line.why : Array(line.why.prefix(1))
            lines += (why + [event.winner].compactMap { $0 } + (event.candidates?.lines ?? [])).map {
                Self.indent + $0
            }
        }
        return lines + outlook
    }

    private static let indent = String(repeating: " ", count: 23)

    private var outlook: [String] {
        guard let interaction = state.interactions[id] else { return [] }
        guard interaction.state == .queued else {
            guard !interaction.state.hasEnded else { return [] }
            let agent = interaction.state.agent.map { " with \($0)" } ?? ""
            return ["It is \(interaction.state.name)\(agent), until \(clock(interaction.deadline)) at the latest."]
        }
        var lines = ["It waits in \(interaction.requirement.queue), since \(length(interaction.stamp))."]
        if let position = state.position(of: id) {
            lines.append("  position \(position); \(Words.sentence(state.expectedWait(of: id)))")
        }
        let candidates = Candidates(Explanation.expanded(state, id)).lines
        lines.append(candidates.isEmpty ? "  no agent in the plan" : "  nobody yet:")
        lines += candidates.map { "    \($0)" }
        let prospects = state.prospects(of: id)
        if !prospects.isEmpty { lines.append("  what will change it by itself:") }
        return lines
            + prospects.map { "    in \(Words.length($0.at.since(state.now))): \(Words.sentence($0.event))" }
    }

    private func length(_ moment: Timestamp) -> String { Words.length(state.now.since(moment)) }

    private func clock(_ moment: Timestamp) -> String { WallTime(moment.advanced(by: state.wallOffset)).localClock }

    // MARK: For machines

    var json: String {
        var writer = JSONWriter(reservingCapacity: 8192)
        writer.beginObject()
        writer.field("interaction", number)
        writer.field("asOf", state.lastSequence)
        writer.field("state", state.interactions[id]?.state.name)
        writer.key("events")
        writer.beginArray()
        for event in events { write(event, to: &writer) }
        writer.endArray()
        if state.interactions[id]?.state == .queued { writeOutlook(to: &writer) }
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func write(_ event: Event, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("seq", event.entry.sequence)
        writer.field("at", event.entry.at.milliseconds)
        writer.field("type", event.entry.type)
        writer.key("body")
        writer.raw(event.entry.body)
        if let candidates = event.candidates {
            writer.key("candidates")
            candidates.write(to: &writer)
        }
        writer.endObject()
    }

    private func writeOutlook(to writer: inout JSONWriter) {
        writer.key("outlook")
        writer.beginObject()
        state.writeOutlook(of: id, to: &writer)
        writer.key("candidates")
        Candidates(Explanation.expanded(state, id)).write(to: &writer)
        writer.key("prospects")
        writer.beginArray()
        for prospect in state.prospects(of: id) {
            writer.beginObject()
            writer.field("at", prospect.at.milliseconds)
            writer.field("event", Words.sentence(prospect.event))
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }
}
