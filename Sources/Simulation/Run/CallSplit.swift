/// Where customers come in when nobody chooses, and the rules that know nothing: baselines, none of the router's.
struct CallSplit: Sendable {
    private let siteCount: Int
    /// By lane: agents able to serve it.
    private let staff: [Int]
    /// By queue: the site whose turn was last.
    private var turn: [Int]

    init(_ scenario: Scenario, _ lanes: [Lane]) {
        siteCount = scenario.siteNames.count
        staff = lanes.map { lane in lane.groups.reduce(0) { $0 + scenario.groups[$1].count } }
        turn = scenario.queues.map { _ in 0 }
    }

    /// A site in proportion to its agents.
    func draw(for queue: Int, _ choices: inout RandomStream) -> Int {
        let first = queue * siteCount
        var left = choices.below(max(1, (0..<siteCount).reduce(0) { $0 + staff[first + $1] }))
        for site in 0..<siteCount {
            if left < staff[first + site] { return site }
            left -= staff[first + site]
        }
        return 0
    }

    /// The site after the last.
    mutating func next(for queue: Int) -> Int {
        turn[queue] = (turn[queue] + 1) % siteCount
        return turn[queue]
    }
}
