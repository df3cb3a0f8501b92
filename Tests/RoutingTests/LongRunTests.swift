import InteractionModel
import Testing

@testable import Routing

/// What a site keeps after thousands of contacts: what is open, and not what was.
@Suite struct LongRunTests {
    @Test("Thousands of head starts of a client's own making leave neither classes nor deadlines behind")
    func everyContactItsOwnClass() {
        let site = plan([person("ana", takes: 2), person("ben", [skill("law")])])
        var office = Office(site, available: ["ana", "ben"])
        var oracle = Oracle()
        oracle.follow(Office.beginning(of: site, available: ["ana", "ben"]), at: office.now)
        var open: [InteractionID] = []
        for number in 0..<6000 {
            let skills = number % 3 == 0 ? [skill("law")] : []
            let wish = RoutingWish(skills: SkillSet(skills), headStart: Span(milliseconds: Int64(number * 7 % 6000)))
            open.append(office.writes(PartyKey("c\(number)"), wishing: wish))
            oracle.follow(office.recorded, at: office.now)
            if let taken = open.first(where: { office.holder(of: $0) != nil }), number % 2 == 0 {
                let agent = office.holder(of: taken)!
                office.accepts(agent, taken)
                oracle.follow(office.recorded, at: office.now)
                office.says(agent, .close(taken, disposition: nil))
                oracle.follow(office.recorded, at: office.now)
                open.removeAll { $0 == taken }
            }
            while open.count > 12 {
                office.happens(.withdrawn(open.remove(at: 5), cause: "left"))
                oracle.follow(office.recorded, at: office.now)
            }
            if number % 100 == 0 { office.writeDown() }
        }
        #expect(oracle.complaints.prefix(3) == [])
        #expect(office.state.matcher.classes.count <= Matcher.interningsBeforeSweep)
        #expect(office.state.deadlines.count <= 2 * DeadlineQueue.entriesBeforeSweep)
        #expect(Invariants(office.state).breaches == [])
    }
}
