package import Configuration
import InteractionModel
import Routing

/// One queue. What each key means exactly is `Sources/Routing/POLICY.md`.
package struct QueueSection: ConfigurationSection {
    // MARK: Who may serve it

    static let skills = Key(
        "skills", .named(.integer(in: 1...10), count: 0...64), default: [],
        "What an agent must be able to do, with the lowest level that will do (1 to 10).")
    static let groups = Key(
        "groups", .list(of: .located(.name), count: 0...64), default: [],
        "Only members of one of these groups serve it; none listed means anybody.")
    static let sites = Key(
        "sites", .list(of: .located(.name), count: 0...64), default: [],
        "Only agents of one of these sites serve it; none listed means any.")
    static let rings = Key(
        "rings", .list(of: .section(RingSection.self), count: 0...QueuePlan.ringsMax), default: [],
        "Wider circles of agents, each open to a contact that has waited its `after`; lower levels, more groups, more sites."
    )
    static let hours = Key(
        optional: "hours", .located(.name), staysCommented: true,
        "The calendar that says when it is served; without one it always is.")

    // MARK: Order

    static let band = Key(
        "band", .integer(in: QueuePlan.bands), default: 0,
        "Strict priority: contacts of a higher band go before all of a lower one (0 to 9).")
    static let headStart = Key(
        "headStart", .duration(in: .zero ... .seconds(86_400)), default: .zero,
        "Priority: how much earlier than its arrival a contact counts as having come.")
    static let aging = Key(
        "aging", .list(of: .section(AgingSection.self), count: 0...AgingCurve.pointsMax), default: [],
        "Further head start that waiting earns: points joined by straight lines, level after the last.")
    static let liftAfter = Key(
        optional: "liftAfter", .duration(in: .seconds(1) ... .seconds(604_800)), example: .seconds(1200),
        "After waiting this long a contact counts in the highest band, so that nobody starves behind strict priority.")
    static let agentOrder = Key(
        "agentOrder", .list(of: .one(of: AgentCriterion.self), count: 0...3), default: [.load],
        "What decides between agents of one ring, in this order; then idleOrder does.")
    static let quality = Key(
        optional: "quality", .section(QualitySection.self),
        "How agents' results on this queue make tiers, for `quality` in agentOrder.")
    static let preferred = Key(
        "preferred", .section(PreferredSection.self), "The agent who knows the customer already.")

    // MARK: Limits and ways out

    static let waitingMax = Key(
        "waitingMax", .integer(in: 1...10_000_000), default: 100_000,
        "How many may wait; one more is refused before it is accepted, unless overflow has a way.")
    static let expireAfter = Key(
        "expireAfter", .duration(in: .seconds(60) ... .seconds(31_536_000)), default: .seconds(604_800),
        "How long a contact may wait before it ends as expired.")
    static let overflow = Key(
        "overflow", .list(of: .section(OverflowSection.self), count: 0...32), default: [], staysCommented: true,
        "Ways out at arrival, tried in order; the first whose conditions all hold applies.")
    static let intraflow = Key(
        "intraflow", .list(of: .section(IntraflowSection.self), count: 0...16), default: [], staysCommented: true,
        "Where a contact goes that has waited so long in this queue; it keeps its place in time.")
    static let interflow = Key(
        "interflow", .list(of: .section(InterflowSection.self), count: 0...16), default: [], staysCommented: true,
        "Which other sites a contact is offered to that has waited so long; it keeps its place in time.")
    static let whenClosed = Key(
        "whenClosed", .section(WhenClosedSection.self),
        "What becomes of contacts that come outside the hours; they wait unless this says otherwise.")
    static let escalation = Key(
        optional: "escalation", .section(EscalationSection.self), staysCommented: true,
        "Where an agent's escalation sends a contact.")

    // MARK: Service

    static let offerTimeout = Key(
        "offerTimeout", .duration(in: .seconds(1) ... .seconds(3600)), default: .seconds(20),
        "How long an offer waits for an answer before it moves on and its agent becomes not ready.")
    static let wrapUpIsMandatory = Key(
        "wrapUpIsMandatory", .boolean, default: false,
        "Whether the end of a conversation leads to wrap-up even when the agent would close at once.")
    static let wrapUpMax = Key(
        "wrapUpMax", .duration(in: .seconds(1) ... .seconds(86_400)), default: .seconds(300),
        "How long wrap-up may last before the interaction closes by itself.")
    static let dispositions = Key(
        "dispositions", .list(of: .name, count: 0...200), default: [],
        "The outcomes an agent must choose from; none listed means any, or none.")
    static let serviceLevel = Key(
        "serviceLevel", .section(ServiceLevelSection.self), "What is promised, and what the measures compare with.")
    static let shortAbandon = Key(
        "shortAbandon", .duration(in: .zero ... .seconds(3600)), default: .seconds(5),
        "Who leaves earlier than this counts as a short abandon.")
    static let starvationMax = Key(
        optional: "starvationMax", .duration(in: .seconds(1) ... .seconds(604_800)), example: .seconds(3600),
        "How long nobody should wait: longer waits are counted as starved, and shown.")

    package static let keys: KeyList = [
        skills, groups, sites, rings, hours, band, headStart, aging, liftAfter, agentOrder, quality, preferred,
        waitingMax, expireAfter, overflow, intraflow, interflow, whenClosed, escalation, offerTimeout,
        wrapUpIsMandatory, wrapUpMax, dispositions, serviceLevel, shortAbandon, starvationMax,
    ]

    let skills: [Named<Int>]
    let groups, sites: [Located<String>]
    let rings: [RingSection]
    let hours: Located<String>?
    let overflow: [OverflowSection]
    let intraflow: [IntraflowSection]
    let interflow: [InterflowSection]
    let whenClosed: WhenClosedSection
    let escalation: EscalationSection?
    /// Everything but what is named above; without a name.
    private let rest: QueuePlan

    package init(reading section: SectionReader) {
        skills = section[Self.skills]
        groups = section[Self.groups]
        sites = section[Self.sites]
        rings = section[Self.rings]
        hours = section[Self.hours]
        overflow = section[Self.overflow]
        intraflow = section[Self.intraflow]
        interflow = section[Self.interflow]
        whenClosed = section[Self.whenClosed]
        escalation = section[Self.escalation]
        var queue = QueuePlan(
            name: QueueName(""), skills: SkillSet(skills), headStart: Span(section[Self.headStart]),
            offerTimeout: Span(section[Self.offerTimeout]), wrapUpMax: Span(section[Self.wrapUpMax]),
            waitingMax: section[Self.waitingMax], expireAfter: Span(section[Self.expireAfter]),
            dispositions: section[Self.dispositions])
        queue.band = section[Self.band]
        queue.aging = AgingCurve(section[Self.aging].map(\.point))
        queue.liftAfter = section[Self.liftAfter].map { Span($0) }
        queue.agentOrder = section[Self.agentOrder]
        queue.quality = section[Self.quality]?.rule
        queue.preferred = section[Self.preferred].rule
        queue.wrapUpIsMandatory = section[Self.wrapUpIsMandatory]
        queue.serviceLevel = section[Self.serviceLevel].level
        queue.shortAbandon = Span(section[Self.shortAbandon])
        queue.starvationMax = section[Self.starvationMax].map { Span($0) }
        rest = queue
    }

    func plan(named name: String) -> QueuePlan {
        var queue = rest
        queue.name = QueueName(name)
        queue.groups = groups.names()
        queue.sites = sites.names()
        queue.rings = rings.map(\.ring)
        queue.hours = hours.map { CalendarName($0.value) }
        queue.overflow = overflow.map(\.rule)
        queue.intraflow = intraflow.map(\.rule)
        queue.interflow = interflow.map(\.rule)
        queue.whenClosed = whenClosed.rule
        queue.escalation = escalation?.rule
        return queue
    }
}
