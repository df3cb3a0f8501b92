/// What is said of every queue, group, site and of all.
package enum Metric: String, CaseIterable, Sendable {
    case offered, answered, abandoned, blocked
    case asa, waitAll
    case serviceLevel, serviceLevelAnswered, serviceLevelLessShortAbandons
    case abandonment
    case pWait
    case occupancy, occupancySpread
    case p50, p90, p95, p99

    package var definition: String {
        switch self {
        case .offered: "contacts that came in the counted time"
        case .answered: "of these, taken by an agent"
        case .abandoned: "of these, gave up waiting"
        case .blocked: "of these, refused: the queue or every line was full"
        case .asa: "mean wait of the answered, seconds"
        case .waitAll: "mean wait of the answered and the abandoned, seconds"
        case .serviceLevel: "answered within the queue's threshold / offered"
        case .serviceLevelAnswered: "answered within the threshold / answered"
        case .serviceLevelLessShortAbandons:
            "answered within the threshold / (offered - abandoned within the threshold)"
        case .abandonment: "abandoned / offered"
        case .pWait: "contacts that got no agent at once and were not blocked / offered"
        case .occupancy: "time with a contact / time there"
        case .occupancySpread:
            "standard deviation over agents of their occupancy in a window of 8 hours, mean of the windows"
        case .p50: "half of the answered waited no longer, seconds"
        case .p90: "90 % of the answered waited no longer, seconds"
        case .p95: "95 % of the answered waited no longer, seconds"
        case .p99: "99 % of the answered waited no longer, seconds"
        }
    }

    package var isCount: Bool {
        switch self {
        case .offered, .answered, .abandoned, .blocked: true
        default: false
        }
    }

    package var isQuantile: Bool { quantile != nil }

    /// Its value in one batch; nil where it has none: no such contacts, or nobody who could be occupied.
    func value(of tally: Tally, _ occupancy: Occupancy?) -> Double? {
        switch self {
        case .offered: Double(tally.offered)
        case .answered: Double(tally.answered)
        case .abandoned: Double(tally.abandoned)
        case .blocked: Double(tally.blocked)
        case .asa: Self.ratio(Double(tally.waitOfAnswered) / 1e6, tally.answered)
        case .waitAll:
            Self.ratio(
                Double(tally.waitOfAnswered + tally.waitOfAbandoned) / 1e6, tally.answered + tally.abandoned)
        case .serviceLevel: Self.ratio(Double(tally.answeredInTime), tally.offered)
        case .serviceLevelAnswered: Self.ratio(Double(tally.answeredInTime), tally.answered)
        case .serviceLevelLessShortAbandons:
            Self.ratio(Double(tally.answeredInTime), tally.offered - tally.abandonedInTime)
        case .abandonment: Self.ratio(Double(tally.abandoned), tally.offered)
        case .pWait: Self.ratio(Double(tally.waited), tally.offered)
        case .occupancy: occupancy.flatMap { Self.ratio(Double($0.busy), Int($0.staffed)) }
        case .occupancySpread: occupancy.flatMap { Self.ratio($0.spread, $0.windows) }
        case .p50, .p90, .p95, .p99: quantile.flatMap { tally.waits.quantile($0) }
        }
    }

    private var quantile: Double? {
        switch self {
        case .p50: 0.5
        case .p90: 0.9
        case .p95: 0.95
        case .p99: 0.99
        default: nil
        }
    }

    private static func ratio(_ part: Double, _ whole: Int) -> Double? { whole > 0 ? part / Double(whole) : nil }
}

/// How busy the agents of one scope were in one batch. Microseconds.
struct Occupancy {
    var busy: Int64 = 0
    var staffed: Int64 = 0
    var spread = 0.0
    var windows = 0
}
