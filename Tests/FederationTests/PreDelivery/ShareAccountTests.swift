import Chance
import Federation
import InteractionModel
import Testing

@Suite("Calls by turns")
struct ShareAccountTests {
    private func shares(_ count: Int, _ dice: inout Dice) -> [Share] {
        (0..<count).map { Share(SiteName("site\($0)"), 1 + dice.below($0 % 3 == 0 ? 10_000 : 100)) }
    }

    @Test(
        "No site is ever a whole call from its share, at any question, whatever the percentages",
        arguments: [(2, 100_000), (3, 100_000), (5, 20_000), (8, 20_000), (24, 4_000), (64, 2_000)])
    func exact(count: Int, questions: Int) {
        var dice = Dice(seed: UInt64(count))
        var account = ShareAccount(shares(count, &dice))
        let total = account.entries.reduce(0) { $0 + Int64($1.weight) }
        var worst: Int64 = 0
        for asked in 1...questions {
            guard let site = account.next(among: { _ in true }) else { return #expect(Bool(false)) }
            account.deal(to: site) { _ in true }
            for entry in account.entries {
                worst = max(worst, abs(entry.given * total - Int64(asked) * Int64(entry.weight)))
            }
        }
        #expect(worst < total)
    }

    @Test("Sixty and forty in a hundred are sixty and forty of every hundred")
    func hundred() {
        var account = ShareAccount([Share(SiteName("berlin"), 60), Share(SiteName("munich"), 40)])
        for _ in 0..<500 {
            for _ in 0..<100 { account.next(among: { _ in true }).map { account.deal(to: $0) { _ in true } } }
            #expect(account.entries.map { account.drift(of: $0) } == [0, 0])
        }
        #expect(account.entries.map(\.given) == [30_000, 20_000])
    }

    @Test(
        "Who cannot take calls is passed over, its share goes to the others in proportion, and it is not flooded afterwards"
    )
    func passedOver() {
        let (berlin, hamburg, munich) = (SiteName("berlin"), SiteName("hamburg"), SiteName("munich"))
        var account = ShareAccount([Share(berlin, 50), Share(hamburg, 30), Share(munich, 20)])
        for _ in 0..<5_000 {
            let site = account.next { $0 != berlin }
            #expect(site != berlin)
            site.map { account.deal(to: $0) { $0 != berlin } }
        }
        #expect(account.entries.map(\.given) == [0, 3_000, 2_000])
        #expect(account.drift(of: account.entries[0]) == -2_500_000)
        var last: SiteName?
        for _ in 0..<100 {
            let site = account.next { _ in true }
            #expect(!(site == berlin && last == berlin && account.entries[0].given > 51))
            site.map { account.deal(to: $0) { _ in true } }
            last = site
        }
        #expect((49...51).contains(account.entries[0].given))
    }

    @Test("Sites that come and go by chance never stray far from what they were due while they were there")
    func comingAndGoing() {
        var dice = Dice(seed: 7)
        var account = ShareAccount(shares(6, &dice))
        var due = [Double](repeating: 0, count: 6)
        for _ in 0..<5_000 {
            let able = account.entries.map { _ in dice.below(4) > 0 }
            let isAble: (SiteName) -> Bool = { site in
                account.entries.firstIndex { $0.site == site }.map { able[$0] } ?? false
            }
            let copy = account
            guard let site = copy.next(among: isAble) else { continue }
            let weight = zip(account.entries, able).reduce(0) { $0 + ($1.1 ? $1.0.weight : 0) }
            for index in able.indices where able[index] {
                due[index] += Double(account.entries[index].weight) / Double(weight)
            }
            let dealt = isAble
            var next = account
            next.deal(to: site, among: dealt)
            account = next
            for (entry, due) in zip(account.entries, due) { #expect(abs(Double(entry.given) - due) < 3) }
        }
    }

    @Test("The order in which shares are declared changes nothing")
    func order() {
        var dice = Dice(seed: 3)
        let declared = shares(9, &dice)
        var one = ShareAccount(declared)
        var other = ShareAccount(dice.shuffled(declared))
        #expect(one == other && one.deals(dice.shuffled(declared)))
        for _ in 0..<1_000 {
            let site = one.next { _ in true }
            #expect(site == other.next { _ in true })
            site.map { one.deal(to: $0) { _ in true } }
            site.map { other.deal(to: $0) { _ in true } }
        }
    }
}
