import InteractionModel
import Testing

@testable import Routing

/// Agents who come, go, and break off.
@Suite struct PresenceStories {
    static let site = plan([person("ana", takes: 3), person("ben", takes: 3)])

    /// Ana has one contact active and one in wrap-up, and is offered a third; the moment is 0.
    static func busy() -> (Office, active: InteractionID, wrapping: InteractionID, offered: InteractionID) {
        var office = Office(site, available: ["ana"])
        let ids = ["c1", "c2", "c3"].map { office.writes(PartyKey($0)) }
        office.accepts("ana", ids[0])
        office.accepts("ana", ids[1])
        office.says("ana", .wrapUp(ids[1]))
        return (office, ids[0], ids[1], ids[2])
    }

    @Test("Who reconnects within the grace keeps status, contacts and place")
    func reconnects() {
        var (office, active, wrapping, offered) = Self.busy()
        let before = office.agent("ana")
        office.loses("ana")
        #expect(office.facts == [.agentConnectionLost("ana", session: 1, until: at(30))])
        office.secondsPass(19)
        office.connects("ana")
        #expect(office.facts == [.agentConnected("ana", session: 2)])
        #expect(office.agent("ana")?.held == [active, wrapping, offered])
        #expect(office.agent("ana")?.status == .available)
        #expect(office.agent("ana")?.since == before?.since)
        office.accepts("ana", offered)
        #expect(office.stateOf(offered) == .active("ana"))
        office.secondsPass(20)
        #expect(office.facts == [], "the grace is void")
    }

    @Test("Who signed out and leaves is gone at once: no seat is kept")
    func leaves() {
        var office = Office(Self.site, available: ["ana"])
        office.says("ana", .setStatus(.signedOut))
        office.loses("ana")
        #expect(office.facts == [.agentSignedOut("ana", reason: "left", reclaimAt: nil)])
        #expect(office.agent("ana")?.presence == .absent)
    }

    @Test("Who breaks off is offered nothing new, and is first again on return")
    func unreachable() {
        var office = Office(Self.site, available: ["ana", "ben"])
        office.loses("ana")
        #expect(office.taker(of: "c1") == "ben")
        office.connects("ana")
        #expect(office.taker(of: "c2") == "ana")
    }

    @Test("An offer that lapses while its agent cannot be reached goes on, and blames nobody (Asterisk 1557)")
    func lapsedWhileUnreachable() {
        var (office, _, _, offered) = Self.busy()
        let offer = office.offer(of: offered)
        office.loses("ana")
        office.signsIn("ben")
        office.secondsPass(20)
        #expect(office.facts == [.offerEnded(offer, .timedOut), .offered("ben", until: at(40))])
        #expect(office.agent("ana")?.status == .available)
    }

