import Federation
import InteractionModel

/// What is known of the sites when a contact must be sent to one: the pre-delivery rule under trial.
struct SiteBoard: Sendable {
    let reportEvery: Int64
    private let policy: SitePolicy
    private let siteCount: Int
    private let lanes: [Lane]
    /// By lane: agents able to serve it there, and their mean handling time.
    private let staff: [Int]
    private let handling: [Span]
    /// By lane, as last reported, and what was sent there since.
    private var idle: [Int]
    private var waiting: [Int]
    private var sent: [Int]
    private var turn: [Int]

    init(_ scenario: Scenario, _ lanes: [Lane], _ policy: SitePolicy) {
        self.policy = policy
        self.lanes = lanes
        siteCount = scenario.siteNames.count
        reportEvery = Int64(policy.reportEvery * 1e6)
        staff = lanes.map { lane in lane.groups.reduce(0) { $0 + scenario.groups[$1].count } }
        handling = lanes.map { lane in
            if let own = scenario.queues[lane.queue].handling { return Self.span(own.mean) }
            let agents = lane.groups.reduce(0) { $0 + scenario.groups[$1].count }
            let sum = lane.groups.reduce(0.0) {
                $0 + scenario.groups[$1].handling.mean * Double(scenario.groups[$1].count)
            }
            return Self.span(sum / Double(max(1, agents)))
        }
        idle = lanes.map { _ in 0 }
        waiting = lanes.map { _ in 0 }
        sent = lanes.map { _ in 0 }
        turn = scenario.queues.map { _ in 0 }
    }

    /// Every site reports.
    mutating func take(_ idleByGroup: [[Int]], _ waitingByLane: [Int]) {
        for lane in lanes.indices {
            idle[lane] = Self.idle(in: lanes[lane], idleByGroup)
            waiting[lane] = waitingByLane[lane]
            sent[lane] = 0
        }
    }

    private static func idle(in lane: Lane, _ idleByGroup: [[Int]]) -> Int {
        lane.groups.reduce(0) { $0 + idleByGroup[$1].count }
    }

    /// The lane for a contact of `queue`.
    mutating func choose(
        _ queue: Int, _ idleByGroup: [[Int]], _ waitingByLane: [Int], _ choices: inout RandomStream
    ) -> Int {
        let first = queue * siteCount
        switch policy.rule {
        case .pooled: return queue
        case .separate: return first + drawSite(of: queue, &choices)
        case .roundRobin:
            turn[queue] = (turn[queue] + 1) % siteCount
            return first + turn[queue]
        case .minimumDelay, .local:
            if reportEvery == 0 { take(idleByGroup, waitingByLane) }
            let here = policy.rule == .local ? drawSite(of: queue, &choices) : -1
            if here >= 0 {
                idle[first + here] = Self.idle(in: lanes[first + here], idleByGroup)
                waiting[first + here] = waitingByLane[first + here]
                sent[first + here] = 0
            }
            let lane = best(from: first, here: here)
            sent[lane] += 1
            return lane
        }
    }

    /// A site in proportion to its agents: where the contact comes in.
    private func drawSite(of queue: Int, _ choices: inout RandomStream) -> Int {
        let first = queue * siteCount
        var left = choices.below(max(1, (0..<siteCount).reduce(0) { $0 + staff[first + $1] }))
        for site in 0..<siteCount {
            if left < staff[first + site] { return site }
            left -= staff[first + site]
        }
        return 0
    }

    private static func span(_ seconds: Double) -> Span { Span(milliseconds: Int64((seconds * 1000).rounded())) }

    /// The least expected delay; among sites without one, the least load, and among equals the site where the contact is,
    /// then the first: what a switch's question is answered by.
    private func best(from first: Int, here: Int) -> Int {
        var best = first
        var least = (delay: Int64.max, load: Int64.max, isElsewhere: 1)
        for site in 0..<siteCount {
            let lane = first + site
            let known = policy.belief == .counted ? sent[lane] : 0
            let ahead = waiting[lane] + known - idle[lane]
            guard
                let delay = SiteMeasure.expectedDelay(ahead: ahead, handling: handling[lane], staffed: staff[lane]),
                let load = SiteMeasure.load(ahead: ahead, staffed: staff[lane])
            else { continue }
            let rank = (delay, load, site == here ? 0 : 1)
            if rank < least {
                least = rank
                best = lane
            }
        }
        return best
    }
}
