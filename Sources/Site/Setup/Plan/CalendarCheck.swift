import Calendars
import Configuration
import Glibc
import InteractionModel
import Routing

/// Judges what a calendar's keys say together.
struct CalendarCheck {
    private let zone: String?
    private let open: [Named<[OpenInterval]>]
    private let except: [Named<[OpenInterval]>]
    private let holidays: [FilePath]

    init(_ section: SectionReader) {
        zone = section.ifSound(CalendarSection.zone)
        open = section.ifSound(CalendarSection.open) ?? []
        except = section.ifSound(CalendarSection.except) ?? []
        holidays = section.ifSound(CalendarSection.holidays) ?? []
    }

    func check(_ section: inout SectionReader) {
        checkDays(&section)
        checkWeek(&section)
        checkDates(&section)
        if section.files == .opened { checkHolidays(&section) }
    }

    private func checkDays(_ section: inout SectionReader) {
        var given: [Int: Named<[OpenInterval]>] = [:]
        for key in open {
            guard let days = CalendarWeek.days(of: key.name) else {
                section.complain(
                    at: key.place, "is no weekday",
                    hint: "write mon, tue, wed, thu, fri, sat, sun or a range such as mon-fri")
                continue
            }
            if let day = days.first(where: { given[$0] != nil }), let first = given[day] {
                section.complain(
                    at: key.place,
                    "gives \(CalendarWeek.names[day]) again, which \(first.name) in line \(first.place.line) gives",
                    hint: "name each day once")
            }
            for day in days { given[day] = key }
        }
    }

    /// Two that overlap are rarely meant; those that only touch are.
    private func checkWeek(_ section: inout SectionReader) {
        let week = CalendarWeek(open).days
        for (day, parts) in week.enumerated() {
            for (one, next) in zip(parts, parts.dropFirst()) where next.interval.from < one.interval.to {
                complain(one, next, on: CalendarWeek.names[day], &section)
            }
            guard let late = parts.max(by: { $0.interval.to < $1.interval.to }), late.interval.isPastMidnight else {
                continue
            }
            let tomorrow = (day + 1) % 7
            for next in week[tomorrow].prefix(1) where next.interval.from < late.interval.to - 1440 {
                complain(late, next, on: "the morning of \(CalendarWeek.names[tomorrow])", &section)
            }
        }
    }

    private func complain(
        _ one: CalendarWeek.Part, _ other: CalendarWeek.Part, on day: String, _ section: inout SectionReader
    ) {
        section.complain(
            at: other.key.place, "has \(other.interval), which overlaps \(one.interval) of \(one.key.name) on \(day)",
            hint: "make them one, or end the first earlier")
    }

    private func checkDates(_ section: inout SectionReader) {
        for entry in except {
            guard LocalDate(entry.name) != nil else {
                section.complain(at: entry.place, "is no date", hint: "write a date that there is, as in 2026-12-24")
                continue
            }
            let intervals = entry.value.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
            for (one, next) in zip(intervals, intervals.dropFirst()) where next.from < one.to {
                section.complain(
                    at: entry.place, "has \(next), which overlaps \(one)",
                    hint: "make them one, or end the first earlier")
            }
        }
    }

    /// Every file is followed over the horizon of a start now, so that a start later does not fail.
    private func checkHolidays(_ section: inout SectionReader) {
        let (start, end) = CalendarSection.horizon(from: Timestamp(milliseconds: Int64(time(nil)) * 1000))
        guard let zone, !holidays.isEmpty else { return }
        do throws(CalendarError) {
            let table = try ZoneDatabase().table(of: zone, from: start, until: end)
            let found = try CalendarSection.read(holidays, in: table, from: start)
            guard found.closed.count + found.closures.count <= OpeningHours.exceptionsMax else {
                return section.complain(
                    at: CalendarSection.holidays, "close more than \(OpeningHours.exceptionsMax) times together")
            }
        } catch {
            section.complain(at: CalendarSection.holidays, "cannot be followed: \(error)")
        }
    }
}