    @Test("After the grace the agent is signed out and offers go on; what was accepted waits (Chatwoot 7204)")
    func signedOutByTheRouter() {
        var plan = Self.site
        plan.queues[0].offerTimeout = .minutes(10)
        var office = Office(plan, available: ["ana"])
        let active = office.writes("c1")
        office.accepts("ana", active)
        let offered = office.writes("c2")
        let offer = office.offer(of: offered)
        office.loses("ana")
        office.secondsPass(30)
        #expect(
            office.facts == [
                .offerEnded(offer, .rescinded(reason: "connection lost")),
                .agentSignedOut("ana", reason: "connection lost", reclaimAt: at(330)),
            ])
        #expect(office.stateOf(active) == .active("ana"))
    }

    @Test("Contacts do not stay with an agent who went home: others get them in their old order (Chatwoot 4158, 9587)")
    func reclaimed() {
        var (office, active, wrapping, offered) = Self.busy()
        office.loses("ana")
        office.secondsPass(30)
        office.writes("later")
        office.secondsPass(300)
        #expect(
            office.facts == [
                .closed(disposition: nil, by: "wrap-up limit"), .released(from: "ana", reason: "agent is gone"),
            ])
        #expect(office.stateOf(wrapping) == .closed(disposition: nil))
        #expect(office.agent("ana")?.reclaimAt == nil)
        office.signsIn("ben")
        #expect(
            office.recorded.filter { $0.fact.type == "offer.made" }.map(\.interaction).prefix(2) == [active, offered])
    }

    @Test("Who comes back before that keeps what is active, and says a status again to get more")
    func comesBack() {
        var (office, active, _, _) = Self.busy()
        office.loses("ana")
        office.secondsPass(100)
        #expect(office.agent("ana")?.condition == .signedOut)
        office.connects("ana")
        office.secondsPass(3600)
        #expect(office.stateOf(active) == .active("ana"))
        #expect(office.taker(of: "c9") == nil)
        office.says("ana", .setStatus(.available))
        #expect(office.agent("ana")?.held.count == 3)
    }

    @Test("Who holds contacts cannot sign out, and who holds none is offered nothing after it")
    func signsOut() {
        var (office, active, _, offered) = Self.busy()
        office.says("ana", .setStatus(.signedOut))
        #expect(office.answer == .refused(.holdsContacts(3)))
        #expect(office.facts == [])
        #expect(office.stateOf(active) == .active("ana"))
        #expect(office.holder(of: offered) == "ana")
        office.signsIn("ben")
        office.says("ben", .setStatus(.signedOut))
        #expect(office.facts == [.agentStatusChanged("ben", .signedOut)])
    }

    @Test("Not ready keeps what is held and stops what is new")
    func notReady() {
        var (office, active, _, _) = Self.busy()
        office.says("ana", .setStatus(.notReady(.init("lunch"))))
        #expect(office.facts == [.agentStatusChanged("ana", .notReady(.init("lunch")))])
        office.says("ana", .close(active, disposition: nil))
        #expect(office.taker(of: "c4") == nil)
        office.says("ana", .setStatus(.notReady(.init("lunch"))))
        #expect(office.facts == [], "the same status again is no news")
    }

    @Test("The end of a connection that was replaced changes nothing")
    func replacedSession() {
        var office = Office(Self.site, available: ["ana"])
        office.connects("ana")
        office.happens(.agentDisconnected("ana", session: 1))
        #expect(office.facts == [])
        #expect(office.agent("ana")?.condition == .available)
    }

    @Test("Nobody unknown, absent or retired is obeyed")
    func notObeyed() {
        var office = Office(Self.site)
        office.says("zoe", .setStatus(.available))
        #expect(office.answer == .refused(.unknownAgent("zoe")))
        office.connects("zoe")
        #expect(office.answer == .refused(.unknownAgent("zoe")))
        office.says("ana", .setStatus(.available))
        #expect(office.answer == .refused(.notSignedIn("ana")))
        #expect(office.facts == [])
    }

    @Test("An agent the plan no longer names gives back every contact at its old place")
    func removedFromThePlan() {
        var (office, active, wrapping, offered) = Self.busy()
        let offer = office.offer(of: offered)
        office.signsIn("ben")
        let next = plan([person("ben", takes: 3)], version: "next")
        office.happens(.planActivated(next))
        #expect(
            office.recorded.map(\.fact).prefix(5) == [
                .planActivated(next), .released(from: "ana", reason: "no longer in the plan"),
                .closed(disposition: nil, by: "no longer in the plan"),
                .offerEnded(offer, .rescinded(reason: "no longer in the plan")),
                .agentSignedOut("ana", reason: "no longer in the plan", reclaimAt: nil),
            ])
        #expect([active, offered].map { office.holder(of: $0) } == ["ben", "ben"])
        #expect(office.stateOf(wrapping) == .closed(disposition: nil))
    }

    @Test("So does one who had only reconnected, and never said a status again", arguments: [true, false])
    func removedWhileSignedOut(reconnected: Bool) {
        var (office, active, _, _) = Self.busy()
        office.loses("ana")
        office.secondsPass(100)
        if reconnected { office.connects("ana") }
        office.happens(.planActivated(plan([person("ben")], version: "next")))
        #expect(office.stateOf(active) == .queued)
        #expect(office.agent("ana")?.presence == .absent)
        #expect(office.agent("ana")?.held == [])
    }

    @Test("A new plan leaves statuses, places and contacts as they are (Asterisk 66, FreeSWITCH PR 39)")
    func planKeepsPeople() {
        var (office, _, _, _) = Self.busy()
        let before = office.agent("ana")
        var next = Self.site
        next.version = "next"
        office.happens(.planActivated(next))
        #expect(office.facts == [.planActivated(next)])
        #expect(office.agent("ana") == before)
        office.happens(.planActivated(next))
        #expect(office.facts == [], "the same plan again is no news")
    }

    @Test("A restart disconnects everyone; who comes back within the grace has lost nothing (FreeSWITCH 1062)")
    func restart() {
        var (office, active, wrapping, offered) = Self.busy()
        office.happens(.siteStarted(epoch: 2, release: "next", wallOffset: .seconds(1)))
        #expect(
            office.facts == [
                .siteStarted(epoch: 2, release: "next", wallOffset: .seconds(1)),
                .agentConnectionLost("ana", session: 1, until: at(30)),
            ])
        office.connects("ana")
        #expect(office.agent("ana")?.held == [active, wrapping, offered])
        office.accepts("ana", offered)
        #expect(office.stateOf(offered) == .active("ana"))
    }
}
