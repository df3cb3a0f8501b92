import Federation
import InteractionModel

extension Scenario {
    /// - Throws: What this scenario asks for that cannot be simulated.
    package func check() throws(ScenarioError) {
        guard !queues.isEmpty, !groups.isEmpty else { throw ScenarioError("a scenario needs a queue and a group") }
        guard agentCount <= 100_000 else { throw ScenarioError("\(agentCount) agents are more than 100000") }
        for lane in lanes where lane.groups.isEmpty {
            let place = lane.site.map { " at \(siteNames[$0])" } ?? ""
            throw ScenarioError("no group of agents can serve the queue \(lane.name)\(place): give one its skills")
        }
        if policy.choice == .primaryFirst {
            throw ScenarioError("the router has no rule for `choice: primary-first` yet; use longest-wait")
        }
        if sites != nil, groups.contains(where: { $0.site == nil }) {
            throw ScenarioError("with `sites`, every group of agents names its site")
        }
        guard siteNames.count <= SiteSelector.sitesMax else {
            throw ScenarioError("\(siteNames.count) sites are more than \(SiteSelector.sitesMax)")
        }
        if network?.rule == .minimumDelay, siteNames.contains(Self.router.rawValue) {
            throw ScenarioError("with `rule: med` the name \(Self.router) is the router's own: rename that site")
        }
    }
}
