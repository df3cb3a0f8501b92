import InteractionModel
import Testing

@testable import Routing

/// Who gets what, and in which order.
@Suite struct OrderStories {
    @Test("The agent idle longest is offered the contact")
    func longestIdle() {
        var office = Office(plan([person("ana"), person("ben")]), available: ["ben", "ana"])
        let id = office.writes("carl")
        #expect(office.facts.last == .offered("ben", until: at(20)))
        #expect(office.stateOf(id) == .offered(OfferID(id.number + 1), to: "ben"))
    }

    @Test("The agent who holds least goes before the one idle longer (Chatwoot 11034: one gets most, others idle)")
    func leastHeld() {
        let people = [person("ana", takes: 4), person("ben", takes: 4)]
        var office = Office(plan(people), available: ["ana", "ben"])
        let takers = ["c1", "c2", "c3", "c4"].map { office.taker(of: PartyKey($0)) }
        #expect(takers == ["ana", "ben", "ana", "ben"])
    }

    @Test("Work done before counts for nothing: only what is held now does (Rocket.Chat 13134)")
    func nothingFromThePast() {
        var office = Office(plan([person("ana"), person("ben")]), available: ["ana"])
        for customer in ["c1", "c2", "c3"] {
            let id = office.writes(PartyKey(customer))
            office.accepts("ana", id)
            office.says("ana", .close(id, disposition: nil))
        }
        office.signsIn("ben")
        #expect(office.taker(of: "c4") == "ana", "idle since the last close, before ben signed in")
        #expect(office.taker(of: "c5") == "ben")
        #expect(office.state.tallies[0].received == 5)
    }

    @Test("A new plan that makes two agents able shares four waiting contacts between them (Chatwoot 11034)")
    func aPlanSharesOut() {
        let queue = QueuePlan(name: "support", skills: SkillSet([skill("german")]))
        let people = [person("ana", takes: 4), person("ben", takes: 4)]
        var office = Office(plan(people, queues: [queue]), available: ["ana", "ben"])
        let ids = ["c1", "c2", "c3", "c4"].map { office.writes(PartyKey($0)) }
        let able = [person("ana", [skill("german")], takes: 4), person("ben", [skill("german")], takes: 4)]
        office.happens(.planActivated(plan(able, queues: [queue], version: "able")))
        #expect(ids.map { office.holder(of: $0) } == ["ana", "ben", "ana", "ben"])
    }

    @Test("Contacts of all queues stand in one order, the longest-waiting first (Asterisk 108)")
    func oneOrderAcrossQueues() {
        let queues = [QueuePlan(name: "support"), QueuePlan(name: "sales")]
        var office = Office(plan([person("ana", takes: 9)], queues: queues))
        let ids = ["sales", "support", "sales"].map { queue in
            office.writes(PartyKey("of \(office.now) \(queue)"), wishing: RoutingWish(queue: QueueName(queue)))
        }
        let more = office.writes("last", wishing: RoutingWish(queue: "support"))
        office.signsIn("ana")
        #expect(office.recorded.filter { $0.fact.type == "offer.made" }.map(\.interaction) == [ids[0], ids[1], more])
    }

    @Test(
        "Priority is a head start: a later urgent contact goes first exactly when it exceeds the difference (Asterisk 1637)",
        arguments: [(59, false), (60, false), (61, true)])
    func headStart(lead: Int64, urgentIsFirst: Bool) {
        var office = Office(plan([person("ana")]))
        let patient = office.writes("patient")
        office.secondsPass(60)
        let urgent = office.writes("urgent", wishing: RoutingWish(headStart: .seconds(lead)))
        office.signsIn("ana")
        #expect(office.holder(of: urgentIsFirst ? urgent : patient) == "ana")
        #expect(office.holder(of: urgentIsFirst ? patient : urgent) == nil)
    }

    @Test("A heavier queue does not keep a free agent from another one (Asterisk 1561)")
    func weightsDoNotBlock() {
        let heavy = QueuePlan(name: "heavy", skills: SkillSet([skill("law")]), headStart: .hours(1))
        var office = Office(plan([person("ana")], queues: [heavy, QueuePlan(name: "light")]))
        office.writes("c1", wishing: RoutingWish(queue: "heavy"))
        let light = office.writes("c2", wishing: RoutingWish(queue: "light"))
        office.signsIn("ana")
        #expect(office.holder(of: light) == "ana")
    }

