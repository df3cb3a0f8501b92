import Configuration
import Foundation
import InteractionModel
import Routing
import Testing

@testable import Site

@Suite("Plans as operators write them")
struct PlanConfigurationTests {
    /// 2026-11-21 12:00 UTC.
    private static let moment = Timestamp(milliseconds: 1_795_262_400_000)

    private static func read(_ text: String) throws(ConfigurationError) -> PlanText {
        try PlanText(Array(text.utf8), file: "plan.yaml", folder: "", catalog: .empty, at: moment)
    }

    private static func example(_ name: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appendingPathComponent("Deploy/Examples/Plans/\(name)"), encoding: .utf8)
    }

    // MARK: Examples

    @Test("The examples are plans without a warning", arguments: ["small.yaml", "everything.yaml"])
    func examples(name: String) throws {
        let text = try Self.read(try Self.example(name))
        #expect(text.warnings.map { "\($0.complaint)" } == [])
        #expect(text.plan.version.hasPrefix("p-") && text.restartKeys == [])
    }

    @Test("The large example uses every key there is")
    func everyKey() throws {
        let example = try Self.example("everything.yaml")
        let reference = ReferencePage.text(of: PlanConfiguration.self, title: "plan")
        let keys = reference.split(separator: "\n").filter { $0.hasPrefix("| `") }.compactMap {
            $0.split(separator: "`").dropFirst().first.map(String.init)
        }
        #expect(keys.count > 80)
        #expect(Set(keys).filter { !example.contains("\($0):") } == [])
    }

    // MARK: Meaning

    @Test("An agent adds to the template's skills, capacity and groups, and replaces the rest")
    func templates() throws {
        let plan = try Self.read(
            """
            skills: [german, billing]
            groups: [first, second]
            sites: { berlin: {}, lima: {} }
            queues: { support: {} }
            defaultQueue: support
            templates:
              desk: { skills: { german: 3 }, capacity: { sms: 3, voice: 1 }, groups: [first], site: berlin, units: 50 }
            agents:
              ana: { template: desk }
              ben: { template: desk, skills: { german: 1, billing: 2 }, capacity: { sms: 0 }, groups: [second, first], site: lima }
            """
        ).plan
        var ana = AgentPlan(
            name: AgentName("ana"), skills: SkillSet([SkillRequirement(SkillName("german"), level: 3)]),
            capacity: [ChannelCapacity(ChannelName("sms"), 3), ChannelCapacity(ChannelName("voice"), 1)])
        ana.groups = [GroupName("first")]
        ana.site = SiteName("berlin")
        ana.units = 50
        var ben = AgentPlan(
            name: AgentName("ben"),
            skills: SkillSet([
                SkillRequirement(SkillName("german"), level: 1), SkillRequirement(SkillName("billing"), level: 2),
            ]), capacity: [ChannelCapacity(ChannelName("sms"), 0), ChannelCapacity(ChannelName("voice"), 1)])
        ben.groups = [GroupName("first"), GroupName("second")]
        ben.site = SiteName("lima")
        ben.units = 50
        #expect(plan.agents == [ana, ben])
    }

    @Test("Equal rules have equal versions, whatever stands around them and whoever activated them")
    func versions() throws {
        let text = "queues: { support: {} }\ndefaultQueue: support\nagents: { ana: { capacity: { sms: 1 } } }\n"
        var plan = try Self.read(text).plan
        #expect(try Self.read("# words\n" + text + "timers: { reconnectGrace: 30s }\n").plan == plan)
        #expect(try Self.read(text + "timers: { reconnectGrace: 31s }\n").plan.version != plan.version)
        plan.origin = PlanOrigin(number: 7, by: "root", comment: "why")
        #expect(plan.versioned == plan)
    }

    @Test("What the file says changes with the file, and neither with the year nor with its comments")
    func sources() throws {
        let text =
            "calendars: { day: { zone: Europe/Berlin, open: { mon-fri: [\"08:00-18:00\"] } } }\n"
            + "queues: { support: { hours: day } }\ndefaultQueue: support\n"
        let now = try Self.read(text)
        let later = try PlanText(
            Array(("# words\n" + text).utf8), file: "plan.yaml", folder: "", catalog: .empty,
            at: Self.moment.advanced(by: .hours(24 * 400)))
        #expect(now.source == later.source && now.plan.version != later.plan.version)
        #expect(try Self.read(text.replacing("18:00", with: "17:00")).source != now.source)
    }

    // MARK: Complaints

    private static let mistakes: [(String, String)] = [
        (
            "agents: { ana: { template: dsk, capacity: { sms: 1 } } }",
            "names the template dsk, which is not there; did you mean desk?"
        ),
        ("agents: { ana: { skills: { german: 1 } } }", "has no capacity"),
        (
            "agents: { ana: { capacity: { sms: 1 }, site: lisbon } }",
            "names the site lisbon, which is not there; sites are berlin"
        ),
        (
            "reserves: { vips: { keep: 1, queues: [support] } }",
            "names the group vips, which is not there; did you mean vip?"
        ),
        (
            "reserves: { vip: { keep: 1, queues: [suport] } }",
            "names the queue suport, which is not there; did you mean support?"
        ),
        (
            "entries: [{ during: summer, queue: support }]",
            "names the calendar summer, which is not there; list it under calendars"
        ),
        ("idleOrder: longest", "must be one of longest-idle, least-occupied, round-robin"),
        ("more: { overflow: [{ to: support }] }", "has no condition"),
        ("more: { overflow: [{ full: true }] }", "leads nowhere"),
        ("more: { overflow: [{ full: true, to: support, refuse: true }] }", "excludes `to`"),
        ("more: { whenClosed: { to: support, refuse: true } }", "excludes `to`"),
        ("more: { escalation: {} }", "needs either queue or vendor"),
        ("more: { escalation: { queue: more } }", "leads to the queue it starts from"),
        ("more: { rings: [{ after: 9s }, { after: 9s, skills: {} }] }", "opens after 9s, no later than"),
        ("more: { band: 10 }", "must be an integer from 0 to 9"),
        ("more: { agentOrder: [level, speed] }", "must be one of level, quality, load"),
        ("more: { quality: { tiers: [60, 80] } }", "must descend"),
        ("more: { serviceLevel: { within: 20 } }", "needs a unit; write 20s"),
    ]

    @Test("A mistake is told with its line, its key, and what was probably meant", arguments: mistakes)
    func complaints(line: String, words: String) throws {
        let isQueue = line.hasPrefix("more:")
        let text =
            "skills: [german]\ngroups: [vip]\nsites: { berlin: {} }\n"
            + "templates: { desk: { skills: { german: 1 } } }\ndefaultQueue: support\nqueues:\n  support: {}\n"
            + (isQueue ? "  " : "") + line + "\n"
        let error = try #require(throws: ConfigurationError.self) { try Self.read(text) }
        #expect(error.complaints.count == 1, "\(error)")
        #expect(error.complaints[0].place.line == 8)
        #expect("\(error.complaints[0])".contains(words), "\(error)")
    }

    @Test("A warning about what was left out names the key and stands where its owner does")
    func warningPlaces() throws {
        let text = try Self.read(
            "queues:\n  calm: {}\n  hasty: { band: 2 }\ndefaultQueue: calm\nagents: { ana: { capacity: { sms: 1 } } }\n"
        )
        #expect(
            text.warnings.map { "\($0.complaint)" } == [
                "plan.yaml:2:3: queues.calm.band: is 0, its agents also serve band 2, and nothing lifts who has waited long; "
                    + "give the queue liftAfter"
            ])
    }
}
