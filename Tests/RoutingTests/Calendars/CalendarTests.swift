import InteractionModel
import JSON
import Routing
import Testing

@Suite("Calendars: when somebody is there")
struct CalendarTests {
    /// What is open in a stretch of time: opening and closing moments in turn, in UTC.
    struct Case: Sendable, CustomTestStringConvertible {
        let what: String
        let hours: OpeningHours
        let from: String
        let until: String
        let changes: [String]

        init(_ what: String, _ hours: OpeningHours, from: String, until: String, _ changes: [String]) {
            (self.what, self.hours, self.from, self.until, self.changes) = (what, hours, from, until, changes)
        }

        var testDescription: String { what }
    }

    @Test("It opens and closes exactly then", arguments: week + skipped + repeated + longDays + exceptions + closures)
    func changesAreExact(of one: Case) {
        #expect(changes(of: one.hours, from: utc(one.from), until: utc(one.until)) == one.changes.map(utc))
    }

    static let split = hours(in: Zones.berlin, ["daily": ["08:00-12:00", "13:00-18:00"], "sat": [], "sun": []])
    static let night = hours(in: Zones.berlin, ["sat": ["22:00-03:00"]])

    static let week: [Case] = [
        Case(
            "several intervals a day (chatwoot#14009)", split, from: "2026-01-09 00:00", until: "2026-01-12 12:00",
            [
                "2026-01-09 07:00", "2026-01-09 11:00", "2026-01-09 12:00", "2026-01-09 17:00", "2026-01-12 07:00",
                "2026-01-12 11:00", "2026-01-12 12:00",
            ]),
        Case(
            "past midnight (chatwoot#5254)", hours(in: Zones.newYork, ["daily": ["21:00-02:00"]]),
            from: "2026-01-10 12:00", until: "2026-01-12 12:00",
            ["2026-01-11 02:00", "2026-01-11 07:00", "2026-01-12 02:00", "2026-01-12 07:00"]),
        Case(
            "departments in other time zones (RocketChat/feature-requests#193)",
            hours(in: Zones.kathmandu, ["daily": ["09:00-17:00"]]), from: "2026-06-01 00:00", until: "2026-06-02 00:00",
            ["2026-06-01 03:15", "2026-06-01 11:15"]),
        Case(
            "intervals that touch or overlap are one",
            hours(in: Zones.greenwich, ["daily": ["08:00-10:00", "10:00-12:00", "11:00-14:00", "09:00-09:30"]]),
            from: "2026-01-01 00:00", until: "2026-01-02 00:00", ["2026-01-01 08:00", "2026-01-01 14:00"]),
        Case(
            "days that touch at midnight are one",
            hours(in: Zones.greenwich, ["fri": ["18:00-24:00"], "sat": ["00:00-24:00"], "sun": ["00:00-06:00"]]),
            from: "2026-01-01 00:00", until: "2026-01-08 00:00", ["2026-01-02 18:00", "2026-01-04 06:00"]),
        Case(
            "over the end of a year", hours(in: Zones.berlin, ["thu": ["22:00-06:00"]]), from: "2026-12-31 00:00",
            until: "2027-01-02 00:00", ["2026-12-31 21:00", "2027-01-01 05:00"]),
        Case(
            "a leap day", hours(in: Zones.greenwich, ["tue": ["09:00-10:00"]]), from: "2028-02-28 00:00",
            until: "2028-03-02 00:00", ["2028-02-29 09:00", "2028-02-29 10:00"]),
        Case(
            "always", hours(in: Zones.berlin, ["daily": ["00:00-24:00"]]), from: "2026-01-01 00:00",
            until: "2030-01-01 00:00", []),
        Case("never", hours(in: Zones.berlin, [:]), from: "2026-01-01 00:00", until: "2030-01-01 00:00", []),
    ]

