import InteractionModel
import JSON
import Testing

@testable import Routing

/// What happens at each bound.
@Suite struct BoundStories {
    @Test("A full queue refuses the newcomer and keeps those who wait", arguments: [0, 1, 3])
    func queueFull(limit: Int) {
        var office = Office(plan([], queues: [QueuePlan(name: "support", waitingMax: limit)]))
        for customer in 0..<limit { #expect(office.writes(PartyKey("c\(customer)")) != InteractionID(-1)) }
        let before = office.state.allRows()
        office.writes("one too many")
        #expect(office.answer == .refused(.queueFull("support", waiting: limit)))
        #expect(office.facts == [])
        #expect(office.state.allRows() == before, "nothing became true")
        #expect(Refusal.queueFull("support", waiting: limit).isTemporary)
    }

    @Test("What was accepted returns even to a full queue")
    func returnToAFullQueue() {
        let queue = QueuePlan(name: "support", waitingMax: 1)
        var office = Office(plan([person("ana")], queues: [queue]), available: ["ana"])
        let id = office.writes("c1")
        office.writes("c2")
        office.says("ana", .reject(office.offer(of: id), reason: nil))
        #expect(office.state.tallies[0].open == 2)
    }

    @Test("A queue the plan does not have is refused, and the plan's own default is where the rest waits")
    func unknownQueue() {
        var office = Office(plan([]))
        office.writes("carl", wishing: RoutingWish(queue: "nowhere"))
        #expect(office.answer == .refused(.unknownQueue("nowhere")))
        #expect(office.facts == [])
        let id = office.writes("carl")
        #expect(office.state.interactions[id]?.requirement.queue == "support")
    }

    @Test("The first entry that matches says where a contact waits")
    func entries() {
        var site = plan([], queues: [QueuePlan(name: "support"), QueuePlan(name: "sales"), QueuePlan(name: "chats")])
        site.entries = [
            Entry(channel: "chat", queue: "chats"), Entry(channel: "sms", destination: "+4931", queue: "support"),
            Entry(destination: "+4930", queue: "sales"),
        ]
        var office = Office(site)
        let text = office.writes("c1")
        let chat = office.writes("c2", on: "chat")
        #expect(office.state.interactions[text]?.requirement.queue == "sales")
        #expect(office.state.interactions[chat]?.requirement.queue == "chats")
    }

    @Test("A plan of ten thousand agents is a fact that can be read back")
    func largePlan() throws {
        let fact = Fact.planActivated(
            plan(
                (0..<10_000).map {
                    person(
                        AgentName("an-agent-whose-name-is-a-good-deal-longer-\($0)"), [skill("german"), skill("law")])
                }))
        var writer = JSONWriter()
        fact.write(to: &writer)
        #expect(writer.bytes.count > 1 << 20)
        #expect(try Fact(type: fact.type, body: writer.bytes) == fact)
    }

    @Test("Time that runs backwards is taken as standing still")
    func timeStandsStill() {
        var state = RoutingState()
        _ = state.apply(Input(at: at(100), .siteStarted(epoch: 1, release: "test", wallOffset: .zero)))
        let facts = state.apply(Input(at: at(50), .clockStepped(wallOffset: .seconds(3))))
        #expect(facts.map(\.at) == [at(100)])
        #expect(state.apply(Input(at: at(60), .clockStepped(wallOffset: .seconds(3)))) == [], "no news")
    }
}
