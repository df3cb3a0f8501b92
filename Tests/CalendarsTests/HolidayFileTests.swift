import Calendars
import Foundation
import Routing
import Testing

/// One after the other, because libical is used by one thread at a time and a limit of time is kept here.
@Suite("Files of holidays", .serialized)
struct HolidayFileTests {
    private let from = LocalDate("2026-01-01")!.localSeconds
    private let until = LocalDate("2029-01-01")!.localSeconds

    private func berlin(until: Int64? = nil) throws -> ZoneTable {
        try ZoneDatabase().table(of: "Europe/Berlin", from: from, until: until ?? self.until)
    }

    private static func fixture(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)").path
    }

    @Test("All-day events close their days, every year, under their names (chatwoot#6467)")
    func holidays() throws {
        let found = try HolidayFile(path: Self.fixture("holidays.ics")).holidays(in: berlin(), from: from)
        #expect(
            found.closed.map { "\($0.date) \($0.title)" } == [
                "2026-01-01 New Year's Day", "2026-04-03 Karfreitag, überall", "2026-11-26 Thanksgiving",
                "2026-12-25 Christmas", "2026-12-26 Christmas, Boxing Day",
                "2027-01-01 New Year's Day", "2027-03-26 Karfreitag, überall",
                "2027-12-25 Christmas", "2027-12-26 Christmas",
                "2028-01-01 New Year's Day", "2028-02-29 Leap Day", "2028-11-23 Thanksgiving",
                "2028-12-25 Christmas", "2028-12-26 Christmas",
                // Berlin's year begins an hour before the horizon, which is at midnight in UTC.
                "2029-01-01 New Year's Day",
            ])
        #expect(found.closed.allSatisfy(\.intervals.isEmpty) && found.closures.isEmpty)
    }

    @Test("Timed events close their time, in whatever zone they are written (chatwoot#6467)")
    func meetings() throws {
        let horizon = LocalDate("2041-01-01")!.localSeconds
        let found = try HolidayFile(path: Self.fixture("meetings.ics")).holidays(in: berlin(until: horizon), from: from)
        #expect(
            found.closures.map { "\(Self.text($0.from)) \(Self.text($0.until)) \($0.title)" } == [
                "2026-03-16 13:00 2026-03-16 15:00 Team", "2026-03-23 13:00 2026-03-23 15:00 Team",
                // From one o'clock to four on a night that has no two o'clock.
                "2026-03-29 00:00 2026-03-29 02:00 Over the jump",
                "2026-03-31 08:00 2026-03-31 09:30 Team, moved", "2026-04-13 12:00 2026-04-13 14:00 Team",
                "2026-05-01 12:00 2026-05-01 13:30 Call", "2026-05-02 10:00 2026-05-02 11:00 Lunch",
                "2026-05-03 09:30 2026-05-03 10:30 Own zone", "2040-07-04 16:00 2040-07-04 17:00 Far",
            ])
        #expect(found.closed.isEmpty)
    }

    private static func text(_ moment: Int64) -> String {
        let date = LocalDate(localSeconds: moment)
        let minutes = (moment - date.localSeconds) / 60
        return "\(date) " + String(format: "%02d:%02d", minutes / 60, minutes % 60)
    }

    /// An event's lines, and what the error says of them.
    private static let broken: [(String, String)] = [
        ("DTSTART;VALUE=DATE:20261345", "VEVENT 1 \"Easter\""), ("DTSTART;VALUE=DATE:20260231", "no date"),
        ("DTSTART:yesterday", "VEVENT 1 \"Easter\""), ("", "has no DTSTART"),
        ("DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=SOMETIMES", "VEVENT 1 \"Easter\""),
        ("DTSTART:20260101T000000Z\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "not DAILY"),
        ("DTSTART;VALUE=DATE:20260105\nDTEND;VALUE=DATE:20260101", "ends before it begins"),
        ("DTSTART;VALUE=DATE:20260105\nDTEND;VALUE=DATE:20360101", "lasts longer than 400 days"),
        ("DTSTART;VALUE=DATE:20260105\nDTEND:20260105T120000Z", "a date and a time"),
        ("DTSTART;TZID=Nowhere:20260105T120000\nDTEND;TZID=Nowhere:20260105T130000", "time zone 'Nowhere'"),
        (
            "DTSTART:20000101T000000Z\nDURATION:PT1M\nRRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13",
            "one too many"
        ),
        ("DTSTART:20260101T000000Z\nDURATION:PT1M\nRRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11", "one too many"),
        ("DTSTART;VALUE=DATE:20260105\nRECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20260105", "RANGE"),
    ]

    @Test("A broken event is named with its file, its number and its title", arguments: broken)
    func brokenEvent(lines: String, words: String) throws {
        let error = try refusal(
            of:
                "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nSUMMARY:Easter\n\(lines)\nEND:VEVENT\nEND:VCALENDAR\n"
        )
        #expect(
            error.description.contains("broken.ics: VEVENT 1 \"Easter\"") && error.description.contains(words),
            "\(error)")
    }

    private static func barren(_ count: Int) -> String {
        "BEGIN:VCALENDAR\n"
            + (0..<count).map {
                "BEGIN:VEVENT\nUID:\($0)\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\nEND:VEVENT\n"
            }.joined() + "END:VCALENDAR\n"
    }

    private static let noCalendars: [(String, String)] = [
        ("", "is no iCalendar text"), ("hello\nworld\n", "is no iCalendar text"),
        ("PK\u{3}\u{4}\0\0", "is no iCalendar text"),
        ("BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\nEND:VEVENT\n", "is no calendar"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\n", "VEVENT has no end"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", "has no end"),
        (String(repeating: "x", count: 1_100_000), "is larger than 1048576 bytes"),
        (
            "BEGIN:VCALENDAR\n"
                + String(repeating: "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\nEND:VEVENT\n", count: 5001)
                + "END:VCALENDAR\n", "has more than 5000 events"
        ), (barren(5000), "never comes to pass"),
    ]

    @Test("A file that is no calendar is refused", arguments: noCalendars)
    func noCalendar(text: String, words: String) throws {
        let error = try refusal(of: text)
        #expect(error.description.contains("broken.ics") && error.description.contains(words), "\(error)")
    }

    @Test("A file that is not there is refused")
    func missing() throws {
        #expect(throws: CalendarError("/nowhere.ics", "cannot be read as a file")) {
            try HolidayFile(path: "/nowhere.ics").check(in: berlin(), from: from)
        }
    }

    @Test(
        "Impossible and endless rules are refused or followed within seconds",
        arguments: [
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=WEEKLY;INTERVAL=2147483647",
            "FREQ=DAILY;UNTIL=99991231", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYYEARDAY=1",
            "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=366",
            "FREQ=YEARLY;COUNT=1;UNTIL=20300101", "FREQ=DAILY;INTERVAL=0",
        ])
    func hostileRule(_ rule: String) throws {
        let before = Self.processorSeconds
        try Self.with(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\nRRULE:\(rule)\nEND:VEVENT\nEND:VCALENDAR\n"
        ) { path in _ = try? HolidayFile(path: path).holidays(in: berlin(), from: from) }
        let elapsed = Self.processorSeconds - before
        #expect(elapsed < 6, "\(rule) took \(elapsed) s")
    }

    /// Of this thread, so that a busy machine does not count.
    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private func refusal(of text: String) throws -> CalendarError {
        try Self.with(text) { path in
            try #require(throws: CalendarError.self) {
                let zone = try berlin(until: LocalDate("2038-01-01")!.localSeconds)
                try HolidayFile(path: path).check(in: zone, from: from)
            }
        }
    }

    private static func with<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "holidays-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "broken.ics")
        try Data(text.utf8).write(to: file)
        return try body(file.path)
    }
}
