import InteractionModel
import Testing

@testable import Routing

/// What becomes of an offer.
@Suite struct OfferStories {
    static let two = plan([person("ana"), person("ben")])

    @Test("An accepted offer makes the contact its agent's until it has been silent for too long")
    func accepted() {
        var office = Office(Self.two, available: ["ana"])
        let id = office.writes("carl")
        let offer = office.offer(of: id)
        office.accepts("ana", id)
        #expect(office.answer == .accepted(id, isNew: false))
        #expect(office.facts == [.offerEnded(offer, .accepted(activeUntil: at(43_200)))])
    }

    @Test("Accepting twice is accepting once")
    func acceptedTwice() {
        var office = Office(Self.two, available: ["ana"])
        let id = office.writes("carl")
        let offer = office.offer(of: id)
        office.accepts("ana", id)
        office.says("ana", .accept(offer))
        #expect(office.answer == .accepted(id, isNew: false))
        #expect(office.facts == [])
    }

    @Test("A declined contact goes to the next agent, and not back before the pause is over (Rocket.Chat 12579)")
    func rejected() {
        var office = Office(Self.two, available: ["ana", "ben"])
        let id = office.writes("carl")
        let offer = office.offer(of: id)
        office.says("ana", .reject(offer, reason: "busy"))
        #expect(
            office.facts == [
                .offerEnded(offer, .rejected(reason: "busy", notAgainBefore: at(60))), .offered("ben", until: at(20)),
            ])
        let second = office.offer(of: id)
        office.says("ben", .reject(second, reason: nil))
        #expect(office.facts == [.offerEnded(second, .rejected(reason: nil, notAgainBefore: at(60)))])
        office.secondsPass(59)
        #expect(office.facts == [])
        office.secondsPass(1)
        #expect(office.facts == [.offered("ana", until: at(80))])
    }

    @Test("An agent who declined one contact is offered the next one at once")
    func rejectionIsAboutOneContact() {
        var office = Office(plan([person("ana")]), available: ["ana"])
        let first = office.writes("c1")
        let second = office.writes("c2")
        office.says("ana", .reject(office.offer(of: first), reason: nil))
        #expect(office.stateOf(first) == .queued)
        #expect(office.holder(of: second) == "ana")
    }

    @Test("Who does not answer becomes not ready, and the contact goes on before later ones (Rocket.Chat 12579)")
    func rangOut() {
        var office = Office(plan([person("ana"), person("ben")]), available: ["ana"])
        let first = office.writes("c1")
        let offer = office.offer(of: first)
        office.writes("c2")
        office.secondsPass(20)
        #expect(office.facts == [.offerEnded(offer, .timedOut), .agentStatusChanged("ana", .notReady(.noAnswer))])
        office.signsIn("ben")
        #expect(office.facts.last == .offered("ben", until: at(40)))
        #expect(office.holder(of: first) == "ben")
    }

    @Test("An agent is not reserved for ever: an offer lapsed frees agent and contact alike (FreeSWITCH 2540)")
    func notReservedForEver() {
        var office = Office(plan([person("ana")]), available: ["ana"])
        let id = office.writes("carl")
        office.secondsPass(20)
        #expect(office.agent("ana")?.held == [])
        office.says("ana", .setStatus(.available))
        #expect(office.holder(of: id) == "ana")
    }

    @Test("Three missed offers do not sign an agent out: one word makes them available again (Kazoo PR 6609)")
    func missedOffersSignNobodyOut() {
        var office = Office(plan([person("ana")]), available: ["ana"])
        let id = office.writes("carl")
        for _ in 1...3 {
            office.secondsPass(20)
            #expect(office.agent("ana")?.status == .notReady(.noAnswer))
            office.says("ana", .setStatus(.available))
        }
        #expect(office.holder(of: id) == "ana")
    }

    @Test("A lapsed offer leaves a status the agent has chosen since")
    func lapsedOfferKeepsChosenStatus() {
        var office = Office(plan([person("ana")]), available: ["ana"])
        let id = office.writes("carl")
        let offer = office.offer(of: id)
        office.says("ana", .setStatus(.notReady(.init("lunch"))))
        office.secondsPass(20)
        #expect(office.facts == [.offerEnded(offer, .timedOut)])
        #expect(office.agent("ana")?.status == .notReady(.init("lunch")))
    }

    @Test("An acceptance after the time is over connects nobody, and is told so")
    func acceptedTooLate() {
        var office = Office(plan([person("ana")]), available: ["ana"])
        let id = office.writes("carl")
        let offer = office.offer(of: id)
        office.secondsPass(20)
        office.says("ana", .accept(offer))
        #expect(office.answer == .refused(.offerOver(offer, holder: nil)))
        #expect(office.facts == [])
        #expect(office.stateOf(id) == .queued)
    }

    @Test("A withdrawn offer rings nobody any more, and its agent is free at once (FreeSWITCH 2529: zombie call)")
    func withdrawnWhileOffered() {
        var office = Office(plan([person("ana")]), available: ["ana"])
        let id = office.writes("c1")
        let offer = office.offer(of: id)
        office.writes("c2")
        office.happens(.withdrawn(id, cause: "hung up"))
        #expect(office.answer == .accepted(id, isNew: false))
        #expect(
            office.facts == [
                .offerEnded(offer, .rescinded(reason: "hung up")), .abandoned(cause: "hung up", isShort: true),
                .offered("ana", until: at(20)),
            ])
        #expect(office.stateOf(id) == .abandoned)
    }

    @Test("A withdrawn contact leaves the line; with an agent, it goes to wrap-up; in wrap-up nothing changes")
    func withdrawnElsewhere() {
        var office = Office(plan([person("ana")]), available: ["ana"])
        let active = office.writes("c1")
        office.accepts("ana", active)
        let waiting = office.writes("c2")
        office.happens(.withdrawn(waiting, cause: "left"))
        #expect(office.facts == [.abandoned(cause: "left", isShort: true)])
        office.happens(.withdrawn(active, cause: "left"))
        #expect(office.facts == [.wrapUpStarted(reason: "left", until: at(300))])
        office.happens(.withdrawn(active, cause: "left"))
        #expect(office.facts == [])
        #expect(office.answer == .accepted(active, isNew: false))
        office.happens(.withdrawn(waiting, cause: "left"))
        #expect(office.answer == .refused(.unknownInteraction(waiting)))
    }

    @Test("Nobody is offered a contact twice at once, whoever else is free (FreeSWITCH 2901)")
    func offeredOnce() {
        var office = Office(plan([person("ana", takes: 3), person("ben")]), available: ["ana", "ben"])
        office.writes("carl")
        #expect(office.recorded.filter { $0.fact.type == "offer.made" }.count == 1)
        office.secondsPass(19)
        #expect(office.facts == [])
    }

    @Test("A contact nobody takes ends as expired, once its queue's limit is over")
    func expired() {
        var office = Office(plan([], queues: [QueuePlan(name: "support", expireAfter: .seconds(90))]))
        let id = office.writes("carl")
        office.secondsPass(89)
        #expect(office.facts == [])
        office.secondsPass(1)
        #expect(office.facts == [.expired])
        #expect(office.stateOf(id) == .expired)
        #expect(office.writes("carl") != id, "who writes again begins anew")
    }
}
