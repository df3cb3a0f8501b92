import InteractionModel
import Testing

@testable import Routing

/// What becomes of a contact while an agent has it, and when it comes back.
@Suite struct HoldingStories {
    static let queues = [
        QueuePlan(name: "support", dispositions: ["solved", "sold"]),
        QueuePlan(name: "law", skills: SkillSet([skill("law")]), headStart: .seconds(30)),
    ]
    static let site = plan([person("ana"), person("ben")], queues: queues)

    /// Ana has carl's contact; the moment is 0.
    static func active() -> (Office, InteractionID) {
        var office = Office(site, available: ["ana"])
        let id = office.writes("carl")
        office.accepts("ana", id)
        return (office, id)
    }

    @Test("A contact put back keeps its place before later ones, and its agent takes the next")
    func requeued() {
        var (office, id) = Self.active()
        office.secondsPass(5)
        let later = office.writes("later")
        office.says("ana", .requeue(id, to: nil))
        let support = Requirement(queue: "support")
        #expect(
            office.facts == [
                .requeued(Requeued(by: "ana", requirement: support, notAgainBefore: at(65))),
                .offered("ana", until: at(25)),
            ])
        #expect(office.holder(of: later) == "ana")
        office.writes("latest")
        office.signsIn("ben")
        #expect(office.holder(of: id) == "ben")
    }

    @Test("A contact put into another queue keeps its place there, and needs what that queue needs")
    func requeuedElsewhere() {
        var (office, id) = Self.active()
        office.secondsPass(5)
        let later = office.writes("later", wishing: RoutingWish(queue: "law"))
        office.says("ana", .requeue(id, to: "law"))
        let law = Requeued(
            by: "ana", requirement: Requirement(queue: "law"), notAgainBefore: at(65), expiresAt: at(604_805))
        #expect(office.facts == [.requeued(law)])
        let lawyers = plan([person("ben", [skill("law")])], queues: Self.queues, version: "lawyers")
        office.happens(.planActivated(lawyers))
        office.signsIn("ben")
        #expect(office.holder(of: id) == "ben")
        #expect(office.stateOf(later) == .queued)
    }

    @Test("A contact cannot be put into a queue that the plan does not have, nor by somebody who does not have it")
    func requeueRefused() {
        var (office, id) = Self.active()
        office.says("ana", .requeue(id, to: "nowhere"))
        #expect(office.answer == .refused(.unknownQueue("nowhere")))
        office.signsIn("ben")
        office.says("ben", .requeue(id, to: nil))
        #expect(office.answer == .refused(.notYours(id, holder: "ana")))
        #expect(office.facts == [])
    }

    @Test("Who is put back after a talk longer than the waiting limit waits anew, and does not expire at once")
    func longTalk() {
        let queue = QueuePlan(name: "support", expireAfter: .seconds(90))
        var office = Office(plan([person("ana")], queues: [queue]), available: ["ana"])
        let id = office.writes("carl")
        office.accepts("ana", id)
        office.secondsPass(600)
        office.says("ana", .requeue(id, to: nil))
        office.secondsPass(59)
        #expect(office.stateOf(id) == .queued)
        office.secondsPass(1)
        #expect(office.holder(of: id) == "ana", "the pause after putting it back is over before the limit is")
    }

    @Test("A close must name one of the queue's dispositions", arguments: [nil, "", "Sold", "lost"] as [String?])
    func unknownDisposition(word: String?) {
        var (office, id) = Self.active()
        office.says("ana", .close(id, disposition: word))
        #expect(office.answer == .refused(.unknownDisposition(word ?? "", allowed: ["solved", "sold"])))
        #expect(office.facts == [])
        office.says("ana", .close(id, disposition: "sold"))
        #expect(office.facts == [.closed(disposition: "sold", by: "ana")])
        #expect(office.answer == .accepted(id, isNew: false))
    }

    @Test("Where the plan names no dispositions, any is taken, and none", arguments: [nil, "whatever"] as [String?])
    func freeDisposition(word: String?) {
        var office = Office(plan([person("ana")]), available: ["ana"])
        let id = office.writes("carl")
        office.accepts("ana", id)
        office.says("ana", .close(id, disposition: word))
        #expect(office.facts == [.closed(disposition: word, by: "ana")])
    }

    @Test("Wrap-up ends by itself, and its agent is free for the next (OpenSIPS 3123: incall for ever)")
    func wrapUpEnds() {
        var (office, id) = Self.active()
        let next = office.writes("next")
        office.says("ana", .wrapUp(id))
        #expect(office.facts == [.wrapUpStarted(reason: "agent", until: at(300))])
        office.secondsPass(299)
        #expect(office.facts == [])
        #expect(office.holder(of: next) == nil, "wrapping up is work")
        office.secondsPass(1)
        #expect(office.facts == [.closed(disposition: nil, by: "wrap-up limit"), .offered("ana", until: at(320))])
    }

    @Test("Each wrap-up ends at its own time (OpenSIPS 2679: late for all)")
    func wrapUpsEndSeparately() {
        var office = Office(plan([person("ana", takes: 2)]), available: ["ana"])
        let ids = ["c1", "c2"].map { office.writes(PartyKey($0)) }
        for id in ids { office.accepts("ana", id) }
        for id in ids {
            office.says("ana", .wrapUp(id))
            office.secondsPass(100)
        }
        office.secondsPass(100)
        #expect(ids.map { office.stateOf($0) } == [.closed(disposition: nil), .wrapping("ana")])
        office.secondsPass(100)
        #expect(office.stateOf(ids[1]) == .closed(disposition: nil))
    }

    @Test("A customer who writes during wrap-up is answered by the same agent, in the same interaction")
    func reopened() {
        var (office, id) = Self.active()
        office.says("ana", .wrapUp(id))
        office.secondsPass(10)
        #expect(office.writes("carl") == id)
        #expect(office.answer == .accepted(id, isNew: false))
        #expect(office.facts == [.messageReceived(activeUntil: at(10 + 43_200))])
        #expect(office.stateOf(id) == .active("ana"))
        office.secondsPass(290)
        #expect(office.facts == [], "the old limit of the wrap-up is void")
    }

    @Test("A silent conversation goes to wrap-up and ends (FreeSWITCH 1973: answered hours after its end)")
    func silence() {
        var (office, id) = Self.active()
        office.secondsPass(43_199)
        #expect(office.facts == [])
        office.secondsPass(1)
        #expect(office.facts == [.wrapUpStarted(reason: "silence", until: at(43_500))])
        office.secondsPass(300)
        #expect(office.stateOf(id) == .closed(disposition: nil))
    }

    @Test("A word from either side ends the silence")
    func spokenSilence() {
        var (office, id) = Self.active()
        office.secondsPass(40_000)
        office.writes("carl")
        office.secondsPass(40_000)
        office.replies("ana", to: id)
        office.secondsPass(40_000)
        #expect(office.stateOf(id) == .active("ana"))
        office.secondsPass(3200)
        #expect(office.stateOf(id) == .wrapping("ana"))
    }

    @Test("What comes while a contact waits or is offered joins it and changes nothing else")
    func joins() {
        var office = Office(Self.site)
        let id = office.writes("carl")
        #expect(office.writes("carl") == id)
        #expect(office.facts == [.messageReceived(activeUntil: nil)])
        office.signsIn("ana")
        #expect(office.writes("carl") == id)
        #expect(office.facts == [.messageReceived(activeUntil: nil)])
        #expect(office.holder(of: id) == "ana")
    }

    @Test("A contact that has ended is nobody's: every command on it is refused", arguments: [0, 1, 2])
    func ended(command: Int) {
        var (office, id) = Self.active()
        office.says("ana", .close(id, disposition: "sold"))
        office.says("ana", [.wrapUp(id), .close(id, disposition: "sold"), .requeue(id, to: nil)][command])
        #expect(office.answer == .refused(.unknownInteraction(id)))
        office.replies("ana", to: id)
        #expect(office.answer == .refused(.unknownInteraction(id)))
    }

    @Test("In wrap-up nothing can be written or put back")
    func wrongState() {
        var (office, id) = Self.active()
        office.says("ana", .wrapUp(id))
        for command in [AgentCommand.wrapUp(id), .requeue(id, to: nil), .reply(id, key: office.key(), repeated: false)]
        {
            office.says("ana", command)
            #expect(office.answer == .refused(.wrongState(id, is: "wrapping")))
        }
    }
}
