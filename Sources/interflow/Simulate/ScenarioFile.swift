import Configuration
import Simulation

/// A scenario as it is written: `interflow simulate FILE`.
struct ScenarioFile: ConfigurationSection {
    static let queues = Key("queues", .named(.section(QueueScenario.self), count: 1...1000), "Who calls.")
    static let agents = Key("agents", .list(of: .section(GroupScenario.self), count: 1...10_000), "Who answers.")
    static let policy = Key("policy", .section(PolicyScenario.self), "By which rules.")
    static let sites = Key(optional: "sites", .section(SitesScenario.self), "How contacts find one of several sites.")
    static let lines = Key(
        optional: "lines", .integer(in: 1...10_000_000),
        "How many contacts may be in the house, waiting or served; one more finds the lines busy and is blocked.")
    static let waitingMax = Key(
        optional: "waitingMax", .integer(in: 1...10_000_000),
        "How many may wait in all queues together; one more is blocked before it reaches the router.")
    static let warmup = Key(
        "warmup", .seconds(in: 0...1e9), default: 0, "Simulated before anything is counted.")
    static let duration = Key(optional: "duration", .seconds(in: 1...1e11), "How long to count after that.")
    static let contacts = Key(
        optional: "contacts", .integer(in: 1...10_000_000_000), "How many contacts to count, instead of a duration.")

    static let keys: KeyList = [queues, agents, policy, sites, lines, waitingMax, warmup, duration, contacts]

    private let queues: [Named<QueueScenario>]
    private let agents: [GroupScenario]
    private let policy: PolicyScenario
    private let sites: SitesScenario?
    private let lines, waitingMax: Int?
    private let warmup: Double
    private let length: Scenario.Length

    static func check(_ section: inout SectionReader) {
        for queue in section.ifSound(queues) ?? [] where !GroupScenario.isName(queue.name) || queue.name.count > 40 {
            section.complain(at: queue.place, "is no name", hint: "use up to 40 letters, digits, '-', '_' and '.'")
        }
        let given = (section.isGiven(duration), section.isGiven(contacts))
        if given == (false, false) {
            section.complain(at: duration, "is missing", hint: "say `duration` or `contacts`")
        }
        if given == (true, true) {
            section.complain(at: duration, and: contacts, "cannot be given together with contacts")
        }
    }

    init(reading section: SectionReader) {
        queues = section[Self.queues]
        agents = section[Self.agents]
        policy = section[Self.policy]
        sites = section[Self.sites]
        lines = section[Self.lines]
        waitingMax = section[Self.waitingMax]
        warmup = section[Self.warmup]
        length = section[Self.contacts].map { .contacts($0) } ?? .seconds(section[Self.duration] ?? 0)
    }

    func scenario(named name: String) -> Scenario {
        Scenario(
            name: name, queues: queues.map { $0.value.queue(named: $0.name) }, groups: agents.map(\.group),
            policy: policy.policy, sites: sites?.policy, lines: lines, waitingMax: waitingMax, warmup: warmup,
            length: length)
    }

    /// - Throws: `ConfigurationError` with every complaint, or `ScenarioError`.
    static func load(_ path: String) throws -> Scenario {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        let name = file.hasSuffix(".yaml") ? String(file.dropLast(5)) : file
        let scenario = try ConfigurationFile.load(ScenarioFile.self, from: path).root.scenario(named: name)
        try scenario.check()
        return scenario
    }
}

/// The rules under trial.
struct PolicyScenario: ConfigurationSection {
    static let order = Key(
        "order", .one(of: Policy.AgentOrder.self), default: .longestIdle,
        "Which idle agent: longest-idle, least-occupied, round-robin; random is a baseline that the simulator draws.")
    static let priority = Key(
        "priority", .one(of: Policy.Priority.self), default: .headStart, "What a queue's priority means.")
    static let choice = Key(
        "choice", .one(of: Policy.ContactChoice.self), default: .longestWait,
        "Which waiting contact an agent who becomes free takes.")
    static let keys: KeyList = [order, priority, choice]

    let policy: Policy

    init(reading section: SectionReader) {
        policy = Policy(order: section[Self.order], priority: section[Self.priority], choice: section[Self.choice])
    }
}

/// How contacts find one of several sites.
struct SitesScenario: ConfigurationSection {
    static let rule = Key(
        "rule", .one(of: SitePolicy.Rule.self), default: .pooled,
        "Before delivery: pooled, separate, round-robin; med (one router asked: minimum expected delay), local (the site "
            + "asked where the contact came in).")
    static let reportEvery = Key(
        "reportEvery", .seconds(in: 0...86_400), default: 0,
        "Seconds between reports; 0: whoever is asked knows everything at once.")
    static let belief = Key(
        "belief", .one(of: SitePolicy.Belief.self), default: .counted,
        "Whether what was sent to a site since its report is counted, or the report naively believed.")
    static let interflow = Key(
        optional: "interflow", .seconds(in: 0.001...86_400),
        "Seconds after which a waiting contact may go to any site with somebody idle.")
    static let keys: KeyList = [rule, reportEvery, belief, interflow]

    let policy: SitePolicy

    init(reading section: SectionReader) {
        policy = SitePolicy(
            rule: section[Self.rule], reportEvery: section[Self.reportEvery], belief: section[Self.belief],
            interflow: section[Self.interflow])
    }
}
