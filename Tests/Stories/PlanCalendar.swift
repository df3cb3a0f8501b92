import InteractionModel
import Routing

/// A calendar while a plan's lines are read.
struct PlanCalendar {
    let name: String
    private let zone: StoryZone
    private var week: [[OpenInterval]] = Array(repeating: [], count: 7)
    private var exceptions: [HoursException] = []

    private static let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// `office Europe/Berlin mon-fri 08:00-12:00,13:00-17:00 sat 10:00-14:00`
    init(_ words: inout Words) throws(StoryError) {
        name = try words.next("the calendar's name")
        zone = try StoryZone.named(try words.next("a time zone"))
        while !words.isEmpty {
            let days = try Self.days(try words.next("days"))
            let intervals = try Self.intervals(&words)
            for day in days { week[day] = intervals }
        }
    }

    /// `2026-12-25 Christmas`, or other hours: `2026-12-31 Silvester 08:00-12:00`
    mutating func addHoliday(_ words: inout Words) throws(StoryError) {
        let text = try words.next("a date")
        guard let date = LocalDate(text) else { throw StoryError("\"\(text)\" is no date; write one as in 2026-12-25") }
        let title = try words.next("what the day is called")
        let intervals = words.isEmpty ? [] : try Self.intervals(&words)
        exceptions.append(HoursException(date: date, title: title, intervals: intervals))
    }

    var hours: OpeningHours {
        OpeningHours(name: CalendarName(name), zone: zone.table, week: week, exceptions: exceptions)
    }

    private static func days(_ text: String) throws(StoryError) -> ClosedRange<Int> {
        let ends = text.split(separator: "-").map { days.firstIndex(of: String($0)) }
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last, ends.count < 3 else {
            throw StoryError("\"\(text)\" is no day of the week; write mon, or mon-fri")
        }
        return first...last
    }

    private static func intervals(_ words: inout Words) throws(StoryError) -> [OpenInterval] {
        var intervals: [OpenInterval] = []
        for text in try words.list("hours") {
            guard let interval = OpenInterval(text) else {
                throw StoryError("\"\(text)\" are no hours; write them as in 08:00-12:00")
            }
            intervals.append(interval)
        }
        return intervals
    }
}

extension StoryZone {
    /// Known up to 2028.
    var table: ZoneTable {
        ZoneTable(
            name: name, transitions: offsets.map { ZoneTable.Transition(from: $0.from, offset: $0.offset) },
            horizonEnd: StoryClock.day(2028, 1, 1) * 86_400)
    }
}
