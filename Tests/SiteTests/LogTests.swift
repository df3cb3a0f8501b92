import InteractionModel
import JSON
import Journal
import Testing

@testable import Routing
@testable import Site

@Suite struct LogTests {
    private static func line(_ fact: Fact, interaction: Int64? = 42) throws -> LogLine {
        var writer = JSONWriter()
        fact.write(to: &writer)
        let entry = JournalEntry(
            sequence: 50, at: Timestamp(milliseconds: 0), epoch: 1, type: fact.type, interaction: interaction,
            body: writer.bytes)
        return try #require(LogLine(LogEntry(entry)))
    }

    @Test("An offer's line says to whom, why, and who was passed over")
    func offer() throws {
        let why = Explanation(
            search: .contactSoughtAgent, load: 0, idle: .seconds(312), waited: .seconds(2), headStart: .seconds(30),
            dropped: [.init(rule: .skill, count: 1), .init(rule: .laterInOrder, count: 1)],
            named: [.init(agent: AgentName("ben"), rule: .laterInOrder), .init(agent: AgentName("cem"), rule: .skill)],
            contactsBehind: 0)
        let line = try Self.line(
            .offered(Offered(agent: AgentName("ana"), until: Timestamp(milliseconds: 9), planVersion: "p1", why: why)))
        #expect(line.interaction == "#42")
        #expect(line.what == "offered")
        #expect(line.detail == "to ana: idle 5 min; waited 2 s; longest of 2 able; 1 without the skill")
        #expect(line.why == ["plan p1, head start 30 s", "ben: later in order", "cem: without the skill"])
    }

    @Test("A contact that nobody can take says why")
    func received() throws {
        let received = Received(
            channel: ChannelName("sms"), account: AccountName("main"), party: PartyKey("a"), thread: PartyKey("a"),
            requirement: Requirement(
                queue: QueueName("support"), skills: SkillSet([SkillRequirement(SkillName("german"), level: 2)])),
            expiresAt: Timestamp(milliseconds: 1), planVersion: "p1",
            agents: [.init(rule: .signedOut, count: 2), .init(rule: .capacity, count: 1)])
        #expect(
            try Self.line(.received(received)).detail
                == "sms/main → support needs german≥2; nobody able now (2 signed out, 1 full)")
    }

    @Test("No control or reordering mark reaches a terminal from a name or a reason")
    func terminal() throws {
        let nasty = "a\u{1B}]0;title\u{07}b\rc\u{202E}d\u{9B}2Je\u{200F}"
        #expect(TerminalText.safe(nasty) == "a]0;titlebcd2Je")
        let line = try Self.line(.abandoned(cause: nasty))
        #expect(!line.text(withWhy: true).unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x0D })
    }

    @Test("Every fact has a line of its own", arguments: LogTests.samples)
    func everyFact(fact: Fact) throws {
        let line = try Self.line(fact)
        #expect(!line.what.isEmpty)
        #expect(line.what != fact.type, "\(fact.type) has no words")
    }

    static let agent = AgentName("ana")
    static let moment = Timestamp(milliseconds: 1)
    static let samples: [Fact] = [
        .siteStarted(epoch: 1, release: "1", wallOffset: .zero), .clockStepped(wallOffset: .zero),
        .planActivated(LoopBench.plan), .messageReceived(activeUntil: nil), .offerEnded(OfferID(1), .timedOut),
        .released(from: agent, reason: "gone"), .wrapUpStarted(reason: "agent", until: moment),
        .closed(disposition: nil, by: "ana"), .abandoned(cause: "x"), .expired, .agentConnected(agent, session: 1),
        .agentConnectionLost(agent, session: 1, until: moment), .agentStatusChanged(agent, .available),
        .agentSignedOut(agent, reason: "x", reclaimAt: nil), .sendStarted(MessageID(1), attempt: 1, until: moment),
        .sendPostponed(MessageID(1), reason: "x", until: moment),
        .messageSent(MessageID(1), providerID: "SM1", until: moment), .messageFailed(MessageID(1), reason: "x"),
        .deliveryReported(MessageID(1), .read, detail: nil), .messageSettled(MessageID(1)),
        .optedOut(PartyKey("a"), ChannelName("sms"), keyword: "STOP"),
        .optedIn(PartyKey("a"), ChannelName("sms"), keyword: "START"),
        .helpAsked(PartyKey("a"), ChannelName("sms"), keyword: "HELP"),
    ]

    @Test("An entry read back from its own JSON is the same entry")
    func entry() throws {
        let entry = LogEntry(
            JournalEntry(
                sequence: 7, at: Timestamp(milliseconds: 5), epoch: 1, type: "offer.ended", interaction: 3,
                body: Array(#"{"offer":6,"outcome":"timed-out"}"#.utf8)))
        var writer = JSONWriter()
        entry.write(to: &writer)
        #expect(try LogEntry(json: writer.bytes) == entry)
    }
}
