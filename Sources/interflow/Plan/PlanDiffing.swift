import Configuration
import Glibc
import InteractionModel
import JSON
import Routing
import Site

/// `plan diff`: what one plan says differently from another.
struct PlanDiffing {
    /// Agents named one by one who gain or lose queues.
    private static let agentsMax = 200

    private let invocation: Invocation
    private let old: String
    private let new: String

    init(_ invocation: Invocation, _ words: [String]) throws {
        self.invocation = invocation
        old = words.first ?? "active"
        new = try words.count > 1 ? words[1] : ConfigurationLookup.path(invocation)
    }

    func run() throws -> ExitCode {
        let (one, other) = (try plan(old), try plan(new))
        let diff = PlanDiff(from: one, to: other)
        let isSame = diff.changes.isEmpty
        var effects: JSONValue?
        if invocation.has("live") {
            guard old == "active", isFile(new) else {
                throw CommandFailure(.usage, "--live compares active with a file")
            }
            effects = try PlanActivating(invocation).rehearse(new)["effects"]
        }
        if invocation.has("json") {
            Terminal.say(String(decoding: json(one, other, diff, effects), as: UTF8.self))
        } else {
            print(one, other, diff, effects)
        }
        return isSame ? .ok : .failed
    }

    private func isFile(_ word: String) -> Bool { access(word, F_OK) == 0 }

    private func plan(_ word: String) throws -> Plan {
        if word != "active", word != "previous", isFile(word) { return try PlanCommand.read(word).plan }
        guard word == "active" || word == "previous" || word.hasPrefix("p-") else {
            throw CommandFailure(
                .noInput, "\(TerminalText.safe(word)) is no file, and neither active, previous nor a version")
        }
        return try PlanListing(invocation).plan(word)
    }

    private func print(_ one: Plan, _ other: Plan, _ diff: PlanDiff, _ effects: JSONValue?) {
        Terminal.say(TerminalText.safe("from \(one.version) (\(old)) to \(other.version) (\(new)): \(diff.summary)"))
        let paint = Paint.ofOutput
        for change in diff.changes {
            let colour: Paint.Colour = change.old == nil ? .green : change.new == nil ? .red : .yellow
            Terminal.say(paint(colour, TerminalText.safe(change.description)))
        }
        for line in Self.lines(diff.agents) { Terminal.say(TerminalText.safe(line)) }
        if let effects { Terminal.say(Self.words(effects)) }
    }

    static func lines(_ agents: [PlanDiff.AgentReach]) -> [String] {
        let lines = agents.prefix(agentsMax).map { agent in
            let gains = agent.gains.isEmpty ? [] : ["gains \(agent.gains.map(\.rawValue).joined(separator: ", "))"]
            let loses = agent.loses.isEmpty ? [] : ["loses \(agent.loses.map(\.rawValue).joined(separator: ", "))"]
            return "  \(agent.agent) \((gains + loses).joined(separator: "; "))"
        }
        let more = agents.count - lines.count
        return lines + (more > 0 ? ["  and \(more) more agents"] : [])
    }

    /// What would happen at once on the site, in facts.
    static func words(_ effects: JSONValue) -> String {
        let counts = (effects.objectValue?.members ?? []).map { "\($0.value.integerValue ?? 0) \($0.name)" }
        return "on the running site, at once: "
            + (counts.isEmpty ? "nothing moves" : TerminalText.safe(counts.joined(separator: ", ")))
    }

    private func json(_ one: Plan, _ other: Plan, _ diff: PlanDiff, _ effects: JSONValue?) -> [UInt8] {
        var writer = JSONWriter(reservingCapacity: 4096)
        writer.beginObject()
        writer.field("from", one.version)
        writer.field("to", other.version)
        writer.field("change", diff.summary)
        writer.key("changes")
        writer.beginArray()
        for change in diff.changes { change.write(to: &writer) }
        writer.endArray()
        writer.key("agents")
        writer.beginArray()
        for agent in diff.agents { agent.write(to: &writer) }
        writer.endArray()
        if let effects { writer.field("effects", effects) }
        writer.endObject()
        return writer.bytes
    }
}
