import CIcal
import Glibc
import Routing

/// One VEVENT, read through libical. Valid while its calendar lives.
struct ICalendarEvent {
    private let component: OpaquePointer
    let calendar: ICalendar
    /// What errors call it.
    let place: String

    init(_ component: OpaquePointer, of calendar: ICalendar, place: String) {
        self.component = component
        self.calendar = calendar
        self.place = place
    }

    /// A date or a time as written, with the zone it is written in.
    struct Moment: Hashable {
        let isDate: Bool
        /// Seconds since 1970-01-01 00:00 by the clock it is written for.
        let reading: Int64
        /// `UTC`, a name of the file's, or nil for the time wherever one is.
        let zone: String?
    }

    static func title(of component: OpaquePointer) -> String? {
        icalcomponent_get_summary(component).map { HolidayText.line(String(cString: $0)) }.flatMap {
            $0.isEmpty ? nil : $0
        }
    }

    var title: String { Self.title(of: component) ?? "" }

    var uid: String { icalcomponent_get_uid(component).map { String(cString: $0) } ?? "" }

    var isCancelled: Bool { icalcomponent_get_status(component) == ICAL_STATUS_CANCELLED }

    func start() throws(CalendarError) -> Moment {
        guard let property = icalcomponent_get_first_property(component, ICAL_DTSTART_PROPERTY) else {
            throw CalendarError(place, "has no DTSTART")
        }
        return try moment(icalproperty_get_dtstart(property), property, "DTSTART")
    }

    /// Where the occurrence stands in the series that this event replaces; nil for an event that replaces none.
    func replaced() throws(CalendarError) -> Moment? {
        guard let property = icalcomponent_get_first_property(component, ICAL_RECURRENCEID_PROPERTY) else { return nil }
        if icalproperty_get_first_parameter(property, ICAL_RANGE_PARAMETER) != nil {
            throw CalendarError(place, "has RECURRENCE-ID with RANGE", hint: "end the series and begin another")
        }
        return try moment(icalproperty_get_recurrenceid(property), property, "RECURRENCE-ID")
    }

    /// How long it takes: whole days for an all-day event.
    func length(from start: Moment) throws(CalendarError) -> Length {
        if let property = icalcomponent_get_first_property(component, ICAL_DTEND_PROPERTY) {
            let end = try moment(icalproperty_get_dtend(property), property, "DTEND")
            guard end.isDate == start.isDate else { throw CalendarError(place, "has a date and a time for its ends") }
            return .until(end)
        }
        if let property = icalcomponent_get_first_property(component, ICAL_DURATION_PROPERTY) {
            return .seconds(Int64(icaldurationtype_as_int(icalproperty_get_duration(property))))
        }
        return .seconds(start.isDate ? 86_400 : 0)
    }

    enum Length {
        case until(Moment)
        case seconds(Int64)
    }

    /// Beginnings of every occurrence up to `end`, a reading in the zone of `start`; may repeat and be out of order.
    ///
    /// - Parameter barren: Counts the rules that give none.
    /// - Throws: when there are more than `max`.
    func occurrences(
        from start: Moment, upTo end: Int64, max: Int, barren: inout Int
    ) throws(CalendarError) -> [Moment] {
        guard start.reading < end else { return [] }
        var found = [start]
        for rule in properties(ICAL_RRULE_PROPERTY) {
            let recurring = try occurrences(of: rule, from: start, upTo: end, max: max - found.count)
            if recurring.isEmpty { barren += 1 }
            found += recurring
        }
        for property in properties(ICAL_RDATE_PROPERTY) {
            let date = icalproperty_get_rdate(property)
            let time = icaltime_is_null_time(date.time) != 0 ? date.period.start : date.time
            found.append(try moment(time, property, "RDATE"))
        }
        guard found.count <= max else { throw tooMany }
        return found
    }

    func exclusions() throws(CalendarError) -> [Moment] {
        var found: [Moment] = []
        for property in properties(ICAL_EXDATE_PROPERTY) {
            found.append(try moment(icalproperty_get_exdate(property), property, "EXDATE"))
        }
        return found
    }

    private func occurrences(
        of rule: OpaquePointer, from start: Moment, upTo end: Int64, max: Int
    ) throws(CalendarError) -> [Moment] {
        // Within a day nothing is a holiday, and an impossible rule would be searched second by second.
        let frequency = interflow_ical_frequency(rule)
        guard
            [ICAL_DAILY_RECURRENCE, ICAL_WEEKLY_RECURRENCE, ICAL_MONTHLY_RECURRENCE, ICAL_YEARLY_RECURRENCE]
                .contains(frequency)
        else { throw CalendarError(place, "has an RRULE that is not DAILY, WEEKLY, MONTHLY or YEARLY") }
        guard let first = icalcomponent_get_first_property(component, ICAL_DTSTART_PROPERTY),
            let iterator = interflow_ical_iterator(
                rule, icalproperty_get_dtstart(first), icaltime_from_timet_with_zone(time_t(end), 0, nil))
        else { throw CalendarError(place, "has an RRULE that cannot be followed") }
        defer { icalrecur_iterator_free(iterator) }
        var found: [Moment] = []
        while true {
            let time = icalrecur_iterator_next(iterator)
            guard icaltime_is_null_time(time) == 0, let reading = Self.reading(time), reading < end else {
                return found
            }
            found.append(Moment(isDate: start.isDate, reading: reading, zone: start.zone))
            guard found.count <= max else { throw tooMany }
        }
    }

    private var tooMany: CalendarError {
        CalendarError(
            place, "is one too many: the file's series have \(HolidayLimits.occurrencesMax) occurrences",
            hint: "let them begin later")
    }

    private func properties(_ kind: icalproperty_kind) -> [OpaquePointer] {
        var found: [OpaquePointer] = []
        var next = icalcomponent_get_first_property(component, kind)
        while let property = next {
            found.append(property)
            next = icalcomponent_get_next_property(component, kind)
        }
        return found
    }

    private func moment(
        _ time: icaltimetype, _ property: OpaquePointer, _ name: String
    ) throws(CalendarError) -> Moment {
        guard icaltime_is_null_time(time) == 0, let reading = Self.reading(time) else {
            throw CalendarError(place, "has a \(name) that is no date")
        }
        let zone = icaltime_is_utc(time) != 0 ? "UTC" : Self.zoneName(of: property)
        return Moment(isDate: time.is_date != 0, reading: reading, zone: time.is_date != 0 ? nil : zone)
    }

    private static func zoneName(of property: OpaquePointer) -> String? {
        icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER).flatMap { icalparameter_get_tzid($0) }
            .map { String(cString: $0) }
    }

    /// Nil for a date that does not exist, which libical would move to one that does.
    private static func reading(_ time: icaltimetype) -> Int64? {
        guard let date = LocalDate(year: Int(time.year), month: Int(time.month), day: Int(time.day)),
            (0..<24).contains(time.hour), (0..<60).contains(time.minute), (0...60).contains(time.second)
        else { return nil }
        if time.is_date != 0 { return Int64(date.day) * 86_400 }
        return Int64(date.day) * 86_400 + Int64(time.hour) * 3600 + Int64(time.minute) * 60 + Int64(time.second)
    }
}
