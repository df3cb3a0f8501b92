package import InteractionModel

/// Deals calls out to sites in fixed shares, as exactly as whole calls allow.
///
/// Every question credits each site with its share of one call, and whoever gets the call pays one. Among the sites that
/// have credit the one goes first whose next whole call falls due first: the quota method (Balinski and Young 1975), under
/// which no site is ever a whole call from its share, neither above nor below, at any moment. To take the site with
/// the most credit instead looks as good and is not: with many sites it strays by more than one.
///
/// A site that cannot take a call earns nothing meanwhile: its share goes to the others in proportion to theirs, and it need not
/// catch up when it returns, for that would flood it. What it is then short of is the drift, and is shown.
package struct ShareAccount: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        package let site: SiteName
        package let weight: Int
        /// Calls dealt to it.
        package internal(set) var given: Int64 = 0
        /// In 1/`unit` of a call.
        package internal(set) var credit: Int64 = 0

        package init(site: SiteName, weight: Int, given: Int64 = 0, credit: Int64 = 0) {
            self.site = site
            self.weight = weight
            self.given = given
            self.credit = credit
        }
    }

    /// In order of name.
    package private(set) var entries: [Entry]
    /// Calls dealt out.
    package private(set) var asked: Int64

    package init(_ shares: [Share]) {
        self.init(entries: shares.map { Entry(site: $0.site, weight: $0.weight) }, asked: 0)
    }

    /// One that was stored.
    package init(entries: [Entry], asked: Int64) {
        self.entries = entries.sorted { $0.site < $1.site }
        self.asked = asked
    }

    /// Whether it deals in exactly these shares: another plan's account begins anew.
    package func deals(_ shares: [Share]) -> Bool {
        entries.map { Share($0.site, $0.weight) } == shares.sorted { $0.site < $1.site }
    }

    /// Who gets the next call of those who can take it; nil when nobody can.
    package func next(among able: (SiteName) -> Bool) -> SiteName? {
        let isAble = entries.map { able($0.site) }
        let credits = credited(isAble)
        var best: Int?
        for index in entries.indices where isAble[index] {
            if let known = best, !goes(index, before: known, credits) { continue }
            best = index
        }
        return best.map { entries[$0].site }
    }

    /// Books a call for `site`, while those that `able` names could have taken it.
    package mutating func deal(to site: SiteName, among able: (SiteName) -> Bool) {
        let credits = credited(entries.map { able($0.site) })
        for index in entries.indices {
            entries[index].credit = credits[index]
            guard entries[index].site == site else { continue }
            entries[index].credit -= unit
            entries[index].given += 1
        }
        asked += 1
    }

    // MARK: How it stands

    /// Of all calls dealt out, what a site's share comes to, in thousandths of a call.
    package func target(of entry: Entry) -> Int64 { asked * 1000 * Int64(entry.weight) / totalWeight }

    /// Calls a site has had beyond its share, in thousandths; negative: it is short of them.
    package func drift(of entry: Entry) -> Int64 { entry.given * 1000 - target(of: entry) }

    // MARK: Credit

    private static let precision: Int64 = 1_000_000
    private var totalWeight: Int64 { max(1, entries.reduce(0) { $0 + Int64($1.weight) }) }
    /// One call: a multiple of the total, so that nothing is rounded while everybody can take calls.
    private var unit: Int64 { totalWeight * Self.precision }

    /// The credits after one more call's worth is shared out among the able. What rounding leaves goes to the first of them.
    private func credited(_ isAble: [Bool]) -> [Int64] {
        var weight: Int64 = 0
        for index in entries.indices where isAble[index] { weight += Int64(entries[index].weight) }
        guard weight > 0 else { return entries.map(\.credit) }
        var credits = entries.map(\.credit)
        var left = unit
        for index in entries.indices where isAble[index] {
            let part = unit / weight * Int64(entries[index].weight)
            credits[index] += part
            left -= part
        }
        if let first = isAble.firstIndex(of: true) { credits[first] += left }
        return credits
    }

    /// Those with credit first, then whose next call is due first; equals in order of name.
    private func goes(_ one: Int, before other: Int, _ credits: [Int64]) -> Bool {
        if (credits[one] > 0) != (credits[other] > 0) { return credits[one] > 0 }
        return (unit - credits[one]) * Int64(entries[other].weight)
            < (unit - credits[other]) * Int64(entries[one].weight)
    }
}
