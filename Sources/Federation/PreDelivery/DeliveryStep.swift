package import InteractionModel

/// One step of a service's policy: which sites it considers, how it picks one, and which it accepts. Steps are tried in
/// order; the first that finds a place ends the search.
package struct DeliveryStep: Hashable, Sendable {
    package enum Method: Hashable, Sendable {
        /// The best by these criteria, compared one after the other; equals by name.
        case pick([SitePick])
        /// By turns, in these shares.
        case allocate([Share])
        /// The first of these that can take it.
        case prefer([SiteName])
        /// Out of the network, to a partner's label or address.
        case partner(String)
    }

    package var method: Method
    /// The step is passed over while this calendar is closed.
    package var during: CalendarName?
    package var considerIf: [SiteCondition]
    package var acceptIf: [SiteCondition]

    package init(
        _ method: Method, during: CalendarName? = nil, considerIf: [SiteCondition] = [], acceptIf: [SiteCondition] = []
    ) {
        self.method = method
        self.during = during
        self.considerIf = considerIf
        self.acceptIf = acceptIf
    }
}

/// A site's part of an allocation.
package struct Share: Hashable, Sendable {
    package static let weightMax = 10_000

    package var site: SiteName
    /// 1 to `weightMax`; parts of the sum of all, so percentages where they add up to 100.
    package var weight: Int

    package init(_ site: SiteName, _ weight: Int) {
        self.site = site
        self.weight = weight
    }
}
