import InteractionModel
import Testing

@testable import Routing

/// Where a contact comes to wait, and what moves it on.
@Suite struct MovingStories {
    static func queue(_ name: QueueName, _ change: (inout QueuePlan) -> Void = { _ in }) -> QueuePlan {
        var queue = QueuePlan(name: name)
        change(&queue)
        return queue
    }

    static func received(_ office: Office) -> Received? {
        if case .received(let received)? = office.recorded.first?.fact { return received }
        return nil
    }

    // MARK: Entries

    @Test(
        "An entry may ask for a language and a direction",
        arguments: [
            (nil, .inbound, "support"), ("de", .inbound, "german"), ("de-AT", .inbound, "german"),
            ("DE-at", .inbound, "german"), ("den", .inbound, "support"), ("de", .callback, "support"),
            ("fr", .outbound, "outbound"),
        ] as [(String?, Direction, QueueName)])
    func entries(language: String?, direction: Direction, queue: QueueName) {
        var german = Entry(queue: "german")
        (german.language, german.direction) = ("de", .inbound)
        var outbound = Entry(queue: "outbound")
        outbound.direction = .outbound
        var site = plan(
            [], queues: [QueuePlan(name: "support"), QueuePlan(name: "german"), QueuePlan(name: "outbound")])
        site.entries = [german, outbound]
        var office = Office(site)
        office.happens(
            .contact(
                InboundContact(
                    key: office.key(), channel: Office.sms, account: AccountName("main"), party: "carl", thread: "carl",
                    destination: "+4930", direction: direction, language: language)))
        #expect(Self.received(office)?.requirement.queue == queue)
        #expect(Self.received(office)?.direction == direction)
        #expect(Self.received(office)?.language == language)
    }

    // MARK: Overflow

    @Test("A contact is sent on by the first rule whose conditions all hold, and the record says which")
    func overflow() {
        let site = plan(
            [],
            queues: [
                Self.queue("support") {
                    $0.overflow = [
                        Overflow(when: [.waitingAtLeast(1), .signedInAtMost(0)], of: "sales", to: "sales"),
                        Overflow(when: [.waitingAtLeast(1), .availableAtMost(0)], to: "backup"),
                    ]
                }, QueuePlan(name: "sales"), QueuePlan(name: "backup"),
            ])
        var office = Office(site)
        office.writes("c1")
        #expect(Self.received(office)?.requirement.queue == "support")
        office.writes("c2")
        #expect(Self.received(office)?.requirement.queue == "backup")
        #expect(Self.received(office)?.via == ["support: overflow 2 (waiting ≥ 1, available ≤ 0) → backup"])
        office.writes("c3", wishing: RoutingWish(queue: "sales"))
        office.writes("c4")
        #expect(Self.received(office)?.requirement.queue == "sales")
    }

    @Test(
        "Each condition holds from its bound on",
        arguments: [
            (.waitingAtLeast(2), true), (.waitingAtLeast(3), false), (.longestWaitAtLeast(.seconds(10)), true),
            (.longestWaitAtLeast(.seconds(11)), false), (.signedInAtMost(1), true), (.signedInAtMost(0), false),
            (.availableAtMost(0), true), (.full, true), (.closed, false),
        ] as [(QueueCondition, Bool)])
    func conditions(condition: QueueCondition, holds: Bool) {
        let site = plan([person("ana")], queues: [Self.queue("support") { $0.waitingMax = 2 }])
        var office = Office(site)
        office.writes("c1")
        office.secondsPass(10)
        office.writes("c2")
        office.connects("ana")
        office.says("ana", .setStatus(.notReady(.init("tea"))))
        #expect(office.state.holds(condition, of: site.queues[0]) == holds)
    }

    @Test("A rule without a way refuses, before anything is accepted")
    func turnedAway() {
        let site = plan(
            [], queues: [Self.queue("support") { $0.overflow = [Overflow(when: [.signedInAtMost(0)], to: nil)] }])
        var office = Office(site)
        office.writes("carl")
        #expect(office.answer == .refused(.turnedAway("support", rule: "overflow 1 (signed in ≤ 0)")))
        #expect(office.facts == [])
    }

    @Test("Ways that lead in a circle end where each queue has been tried once")
    func circle() {
        let ring: [(QueueName, QueueName)] = [("one", "two"), ("two", "three"), ("three", "one")]
        let queues = ring.map { from, to in
            Self.queue(from) { $0.overflow = [Overflow(when: [.signedInAtMost(0)], to: to)] }
        }
        var office = Office(plan([], queues: queues))
        office.writes("carl")
        #expect(Self.received(office)?.requirement.queue == "three")
    }

    // MARK: While waiting

