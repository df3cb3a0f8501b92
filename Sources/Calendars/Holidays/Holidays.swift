package import Routing

/// What a file of holidays says, within a horizon.
package struct Holidays: Hashable, Sendable {
    /// One for each day that an all-day event covers, by date; titles of events on the same day are joined.
    package let closed: [HoursException]
    /// One for each timed event, by moment.
    package let closures: [HoursClosure]

    package init(closed: [HoursException], closures: [HoursClosure]) {
        self.closed = closed
        self.closures = closures
    }
}