    /// Berlin skips 02:00 to 03:00 on 2026-03-29, at 01:00 UTC.
    static let skipped: [Case] = [
        sunday("02:30-05:00", ["2026-03-29 01:00", "2026-03-29 03:00"]),
        sunday("01:00-02:30", ["2026-03-29 00:00", "2026-03-29 01:00"]),
        sunday("02:15-02:45", []),
        sunday("02:00-03:00", []),
        sunday("01:00-04:00", ["2026-03-29 00:00", "2026-03-29 02:00"]),
        Case(
            "a night of six hours on the clock lasts five", night, from: "2026-03-28 12:00", until: "2026-03-30 00:00",
            ["2026-03-28 21:00", "2026-03-29 01:00"]),
        Case(
            "in the south, in October", hours(in: Zones.sydney, ["sun": ["01:00-02:30"]]), from: "2026-10-03 12:00",
            until: "2026-10-05 00:00", ["2026-10-03 15:00", "2026-10-03 16:00"]),
        Case(
            "half an hour, on Lord Howe", hours(in: Zones.lordHowe, ["sun": ["02:15-03:00"]]),
            from: "2026-10-03 12:00", until: "2026-10-05 00:00", ["2026-10-03 15:30", "2026-10-03 16:00"]),
        Case(
            "a day that was left out, in Samoa",
            hours(in: Zones.apia, ["daily": ["08:00-17:00"], "thu": ["22:00-04:00"]]),
            from: "2011-12-29 12:00", until: "2011-12-31 12:00",
            ["2011-12-30 08:00", "2011-12-30 10:00", "2011-12-30 18:00", "2011-12-31 03:00", "2011-12-31 18:00"]
                .dropLast()),
    ]

    static func sunday(_ interval: String, _ changes: [String]) -> Case {
        Case(
            "\(interval) when 02:00 to 03:00 is skipped", hours(in: Zones.berlin, ["sun": [interval]]),
            from: "2026-03-28 12:00", until: "2026-03-30 00:00", changes)
    }

    /// Berlin repeats 02:00 to 03:00 on 2026-10-25, at 00:00 and 01:00 UTC.
    static let repeated: [Case] = [
        autumn("02:30-05:00", ["2026-10-25 00:30", "2026-10-25 04:00"]),
        autumn("01:00-02:30", ["2026-10-24 23:00", "2026-10-25 01:30"]),
        autumn("02:15-02:45", ["2026-10-25 00:15", "2026-10-25 01:45"]),
        autumn("02:00-03:00", ["2026-10-25 00:00", "2026-10-25 02:00"]),
        autumn("00:00-02:00", ["2026-10-24 22:00", "2026-10-25 00:00"]),
        autumn("03:00-05:00", ["2026-10-25 02:00", "2026-10-25 04:00"]),
        Case(
            "in the south, in April", hours(in: Zones.sydney, ["sun": ["02:30-04:00"]]), from: "2026-04-04 12:00",
            until: "2026-04-06 00:00", ["2026-04-04 15:30", "2026-04-04 18:00"]),
        Case(
            "half an hour, on Lord Howe", hours(in: Zones.lordHowe, ["sun": ["01:45-02:00"]]),
            from: "2026-04-04 12:00", until: "2026-04-06 00:00", ["2026-04-04 14:45", "2026-04-04 15:30"]),
        Case(
            "from midnight, in Havana", hours(in: Zones.havana, ["sun": ["00:30-09:00"]]), from: "2026-10-31 12:00",
            until: "2026-11-02 00:00", ["2026-11-01 04:30", "2026-11-01 14:00"]),
    ]

    static func autumn(_ interval: String, _ changes: [String]) -> Case {
        Case(
            "\(interval) when 02:00 to 03:00 comes twice", hours(in: Zones.berlin, ["sun": [interval]]),
            from: "2026-10-24 12:00", until: "2026-10-26 00:00", changes)
    }

