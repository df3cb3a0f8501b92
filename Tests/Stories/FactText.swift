import InteractionModel
import JSON
import Routing

/// Facts as lines of a story, made of each fact's own type word and JSON members: no type is known here, so a new one
/// needs nothing.
///
/// Numbers that mean something only inside one journal become what the story calls them: contacts by the author's names,
/// an offer or a message by its agent and when, moments by how far they lie from their fact.
struct FactText {
    let clock: StoryClock
    /// How many plans were activated; with one, no line says which.
    var plans = 0
    private var names: [InteractionID: String] = [:]
    private var contacts: [String: InteractionID] = [:]
    /// What was told, by sequence: how a later fact's number is understood.
    private var told: [Int64: (type: String, interaction: InteractionID?, agent: String?, at: Timestamp)] = [:]

    /// Members whose value says all.
    private static let unnamed: Set<String> = ["agent", "channel", "party", "outcome", "status"]

    init(clock: StoryClock) { self.clock = clock }

    // MARK: Names

    mutating func name(_ id: InteractionID, _ name: String) throws(StoryError) {
        if let known = names[id], known != name {
            throw StoryError("this is no new contact, but \(known); write → \(known)")
        }
        if let known = contacts[name], known != id { throw StoryError("\(name) is another contact's name already") }
        names[id] = name
        contacts[name] = id
    }

    func contact(_ name: String) throws(StoryError) -> InteractionID {
        if let id = contacts[name] { return id }
        throw StoryError("there is no contact \(name) yet")
    }

    /// The last offer of that contact to that agent, or else its last offer: what such an agent could answer.
    func offer(of name: String, to agent: AgentName) throws(StoryError) -> OfferID {
        let id = try contact(name)
        let offers = told.filter { $0.value.type.hasSuffix(".made") && $0.value.interaction == id }
        let own = offers.filter { $0.value.agent == agent.rawValue }
        guard let sequence = (own.isEmpty ? offers : own).keys.max() else {
            throw StoryError("\(name) was never offered to anybody")
        }
        return OfferID(sequence)
    }

    // MARK: Facts

    /// The fact's line, and below it one for each member that has members itself.
    mutating func lines(of recorded: RecordedFact) -> [String] {
        var writer = JSONWriter()
        recorded.fact.write(to: &writer)
        let members = (try? JSONValue.parse(writer.bytes))?.objectValue?.members ?? []
        let agent = members.first { $0.name == "agent" }?.value.stringValue
        told[recorded.sequence] = (recorded.fact.type, recorded.interaction, agent, recorded.at)
        let clock = clock.text(recorded.at)
        var line = clock + " " + recorded.interaction.map { "\(name(of: $0)) " }.orEmpty + recorded.fact.type
        var below: [String] = []
        for member in members where !isLeftOut(member) {
            if case .object(let object) = member.value, isDeep(object), member.name != "plan" {
                below.append(String(repeating: " ", count: clock.count + 1) + text(of: member, at: recorded.at))
            } else {
                line += " " + text(of: member, at: recorded.at)
            }
        }
        return [line] + below
    }

    private func name(of id: InteractionID) -> String { names[id] ?? "interaction-\(id)" }

    private func isLeftOut(_ member: JSONObject.Member) -> Bool {
        switch member.name {
        case "account": member.value.stringValue == "main"
        case "planVersion": plans < 2
        default: member.value == .null
        }
    }

    private func isDeep(_ object: JSONObject) -> Bool {
        object.members.contains { $0.value.objectValue != nil || $0.value.arrayValue != nil }
    }

    // MARK: Members

    private func text(of member: JSONObject.Member, at moment: Timestamp) -> String {
        let value = text(member.value, named: member.name, at: moment)
        return Self.unnamed.contains(member.name) && member.value.stringValue != nil
            ? value : "\(Self.words(member.name)) \(value)"
    }

    /// `notAgainBefore` → `not-again-before`, `providerID` → `provider-id`
    private static func words(_ name: String) -> String {
        var words = ""
        var wasUppercase = false
        for letter in name {
            words += (letter.isUppercase && !wasUppercase ? "-" : "") + letter.lowercased()
            wasUppercase = letter.isUppercase
        }
        return words
    }

