import Routing

/// Gathers what events close, within a horizon.
struct HolidayReading {
    private let zone: ZoneTable
    private let from: Int64
    private let zones: ZoneDatabase
    private var tables: [String: ZoneTable?] = [:]  // Looked up only.
    private var titles: [LocalDate: [String]] = [:]  // Sorted before it is walked.
    private var closures: [HoursClosure] = []
    /// Occurrences that may still be looked at.
    private var budget = HolidayLimits.occurrencesMax
    private var barren = 0

    init(zone: ZoneTable, from: Int64, zones: ZoneDatabase) {
        self.zone = zone
        self.from = from
        self.zones = zones
    }

    var holidays: Holidays {
        let closed = titles.sorted { $0.key < $1.key }.map {
            HoursException(date: $0.key, title: $0.value.joined(separator: ", "))
        }
        // What recurs also begins, and is then found twice.
        let found = Set(closures).sorted { ($0.from, $0.until, $0.title) < ($1.from, $1.until, $1.title) }
        return Holidays(closed: closed, closures: found)
    }

    /// - Throws: at the first event that cannot be followed.
    mutating func take(_ events: [ICalendarEvent]) throws(CalendarError) {
        // An event may replace an occurrence of a series that stands further down.
        var replaced: [String: [ICalendarEvent.Moment]] = [:]  // Looked up only.
        for event in events {
            if let moment = try event.replaced() { replaced[event.uid, default: []].append(moment) }
        }
        for event in events where !event.isCancelled {
            let isSeries = try event.replaced() == nil
            try take(event, without: event.exclusions() + (isSeries ? replaced[event.uid] ?? [] : []))
        }
    }

    private mutating func take(
        _ event: ICalendarEvent, without excluded: [ICalendarEvent.Moment]
    ) throws(CalendarError) {
        let start = try event.start()
        let length = try length(of: event, from: start)
        let exclusion = try exclusion(of: excluded, event)
        // A day more than the horizon, because the reading may be of another zone's clock.
        let occurrences = try event.occurrences(
            from: start, upTo: zone.horizonEnd + 86_400, max: budget, barren: &barren)
        budget -= occurrences.count
        guard barren <= HolidayLimits.barrenMax else {
            throw CalendarError(event.place, "is one too many of those whose RRULE never comes to pass")
        }
        for occurrence in occurrences {
            if exclusion.days.contains(LocalDate(localSeconds: occurrence.reading)) { continue }
            if occurrence.isDate {
                close(daysFrom: occurrence.reading, length: length.seconds, title: event.title)
            } else if try !exclusion.moments.contains(seconds(of: occurrence, event)) {
                try close(occurrence, length, event)
            }
            guard titles.count + closures.count <= OpeningHours.exceptionsMax else {
                throw CalendarError(event.place, "is one too many: the file closes \(OpeningHours.exceptionsMax) times")
            }
        }
    }

    private struct Exclusion {
        var days: Set<LocalDate> = []
        var moments: Set<Int64> = []
    }

    /// A date excludes what begins on its day, from a series of times too, as some programs write it.
    private mutating func exclusion(
        of excluded: [ICalendarEvent.Moment], _ event: ICalendarEvent
    ) throws(CalendarError) -> Exclusion {
        var exclusion = Exclusion()
        for moment in excluded {
            if moment.isDate {
                exclusion.days.insert(LocalDate(localSeconds: moment.reading))
            } else {
                exclusion.moments.insert(try seconds(of: moment, event))
            }
        }
        return exclusion
    }

    /// By the clock, when both ends are written for the same one: a meeting from two to four ends at four also on the day on
    /// which the clocks jump at three.
    private struct Length {
        let seconds: Int64
        let isByClock: Bool
    }

    private mutating func length(
        of event: ICalendarEvent, from start: ICalendarEvent.Moment
    ) throws(CalendarError) -> Length {
        let length: Length
        switch try event.length(from: start) {
        case .seconds(let seconds): length = Length(seconds: seconds, isByClock: start.isDate)
        case .until(let end) where end.zone == start.zone:
            length = Length(seconds: end.reading - start.reading, isByClock: true)
        case .until(let end):
            length = Length(seconds: try seconds(of: end, event) - seconds(of: start, event), isByClock: false)
        }
        guard length.seconds >= 0 else { throw CalendarError(event.place, "ends before it begins") }
        guard length.seconds <= Int64(HolidayLimits.daysMax) * 86_400 else {
            throw CalendarError(event.place, "lasts longer than \(HolidayLimits.daysMax) days")
        }
        return length
    }

    /// Some programs write an end on the day of the beginning; it is that one day (RFC 5545 §3.6.1 has the day after).
    private mutating func close(daysFrom reading: Int64, length: Int64, title: String) {
        let first = LocalDate(localSeconds: max(reading, zone.reading(at: from) - 86_400))
        let last = LocalDate(localSeconds: min(reading + max(length, 86_400), zone.reading(at: zone.horizonEnd)) - 1)
        guard first <= last else { return }
        for day in first.day...last.day where titles[LocalDate(day: day)]?.contains(title) != true {
            titles[LocalDate(day: day), default: []].append(title)
        }
    }

    private mutating func close(
        _ occurrence: ICalendarEvent.Moment, _ length: Length, _ event: ICalendarEvent
    ) throws(CalendarError) {
        let start = try seconds(of: occurrence, event)
        var end = start + length.seconds
        if length.isByClock {
            let reading = occurrence.reading + length.seconds
            end = try seconds(of: .init(isDate: false, reading: reading, zone: occurrence.zone), event)
        }
        guard start < end, end > from, start < zone.horizonEnd else { return }
        let closure = HoursClosure(from: start, until: end, title: event.title)
        closures.append(closure)
    }

    // MARK: Moments

    /// Seconds since 1970-01-01 UTC.
    private mutating func seconds(
        of moment: ICalendarEvent.Moment, _ event: ICalendarEvent
    ) throws(CalendarError) -> Int64 {
        guard let name = moment.zone else { return zone.firstMoment(of: moment.reading) }
        if name == "UTC" { return moment.reading }
        if let table = try table(of: name) { return table.firstMoment(of: moment.reading) }
        if let own = event.calendar.zone(named: name) { return ICalendar.moment(ofReading: moment.reading, in: own) }
        throw CalendarError(
            event.place, "is in the time zone '\(HolidayText.line(name))', which neither it nor this machine describes")
    }

    /// The machine's zones first: they are newer than the file, and libical follows their rules correctly only until 2037.
    private mutating func table(of name: String) throws(CalendarError) -> ZoneTable? {
        if let known = tables[name] { return known }
        // Some programs write a path before the zone's name.
        let parts = name.split(separator: "/")
        let candidates = [name] + (1...3).filter { $0 <= parts.count }.map { parts.suffix($0).joined(separator: "/") }
        for candidate in candidates.reversed() where candidate.contains("/") || candidate == name {
            let start = from - Int64(HolidayLimits.daysMax) * 86_400
            let table = try zones.tableIfKnown(of: candidate, from: start, until: zone.horizonEnd)
            tables[name] = .some(table)
            if table != nil { break }
        }
        return tables[name] ?? nil
    }
}