    static let longDays: [Case] = [
        wholeDay("23 hours", Zones.berlin, "sun", "2026-03-28 23:00", "2026-03-29 22:00"),
        wholeDay("25 hours", Zones.berlin, "sun", "2026-10-24 22:00", "2026-10-25 23:00"),
        wholeDay("24 hours and a half", Zones.lordHowe, "sun", "2026-04-04 13:00", "2026-04-05 13:30"),
        wholeDay(
            "25 hours from a midnight that comes twice", Zones.havana, "sun", "2026-11-01 04:00", "2026-11-02 05:00"),
        wholeDay(
            "24 hours before a midnight that comes twice", Zones.havana, "sat", "2026-10-31 04:00", "2026-11-01 04:00"),
        wholeDay(
            "23 hours from 01:00, midnight being skipped", Zones.saoPaulo, "sun", "2018-11-04 03:00", "2018-11-05 02:00"
        ),
        wholeDay("25 hours with two last hours", Zones.saoPaulo, "sat", "2018-02-17 02:00", "2018-02-18 03:00"),
    ]

    static func wholeDay(_ what: String, _ zone: ZoneTable, _ day: String, _ from: String, _ until: String) -> Case {
        Case(
            "a whole day of \(what)", hours(in: zone, [day: ["00:00-24:00"]]),
            from: "\(LocalDate(localSeconds: utc(from).milliseconds / 1000).advanced(by: -2)) 00:00",
            until: "\(LocalDate(localSeconds: utc(from).milliseconds / 1000).advanced(by: 2)) 12:00", [from, until])
    }

    static let christmas = [
        HoursException(date: date("2026-12-25"), title: "Christmas Day"),
        HoursException(date: date("2026-12-24"), title: "Christmas Eve", intervals: intervals(["08:00-12:00"])),
    ]

    static let exceptions: [Case] = [
        Case(
            "a holiday, and other hours the day before (chatwoot#6467, #10436)",
            hours(in: Zones.berlin, ["daily": ["08:00-18:00"]], exceptions: christmas), from: "2026-12-23 20:00",
            until: "2026-12-26 08:00", ["2026-12-24 07:00", "2026-12-24 11:00", "2026-12-26 07:00"]),
        Case(
            "a night shift into a holiday ends by its own evening's rule",
            hours(in: Zones.berlin, ["daily": ["22:00-03:00"]], exceptions: [christmas[0]]), from: "2026-12-24 12:00",
            until: "2026-12-26 12:00", ["2026-12-24 21:00", "2026-12-25 02:00"]),
        Case(
            "a night shift cut at midnight by the evening's own exception",
            hours(
                in: Zones.berlin, ["daily": ["22:00-03:00"]],
                exceptions: [
                    christmas[0],
                    HoursException(date: date("2026-12-24"), title: "", intervals: intervals(["22:00-24:00"])),
                ]), from: "2026-12-24 12:00", until: "2026-12-26 12:00", ["2026-12-24 21:00", "2026-12-24 23:00"]),
        Case(
            "always but for one day, found a year ahead",
            hours(in: Zones.berlin, ["daily": ["00:00-24:00"]], exceptions: [christmas[0]]), from: "2025-11-01 12:00",
            until: "2030-01-01 00:00", ["2026-12-24 23:00", "2026-12-25 23:00"]),
        Case(
            "never but on one day",
            hours(
                in: Zones.greenwich, [:],
                exceptions: [HoursException(date: date("2028-02-29"), title: "", intervals: [.wholeDay])]),
            from: "2026-01-01 00:00", until: "2030-01-01 00:00", ["2028-02-29 00:00", "2028-03-01 00:00"]),
        Case(
            "an exception on a day of 25 hours lasts as long",
            hours(
                in: Zones.berlin, ["daily": ["00:00-24:00"]],
                exceptions: [HoursException(date: date("2026-10-25"), title: "")]), from: "2026-10-20 00:00",
            until: "2026-10-30 00:00", ["2026-10-24 22:00", "2026-10-25 23:00"]),
    ]