    private func text(_ value: JSONValue, named name: String, at moment: Timestamp) -> String {
        switch value {
        case .null: return "none"
        case .bool(let bool): return bool ? "yes" : "no"
        case .integer(let number): return text(number, named: name, at: moment)
        case .double(let number): return "\(number)"
        case .string(let string): return Self.quoted(string)
        case .array(let values):
            return "[" + values.map { text($0, named: name, at: moment) }.joined(separator: ", ") + "]"
        case .object(let object):
            if name == "plan", let version = object["version"]?.stringValue { return version }
            return inside(object, at: moment)
        }
    }

    /// The members of an object, in brackets unless it has a line of its own.
    private func inside(_ object: JSONObject, at moment: Timestamp) -> String {
        if object.isEmpty { return "none" }
        let isCountedTwice = Self.counts(object["named"]) == Self.counts(ofCounts: object["dropped"])
        let members = object.members.filter { $0.name != "dropped" || object["named"] == nil || !isCountedTwice }
        let parts = members.map { "\(Self.words($0.name)) \(text($0.value, named: $0.name, at: moment))" }
        return isDeep(object) ? parts.joined(separator: ", ") : "(" + parts.joined(separator: ", ") + ")"
    }

    /// How often each word is a member's value.
    private static func counts(_ object: JSONValue?) -> [String: Int64] {
        var counts: [String: Int64] = [:]
        for member in object?.objectValue?.members ?? [] { counts[member.value.stringValue ?? "", default: 0] += 1 }
        return counts
    }

    private static func counts(ofCounts object: JSONValue?) -> [String: Int64] {
        let members = object?.objectValue?.members ?? []
        return Dictionary(members.map { ($0.name, $0.value.integerValue ?? 0) }) { one, _ in one }
    }

    private func text(_ number: Int64, named name: String, at moment: Timestamp) -> String {
        if let earlier = told[number], Self.begins(earlier.type, name) {
            let clock = clock.text(earlier.at).replacing(" ", with: "-")
            return (earlier.agent ?? "") + "@" + clock
        }
        if let known = names[InteractionID(number)], ["interaction", "contact"].contains(name) { return known }
        if TimeText.isMoment(number) {
            return clock.text(Timestamp(milliseconds: number), seenFrom: moment)
        }
        return number.magnitude >= 1000 ? TimeText.text(Span(milliseconds: number)) : "\(number)"
    }

    /// Whether a member of that name holds the number of such a fact: invitations are numbered like offers.
    private static func begins(_ type: String, _ name: String) -> Bool {
        type.hasPrefix(name + ".") || (name == "offer" && type.hasSuffix(".made"))
    }

    private static func quoted(_ text: String) -> String {
        text.isEmpty || text.contains { " ,()[]\"".contains($0) } ? "\"\(text)\"" : text
    }

    // MARK: Answers

    /// What the asker is told, where the facts do not say it.
    func line(of answer: Answer, nothingElse: Bool) -> String? {
        switch answer {
        case .refused(let refusal): return "refused \(refusal.code): " + known(refusal.description)
        case .repeated(let id): return "answer: known already" + (id.map { ", \(name(of: $0))" } ?? "")
        case .accepted(let id, _): return nothingElse ? "answer: yes, \(name(of: id)), and nothing changes" : nil
        case .none: return nil
        default: return nothingElse ? "answer: \(answer)" : nil
        }
    }

    /// A sentence with the story's names in place of the journal's numbers.
    private func known(_ sentence: String) -> String {
        var words = sentence.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        for index in words.indices.dropFirst() {
            let digits = words[index].prefix { $0.isNumber }
            guard let number = Int64(digits) else { continue }
            let rest = words[index].dropFirst(digits.count)
            switch words[index - 1] {
            case "interaction", "conversation": words[index] = name(of: InteractionID(number)) + rest
            case let word where told[number].map({ Self.begins($0.type, word) }) == true:
                words[index] = text(number, named: word, at: clock.beginning) + rest
            default: break
            }
        }
        return words.joined(separator: " ")
    }
}

extension Optional<String> {
    fileprivate var orEmpty: String { self ?? "" }
}
