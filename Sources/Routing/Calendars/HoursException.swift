/// A date on which the week does not count: a holiday, or other hours.
package struct HoursException: Hashable, Sendable {
    package let date: LocalDate
    /// What people call it; may be empty.
    package let title: String
    /// What begins on this date instead of the week's intervals; none means closed.
    package let intervals: [OpenInterval]

    package init(date: LocalDate, title: String, intervals: [OpenInterval] = []) {
        self.date = date
        self.title = title
        self.intervals = intervals
    }
}

/// A stretch of time, by the moment and not by the day, when nobody is there whatever else holds: a staff meeting.
package struct HoursClosure: Hashable, Sendable {
    /// Seconds of wall time since 1970-01-01 UTC.
    package let from: Int64
    /// The first second after it.
    package let until: Int64
    package let title: String

    package init(from: Int64, until: Int64, title: String) {
        self.from = from
        self.until = until
        self.title = title
    }
}