    static let closures: [Case] = [
        Case(
            "a closure cuts what it covers, and one that covers nothing changes nothing",
            hours(
                in: Zones.greenwich, ["daily": ["08:00-18:00"]],
                closures: [
                    closure("2026-06-01 10:00", "2026-06-01 11:00"), closure("2026-06-01 10:30", "2026-06-01 11:30"),
                    closure("2026-06-01 19:00", "2026-06-01 20:00"), closure("2026-06-02 17:00", "2026-06-03 09:00"),
                ]), from: "2026-06-01 00:00", until: "2026-06-03 12:00",
            [
                "2026-06-01 08:00", "2026-06-01 10:00", "2026-06-01 11:30", "2026-06-01 18:00", "2026-06-02 08:00",
                "2026-06-02 17:00", "2026-06-03 09:00",
            ]),
        Case(
            "the only change of a calendar that is always open",
            hours(
                in: Zones.greenwich, ["daily": ["00:00-24:00"]],
                closures: [closure("2035-06-01 10:00", "2036-06-01 11:00")]),
            from: "2026-06-01 00:00", until: "2040-06-03 12:00", ["2035-06-01 10:00", "2036-06-01 11:00"]),
    ]

    static func closure(_ from: String, _ until: String) -> HoursClosure {
        HoursClosure(from: utc(from).milliseconds / 1000, until: utc(until).milliseconds / 1000, title: "Meeting")
    }

    @Test("A state says until when and why, and names the holiday")
    func stateHasReason() {
        let calendar = hours(
            in: Zones.berlin, ["daily": ["22:00-03:00"], "fri": ["08:00-18:00"]], exceptions: Self.christmas,
            closures: [Self.closure("2026-12-24 08:00", "2026-12-24 09:00")])
        let states: [(String, HoursState)] = [
            ("2026-12-23 21:30", HoursState(isOpen: true, until: utc("2026-12-24 02:00"), reason: .week)),
            // Begun on the 23rd, so the 23rd's rule.
            ("2026-12-24 01:00", HoursState(isOpen: true, until: utc("2026-12-24 02:00"), reason: .week)),
            (
                "2026-12-24 07:30",
                HoursState(
                    isOpen: true, until: utc("2026-12-24 08:00"),
                    reason: .exception(date("2026-12-24"), title: "Christmas Eve"))
            ),
            (
                "2026-12-24 08:00",
                HoursState(isOpen: false, until: utc("2026-12-24 09:00"), reason: .closure(title: "Meeting"))
            ),
            (
                "2026-12-24 12:00",
                HoursState(
                    isOpen: false, until: utc("2026-12-26 21:00"),
                    reason: .exception(date("2026-12-24"), title: "Christmas Eve"))
            ),
            (
                "2026-12-25 12:00",
                HoursState(
                    isOpen: false, until: utc("2026-12-26 21:00"),
                    reason: .exception(date("2026-12-25"), title: "Christmas Day"))
            ),
        ]
        for (moment, state) in states { #expect(calendar.state(at: utc(moment)) == state, "\(moment)") }
    }

    @Test("Always open never changes, and says so")
    func alwaysHasNoUntil() {
        let always = hours(in: Zones.berlin, ["daily": ["00:00-24:00"]])
        #expect(
            always.state(at: utc("2026-10-25 01:30")) == HoursState(isOpen: true, until: nil, reason: .week))
    }

    @Test("Past the horizon the last offset goes on")
    func horizon() {
        let calendar = hours(in: Zones.berlin, ["daily": ["08:00-18:00"]])
        #expect(calendar.horizonEnd == Zones.horizon)
        #expect(calendar.nextChange(after: utc("2045-07-01 00:00")) == utc("2045-07-01 07:00"))
    }

