import InteractionModel
import JSON
import Testing

@testable import Routing

@Suite struct FactCodingTests {
    static let moment = Timestamp(milliseconds: 1_700_000_000_000)
    static let requirement = Requirement(
        queue: QueueName("support"), skills: SkillSet([SkillRequirement(SkillName("german"), level: 2)]),
        headStart: .seconds(30))
    static let explanation = Explanation(
        search: .agentSoughtContact, load: 1, idle: .seconds(3), waited: .seconds(9), headStart: .seconds(30),
        dropped: [.init(rule: .skill, count: 2), .init(rule: .laterInOrder, count: 1)],
        named: [.init(agent: AgentName("ben"), rule: .skill)], contactsBehind: 4)
    static let plan = Plan(
        version: "p1",
        queues: [QueuePlan(name: QueueName("support"), skills: requirement.skills, dispositions: ["sold", "lost"])],
        entries: [Entry(channel: ChannelName("sms"), destination: "+4930", queue: QueueName("support"))],
        defaultQueue: QueueName("support"),
        agents: [AgentPlan(name: AgentName("ana"), capacity: [ChannelCapacity(ChannelName("sms"), 3)])])

    static let facts: [Fact] = [
        .siteStarted(epoch: 3, release: "0.1", wallOffset: .seconds(-5)), .clockStepped(wallOffset: .hours(1)),
        .planActivated(plan),
        .received(
            Received(
                channel: ChannelName("sms"), account: AccountName("main"), party: PartyKey("aa"),
                thread: PartyKey("bb"),
                requirement: requirement, expiresAt: moment, planVersion: "p1",
                agents: [.init(rule: .signedOut, count: 2)])),
        .messageReceived(activeUntil: moment), .messageReceived(activeUntil: nil),
        .offered(Offered(agent: AgentName("ana"), until: moment, planVersion: "p1", why: explanation)),
        .offerEnded(OfferID(9), .accepted(activeUntil: moment)),
        .offerEnded(OfferID(9), .rejected(reason: nil, notAgainBefore: moment)),
        .offerEnded(OfferID(9), .rejected(reason: "lunch", notAgainBefore: moment)), .offerEnded(OfferID(9), .timedOut),
        .offerEnded(OfferID(9), .rescinded(reason: "hung up")), .released(from: AgentName("ana"), reason: "gone"),
        .requeued(Requeued(by: AgentName("ana"), requirement: requirement, notAgainBefore: moment)),
        .wrapUpStarted(reason: "agent", until: moment), .closed(disposition: "sold", by: "ana"),
        .closed(disposition: nil, by: "limit"), .abandoned(cause: "left"), .expired,
        .agentConnected(AgentName("ana"), session: 4),
        .agentConnectionLost(AgentName("ana"), session: 4, until: moment),
        .agentStatusChanged(AgentName("ana"), .available), .agentStatusChanged(AgentName("ana"), .signedOut),
        .agentStatusChanged(AgentName("ana"), .notReady(.noAnswer)),
        .agentSignedOut(AgentName("ana"), reason: "lost", reclaimAt: nil),
        .agentSignedOut(AgentName("ana"), reason: "lost", reclaimAt: moment),
        .messageQueued(
            MessageQueued(
                author: .agent(AgentName("ana")), channel: ChannelName("sms"), account: AccountName("main"),
                party: PartyKey("aa"), giveUpAt: moment, activeUntil: moment)),
        .messageQueued(
            MessageQueued(
                author: .compliance, channel: ChannelName("sms"), account: AccountName("main"), party: PartyKey("aa"),
                giveUpAt: moment, activeUntil: nil)),
        .sendStarted(MessageID(7), attempt: 2, until: moment),
        .sendPostponed(MessageID(7), reason: "503", until: moment),
        .messageSent(MessageID(7), providerID: "SM1", until: moment), .messageFailed(MessageID(7), reason: "21610"),
        .deliveryReported(MessageID(7), .delivered, detail: nil),
        .deliveryReported(MessageID(7), .failed, detail: "30005"), .messageSettled(MessageID(7)),
        .optedOut(PartyKey("aa"), ChannelName("sms"), keyword: "STOP"),
        .optedIn(PartyKey("aa"), ChannelName("sms"), keyword: "START"),
        .helpAsked(PartyKey("aa"), ChannelName("sms"), keyword: "HELP"),
    ]

    @Test("A fact read back from its body is the same fact", arguments: facts)
    func roundTrip(fact: Fact) throws {
        var writer = JSONWriter()
        fact.write(to: &writer)
        #expect(try Fact(type: fact.type, body: writer.bytes) == fact)
    }
}
