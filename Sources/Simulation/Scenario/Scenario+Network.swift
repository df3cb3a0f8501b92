import Federation
import InteractionModel
import Routing

/// Several sites in the router's own words: who is a core of its own, and where a switch is told to deliver.
extension Scenario {
    /// The rules between sites; nil where all agents are one core's.
    var network: SitePolicy? { sites.flatMap { $0.rule == .pooled ? nil : $0 } }

    /// The core that has no agents and knows all sites by report: under `med` every switch asks it.
    static let router = SiteName("router")
    /// Whose questions they are.
    static let asker = "switch"

    /// Sites first, in order of first naming.
    func cores() -> [SiteCore] {
        guard let network else {
            return [SiteCore(RoutingState.siteByDefault, site: 0, in: 1, SitePolicy(rule: .pooled))]
        }
        let names = siteNames.map { SiteName($0) } + (network.rule == .minimumDelay ? [Self.router] : [])
        return names.enumerated().map { SiteCore($1, site: $0, in: names.count, network) }
    }

    /// Minimum expected delay; where no site's word can be believed, by turns in proportion to agents.
    var networkPlan: NetworkPlan {
        guard let network, network.asksFirst else { return .none }
        let shares = siteNames.map { site in
            let staff = groups.filter { $0.site == site }.reduce(0) { $0 + $1.count }
            return Share(SiteName(site), min(Share.weightMax, max(1, staff)))
        }
        let steps = [DeliveryStep(.pick(SitePick.minimumExpectedDelay)), DeliveryStep(.allocate(shares))]
        return NetworkPlan(
            sites: siteNames.map { NetworkSite(SiteName($0), uri: "sip:\($0)") },
            services: queues.map {
                RouteService($0.name, destination: $0.name, queue: QueueName($0.name), steps: steps)
            },
            clients: [RoutingClient(Self.asker, fallback: "sip:default")])
    }
}

extension SitePolicy {
    /// Whether a core is asked where to deliver.
    var asksFirst: Bool { rule == .minimumDelay || rule == .local }

    /// Seconds between two summaries of a site: as in production where not told.
    var pause: Span { Span(seconds: min(1, reportEvery)) }
    var reportsEvery: Double { reportEvery > 0 ? reportEvery : Summariser.usualPause.seconds }
    /// A site is believed until its third report is missing, as in production.
    var freshFor: Span { max(Directory.usuallyFreshFor, Span(seconds: 3 * reportEvery)) }
}

extension Span {
    fileprivate var seconds: Double { Double(milliseconds) / 1000 }
}
