import InteractionModel
import Testing

@testable import Routing

@Suite struct ExpectedWaitTests {
    struct Case: CustomTestStringConvertible {
        var load: ServiceFloor.Load
        var name: String
        var testDescription: String { name }
    }

    static let steady = [
        Case(load: .init(0.7), name: "10 agents, load 0.7"),
        Case(load: .init(0.9), name: "10 agents, load 0.9"),
        Case(load: .init(0.97), name: "10 agents, load 0.97"),
        Case(load: .init(0.9, agents: 2), name: "2 agents, load 0.9"),
        Case(load: .init(0.97, agents: 30), name: "30 agents, load 0.97"),
        Case(load: .init(1.2, patience: 300), name: "10 agents, load 1.2, patience 300 s"),
        Case(load: .init(0.97, patience: 120), name: "10 agents, load 0.97, patience 120 s"),
    ]

    @Test(
        "In a steady state the median is met by half of those who waited, and the ninth decile by nine of ten",
        arguments: steady)
    func coverage(_ steady: Case) throws {
        var score = EstimateScore()
        for seed in 1...2 as ClosedRange<UInt64> {
            var floor = ServiceFloor(steady.load, seed: seed)
            floor.run(seconds: 3_000 * steady.load.betweenArrivals)
            score.add(floor.measures.score)
        }
        #expect((4_000...6_000).contains(try #require(score.coverage50)))
        #expect((8_500...9_500).contains(try #require(score.coverage90)))
    }

    @Test(
        "After a step of the load the announcements are right again for those who come after forty have been served",
        arguments: [
            (ServiceFloor.Load(0.7), ServiceFloor.Load(1.3, patience: 300)),
            (ServiceFloor.Load(1.2, patience: 300), ServiceFloor.Load(0.75, patience: 300)),
        ])
    func stepOfArrivals(_ before: ServiceFloor.Load, _ after: ServiceFloor.Load) throws {
        try check(step: before, after)
    }

    @Test(
        "When half of the agents go home, or come, the announcements are right again after forty have been served",
        arguments: [
            (20, 10), (10, 20),
        ])
    func stepOfAgents(from: Int, to: Int) throws {
        var before = ServiceFloor.Load(0.9, agents: from, patience: 300)
        var after = ServiceFloor.Load(0.9, agents: to, patience: 300)
        let between = ServiceFloor.Load(1.0, agents: 12, patience: 300).betweenArrivals
        (before.betweenArrivals, after.betweenArrivals) = (between, between)
        try check(step: before, after)
    }

    /// Looks at those who come in the two hours after the step, less the time in which the agents there are then serve forty.
    private func check(step before: ServiceFloor.Load, _ after: ServiceFloor.Load) throws {
        var late = EstimateScore()
        for seed in 1...10 as ClosedRange<UInt64> {
            var floor = ServiceFloor(before, seed: seed)
            floor.run(seconds: 7_200)
            let recovery = 40 * (after.service + after.answering) / Double(after.agents)
            floor.become(after)
            floor.run(seconds: recovery)
            let second = floor.measures.score
            floor.run(seconds: 7_200 - recovery)
            late.add(floor.measures.score)
            late.subtract(second)
        }
        #expect((4_000...6_000).contains(try #require(late.coverage50)))
        #expect((8_500...9_500).contains(try #require(late.coverage90)))
    }

    @Test("Nothing is announced while there is too little to say it from, or nobody to serve")
    func silence() {
        var office = Office(plan([person("ana")]))
        #expect(office.state.expectedWait(in: "support") == .silent(.nobodyThere))
        office.signsIn("ana")
        #expect(office.state.expectedWait(in: "support") == .silent(.tooFewAnswers))
        let id = office.writes("one")
        #expect(office.state.expectedWait(of: id) == .silent(.notWaiting))
    }
}

extension EstimateScore {
    fileprivate mutating func subtract(_ other: EstimateScore) {
        let numbers = zip(Self.fields.values(of: self), Self.fields.values(of: other)).map { $0 - $1 }
        Self.fields.fill(&self, from: numbers)
    }
}
