import Configuration
import Simulation

/// One group of agents in a scenario file.
struct GroupScenario: ConfigurationSection {
    static let name = Key("name", .string(bytes: 1...40), "What the group is called.")
    static let count = Key("count", .integer(in: 1...100_000), "How many agents.")
    static let skills = Key(
        "skills", .named(.integer(in: 1...10), count: 0...64), default: [],
        "What each can do, with levels; the first is the primary one.")
    static let site = Key(optional: "site", .string(bytes: 1...40), "Where they sit.")
    static let handling = Key("handling", .seconds(in: 0.001...1e7), "Mean seconds with a contact.")
    static let distribution = Key(
        "distribution", .law, default: .exponential, "exponential, constant, lognormal (with cv) or erlang (with k).")
    static let cv = Key(optional: "cv", .number(in: 0.01...10), "Of lognormal: standard deviation by mean.")
    static let k = Key(optional: "k", .integer(in: 1...100), "Of erlang: phases.")
    static let shifts = Key(
        "shifts", .list(of: .section(ShiftScenario.self), count: 0...24), default: [],
        "When they are there, every simulated day; none means always.")

    static let keys: KeyList = [name, count, skills, site, handling, distribution, cv, k, shifts]

    let group: AgentGroup

    static func check(_ section: inout SectionReader) {
        guard let name = section.ifSound(name), !isName(name) else { return }
        section.complain(at: Self.name, "is no name", hint: "use letters, digits, '-', '_' and '.'")
    }

    static func isName(_ text: String) -> Bool {
        text.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) || "-_.".utf8.contains($0)
        }
    }

    init(reading section: SectionReader) {
        let law = ServiceTime.Law(section[Self.distribution], cv: section[Self.cv], k: section[Self.k])
        group = AgentGroup(
            name: section[Self.name], count: section[Self.count],
            skills: section[Self.skills].map { SkillLevel($0.name, $0.value) }, site: section[Self.site],
            handling: ServiceTime(mean: section[Self.handling], law: law), shifts: section[Self.shifts].map(\.shift))
    }
}

struct ShiftScenario: ConfigurationSection {
    static let from = Key("from", .hour, "The hour at which they sign in.")
    static let to = Key("to", .hour, "The hour at which they leave, after the contact they have.")
    static let keys: KeyList = [from, to]

    let shift: AgentGroup.Shift

    init(reading section: SectionReader) {
        shift = AgentGroup.Shift(from: section[Self.from], to: section[Self.to])
    }
}
