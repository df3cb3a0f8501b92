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
        #expect(office.state.matcher.classes.count <= Matcher.classesBeforeSweep)
        #expect(office.state.deadlines.count <= 2 * DeadlineQueue.entriesBeforeSweep)
        #expect(Invariants(office.state).breaches == [])
    }

    @Test("A head that nobody takes does not keep the places of all who left behind it")
    func waitingLineForgets() {
        var line = WaitingLine()
        let places = (0..<10_000).map { WaitingLine.Place(stamp: at(Int64($0)), interaction: InteractionID(Int64($0))) }
        line.insert(places[0])
        for place in places.dropFirst() {
            line.insert(place)
            line.remove(place)
        }
        #expect(line.count == 1)
        #expect(line.placesKept <= 2 + 64 + 1)
        #expect(line.first { _ in true } == places[0])
    }

    @Test("A line gives back what went in, in order, whatever left and returned", arguments: 0..<6)
    func waitingLineOrder(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var line = WaitingLine()
        var expected: Set<Int64> = []
        for _ in 0..<2000 {
            let number = Int64(random.below(300))
            let place = WaitingLine.Place(stamp: at(number / 3), interaction: InteractionID(number))
            if expected.contains(number) {
                line.remove(place)
                expected.remove(number)
            } else {
                line.insert(place)
                expected.insert(number)
            }
            #expect(line.count == expected.count)
            #expect(line.first { _ in true }?.interaction.number == expected.min())
            let odd = line.first { $0.number % 2 == 1 }?.interaction.number
            #expect(odd == expected.filter { $0 % 2 == 1 }.min())
        }
    }
}
