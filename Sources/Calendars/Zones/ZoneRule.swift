import Routing

/// The rule at a zone's end: `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX.1-2017 §8.3, with the hours of RFC 8536 §3.3.1).
struct ZoneRule: Hashable, Sendable {
    private let standardOffset: Int64
    private let summer: Summer?

    private struct Summer: Hashable, Sendable {
        let offset: Int64
        let start: YearlyMoment
        let end: YearlyMoment
    }

    /// Nil when it is no such rule.
    init?(_ text: String) {
        var reader = ZoneRuleText(text)
        guard reader.name(), let west = reader.time(hoursMax: 24) else { return nil }
        standardOffset = -west
        guard !reader.isAtEnd else {
            summer = nil
            return
        }
        guard reader.name() else { return nil }
        var offset = standardOffset + 3600
        if !reader.isNext(",") {
            guard let west = reader.time(hoursMax: 24) else { return nil }
            offset = -west
        }
        guard reader.take(","), let start = reader.moment(), reader.take(","), let end = reader.moment(),
            reader.isAtEnd
        else { return nil }
        summer = Summer(offset: offset, start: start, end: end)
    }

    /// Changes after `last`, from the one in force at `from` up to `until`, by moment.
    func changes(after last: Int64, from: Int64, until: Int64) -> [ZoneTable.Transition] {
        guard let summer else {
            return [.init(from: max(last, from - 1), offset: standardOffset)].filter { $0.from > last }
        }
        // Two years early, so that what is in force at the beginning is among them.
        let years = Self.year(of: max(last, from)) - 2...max(Self.year(of: max(last, from)), Self.year(of: until) + 1)
        var found: [ZoneTable.Transition] = []
        for year in years {
            found.append(.init(from: summer.start.readingInSeconds(of: year) - standardOffset, offset: summer.offset))
            found.append(.init(from: summer.end.readingInSeconds(of: year) - summer.offset, offset: standardOffset))
        }
        // In order of moments. A summer that ends as the next begins goes on: of two at once the later in the list holds.
        let ordered = found.enumerated().sorted { ($0.element.from, $0.offset) < ($1.element.from, $1.offset) }
        let kept = ordered.enumerated().filter { index, change in
            index + 1 == ordered.count || ordered[index + 1].element.from != change.element.from
        }
        return kept.map(\.element.element).filter { $0.from > last }
    }

    private static func year(of moment: Int64) -> Int { LocalDate(localSeconds: moment).components.year }
}

/// A moment of every year, by the clock then in force.
struct YearlyMoment: Hashable, Sendable {
    enum Day: Hashable, Sendable {
        /// `M3.5.0`: the last Sunday of March; weeks from 1, 5 being the last, weekdays from 0 for Sunday.
        case weekday(month: Int, week: Int, weekday: Int)
        /// `J60`: 1 to 365, never 29 February.
        case leapless(Int)
        /// `59`: 0 to 365, 29 February counted.
        case ordinal(Int)
    }

    let day: Day
    /// Seconds from that day's midnight; may be negative or more than a day.
    let time: Int64

    func readingInSeconds(of year: Int) -> Int64 { Int64(date(in: year).day) * 86_400 + time }

    private func date(in year: Int) -> LocalDate {
        // Within the years that LocalDate knows; a horizon lies far inside.
        let january = LocalDate(year: min(max(year, 1), 9999), month: 1, day: 1) ?? LocalDate(day: 0)
        switch day {
        case .ordinal(let days): return january.advanced(by: days)
        case .leapless(let days):
            let march = january.advanced(by: 59)
            let isLeapYear = march.components.day == 29
            return january.advanced(by: days - 1 + (isLeapYear && days >= 60 ? 1 : 0))
        case .weekday(let month, let week, let weekday):
            let first = LocalDate(year: january.components.year, month: month, day: 1) ?? january
            let fromSunday = (first.weekday + 1) % 7
            var found = first.advanced(by: (weekday - fromSunday + 7) % 7 + (week - 1) * 7)
            while found.components.month != month { found = found.advanced(by: -7) }
            return found
        }
    }
}
