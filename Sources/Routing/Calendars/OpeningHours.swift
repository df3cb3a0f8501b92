package import InteractionModel

/// When one calendar is open: a week in local time, exceptions by date, and what the clocks of its zone show.
///
/// Data only, so that a replay years later finds the same hours, whatever became of the zone since. Timestamps here are
/// wall time, in milliseconds since 1970-01-01 UTC: a site adds what its own clock is behind the wall's.
///
/// - An interval opens at the first moment a clock shows its beginning or later, and closes after the last moment a clock
///   shows less than its end. So what a jump of the clocks skips means the jump, what comes twice is open from the first time
///   through the second, and nothing opens and closes in between.
/// - Intervals that touch or overlap are one.
/// - An exception replaces what begins on its date. What began the day before runs to its own end: a night shift belongs to
///   the evening it began. Who wants it cut at midnight gives the day before an exception until 24:00.
/// - A closure cuts everything.
package struct OpeningHours: Hashable, Sendable {
    package let name: CalendarName
    package let zone: ZoneTable
    /// Seven days from Monday, each with its intervals by beginning.
    package let week: [[OpenInterval]]
    /// By date, one to a date.
    package let exceptions: [HoursException]
    /// By moment; none overlap.
    package let closures: [HoursClosure]

    /// How many days `nextChange` looks ahead before it says never: 13 years, more than a table's horizon.
    package static let daysAheadMax = 4800
    /// Exceptions, and closures, that one calendar may have; the rooms that make one refuse more.
    package static let exceptionsMax = 10_000

    /// Sorts what it is given. Days missing from `week` are closed; of several exceptions of one date the first counts; of
    /// closures that overlap the one that begins first counts until its end.
    package init(
        name: CalendarName, zone: ZoneTable, week: [[OpenInterval]], exceptions: [HoursException] = [],
        closures: [HoursClosure] = []
    ) {
        self.name = name
        self.zone = zone
        self.week = (0..<7).map { $0 < week.count ? Self.sorted(week[$0]) : [] }
        self.exceptions = Self.sorted(exceptions)
        self.closures = Self.disjoint(closures)
    }

    /// Until when the zone's clocks are known. Later the last offset goes on.
    package var horizonEnd: Timestamp { Timestamp(seconds: zone.horizonEnd) }

    package func isOpen(at time: Timestamp) -> Bool {
        let moment = time.wallSeconds
        return governing(moment) != nil && closure(at: moment) == nil
    }

    /// Whether it is open, until when, and why: nil for `until` means that it never changes.
    package func state(at time: Timestamp) -> HoursState {
        let moment = time.wallSeconds
        if let closure = closure(at: moment) {
            return HoursState(isOpen: false, until: nextChange(after: time), reason: .closure(title: closure.title))
        }
        let open = governing(moment)
        let date = open ?? LocalDate(localSeconds: zone.reading(at: moment))
        let reason = exception(on: date).map { HoursState.Reason.exception($0.date, title: $0.title) } ?? .week
        return HoursState(isOpen: open != nil, until: nextChange(after: time), reason: reason)
    }

    /// The first moment after `time` at which it opens when it is closed, or closes when it is open; nil for never.
    package func nextChange(after time: Timestamp) -> Timestamp? {
        var moment = time.wallSeconds
        let wasOpen = isOpen(at: time)
        while true {
            let (isOpen, next) = stretch(at: moment)
            if isOpen != wasOpen { return Timestamp(seconds: moment) }
            guard let next else { return nil }
            moment = next
        }
    }

    /// The rule of a date that is not the week's.
    package func exception(on date: LocalDate) -> HoursException? {
        var low = 0
        var high = exceptions.count
        while low < high {
            let middle = (low + high) / 2
            if exceptions[middle].date < date { low = middle + 1 } else { high = middle }
        }
        return low < exceptions.count && exceptions[low].date == date ? exceptions[low] : nil
    }

    private static func sorted(_ intervals: [OpenInterval]) -> [OpenInterval] {
        intervals.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    }

    private static func disjoint(_ closures: [HoursClosure]) -> [HoursClosure] {
        var kept: [HoursClosure] = []
        for closure in closures.sorted(by: { ($0.from, $0.until, $0.title) < ($1.from, $1.until, $1.title) }) {
            let from = max(closure.from, kept.last?.until ?? closure.from)
            guard from < closure.until else { continue }
            kept.append(HoursClosure(from: from, until: closure.until, title: closure.title))
        }
        return kept
    }

    private static func sorted(_ exceptions: [HoursException]) -> [HoursException] {
        var kept: [HoursException] = []
        let byDate = exceptions.enumerated().sorted { ($0.element.date, $0.offset) < ($1.element.date, $1.offset) }
        for (_, exception) in byDate where kept.last?.date != exception.date {
            let intervals = sorted(exception.intervals)
            kept.append(HoursException(date: exception.date, title: exception.title, intervals: intervals))
        }
        return kept
    }
}

extension Timestamp {
    /// Whole seconds of wall time: hours begin and end with a second, never within one.
    fileprivate var wallSeconds: Int64 { milliseconds.flooredQuotient(by: 1000) }

    fileprivate init(seconds: Int64) {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        self.init(milliseconds: overflow ? (seconds < 0 ? .min : .max) : product)
    }
}
