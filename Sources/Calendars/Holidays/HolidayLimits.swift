/// Bounds of a file of holidays. Reaching one refuses the file: half a year's holidays would be worse than none.
package enum HolidayLimits {
    package static let bytesMax = 1024 * 1024
    /// Events in a file.
    package static let eventsMax = 5000
    /// Occurrences looked at in a file, those before the horizon included.
    package static let occurrencesMax = 100_000
    /// Rules that never come to pass, such as a 30 February: libical searches some centuries for each, up to two seconds.
    package static let barrenMax = 8
    /// Days one event may last: a longer one is a year mistyped.
    package static let daysMax = 400
    /// Of a title, in characters; the rest is cut.
    package static let titleMax = 120
}
