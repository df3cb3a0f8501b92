import Configuration
import Routing

/// The weekdays that keys such as `mon` and `mon-fri` name.
struct CalendarWeek {
    static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// An interval of a day, and the key that gave it.
    struct Part {
        let interval: OpenInterval
        let key: Named<[OpenInterval]>
    }

    /// Seven days from Monday, each with its intervals by beginning.
    private(set) var days: [[Part]] = Array(repeating: [], count: 7)

    init(_ open: [Named<[OpenInterval]>]) {
        for key in open {
            for day in Self.days(of: key.name) ?? [] {
                days[day] += key.value.map { Part(interval: $0, key: key) }
            }
        }
        for day in days.indices {
            days[day].sort { ($0.interval.from, $0.interval.to) < ($1.interval.from, $1.interval.to) }
        }
    }

    /// 0 for Monday to 6 for Sunday; a range may run over the end of the week. Nil when it names no weekdays.
    static func days(of key: String) -> [Int]? {
        let ends = key.split(separator: "-", omittingEmptySubsequences: false).map { names.firstIndex(of: String($0)) }
        switch (ends.count, ends.first ?? nil, ends.last ?? nil) {
        case (1, let day?, _): return [day]
        case (2, let first?, let last?) where first != last:
            return (0...((last - first + 7) % 7)).map { (first + $0) % 7 }
        default: return nil
        }
    }
}
