import Calendars
import Configuration
import Foundation
import InteractionModel
import Routing
import Testing

@testable import Site

@Suite("Calendars as operators write them")
struct CalendarSectionTests {
    private static let office = """
        zone: Europe/Berlin
        open:
          mon-fri: ["08:00-12:00", "13:00-18:00"]
          sat: ["22:00-03:00"]
        holidays: [berlin.ics]
        except:
          2026-12-24: ["08:00-12:00"]
          2026-12-27: always
          2026-12-28: closed
        """

    @Test("Hours, holidays and exceptions come to what they say")
    func hours() throws {
        let hours = try opened(Self.office).openingHours(name: CalendarName("office"), from: utc("2026-11-21", 9))
        #expect(hours.name == CalendarName("office") && hours.zone.name == "Europe/Berlin")
        #expect(hours.week[0].map(\.description) == ["08:00-12:00", "13:00-18:00"] && hours.week[0] == hours.week[4])
        #expect(hours.week[5].map(\.description) == ["22:00-03:00"] && hours.week[6].isEmpty)
        #expect(hours.horizonEnd == utc("2038-01-01", 0))
        // The exception decides the hours, the file of holidays what the day is called.
        #expect(
            hours.state(at: utc("2026-12-24", 8))
                == HoursState(
                    isOpen: true, until: utc("2026-12-24", 11),
                    reason: .exception(LocalDate("2026-12-24")!, title: "Christmas Eve")))
        #expect(
            hours.state(at: utc("2026-12-25", 8))
                == HoursState(
                    isOpen: false, until: utc("2026-12-26", 21),
                    reason: .exception(LocalDate("2026-12-25")!, title: "Christmas Day")))
        #expect(hours.isOpen(at: utc("2026-12-27", 12)) && !hours.isOpen(at: utc("2026-12-28", 9)))
    }

    @Test("The same file gives the same hours all year, so that a restart is no new plan")
    func stableAllYear() throws {
        let section = try opened(Self.office)
        let january = try section.openingHours(name: CalendarName("office"), from: utc("2026-01-01", 0))
        #expect(try section.openingHours(name: CalendarName("office"), from: utc("2026-12-31", 23)) == january)
        #expect(try section.openingHours(name: CalendarName("office"), from: utc("2027-01-01", 0)) != january)
    }

    @Test("Departments in two time zones open each by its own clock (RocketChat/feature-requests#193)")
    func zones() throws {
        let moment = utc("2026-07-01", 7)
        for (zone, isOpen) in [("Europe/Berlin", true), ("America/New_York", false), ("Asia/Kathmandu", true)] {
            let section = try opened("zone: \(zone)\nopen: { mon-fri: [\"09:00-17:00\"] }")
            #expect(try section.openingHours(name: CalendarName("x"), from: moment).isOpen(at: moment) == isOpen)
        }
    }

    @Test("A calendar may be open always, and a range may run over the end of the week")
    func words() throws {
        let always = try opened("zone: UTC\nopen: always")
            .openingHours(name: CalendarName("x"), from: utc("2026-01-01", 0))
        #expect(always.nextChange(after: utc("2026-01-01", 0)) == nil && always.isOpen(at: utc("2026-01-01", 0)))
        let weekend = try opened("zone: UTC\nopen: { sat-mon: always, wed: closed }")
            .openingHours(name: CalendarName("x"), from: utc("2026-01-01", 0))
        #expect(weekend.week.map(\.isEmpty) == [false, true, true, true, true, false, false])
    }

    private static let mistakes: [(String, String)] = [
        ("zone: Europe/Berln\nopen: always", "did you mean Europe/Berlin?"),
        ("zone: UTC\nopen: sometimes", "must be always, never, or a mapping"),
        ("zone: UTC\nopen: alwas", "did you mean always?"),
        ("zone: UTC\nopen: { mo: always }", "is no weekday"), ("zone: UTC\nopen: { mon-mon: always }", "is no weekday"),
        ("zone: UTC\nopen: { mon-fri: always, wed: closed }", "gives wed again, which mon-fri in line 2 gives"),
        ("zone: UTC\nopen: { mon: [\"8:00-12:00\"] }", "write 08:00-12:00"),
        ("zone: UTC\nopen: { mon: [\"8-12\"] }", "write 08:00-12:00"),
        ("zone: UTC\nopen: { mon: [\"08:00–12:00\"] }", "write 08:00-12:00"),
        ("zone: UTC\nopen: { mon: [\"08:00-08:00\"] }", "write 00:00-24:00, or always"),
        ("zone: UTC\nopen: { mon: [\"08:00-25:00\"] }", "hours run from 00:00 to 24:00"),
        ("zone: UTC\nopen: { mon: [\"from eight\"] }", "when it opens and when it closes"),
        (
            "zone: UTC\nopen: { mon: [\"08:00-12:00\", \"11:00-13:00\"] }",
            "has 11:00-13:00, which overlaps 08:00-12:00 of mon on mon"
        ),
        (
            "zone: UTC\nopen: { sun: [\"22:00-03:00\"], mon: [\"02:00-06:00\"] }",
            "has 02:00-06:00, which overlaps 22:00-03:00 of sun on the morning of mon"
        ),
        ("zone: UTC\nopen: always\nexcept: { 2026-02-29: closed }", "is no date"),
        ("zone: UTC\nopen: always\nexcept: { 24.12.2026: closed }", "is no date"),
        (
            "zone: UTC\nopen: always\nexcept: { 2026-12-24: [\"08:00-12:00\", \"11:00-13:00\"] }",
            "has 11:00-13:00, which overlaps 08:00-12:00"
        ),
        ("zone: UTC\nopen: always\nholidays: [nowhere.ics]", "cannot be opened"),
        ("zone: UTC\nopen: always\nholidays: [broken.ics]", "broken.ics: VEVENT 1 \"Easter\" has no DTSTART"),
    ]

    @Test("A mistake is named with its place and what to write", arguments: mistakes)
    func mistake(text: String, words: String) throws {
        let error = try #require(throws: ConfigurationError.self) { _ = try opened(text) }
        #expect("\(error)".contains(words), "\(error)")
    }

    @Test("Hours that touch, also at midnight, are no mistake")
    func touching() throws {
        _ = try opened("zone: UTC\nopen: { sun: [\"22:00-03:00\"], mon: [\"03:00-06:00\", \"06:00-07:00\"] }")
    }

    @Test("Where files are not to be opened, holidays are assumed to be well")
    func assumed() throws {
        let text = "zone: UTC\nopen: always\nholidays: [nowhere.ics]"
        _ = try ConfigurationFile.read(
            CalendarSection.self, bytes: Array(text.utf8), file: "interflow.yaml", files: .assumed)
    }

    @Test("The sample of a calendar loads without complaint", arguments: [SampleFile.Extent.required, .everything])
    func sample(extent: SampleFile.Extent) throws {
        let text = SampleFile.text(of: CalendarSection.self, extent: extent)
        let loaded = try ConfigurationFile.read(
            CalendarSection.self, bytes: Array(text.utf8), file: "sample.yaml", files: .assumed)
        let hours = try loaded.root.openingHours(name: CalendarName("x"), from: utc("2026-11-21", 9))
        #expect(hours.week[0].map(\.description) == ["08:00-12:00", "13:00-18:00"])
    }

    private func opened(_ text: String) throws -> CalendarSection {
        let folder = FileManager.default.temporaryDirectory.appending(path: "calendar-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(Self.holidays.utf8).write(to: folder.appending(path: "berlin.ics"))
        try Data("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Easter\nEND:VEVENT\nEND:VCALENDAR\n".utf8)
            .write(to: folder.appending(path: "broken.ics"))
        try Data(text.utf8).write(to: folder.appending(path: "interflow.yaml"))
        return try ConfigurationFile.load(
            CalendarSection.self, from: folder.appending(path: "interflow.yaml").path
        ).root
    }

    private static let holidays = """
        BEGIN:VCALENDAR
        VERSION:2.0
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:20201224
        RRULE:FREQ=YEARLY
        SUMMARY:Christmas Eve
        END:VEVENT
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:20201225
        RRULE:FREQ=YEARLY
        SUMMARY:Christmas Day
        END:VEVENT
        END:VCALENDAR

        """

    private func utc(_ date: String, _ hour: Int64) -> Timestamp {
        Timestamp(milliseconds: (LocalDate(date)!.localSeconds + hour * 3600) * 1000)
    }
}
