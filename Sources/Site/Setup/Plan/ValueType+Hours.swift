import Calendars
import Configuration
import Routing

extension ValueType where Value == String {
    /// A zone of the machine's tz database.
    static var timeZone: ValueType {
        scalar(
            "a time zone such as Europe/Berlin", example: "Europe/Berlin", text: { $0 },
            parse: { (written) throws(Configuration.Refusal) in
                do throws(CalendarError) {
                    try ZoneDatabase().check(written)
                } catch {
                    throw Configuration.Refusal("names a \(error.subject), which \(error.reason)", hint: error.hint)
                }
                return written
            })
    }
}

extension ValueType where Value == [OpenInterval] {
    /// The hours of one day: intervals, `closed`, or `always`.
    static var dayHours: ValueType {
        ValueType.list(of: .interval, count: 0...48).orWords(["closed": [], "always": [.wholeDay]])
    }
}

extension ValueType where Value == OpenInterval {
    /// `08:00-12:00`, or `22:00-03:00` past midnight.
    static var interval: ValueType {
        let description = "hours such as 08:00-12:00"
        return scalar(
            description, example: "08:00-12:00", text: { "\($0)" },
            parse: { (written) throws(Configuration.Refusal) in
                if let interval = OpenInterval(written) { return interval }
                throw Configuration.Refusal(
                    "must be \(description), not \(Printable.quoted(written))", hint: hint(for: written))
            })
    }

    /// Says what is wrong with hours that only look odd.
    private static func hint(for written: String) -> String? {
        let ends = written.split { "-–—".contains($0) }.map { end -> String in
            let time = end.drop { $0 == " " }.prefix { $0 != " " }
            let parts = time.split(separator: ":").map(String.init)
            let hours = parts.first ?? ""
            return (hours.count == 1 ? "0" + hours : hours) + ":" + (parts.count > 1 ? parts[1] : "00")
        }
        guard ends.count == 2 else { return "write when it opens and when it closes, as in 08:00-12:00" }
        if ends[0] == ends[1] { return "write 00:00-24:00, or always, for a whole day" }
        let meant = "\(ends[0])-\(ends[1])"
        return OpenInterval(meant) == nil ? "hours run from 00:00 to 24:00" : "write \(meant)"
    }
}
