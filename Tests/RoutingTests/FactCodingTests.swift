import Federation
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

    static let full: Received = {
        var received = Received(
            channel: "sms", account: AccountName("main"), party: "aa", thread: "aa", requirement: requirement,
            expiresAt: moment, planVersion: "p1", agents: [])
        received.direction = .callback
        received.language = "de-AT"
        received.preference = Preference(agent: "ana", until: moment)
        received.notAgents = ["ben", "cleo"]
        received.moveAt = moment
        received.via = ["support: closed → night"]
        return received
    }()

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
        .hoursChanged(CalendarName("office"), isOpen: true, until: moment),
        .hoursChanged(CalendarName("never"), isOpen: false, until: nil), .received(full),
        .requeued(
            Requeued(
                by: AgentName("ana"), requirement: requirement, notAgainBefore: nil, expiresAt: moment, moveAt: moment,
                preference: Preference(agent: AgentName("ben"), until: moment))),
        .moved(
            Moved(
                from: "support", to: "second", reason: .escalated, by: "ana", level: 2, expiresAt: moment,
                moveAt: moment, planVersion: "p1")),
        .moved(Moved(from: "support", to: "second", reason: .plan, expiresAt: moment, planVersion: "p1")),
        .assigned(Preference(agent: "ana", until: nil), by: "eve"), .held(until: moment), .resumed(reason: "agent"),
        .escalated(vendor: "acme", by: "ana", until: moment),
        .returned(reason: "limit", expiresAt: moment, moveAt: moment),
        .wrapUpStarted(reason: "mandatory", until: moment, disposition: "sold"),
        .closed(disposition: nil, by: "ana", rememberUntil: moment), .abandoned(cause: "left", isShort: true),
        .invited(Invitation(agent: "ben", by: "ana", queue: "law", until: moment)),
        .invited(Invitation(agent: "ben", by: "ana", queue: nil, until: moment)),
        .invitationEnded(OfferID(9), .accepted(until: moment)),
        .invitationEnded(OfferID(9), .rejected(reason: "busy")), .invitationEnded(OfferID(9), .timedOut),
        .invitationEnded(OfferID(9), .cancelled(reason: "closed")), .guestJoined("ben"),
        .guestLeft("ben", reason: "left"),
        .transferred(Transferred(from: "ana", to: "ben", reason: "transfer", activeUntil: moment)),
        .agentStatusChanged("ana", .notReady(.init("lunch")), until: moment),
        .qualityReported("ana", "support", score: 100), .sendStarted(MessageID(7), attempt: 2, until: moment),
        .sendPostponed(MessageID(7), reason: "503", until: moment),
        .messageSent(MessageID(7), providerID: "SM1", until: moment), .messageFailed(MessageID(7), reason: "21610"),
        .deliveryReported(MessageID(7), .delivered, detail: nil),
        .deliveryReported(MessageID(7), .failed, detail: "30005"), .messageSettled(MessageID(7)),
        .optedOut(PartyKey("aa"), ChannelName("sms"), keyword: "STOP"),
        .optedIn(PartyKey("aa"), ChannelName("sms"), keyword: "START"),
        .helpAsked(PartyKey("aa"), ChannelName("sms"), keyword: "HELP"),
    ]

    static let contact = ContactID("ber-lin", 42)
    static let epoch = CustodyEpoch(restoration: 1, count: 3)

    static let taken: Received = {
        var received = full
        received.transfer = TakenTransfer(
            contact: contact, epoch: epoch, from: "munich", incarnation: 7,
            hops: [.init(site: "berlin", at: moment), .init(site: "munich", at: moment)], waited: .seconds(9), level: 2,
            cause: .drain)
        return received
    }()

    static let carried: Received = {
        var received = full
        received.carries = 77
        return received
    }()

    static let ofNetwork: [Fact] =
        [
            CustodyMove(contact, .offered(epoch, to: "munich"), cause: .pull, until: moment),
            CustodyMove(contact, .took(epoch, from: "munich", incarnation: 7), cause: .person, expiresAt: moment),
            CustodyMove(
                contact, .took(epoch, from: "munich", incarnation: 7), cause: .interflow, expiresAt: moment,
                moveAt: moment, requirement: requirement, level: 2, hops: [.init(site: "munich", at: moment)]),
            CustodyMove(contact, .refused(epoch, from: "munich", incarnation: 7, reason: "full")),
            CustodyMove(contact, .refused(epoch, from: "munich", incarnation: 7, reason: "full"), until: moment),
            CustodyMove(contact, .gone(epoch, to: "munich", incarnation: 7), until: moment),
            CustodyMove(
                contact, .regained(epoch, from: "munich", reason: "full"), until: moment, expiresAt: moment),
            CustodyMove(contact, .forced(epoch, by: "eve", inDoubtWith: "munich"), expiresAt: moment),
        ].map { .custody($0) } + [
            .received(taken), .received(carried), .custodyMoved(contact, to: "munich", epoch),
            .custodyForgotten(contact), .relayed(Relayed(from: "berlin", number: 5)),
            .relayed(Relayed(from: "berlin", number: 5, activeUntil: moment)), .customerLeft(cause: "hung up"),
            .relayDelivered(RelayDelivered(contact: contact, to: "munich", number: 5, outcome: "done")),
            .siteDraining(true, by: "eve"), .siteDraining(false, by: "eve"),
            .lifeBegan(7, isRestored: true), .fenced("berlin", incarnation: 8), .restorationBegan(1), .restorationEnded,
            .restored(RestoredCustody(contact, .suspected, here: "hamburg")),
            .restored(RestoredCustody(contact, .resumed(epoch), expiresAt: moment, heard: 4)),
            .restored(RestoredCustody(contact, .yielded(epoch, to: "munich"), until: moment)),
            .restored(RestoredCustody(contact, .gaveBack(epoch, to: "munich", incarnation: 7), until: moment)),
            .restored(RestoredCustody(contact, .kept)),
            .messageQueued(
                MessageQueued(
                    author: .colleague("ben", at: "munich", number: 9), channel: "sms", account: AccountName("main"),
                    party: "aa", giveUpAt: moment, activeUntil: nil)),
        ]

    @Test("A fact read back from its body is the same fact", arguments: facts + ofNetwork)
    func roundTrip(fact: Fact) throws {
        var writer = JSONWriter()
        fact.write(to: &writer)
        #expect(try Fact(type: fact.type, body: writer.bytes) == fact)
    }

    @Test("A body from before the record kept only a contact's own wishes has no head start of its own")
    func oldHeadStart() throws {
        let body =
            #"{"channel":"sms","account":"main","party":"aa","queue":"support","headStart":30000,"#
            + #""until":1,"planVersion":"p1","agents":{}}"#
        guard case .received(let received) = try Fact(type: "contact.received", body: Array(body.utf8)) else {
            Issue.record("it is no contact")
            return
        }
        #expect(received.requirement == Requirement(queue: "support"))
    }
}
