import Federation
import InteractionModel
import Routing

/// One production core: a site's, or that of a router that has no agents; and what the simulator knows of it.
struct SiteCore: Sendable {
    let name: SiteName
    /// Index of the scenario's sites; beyond them for the router.
    let site: Int
    var state: RoutingState
    /// From its interactions to the simulator's slots.
    var slots = SlotIndex()
    /// Contacts that ended since it last dropped such.
    var ended = 0
    /// When it must be told the time, in microseconds; known until it is told something.
    var wakeAt = Int64.max
    var isStirred = true
    /// What makes its reports, by core that hears them.
    var summarisers: [Summariser]

    init(_ name: SiteName, site: Int, in cores: Int, _ policy: SitePolicy) {
        self.name = name
        self.site = site
        state = RoutingState(site: name, directory: Directory(freshFor: policy.freshFor))
        let summariser = Summariser(site: name, incarnation: 1, after: 0, pause: policy.pause)
        summarisers = Array(repeating: summariser, count: cores)
    }

    // What follows is `mutating` so that it reads in place: copied out of an array, a state costs more than what is read.

    /// The shell's part: when nothing but time tells it that something fell due.
    mutating func nextWake() -> Int64 {
        if isStirred {
            wakeAt = state.nextDeadline.map { $0.milliseconds * 1000 } ?? .max
            isStirred = false
        }
        return wakeAt
    }

    /// What the core of that number is told of this one, if anything.
    mutating func summary(for hearer: Int, at moment: Timestamp) -> SiteSummary? {
        guard summarisers[hearer].isReady(at: moment) else { return nil }
        return summarisers[hearer].next(of: state.queueSummaries, isDraining: state.isDraining, at: moment)
    }

    mutating func pullHints(to peers: [SiteName]) -> [RoutingState.Asking] { state.pullHints(to: peers) }

    mutating func route(_ number: Int64) -> RouteRow? { state.routes[number] }

    /// What peers must hear.
    mutating func owed() -> [(peer: SiteName, Owed)] {
        state.peersOwed.flatMap { peer in state.owed(to: peer).map { (peer, $0) } }
    }
}
