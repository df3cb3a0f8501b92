/// One stretch of a day when somebody is there, by the clock on the wall: `08:00-12:00`, or `22:00-03:00` past midnight.
///
/// It belongs to the day it begins on. At most a day long; exactly a day only as `00:00-24:00`.
package struct OpenInterval: Hashable, Sendable, CustomStringConvertible {
    /// Minutes from the midnight that begins the day: 0 to 1439.
    package let from: Int
    /// Minutes from the same midnight, more than `from`; above 1440 it is the next day.
    package let to: Int

    package static let wholeDay = OpenInterval(from: 0, to: 1440)!

    /// Nil when out of bounds.
    package init?(from: Int, to: Int) {
        guard (0..<1440).contains(from), to > from, to - from < 1440 || (from == 0 && to == 1440) else { return nil }
        self.from = from
        self.to = to
    }

    /// As in `08:00-12:00`. An end at or before the beginning is the next day's; `24:00` is midnight at the day's end.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let from = Self.minutes(parts[0]), let to = Self.minutes(parts[1]), from != to else {
            return nil
        }
        self.init(from: from, to: to > from ? to : to + 1440)
    }

    package var isPastMidnight: Bool { to > 1440 }

    /// Reads back as the same interval.
    package var description: String { "\(Self.text(from))-\(Self.text(to > 1440 ? to - 1440 : to))" }

    /// Exactly `HH:MM`, up to 24:00.
    private static func minutes(_ text: Substring) -> Int? {
        let digits = Array(text.utf8)
        guard digits.count == 5, digits[2] == UInt8(ascii: ":"),
            [0, 1, 3, 4].allSatisfy({ (0x30...0x39).contains(digits[$0]) })
        else { return nil }
        let value = { (index: Int) in Int(digits[index] - 0x30) * 10 + Int(digits[index + 1] - 0x30) }
        let (hours, minutes) = (value(0), value(3))
        guard minutes < 60, hours < 24 || (hours == 24 && minutes == 0) else { return nil }
        return hours * 60 + minutes
    }

    private static func text(_ minutes: Int) -> String {
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }
}