    @Test("Any wished head start is bounded, however large or small", arguments: [Int64.min, -1, 0, 86_400_001, .max])
    func wishedHeadStartIsBounded(wished: Int64) {
        let queue = QueuePlan(name: "support", headStart: .seconds(1))
        var office = Office(plan([person("ana")], queues: [queue]), available: ["ana"])
        office.writes("carl", wishing: RoutingWish(headStart: Span(milliseconds: wished)))
        let given = office.why?.headStart.milliseconds
        #expect(given == [.min: 0, -1: 999, 0: 1000][wished] ?? 86_400_000)
    }

    @Test(
        "A contact goes to an agent whose skill is at its level or above",
        arguments: [(1, false), (2, true), (3, true)])
    func skillLevels(level: Int, isOffered: Bool) {
        let queue = QueuePlan(name: "support", skills: SkillSet([skill("german", 2)]))
        var office = Office(plan([person("ana", [skill("german", level)])], queues: [queue]), available: ["ana"])
        #expect((office.taker(of: "carl") == "ana") == isOffered)
    }

    @Test("A contact's own skills are needed beside its queue's, the higher level of both")
    func wishedSkills() {
        let queue = QueuePlan(name: "support", skills: SkillSet([skill("german", 2)]))
        var office = Office(plan([], queues: [queue]))
        let wish = RoutingWish(skills: SkillSet([skill("german", 3), skill("law")]))
        let id = office.writes("carl", wishing: wish)
        #expect(
            office.state.interactions[id]?.requirement
                == Requirement(queue: "support", skills: SkillSet([skill("german", 3), skill("law", 1)])))
    }

    @Test(
        "Each channel has its own capacity, and what is full in one takes nothing from another (Rocket.Chat PR 37776)")
    func capacityPerChannel() {
        let ana = AgentPlan(name: "ana", capacity: [ChannelCapacity("sms", 3), ChannelCapacity("chat", 1)])
        var office = Office(plan([ana]), available: ["ana"])
        let texts = ["c1", "c2", "c3", "c4"].map { office.writes(PartyKey($0)) }
        let chats = ["c5", "c6"].map { office.writes(PartyKey($0), on: "chat") }
        let calls = office.writes("c7", on: "voice")
        #expect(texts.map { office.holder(of: $0) } == ["ana", "ana", "ana", nil])
        #expect(chats.map { office.holder(of: $0) } == ["ana", nil])
        #expect(office.holder(of: calls) == nil, "a channel not named is not taken")
    }

    @Test("A contact nobody could take is offered as soon as somebody can (Chatwoot 10376: waits for ever)")
    func freedAgentSeeks() {
        var office = Office(plan([person("ana")]), available: ["ana"])
        let first = office.writes("c1")
        let second = office.writes("c2")
        let third = office.writes("c3")
        office.accepts("ana", first)
        #expect(office.holder(of: second) == nil)
        office.says("ana", .close(first, disposition: nil))
        #expect(
            office.facts == [.closed(disposition: nil, by: "ana"), .offered("ana", until: at(20))],
            "the newer one does not jump the older")
        #expect(office.holder(of: second) == "ana")
        #expect(office.stateOf(third) == .queued)
    }

    @Test("One unavailable agent does not halt the others (FreeSWITCH PR 1221)")
    func unavailableIsPassedOver() {
        var office = Office(plan([person("ana"), person("ben"), person("zoe")]), available: ["zoe", "ben", "ana"])
        office.says("zoe", .setStatus(.notReady(.init("lunch"))))
        office.loses("ben")
        #expect(office.taker(of: "carl") == "ana")
    }

    @Test("Two agents cannot hold one contact (Rocket.Chat 22206)")
    func oneHolder() {
        var office = Office(plan([person("ana"), person("ben")]), available: ["ana", "ben"])
        let id = office.writes("carl")
        let offer = office.offer(of: id)
        office.says("ben", .accept(offer))
        #expect(office.answer == .refused(.offerOver(offer, holder: "ana")))
        #expect(office.facts == [])
        office.says("ana", .accept(offer))
        #expect(office.stateOf(id) == .active("ana"))
        office.says("ben", .close(id, disposition: nil))
        #expect(office.answer == .refused(.notYours(id, holder: "ana")))
    }
}