    @Test("A contact that has waited so long moves on, with its old place and its own wishes")
    func intraflow() {
        let site = plan(
            [person("ana", [skill("gold")])],
            queues: [
                Self.queue("support") {
                    $0.intraflow = [Intraflow(after: .seconds(30), to: "backup")]
                    $0.skills = SkillSet([skill("rare")])
                }, QueuePlan(name: "backup", expireAfter: .hours(200)),
            ])
        var office = Office(site, available: ["ana"])
        let id = office.writes("carl", wishing: RoutingWish(skills: SkillSet([skill("gold")]), headStart: .seconds(5)))
        office.secondsPass(29)
        #expect(office.facts == [])
        office.secondsPass(1)
        #expect(
            office.facts == [
                .moved(
                    Moved(
                        from: "support", to: "backup", reason: .intraflow, expiresAt: at(200 * 3600),
                        planVersion: "plan")),
                .offered("ana", until: at(50)),
            ])
        #expect(office.state.interactions[id]?.stamp == at(0))
        #expect(
            office.state.interactions[id]?.requirement
                == Requirement(queue: "backup", skills: SkillSet([skill("gold")]), headStart: .seconds(5)))
    }

    @Test("Who is offered when the time comes moves on as soon as the offer comes to nothing")
    func intraflowDuringOffer() {
        let site = plan(
            [person("ana")],
            queues: [
                Self.queue("support") { $0.intraflow = [Intraflow(after: .seconds(10), to: "backup")] },
                QueuePlan(name: "backup", skills: SkillSet([skill("rare")])),
            ])
        var office = Office(site, available: ["ana"])
        let id = office.writes("carl")
        office.secondsPass(15)
        #expect(office.facts == [])
        office.says("ana", .reject(office.offer(of: id), reason: nil))
        #expect(office.facts.map(\.type) == ["offer.ended", "contact.moved"])
        #expect(office.state.interactions[id]?.requirement.queue == "backup")
    }

    @Test("Two queues that pass a contact to each other neither spin nor keep it for ever")
    func pingPong() {
        let site = plan(
            [],
            queues: [
                Self.queue("one") {
                    $0.intraflow = [Intraflow(after: .zero, to: "two")]
                    $0.expireAfter = .seconds(10)
                },
                Self.queue("two") {
                    $0.intraflow = [Intraflow(after: .zero, to: "one")]
                    $0.expireAfter = .seconds(20)
                },
            ])
        var office = Office(site)
        office.writes("carl")
        var moves = 0
        for _ in 0..<30 {
            office.secondsPass(1)
            moves += office.facts.count { $0.type == "contact.moved" }
        }
        #expect(office.state.tallies.map(\.expired) == [1])
        #expect((9...20).contains(moves))
    }

    // MARK: Plans

    @Test("A new plan's rules hold for those who wait, without a fact for each")
    func newPlan() {
        var office = Office(
            plan([person("ana")], queues: [QueuePlan(name: "support", skills: SkillSet([skill("law")]))]))
        let id = office.writes("carl")
        office.signsIn("ana")
        #expect(office.stateOf(id) == .queued)
        office.happens(.planActivated(plan([person("ana")], version: "2")))
        #expect(office.recorded.map(\.fact.type) == ["plan.activated", "offer.made"])
    }

    @Test("A contact whose queue the new plan does not name moves to its default queue")
    func queueGone() {
        var office = Office(plan([], queues: [QueuePlan(name: "support"), QueuePlan(name: "sales")]))
        office.secondsPass(5)
        let id = office.writes("carl", wishing: RoutingWish(queue: "sales", headStart: .seconds(3)))
        office.secondsPass(5)
        office.happens(.planActivated(plan([], version: "2")))
        #expect(
            Array(office.facts.dropFirst()) == [
                .moved(
                    Moved(from: "sales", to: "support", reason: .plan, expiresAt: at(604_805), planVersion: "2"))
            ])
        #expect(office.state.interactions[id]?.requirement == Requirement(queue: "support", headStart: .seconds(3)))
        #expect(office.state.interactions[id]?.stamp == at(5))
    }

    @Test("A contact that comes back to a queue the plan has dropped moves at once")
    func queueGoneDuringTalk() {
        var office = Office(
            plan([person("ana")], queues: [QueuePlan(name: "support"), QueuePlan(name: "sales")]), available: ["ana"])
        let id = office.writes("carl", wishing: RoutingWish(queue: "sales"))
        office.accepts("ana", id)
        office.happens(.planActivated(plan([person("ana")], version: "2")))
        #expect(office.stateOf(id) == .active("ana"), "conversations go on as they are")
        office.says("ana", .requeue(id, to: nil))
        #expect(office.facts.map(\.type) == ["contact.requeued", "contact.moved"])
    }

    // MARK: Escalation

    @Test("An escalation counts up and goes to the queue's next level, at the old place")
    func escalation() {
        let site = plan(
            [person("ana"), person("ben", [skill("second")])],
            queues: [
                Self.queue("support") { $0.escalation = .queue("second") },
                Self.queue("second") { $0.skills = SkillSet([skill("second")]) },
            ])
        var office = Office(site, available: ["ana", "ben"])
        let id = office.writes("carl")
        office.accepts("ana", id)
        office.secondsPass(5)
        office.says("ana", .escalate(id))
        #expect(
            office.facts.first
                == .moved(
                    Moved(
                        from: "support", to: "second", reason: .escalated, by: "ana", level: 1, expiresAt: at(604_805),
                        planVersion: "plan")))
        #expect(office.holder(of: id) == "ben")
        #expect(office.agent("ana")?.held == [])
        office.accepts("ben", id)
        office.says("ben", .escalate(id))
        #expect(office.answer == .refused(.noEscalation("second")))
    }

    /// Ana has given carl's contact to the vendor `acme`.
    static func withVendor() -> (Office, InteractionID) {
        let site = plan([person("ana")], queues: [queue("support") { $0.escalation = .vendor("acme") }])
        var office = Office(site, available: ["ana"])
        let id = office.writes("carl")
        office.accepts("ana", id)
        office.says("ana", .escalate(id))
        return (office, id)
    }

    @Test("What a vendor has is nobody's here, and comes back at its old place", arguments: 0..<3)
    func vendor(way: Int) {
        var (office, id) = Self.withVendor()
        #expect(office.facts == [.escalated(vendor: "acme", by: "ana", until: at(259_200))])
        #expect(office.stateOf(id) == .escalated(vendor: "acme"))
        #expect(office.state.tallies.map(\.escalated) == [1])
        #expect(office.agent("ana")?.held == [])
        switch way {
        case 0: office.happens(.vendorReturned(id))
        case 1: office.happens(.supervisor("eve", .takeFromVendor(id)))
        default: office.secondsPass(259_200)
        }
        let reason = ["vendor", "taken back by eve", "limit"][way]
        let expiresAt = office.now.advanced(by: .hours(24 * 7))
        #expect(office.facts.first == .returned(reason: reason, expiresAt: expiresAt, moveAt: nil))
        #expect(office.holder(of: id) == "ana")
        office.happens(.vendorReturned(id))
        #expect(office.answer == .refused(.wrongState(id, is: "offered")))
    }

    @Test("A customer who gives up while a vendor has the contact has left, and one who writes joins it")
    func vendorAndCustomer() {
        var (office, id) = Self.withVendor()
        #expect(office.writes("carl") == id)
        #expect(office.facts == [.messageReceived(activeUntil: nil)])
        office.happens(.withdrawn(id, cause: "left"))
        #expect(office.facts == [.abandoned(cause: "left", isShort: true)])
        #expect(office.state.conservationError == 0)
    }

    // MARK: Supervisors

    @Test("A supervisor moves a contact wherever it is", arguments: ["queued", "offered", "active", "escalated"])
    func supervisorMoves(state: String) {
        let site = plan(
            [person("ana")],
            queues: [Self.queue("support") { $0.escalation = .vendor("acme") }, QueuePlan(name: "sales")])
        var office = Office(site, available: state == "queued" ? [] : ["ana"])
        let id = office.writes("carl")
        if state == "active" || state == "escalated" { office.accepts("ana", id) }
        if state == "escalated" { office.says("ana", .escalate(id)) }
        #expect(office.stateOf(id)?.name == state)
        office.happens(.supervisor("eve", .move(id, to: "sales")))
        #expect(office.state.interactions[id]?.requirement.queue == "sales")
        #expect(office.answer == .accepted(id, isNew: false))
        #expect(Invariants(office.state).breaches == [])
    }

    @Test("A supervisor gives a waiting contact to one agent first")
    func supervisorAssigns() {
        var office = Office(plan([person("ana"), person("ben")]))
        let id = office.writes("carl")
        office.happens(.supervisor("eve", .assign(id, to: "ben")))
        #expect(office.answer == .refused(.notSignedIn("ben")))
        office.connects("ben")
        office.says("ben", .setStatus(.notReady(.init("lunch"))))
        office.happens(.supervisor("eve", .assign(id, to: "ben")))
        #expect(office.facts == [.assigned(Preference(agent: "ben", until: at(20)), by: "eve")])
        office.signsIn("ana")
        #expect(office.stateOf(id) == .queued)
        office.says("ben", .setStatus(.available))
        #expect(office.holder(of: id) == "ben")
    }

    @Test("A supervisor signs an agent out, and what the agent held goes back")
    func supervisorSignsOut() {
        var office = Office(plan([person("ana")]), available: ["ana"])
        let id = office.writes("carl")
        office.accepts("ana", id)
        office.happens(.supervisor("eve", .setStatus("ana", .signedOut)))
        #expect(office.stateOf(id) == .queued)
        #expect(office.agent("ana")?.status == .signedOut)
        office.happens(.supervisor("eve", .setStatus("ana", .available)))
        #expect(office.answer == .refused(.notSignedIn("ana")))
    }
}
