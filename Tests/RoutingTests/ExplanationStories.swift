import InteractionModel
import Testing

@testable import Routing

/// Why this agent, why this contact, why still nobody.
@Suite struct ExplanationStories {
    /// One agent for every rule, and ana, who is best.
    static let everyRule: Plan = {
        let german = [skill("german", 2)]
        let others = AgentPlan(name: "chatty", skills: SkillSet(german), capacity: [ChannelCapacity("chat", 1)])
        return plan(
            [
                person("ana", german), others, person("english", [skill("german")]), person("gone", german),
                person("lost", german), person("resting", german), person("full", german), person("later", german),
            ], queues: [QueuePlan(name: "support", skills: SkillSet(german), headStart: .seconds(5))])
    }()

    static func explained() -> (Office, InteractionID) {
        var office = Office(everyRule, available: ["full"])
        office.writes("first")
        for name in ["lost", "resting"] as [AgentName] {
            office.signsIn(name)
            office.says(name, .setStatus(.notReady(.init("lunch"))))
        }
        for name in ["ana", "later"] as [AgentName] { office.signsIn(name) }
        office.loses("lost")
        office.secondsPass(10)
        let id = office.writes("carl")
        return (office, id)
    }

    @Test("Each agent who was passed over is named with the first rule that dropped them")
    func named() {
        let (office, _) = Self.explained()
        #expect(
            office.why
                == Explanation(
                    search: .contactSoughtAgent, load: 0, idle: .seconds(10), waited: .zero, headStart: .seconds(5),
                    dropped: [
                        .init(rule: .channel, count: 1), .init(rule: .skill, count: 1),
                        .init(rule: .signedOut, count: 1),
                        .init(rule: .unreachable, count: 1), .init(rule: .notReady, count: 1),
                        .init(rule: .capacity, count: 1), .init(rule: .laterInOrder, count: 1),
                    ],
                    named: [
                        .init(agent: "chatty", rule: .channel), .init(agent: "english", rule: .skill),
                        .init(agent: "gone", rule: .signedOut), .init(agent: "lost", rule: .unreachable),
                        .init(agent: "resting", rule: .notReady), .init(agent: "full", rule: .capacity),
                        .init(agent: "later", rule: .laterInOrder),
                    ], contactsBehind: 0))
    }

    @Test("Who declined it before is said to have")
    func declined() {
        var (office, id) = Self.explained()
        office.says("ana", .reject(office.offer(of: id), reason: nil))
        #expect(office.holder(of: id) == "later")
        #expect(office.why?.named.first == .init(agent: "ana", rule: .excluded))
        #expect(office.why?.dropped.last == .init(rule: .excluded, count: 1))
    }

    @Test("With more agents than an explanation names, it counts them")
    func counted() {
        var people = Self.everyRule
        people.agents.append(person("ninth"))
        people.version = "nine"
        var (office, id) = Self.explained()
        office.happens(.planActivated(people))
        office.says("ana", .reject(office.offer(of: id), reason: nil))
        #expect(office.why?.named == [])
        #expect(office.why?.dropped.map(\.count).reduce(0, +) == 8, "everyone but the winner is counted")
    }

    @Test("An agent who sought says how long the contact waited, and how many wait behind it")
    func agentSought() {
        var office = Office(plan([person("ana", takes: 2)]))
        for customer in ["c1", "c2", "c3"] {
            office.writes(PartyKey(customer))
            office.secondsPass(10)
        }
        office.signsIn("ana")
        #expect(
            office.recorded.compactMap { if case .offered(let offered) = $0.fact { offered.why } else { nil } } == [
                Explanation(
                    search: .agentSoughtContact, load: 0, idle: .zero, waited: .seconds(30), headStart: .zero,
                    dropped: [], named: [], contactsBehind: 2),
                Explanation(
                    search: .agentSoughtContact, load: 1, idle: .zero, waited: .seconds(20), headStart: .zero,
                    dropped: [], named: [], contactsBehind: 1),
            ])
    }

    @Test("What waits can be asked why: every agent is counted under one rule")
    func whyWaiting() {
        var office = Office(Self.everyRule)
        let id = office.writes("carl")
        let before: [Explanation.Dropped] = [
            .init(rule: .channel, count: 1), .init(rule: .skill, count: 1), .init(rule: .signedOut, count: 6),
        ]
        #expect(office.state.whyWaiting(id) == before)
        guard case .received(let received)? = office.facts.first else {
            Issue.record("a contact was received")
            return
        }
        #expect(received.agents == before, "the record says it as of the arrival")
        office.signsIn("ana")
        #expect(office.state.whyWaiting(id) == [], "it does not wait any more")
        office.says("ana", .reject(office.offer(of: id), reason: nil))
        #expect(
            office.state.whyWaiting(id) == [
                .init(rule: .channel, count: 1), .init(rule: .skill, count: 1), .init(rule: .signedOut, count: 5),
                .init(rule: .excluded, count: 1),
            ])
        #expect(office.state.whyWaiting(InteractionID(999)) == [])
    }

    @Test("The rules stand in the order in which they are tried")
    func ranks() {
        #expect(Explanation.Rule.allCases.map(\.rank) == Array(0..<Explanation.Rule.allCases.count))
    }
}
