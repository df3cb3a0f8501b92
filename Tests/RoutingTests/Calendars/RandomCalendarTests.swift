import InteractionModel
import Routing
import Testing

/// Random calendars against a definition that knows nothing of spans, jumps and merging: it asks a clock at every minute.
@Suite("Calendars by chance")
struct RandomCalendarTests {
    @Test("Two years of minutes are open exactly as the clock on the wall says", arguments: 0..<9)
    func everyMinute(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let zone = Zones.all[seed % Zones.all.count]
        let first = date(
            zone.name.contains("Apia") ? "2011-03-01" : zone.name.contains("Sao") ? "2017-06-01" : "2025-11-01")
        let calendar = RandomCalendar.make(in: zone, from: first, &generator)
        let naive = NaiveCalendar(calendar, from: first, days: 730)

        for minute in stride(from: 0, to: naive.isOpen.count, by: 29)
        where calendar.isOpen(at: naive.moment(minute)) != naive.isOpen[minute] {
            Issue.record("seed \(seed), \(naive.moment(minute)): \(calendar)")
            return
        }
        var at = naive.moment(0)
        for change in naive.changes {
            let next = calendar.nextChange(after: at)
            guard next == change else {
                Issue.record(
                    "seed \(seed): after \(at) expected \(change), found \(String(describing: next)): \(calendar)")
                return
            }
            at = change
        }
        for _ in 0..<100 {
            let minute = generator.below(naive.isOpen.count)
            let (found, next) = (calendar.state(at: naive.moment(minute)), naive.nextChange(after: minute))
            #expect(found.isOpen == naive.isOpen[minute] && (next == nil || found.until == next))
        }
    }
}

enum RandomCalendar {
    static func make(in zone: ZoneTable, from first: LocalDate, _ generator: inout SeededGenerator) -> OpeningHours {
        let week = (0..<7).map { _ in intervals(&generator) }
        let exceptions = (0..<generator.below(40)).map { _ in
            HoursException(
                date: first.advanced(by: generator.below(740)), title: "x",
                intervals: generator.chance(50) ? [] : intervals(&generator))
        }
        let closures = (0..<generator.below(20)).map { _ in
            let from = first.localSeconds + Int64(generator.below(740 * 1440)) * 60
            return HoursClosure(from: from, until: from + Int64(generator.below(5000)) * 60, title: "y")
        }
        return OpeningHours(
            name: CalendarName("random"), zone: zone, week: week, exceptions: exceptions, closures: closures)
    }

    private static func intervals(_ generator: inout SeededGenerator) -> [OpenInterval] {
        if generator.chance(20) { return [] }
        if generator.chance(20) { return [.wholeDay] }
        return (0..<1 + generator.below(3)).compactMap { _ in
            // Mostly in the small hours, where clocks jump.
            let from = generator.chance(70) ? generator.below(240) : generator.below(1440)
            return OpenInterval(from: from, to: from + 1 + generator.below(generator.chance(50) ? 120 : 1439))
        }
    }
}

/// Whether each minute is open: every interval paints from the first minute whose reading has reached its beginning to the
/// last whose reading has not reached its end.
struct NaiveCalendar {
    let isOpen: [Bool]
    private let start: Int64
    private let margin = 4 * 1440

    init(_ calendar: OpeningHours, from first: LocalDate, days: Int) {
        start = first.localSeconds
        let begin = start - Int64(margin) * 60
        let count = days * 1440 + 2 * margin
        let readings = Self.readings(calendar.zone, from: begin, count: count)
        var painted = [Bool](repeating: false, count: count)
        for day in -3..<days + 3 {
            let date = first.advanced(by: day)
            let rule = calendar.exceptions.first { $0.date == date }?.intervals ?? calendar.week[date.weekday]
            for interval in rule {
                // No clock is more than a day off.
                let low = max(0, (day + 3) * 1440)
                let window = low..<min(count, low + 3 * 1440 + interval.to)
                let beginning = date.localSeconds + Int64(interval.from) * 60
                let end = date.localSeconds + Int64(interval.to) * 60
                guard let opened = window.first(where: { readings[$0] >= beginning }),
                    let closed = window.last(where: { readings[$0] < end }), opened <= closed
                else { continue }
                for minute in opened...closed { painted[minute] = true }
            }
        }
        for closure in calendar.closures {
            // The first minute that begins in it, and the first that does not.
            let first = max(0, Int(closure.from - begin + 59) / 60)
            let end = min(count, Int(closure.until - begin + 59) / 60)
            for minute in first..<max(first, end) { painted[minute] = false }
        }
        isOpen = Array(painted[margin..<margin + days * 1440])
    }

    private static func readings(_ zone: ZoneTable, from begin: Int64, count: Int) -> [Int64] {
        var readings: [Int64] = []
        readings.reserveCapacity(count)
        var next = 0
        for minute in 0..<count {
            let moment = begin + Int64(minute) * 60
            while next < zone.transitions.count, zone.transitions[next].from <= moment { next += 1 }
            readings.append(moment + zone.transitions[max(0, next - 1)].offset)
        }
        return readings
    }

    func moment(_ minute: Int) -> Timestamp { Timestamp(milliseconds: (start + Int64(minute) * 60) * 1000) }

    var changes: [Timestamp] { isOpen.indices.dropFirst().filter { isOpen[$0] != isOpen[$0 - 1] }.map(moment) }

    func nextChange(after minute: Int) -> Timestamp? {
        isOpen[minute...].firstIndex { $0 != isOpen[minute] }.map(moment)
    }
}
