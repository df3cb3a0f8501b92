package import Routing

/// What all replications say together.
package struct SimulationReport: Sendable {
    package let scenario: Scenario
    package let seed: UInt64
    package let replications: Int
    /// Batches of the only replication; 1 where replications are compared.
    package let batches: Int
    package let total: Scope
    package let queues: [Scope]
    package let groups: [Scope]
    package let sites: [Scope]
    package let parts: [PartResult]
    package let events: Int
    package let contacts: Int
    package let facts: Int
    package let refusals: Int
    package let unresolved: Int
    package let hash: UInt64
    /// How good the router's announced waits were.
    package let estimates: EstimateScore

    /// A queue, a group, a site, or all.
    package struct Scope: Sendable {
        package let name: String
        /// In the order of `Metric.allCases`; nil where there is nothing to measure.
        package let values: [Interval?]
        /// The same with the luck of arrivals and service times taken off (``ControlVariates``); nil where not computed.
        package let controlled: [Interval?]
        /// Over all batches.
        package let tally: Tally

        package subscript(metric: Metric) -> Interval? { values[Self.place(of: metric)] }
        package func controlled(_ metric: Metric) -> Interval? {
            controlled.isEmpty ? nil : controlled[Self.place(of: metric)]
        }

        private static func place(of metric: Metric) -> Int { Metric.allCases.firstIndex(of: metric) ?? 0 }
    }

    /// How many parts the only replication is cut into.
    package static let batchesOfOne = 30

    /// - Parameter results: In order of replication, so that the same seed says the same whatever ran first.
    package init(_ scenario: Scenario, seed: UInt64, _ results: [ReplicationResult]) {
        self.scenario = scenario
        self.seed = seed
        replications = results.count
        batches = results.first?.batches.count ?? 1
        let units = results.flatMap(\.batches)
        let lanes = scenario.lanes
        let all = ScopeBuilder(scenario, units)
        total = all.scope("total", lanes: lanes.indices.map { $0 }, spread: all.totalSpread)
        queues = scenario.queues.indices.map { queue in
            all.scope(scenario.queues[queue].name, lanes: lanes.indices.filter { lanes[$0].queue == queue })
        }
        groups = scenario.groups.indices.map { all.scope(group: $0) }
        let siteNames = scenario.siteNames
        sites =
            siteNames == [""]
            ? []
            : siteNames.indices.map { site in
                all.scope(siteNames[site], site: site, lanes: lanes.indices.filter { lanes[$0].site == site })
            }
        parts = Self.sum(results.map(\.parts))
        events = results.reduce(0) { $0 + $1.events }
        contacts = results.reduce(0) { $0 + $1.contacts }
        facts = results.reduce(0) { $0 + $1.facts }
        refusals = results.reduce(0) { $0 + $1.refusals }
        unresolved = results.reduce(0) { $0 + $1.unresolved }
        var score = EstimateScore()
        for result in results { score.add(result.estimates) }
        estimates = score
        hash = results.reduce(0) { ($0 ^ $1.hash) &* 0x9E37_79B9_7F4A_7C15 &+ $1.hash }
    }

    private static func sum(_ series: [[PartResult]]) -> [PartResult] {
        guard var sum = series.first else { return [] }
        for parts in series.dropFirst() {
            for place in sum.indices where place < parts.count {
                sum[place].offered += parts[place].offered
                sum[place].answeredInTime += parts[place].answeredInTime
                for group in sum[place].busy.indices {
                    sum[place].busy[group] += parts[place].busy[group]
                    sum[place].staffed[group] += parts[place].staffed[group]
                }
            }
        }
        return sum
    }
}

/// Builds scopes out of batches.
private struct ScopeBuilder {
    let scenario: Scenario
    let units: [BatchResult]
    let groups: Int
    let siteCount: Int

    init(_ scenario: Scenario, _ units: [BatchResult]) {
        self.scenario = scenario
        self.units = units
        groups = scenario.groups.count
        siteCount = scenario.siteNames.count
    }

    var totalSpread: Int { groups + siteCount }

    /// Everything, or a queue: a queue has no agents of its own, so no occupancy.
    func scope(_ name: String, lanes: [Int], spread: Int? = nil) -> SimulationReport.Scope {
        let tallies = units.map { unit in sum(lanes.map { unit.lanes[$0] }) }
        let members = spread == nil ? nil : Array(0..<groups)
        return scope(name, tallies, occupancies(of: members, spread: spread))
    }

    func scope(group: Int) -> SimulationReport.Scope {
        scope(scenario.groups[group].name, units.map { $0.groups[group] }, occupancies(of: [group], spread: group))
    }

    /// Contacts sent to the site, or where one queue is for all, those its agents answered.
    func scope(_ name: String, site: Int, lanes: [Int]) -> SimulationReport.Scope {
        let members = (0..<groups).filter { scenario.groups[$0].site == name }
        let tallies = units.map { unit in
            lanes.isEmpty ? sum(members.map { unit.groups[$0] }) : sum(lanes.map { unit.lanes[$0] })
        }
        return scope(name, tallies, occupancies(of: members, spread: groups + site))
    }

    private func sum(_ tallies: [Tally]) -> Tally {
        var sum = Tally()
        for tally in tallies { sum.add(tally) }
        return sum
    }

    private func occupancies(of members: [Int]?, spread: Int?) -> [Occupancy?] {
        units.map { unit in
            guard let members, let spread else { return nil }
            return Occupancy(
                busy: members.reduce(0) { $0 + unit.busy[$1] }, staffed: members.reduce(0) { $0 + unit.staffed[$1] },
                spread: unit.spread[spread], windows: unit.spreadWindows[spread])
        }
    }

    private func scope(_ name: String, _ tallies: [Tally], _ occupancies: [Occupancy?]) -> SimulationReport.Scope {
        let values = Metric.allCases.map { metric in
            zip(tallies, occupancies).map { metric.value(of: $0, $1) }
        }
        let controls = ControlVariates(units.map(\.controls))
        return SimulationReport.Scope(
            name: name, values: values.map { Interval($0.compactMap { $0 }) },
            controlled: zip(Metric.allCases, values).map { metric, values in
                metric.isCount ? nil : controls?.interval(values)
            },
            tally: sum(tallies))
    }
}
