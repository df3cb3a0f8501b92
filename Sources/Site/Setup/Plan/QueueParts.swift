package import Configuration
import InteractionModel
import Routing

/// One ring of a queue.
package struct RingSection: ConfigurationSection {
    static let after = Key(
        "after", .duration(in: .milliseconds(1) ... .seconds(604_800)), example: .seconds(10),
        "How long a contact waits before the ring is open to it.")
    static let skills = Key(
        optional: "skills", .named(.integer(in: 1...10), count: 0...64),
        "What its agents must be able to do, in place of the queue's skills: lower levels, or fewer.")
    static let groups = Key(
        optional: "groups", .list(of: .located(.name), count: 0...64), "Its groups, in place of the queue's.")
    static let sites = Key(
        optional: "sites", .list(of: .located(.name), count: 0...64), "Its sites, in place of the queue's.")

    package static let keys: KeyList = [after, skills, groups, sites]

    let skills: [Named<Int>]?
    let groups, sites: [Located<String>]?
    private let after: Duration

    package init(reading section: SectionReader) {
        after = section[Self.after]
        skills = section[Self.skills]
        groups = section[Self.groups]
        sites = section[Self.sites]
    }

    var ring: Ring {
        Ring(after: Span(after), skills: skills.map { SkillSet($0) }, groups: groups?.names(), sites: sites?.names())
    }
}

/// One point of the aging curve.
package struct AgingSection: ConfigurationSection {
    static let waited = Key(
        "waited", .duration(in: .zero ... .seconds(604_800)), example: .seconds(600), "Having waited this long …")
    static let headStart = Key(
        "headStart", .duration(in: .zero ... .seconds(86_400)), example: .seconds(300), "… earns this much.")

    package static let keys: KeyList = [waited, headStart]

    let point: AgingCurve.Point

    package init(reading section: SectionReader) {
        point = AgingCurve.Point(waited: Span(section[Self.waited]), headStart: Span(section[Self.headStart]))
    }
}

/// How results make tiers.
package struct QualitySection: ConfigurationSection {
    static let prior = Key(
        "prior", .integer(in: 0...100), default: 50, "What an agent without any result is taken to reach.")
    static let weight = Key(
        "weight", .integer(in: 0...10_000), default: 20,
        "How many results the prior weighs as much as, so that a few lucky ones decide little.")
    static let newcomerSamples = Key(
        "newcomerSamples", .integer(in: 0...10_000), default: 20,
        "With fewer results an agent's tier is never worse than the prior's.")
    static let tiers = Key(
        "tiers", .list(of: .integer(in: 1...100), count: 1...9), example: [80, 60],
        "The lowest score of each tier but the last, best first.")

    package static let keys: KeyList = [prior, weight, newcomerSamples, tiers]

    let rule: QualityRule

    package init(reading section: SectionReader) {
        rule = QualityRule(
            prior: section[Self.prior], weight: section[Self.weight], newcomerSamples: section[Self.newcomerSamples],
            tiers: section[Self.tiers])
    }
}

/// The agent who knows the customer.
package struct PreferredSection: ConfigurationSection {
    static let rememberFor = Key(
        "rememberFor", .duration(), default: .zero,
        "The last agent of the same thread within this time is preferred; 0ms remembers nobody.")
    static let waitFor = Key(
        "waitFor", .duration(in: .zero ... .seconds(86_400)), default: .zero,
        "How long a contact waits for that agent alone while the agent is signed in and busy.")

    package static let keys: KeyList = [rememberFor, waitFor]

    let rule: PreferredRule

    package init(reading section: SectionReader) {
        rule = PreferredRule(rememberFor: Span(section[Self.rememberFor]), waitFor: Span(section[Self.waitFor]))
    }
}

/// What is promised.
package struct ServiceLevelSection: ConfigurationSection {
    static let within = Key(
        "within", .duration(in: .seconds(1) ... .seconds(2_592_000)), default: .seconds(20),
        "Answered within this time …")
    static let target = Key("target", .integer(in: 0...100), default: 80, "… of so many offered, in percent.")

    package static let keys: KeyList = [within, target]

    let level: ServiceLevel

    package init(reading section: SectionReader) {
        level = ServiceLevel(within: Span(section[Self.within]), target: section[Self.target])
    }
}
