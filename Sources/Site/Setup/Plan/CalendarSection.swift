package import Calendars
package import Configuration
package import InteractionModel
package import Routing

/// One calendar: when somebody is there, in words of the week.
package struct CalendarSection: ConfigurationSection {
    static let zone = Key("zone", .timeZone, "The time zone whose clocks the hours are meant for.")
    static let open = Key(
        "open",
        .named(.dayHours, count: 0...14).orWords(["always": [weekdays("mon-sun", [.wholeDay])], "never": []]),
        example: [weekdays("mon-fri", [OpenInterval("08:00-12:00")!, OpenInterval("13:00-18:00")!])],
        "The hours by weekday or range of weekdays (mon, tue, wed, thu, fri, sat, sun, mon-fri); a day not named is closed. "
            + "An interval may end after midnight.")
    static let holidays = Key(
        "holidays", .list(of: .readableFile, count: 0...16), default: [], staysCommented: true,
        "iCalendar files (.ics): all-day events close their days, timed ones their time.")
    static let except = Key(
        "except", .named(.dayHours, count: 0...2000), default: [],
        example: [Named(name: "2026-12-24", place: nowhere, value: [OpenInterval("08:00-12:00")!])],
        "Other hours for single dates, written 2026-12-24; they go before holidays.")

    package static let keys: KeyList = [zone, open, holidays, except]

    let zone: String
    let open: [Named<[OpenInterval]>]
    let holidays: [FilePath]
    let except: [Named<[OpenInterval]>]

    /// How far ahead the zone's clocks are written into a plan, in years.
    private static let horizonYears = 12
    private static let nowhere = Place(file: "", line: 0, column: 0)

    package static func check(_ section: inout SectionReader) {
        CalendarCheck(section).check(&section)
    }

    package init(reading section: SectionReader) {
        zone = section[Self.zone]
        open = section[Self.open]
        holidays = section[Self.holidays]
        except = section[Self.except]
    }

    /// The hours as data, from the beginning of the year of `from` (wall time, UTC) for twelve years: whatever the day, the same
    /// file gives the same hours all year, so that a restart is no new plan.
    ///
    /// - Throws: when the zone or a file of holidays, checked when the section was read, has changed since.
    package func openingHours(name: CalendarName, from: Timestamp) throws(CalendarError) -> OpeningHours {
        let (start, end) = Self.horizon(from: from)
        let table = try ZoneDatabase().table(of: zone, from: start, until: end)
        let found = try Self.read(holidays, in: table, from: start)
        let exceptions = except.compactMap { entry in
            LocalDate(entry.name).map { date in
                HoursException(date: date, title: found.title(of: date), intervals: entry.value)
            }
        }
        return OpeningHours(
            name: name, zone: table, week: CalendarWeek(open).days.map { $0.map(\.interval) },
            exceptions: exceptions + found.closed, closures: found.closures)
    }

    /// Seconds of wall time since 1970-01-01 UTC.
    static func horizon(from: Timestamp) -> (start: Int64, end: Int64) {
        let seconds = Int64((Double(from.milliseconds) / 1000).rounded(.down))
        let year = LocalDate(localSeconds: seconds).components.year
        let newYear = { LocalDate(year: $0, month: 1, day: 1)?.localSeconds ?? seconds }
        return (newYear(year), newYear(year + horizonYears))
    }

    /// What all files close together.
    static func read(_ files: [FilePath], in table: ZoneTable, from: Int64) throws(CalendarError) -> Holidays {
        var closed: [HoursException] = []
        var closures: [HoursClosure] = []
        for file in files {
            let found = try HolidayFile(path: file.resolved).holidays(in: table, from: from)
            closed += found.closed
            closures += found.closures
        }
        return Holidays(closed: closed, closures: closures)
    }

    private static func weekdays(_ name: String, _ intervals: [OpenInterval]) -> Named<[OpenInterval]> {
        Named(name: name, place: nowhere, value: intervals)
    }
}

extension [Named<CalendarSection>] {
    /// Every calendar's hours, in the file's order: what a plan holds.
    package func openingHours(from: Timestamp) throws(CalendarError) -> [OpeningHours] {
        var found: [OpeningHours] = []
        for calendar in self {
            found.append(try calendar.value.openingHours(name: CalendarName(calendar.name), from: from))
        }
        return found
    }
}

extension Holidays {
    /// What people call a date that has a rule of its own as well; empty for an ordinary one.
    fileprivate func title(of date: LocalDate) -> String { closed.first { $0.date == date }?.title ?? "" }
}