    @Test("A millisecond before it opens it is closed, and so it is at the end of time")
    func milliseconds() {
        let calendar = hours(in: Zones.greenwich, ["daily": ["08:00-18:00"]])
        let opening = utc("2026-06-01 08:00")
        #expect(!calendar.isOpen(at: opening.advanced(by: Span(milliseconds: -1))))
        #expect(calendar.isOpen(at: opening))
        #expect(calendar.nextChange(after: opening.advanced(by: Span(milliseconds: -1))) == opening)
        let end = utc("2026-06-01 18:00")
        #expect(calendar.isOpen(at: end.advanced(by: Span(milliseconds: -1))))
        #expect(!calendar.isOpen(at: end))
        for extreme in [Timestamp(milliseconds: .min), Timestamp(milliseconds: .max)] {
            _ = calendar.state(at: extreme)  // Must not trap.
        }
    }

    @Test("A calendar written as JSON reads back as the same", arguments: (week + exceptions + closures).map(\.hours))
    func json(_ calendar: OpeningHours) throws {
        var writer = JSONWriter(reservingCapacity: 1024)
        calendar.write(to: &writer)
        var reader = JSONReader(writer.bytes)
        #expect(try OpeningHours(from: &reader) == calendar)
        try reader.end()
    }

    @Test(
        "A text that is no calendar is refused and never traps",
        arguments: [
            #"{"week":[["25:00-26:00"]]}"#, #"{"zone":{"offsets":[[0]]}}"#, #"{"zone":{"offsets":[[0,90000]]}}"#,
            #"{"zone":{"offsets":[[0,-9223372036854775808]]}}"#, #"{"exceptions":[{"date":"2026-02-29"}]}"#,
        ])
    func brokenJSON(_ text: String) {
        #expect(throws: JSONError.self) {
            var reader = JSONReader(Array(text.utf8))
            _ = try OpeningHours(from: &reader)
        }
    }

    @Test("Only hours of the day make an interval, and each is written as it reads")
    func intervalTexts() {
        for text in ["08:00-12:00", "00:00-24:00", "22:00-03:00", "23:59-23:58", "00:00-00:01", "18:00-24:00"] {
            #expect(OpenInterval(text)?.description == text)
        }
        #expect(OpenInterval("18:00-00:00") == OpenInterval("18:00-24:00"))
        for text in [
            "8:00-12:00", "08:00", "08:00-08:00", "00:00-00:00", "24:00-08:00", "08:00-24:01", "08:60-09:00", "",
            "08:00-12:00-13:00", "٠٨:00-12:00", "08-12", "-1:00-02:00", "+8:00-12:00",
        ] { #expect(OpenInterval(text) == nil, "\(text)") }
    }

    @Test("Dates count as the calendar of Gregory does")
    func dates() {
        #expect(date("1970-01-01").day == 0 && date("1970-01-01").weekday == 3)
        #expect(date("2000-02-29").advanced(by: 1) == date("2000-03-01"))
        #expect(date("2026-11-21").weekday == 5)
        for text in ["2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "0000-01-01", "2026-04-31"] {
            #expect(LocalDate(text) == nil, "\(text)")
        }
        var expected = (year: 1890, month: 1, day: 1)
        for day in date("1890-01-01").day..<date("2410-01-01").day {
            let found = LocalDate(day: day)
            guard found.components == expected,
                LocalDate(year: expected.year, month: expected.month, day: expected.day) == found
            else {
                Issue.record("\(found) is not \(expected)")
                return
            }
            expected = dayAfter(expected)
        }
    }

    private func dayAfter(_ date: (year: Int, month: Int, day: Int)) -> (year: Int, month: Int, day: Int) {
        let isLeap = date.year % 400 == 0 || (date.year % 4 == 0 && date.year % 100 != 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        if date.day < lengths[date.month - 1] { return (date.year, date.month, date.day + 1) }
        return date.month < 12 ? (date.year, date.month + 1, 1) : (date.year + 1, 1, 1)
    }
}
