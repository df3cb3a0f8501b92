import InteractionModel
import Testing

@testable import Routing

@Suite struct FairShareTests {
    /// Who shares time evenly gives less often to whoever happens to get the long talks.
    static let tolerances: [(IdleOrder, Double)] = [(.longestIdle, 0.1), (.roundRobin, 0.1), (.leastOccupied, 0.25)]

    @Test("Every agent gets what is due among equals, whatever decides between them", arguments: tolerances)
    func shares(order: IdleOrder, tolerance: Double) throws {
        var floor = ServiceFloor(.init(0.6), seed: 3, idleOrder: order)
        floor.run(seconds: 3_000 * 50)
        let spread = try #require(floor.state.measures.shareSpread)
        #expect(spread.least > 1 - tolerance)
        #expect(spread.largest < 1 + tolerance)
        let shares = (0..<10).map { floor.state.measures.share(of: $0) }
        let due = shares.reduce(0) { $0 + $1.entitledParts }
        #expect(due == FairShare.whole * shares.reduce(0) { $0 + $1.offered })
    }

    @Test("An offer without a choice is nobody's luck")
    func noChoice() throws {
        var office = Office(plan([person("ana"), person("bob")]), available: ["ana"])
        office.writes("one")
        #expect(office.state.share(of: "ana") == FairShare.none)
        office.signsIn("bob")
        office.writes("two")
        #expect(office.state.share(of: "bob") == FairShare.none)
    }

    @Test("Of two who could, one gets it, and half was due to each")
    func twoEquals() throws {
        var office = Office(plan([person("ana"), person("bob")]), available: ["ana", "bob"])
        office.writes("one")
        let (ana, bob) = (try #require(office.state.share(of: "ana")), try #require(office.state.share(of: "bob")))
        #expect([ana.offered, bob.offered] == [1, 0])
        #expect([ana.entitled, bob.entitled] == [0.5, 0.5])
    }
}
