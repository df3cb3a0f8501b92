import InteractionModel
import JSON
import Testing

@testable import Routing

@Suite struct QueueMeasuresTests {
    /// A queue whose service level is 20 s, with one agent.
    private func office(_ agents: [AgentName] = ["ana"]) -> Office {
        Office(plan(["ana", "bob"].map { person($0) }), available: agents)
    }

    private func counts(_ office: Office) throws -> QueueCounts { try #require(office.state.measures["support"]).total }

    @Test("Who is answered counts as answered, with the wait until the acceptance, in time or not")
    func answered() throws {
        var office = office()
        let first = office.writes("one")
        let second = office.writes("two")
        office.secondsPass(5)
        office.accepts("ana", first)
        office.secondsPass(25)
        office.says("ana", .close(first, disposition: nil))
        office.secondsPass(2)
        office.accepts("ana", second)
        var expected = QueueCounts()
        expected.received = 2
        expected.answered = 2
        expected.answeredInTime = 1
        expected.waited = 37_000
        expected.waitedMax = 32_000
        expected.handled = 1
        expected.handling = 25_000
        #expect(try counts(office) == expected)
        #expect(expected.serviceLevel(.ofOffered) == 5_000)
        #expect(expected.meanWait == 18_500)
        #expect(expected.meanHandling == 25_000)
    }

    @Test(
        "Who gives up within seconds is a short abandon, and each definition of the service level says what it does with it"
    )
    func abandoned() throws {
        var office = office()
        let first = office.writes("one")
        office.accepts("ana", first)
        let hasty = office.writes("two")
        let patient = office.writes("three")
        office.secondsPass(4)
        office.happens(.withdrawn(hasty, cause: "hung up"))
        office.secondsPass(60)
        office.happens(.withdrawn(patient, cause: "hung up"))
        let total = try counts(office)
        #expect([total.answered, total.abandoned, total.abandonedShort, total.abandonedInTime] == [1, 2, 1, 1])
        #expect(
            ServiceLevelDefinition.allCases.map(total.serviceLevel) == [3_333, 10_000, 5_000, 6_666])
    }

    @Test("A contact given back begins another visit, and its time with the agent was no waiting")
    func givenBack() throws {
        var office = office()
        let id = office.writes("one")
        office.accepts("ana", id)
        office.secondsPass(600)
        office.says("ana", .requeue(id, to: nil))
        office.secondsPass(7)
        office.signsIn("bob")
        office.accepts("bob", id)
        let total = try counts(office)
        #expect([total.received, total.returned, total.answered, total.handled] == [1, 1, 2, 1])
        #expect([total.waited, total.handling] == [7_000, 600_000])
    }

    @Test("An offer that is declined ends no visit")
    func declined() throws {
        var office = office()
        let id = office.writes("one")
        office.secondsPass(3)
        office.says("ana", .reject(office.offer(of: id), reason: nil))
        office.signsIn("bob")
        office.secondsPass(3)
        office.accepts("bob", id)
        let total = try counts(office)
        #expect([total.received, total.returned, total.answered, total.waited] == [1, 0, 1, 6_000])
    }

    @Test("A window forgets what is half an hour old, and the total does not")
    func window() throws {
        var office = office()
        let id = office.writes("one")
        office.accepts("ana", id)
        office.secondsPass(29 * 60)
        let state = office.state
        #expect(state.measures["support"]?.window(minutes: 30, at: state.now).answered == 1)
        #expect(state.measures["support"]?.window(minutes: 5, at: state.now).answered == 0)
        office.secondsPass(60)
        let later = office.state
        #expect(later.measures["support"]?.window(minutes: 30, at: later.now).answered == 0)
        #expect(try counts(office).answered == 1)
    }

    @Test("A service level is below a mark only when twenty contacts say so")
    func serviceLevelCondition() {
        var office = office()
        for number in 1...20 {
            #expect(!office.state.isServiceLevel(of: "support", below: 80))
            let id = office.writes(PartyKey("customer\(number)"))
            office.secondsPass(21)
            office.signsIn("ana")
            if office.holder(of: id) == nil { office.secondsPass(1) }
            office.accepts("ana", id)
            office.says("ana", .close(id, disposition: nil))
        }
        #expect(office.state.isServiceLevel(of: "support", below: 80))
    }

    @Test("The longest wait and everyone's position are those of the order, head starts included")
    func line() {
        var office = office([])
        let first = office.writes("one")
        office.secondsPass(10)
        let second = office.writes("two")
        let urgent = office.writes("three", wishing: RoutingWish(headStart: .seconds(60)))
        #expect(office.state.position(of: urgent) == 1)
        #expect(office.state.position(of: first) == 2)
        #expect(office.state.position(of: second) == 3)
        #expect(office.state.longestWait(in: "support") == .seconds(10))
        office.happens(.withdrawn(first, cause: "hung up"))
        #expect(office.state.position(of: second) == 2)
        #expect(office.state.position(of: first) == nil)
        #expect(office.state.longestWait(in: "support") == .zero)
    }

    @Test("Measures read back from their rows are those that were written, and go on alike")
    func restored() throws {
        var floor = ServiceFloor(.init(1.05, agents: 3, service: 60, patience: 200), seed: 7, keepsFacts: true)
        floor.run(seconds: 7_200)
        let state = floor.state
        let restored = try RoutingState(restoring: state.allRows(), lastSequence: state.lastSequence, at: state.now)
        #expect(restored.measures == state.measures, "the measures differ")
        #expect(restored.allRows() == state.allRows())
        var folded = RoutingState()
        for fact in floor.facts {
            let text = try Fact(type: fact.fact.type, body: fact.fact.body)
            #expect(text == fact.fact)
            folded.fold(fact)
        }
        folded.settle()
        #expect(folded.allRows() == state.allRows())
        #expect(try #require(state.measures["support"]).total.abandoned > 0)
    }

    @Test("Rows written batch by batch are the rows of the state")
    func rowsInBatches() throws {
        var floor = ServiceFloor(.init(1.05, agents: 3, service: 60, patience: 200), seed: 8, keepsFacts: true)
        floor.run(seconds: 7_200)
        var state = RoutingState()
        var rows: [String: EntityStateRow] = [:]
        for (number, fact) in floor.facts.enumerated() {
            state.fold(fact)
            guard number % 5 == 4 || number == floor.facts.count - 1 else { continue }
            for row in state.takeChanges().entities { rows["\(row.kind) \(row.id)"] = row }
        }
        for row in state.allRows().entities where row.kind == "measures" || row.kind == "minute" {
            #expect(rows["\(row.kind) \(row.id)"] == row)
        }
    }

    @Test("A head start lets a contact overtake by no more than itself, and equals never overtake each other")
    func overtaking() throws {
        var urgent = QueuePlan(name: "urgent")
        urgent.headStart = .seconds(60)
        var office = Office(plan([person("ana")], queues: [QueuePlan(name: "support"), urgent]))
        office.writes("one")
        office.secondsPass(50)
        office.writes("two", wishing: RoutingWish(queue: "urgent"))
        office.signsIn("ana")
        let overtaking = try #require(office.state.measures["urgent"]).overtaking
        var expected = Overtaking()
        expected.note(.init(withinBand: 50_000))
        #expect(overtaking == expected)
        #expect(expected.largest == 50_000)
    }
}

extension Fact {
    var body: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }
}
