import Chance
import Federation
import InteractionModel
import Testing

@Suite("Which site a call is sent to")
struct SiteSelectionTests {
    private let berlin = SiteName("berlin")
    private let hamburg = SiteName("hamburg")
    private let munich = SiteName("munich")

    private func known(
        staffed: Int = 10, idle: Int = 0, ahead: Int = 0, handling: Int64? = 180, age: Int64 = 0
    ) -> SiteCandidate.Known {
        SiteCandidate.Known(
            staffed: staffed, idle: idle, ahead: ahead, handling: handling.map { .seconds($0) }, age: .seconds(age),
            isFresh: .seconds(age) <= Directory.usuallyFreshFor)
    }

    private func choose(_ candidates: [SiteCandidate], _ steps: DeliveryStep...) -> SiteSelection {
        SiteSelector(candidates).choose(steps)
    }

    @Test("The site where a newcomer waits least gets the call, and each other says by which criterion it lost")
    func minimumDelay() {
        let selection = choose(
            [
                SiteCandidate(munich, known: known(staffed: 10, ahead: 2)),
                SiteCandidate(berlin, known: known(staffed: 40, ahead: 3)),
                SiteCandidate(hamburg, known: known(staffed: 40, ahead: 3, handling: 181)),
            ], DeliveryStep(.pick(SitePick.minimumExpectedDelay)))
        #expect(selection.target == .site(berlin))
        #expect(
            selection.steps == [
                .init(number: 1, dropped: [.init(hamburg, .behind(1)), .init(munich, .behind(1))])
            ])
    }

    @Test("Where nobody would wait, the least loaded site gets the call; equals go by name")
    func ties() {
        let idle = [
            SiteCandidate(munich, known: known(staffed: 10, idle: 5)),
            SiteCandidate(berlin, known: known(staffed: 100, idle: 20)),
            SiteCandidate(hamburg, known: known(staffed: 20, idle: 10)),
        ]
        let selection = choose(idle, DeliveryStep(.pick(SitePick.minimumExpectedDelay)))
        #expect(selection.target == .site(hamburg))
        #expect(selection.steps[0].dropped == [.init(berlin, .behind(2)), .init(munich, .behind(0))])
    }

    @Test("The order of the candidates changes nothing, for 2,000 random networks and every method")
    func orderIsNothing() {
        var dice = Dice(seed: 11)
        for _ in 0..<2_000 {
            let candidates = (0..<(1 + dice.below(9))).map { index in
                SiteCandidate(
                    SiteName("s\(index)"),
                    known: dice.below(5) == 0
                        ? nil
                        : known(
                            staffed: dice.below(4), idle: dice.below(3), ahead: dice.below(3),
                            handling: dice.below(3) == 0 ? nil : 60, age: Int64(dice.below(20))),
                    hindrance: dice.below(6) == 0 ? .tried : nil)
            }
            let steps = [
                DeliveryStep(.prefer([SiteName("s3")]), considerIf: [SiteCondition(.idle, .atLeast, 1)]),
                DeliveryStep(
                    .pick([SitePick(.max, .idleShare), SitePick(.min, .expectedDelay)]),
                    acceptIf: [SiteCondition(.expectedDelay, .atMost, 60_000)]),
                DeliveryStep(.allocate(candidates.map { Share($0.site, 1 + dice.below(9)) })),
            ]
            let first = SiteSelector(candidates).choose(steps)
            #expect(SiteSelector(dice.shuffled(candidates)).choose(steps) == first)
            if case .site(let site)? = first.target {
                #expect(candidates.first { $0.site == site }?.hindrance == nil)
                #expect(first.steps.last?.dropped.count == candidates.count - 1)
            }
        }
    }

    @Test("What comes first decides: hindrance, word, state, then the step's own conditions in order")
    func firstRule() {
        func rule(_ candidate: SiteCandidate) -> SiteDrop? {
            choose(
                [candidate],
                DeliveryStep(
                    .pick([SitePick(.min, .expectedDelay)]),
                    considerIf: [SiteCondition(.staffed, .atLeast, 2), SiteCondition(.idle, .above, 0)],
                    acceptIf: [SiteCondition(.expectedDelay, .below, 1_000)])
            ).steps[0].dropped.first?.rule
        }
        func site(_ change: (inout SiteCandidate.Known) -> Void) -> SiteCandidate {
            var known = known(idle: 1)
            change(&known)
            return SiteCandidate(berlin, known: known)
        }
        #expect(rule(site { _ in }) == nil)
        #expect(rule(SiteCandidate(berlin, known: known(idle: 1), hindrance: .tried)) == .tried)
        #expect(rule(SiteCandidate(berlin)) == .notHeardOf)
        #expect(rule(site { $0.isFresh = false }) == .stale)
        #expect(rule(site { ($0.isDraining, $0.isOpen) = (true, false) }) == .draining)
        #expect(rule(site { ($0.isOpen, $0.room) = (false, 0) }) == .closed)
        #expect(rule(site { ($0.room, $0.staffed) = (0, 0) }) == .full)
        #expect(rule(site { $0.staffed = 0 }) == .unstaffed)
        #expect(rule(site { ($0.staffed, $0.idle) = (1, 0) }) == .considerIf(1))
        #expect(rule(site { $0.idle = 0 }) == .considerIf(2))
        #expect(rule(site { ($0.ahead, $0.expectedWait) = (5, .seconds(9)) }) == .acceptIf(1))
    }

    @Test("The best that is accepted gets the call when the very best is not")
    func acceptance() {
        let selection = choose(
            [
                SiteCandidate(berlin, known: known(staffed: 2, idle: 1)),
                SiteCandidate(munich, known: known(staffed: 10, idle: 1)),
            ],
            DeliveryStep(.pick([SitePick(.max, .idleShare)]), acceptIf: [SiteCondition(.staffed, .atLeast, 5)]))
        #expect(selection.target == .site(munich))
        #expect(selection.steps[0].dropped == [.init(berlin, .acceptIf(1))])
    }

    @Test(
        "A step that finds nobody, or whose calendar is closed, leaves the call to the next; the last leads out of the network"
    )
    func steps() {
        let night = CalendarName("night")
        let candidates = [SiteCandidate(berlin, known: known(idle: 0, ahead: 4))]
        let steps = [
            DeliveryStep(.allocate([Share(munich, 1)])),
            DeliveryStep(.prefer([berlin]), during: night),
            DeliveryStep(.prefer([berlin]), considerIf: [SiteCondition(.idle, .atLeast, 1)]),
            DeliveryStep(.partner("tel:+4930111")),
        ]
        let closed = SiteSelector(candidates, isOpen: { $0 != night }).choose(steps)
        #expect(closed.target == .partner("tel:+4930111"))
        #expect(closed.steps.map(\.isClosed) == [false, true, false, false])
        #expect(closed.steps[0].dropped == [.init(berlin, .notNamed)])
        #expect(closed.steps[2].dropped == [.init(berlin, .considerIf(1))])
        #expect(SiteSelector(candidates).choose(steps).target == .site(berlin))
    }

    @Test("Turns need no word of a site, but believe a fresh one")
    func turns() {
        let step = DeliveryStep(.allocate([Share(berlin, 50), Share(hamburg, 25), Share(munich, 25)]))
        let selection = choose(
            [
                SiteCandidate(berlin), SiteCandidate(hamburg, known: known(staffed: 0)),
                SiteCandidate(munich, known: known(staffed: 0, age: 60)),
            ], step)
        #expect(selection.target == .site(berlin))
        #expect(selection.steps[0].dropped == [.init(hamburg, .unstaffed), .init(munich, .notItsTurn)])
        #expect(selection.couldTake(munich) && selection.couldTake(berlin) && !selection.couldTake(hamburg))
    }

    @Test("The words of dropping rules come back as they were written")
    func words() {
        let rules: [SiteDrop] = [
            .tried, .noLabel, .noNumber, .unreachable("timeout"), .refused("draining: yes"), .draining, .closed, .full,
            .unstaffed, .notHeardOf, .stale, .considerIf(2), .acceptIf(1), .notNamed, .behind(0), .notItsTurn,
        ]
        #expect(rules.map { SiteDrop(word: $0.word) } == rules)
    }
}
