import InteractionModel
import Testing

@testable import Routing

/// What opens and closes by the clock. Noon of the office's first day is its moment 43,200; all clocks show UTC.
@Suite struct HoursStories {
    static let office = CalendarName("office")
    /// Every day from one o'clock to two, and nothing else.
    static let hours = OpeningHours(
        name: office, zone: .utc(until: 4_000_000_000),
        week: Array(repeating: [OpenInterval(from: 60, to: 120)!], count: 7))

    static func site(_ change: (inout Plan) -> Void) -> Plan {
        var site = plan([person("ana")])
        site.calendars = [hours]
        change(&site)
        return site
    }

    static let closedQueue = site { $0.queues[0].hours = office }

    @Test("A calendar that something uses is read when the plan becomes active; one that nothing uses is not")
    func activation() {
        #expect(Office(Self.closedQueue).facts.last == .hoursChanged(Self.office, isOpen: false, until: at(3600)))
        #expect(Office(Self.site { _ in }).facts.map(\.type) == ["plan.activated"])
    }

    @Test("A closed queue keeps its contacts until it opens, and each change names the next")
    func queueOpens() {
        var office = Office(Self.closedQueue, available: ["ana"])
        let id = office.writes("carl")
        #expect(office.facts.map(\.type) == ["contact.received"])
        office.secondsPass(3599)
        #expect(office.facts == [])
        office.secondsPass(1)
        #expect(
            office.facts == [
                .hoursChanged(Self.office, isOpen: true, until: at(7200)), .offered("ana", until: at(3620)),
            ])
        office.accepts("ana", id)
        office.secondsPass(3600)
        #expect(office.facts == [.hoursChanged(Self.office, isOpen: false, until: at(90_000))])
        #expect(office.stateOf(id) == .active("ana"), "a conversation goes on")
    }

    @Test("What comes to a closed queue waits, is refused, or goes elsewhere, as the plan says", arguments: 0..<3)
    func whenClosed(way: Int) {
        var office = Office(
            Self.site {
                $0.queues.append(QueuePlan(name: "night"))
                $0.queues[0].hours = Self.office
                $0.queues[0].whenClosed = [.wait, .refuse, .go("night")][way]
            })
        let id = office.writes("carl")
        let queues: [QueueName?] = ["support", nil, "night"]
        #expect(office.state.interactions[id]?.requirement.queue == queues[way])
        if way == 1 { #expect(office.answer == .refused(.queueClosed("support"))) }
    }

    @Test("An agent off hours gets nothing new, whether by own hours or by the site's", arguments: [true, false])
    func offHours(isOwn: Bool) {
        var office = Office(
            Self.site {
                if isOwn { return $0.agents[0].hours = Self.office }
                $0.sites = [SitePlan(name: SiteName("lyon"), hours: Self.office)]
                $0.agents[0].site = SiteName("lyon")
            }, available: ["ana"])
        let id = office.writes("carl")
        #expect(office.stateOf(id) == .queued)
        office.secondsPass(3600)
        #expect(office.holder(of: id) == "ana")
    }

    @Test("An entry counts only while its calendar is open")
    func entry() {
        var during = Entry(queue: "day")
        during.during = Self.office
        var office = Office(
            Self.site {
                $0.queues.append(QueuePlan(name: "day"))
                $0.entries = [during]
            })
        let early = office.writes("c1")
        office.secondsPass(3600)
        let late = office.writes("c2")
        #expect([early, late].map { office.state.interactions[$0]?.requirement.queue } == ["support", "day"])
    }

    @Test("Hours go by the wall: when that clock is set, the calendars are read again")
    func clockStep() {
        var office = Office(Self.closedQueue, available: ["ana"])
        let id = office.writes("carl")
        office.happens(.clockStepped(wallOffset: .seconds(3600)))
        #expect(
            Array(office.facts.prefix(2)) == [
                .clockStepped(wallOffset: .seconds(3600)),
                .hoursChanged(Self.office, isOpen: true, until: at(3600)),
            ])
        #expect(office.holder(of: id) == "ana")
    }

    @Test("A process that begins reads the calendars that changed while it was not there")
    func restart() {
        var office = Office(Self.closedQueue)
        office.writeDown()
        office.happens(.siteStarted(epoch: 2, release: "test", wallOffset: .seconds(4000)))
        #expect(office.facts.last == .hoursChanged(Self.office, isOpen: true, until: at(3200)))
    }

    @Test("Gates are restored with the rows, and what a plan does not name says nothing any more")
    func restored() throws {
        var office = Office(Self.closedQueue)
        let rows = office.state.allRows()
        let twin = try RoutingState(restoring: rows, lastSequence: office.state.lastSequence, at: office.now)
        #expect(twin.gates == office.state.gates)
        #expect(twin.gates.map(\.isOpen) == [false])
        #expect(twin.nextDeadline == at(3600))
        office.happens(.planActivated(plan([person("ana")], version: "2")))
        #expect(office.state.gates == [])
    }
}
