import CIcal
import Glibc
import Routing

/// A parsed calendar: the owner of libical's tree. Pointers into it live as long as it does.
final class ICalendar {
    private let root: OpaquePointer
    private let path: String

    /// - Throws: when the text is no calendar, or libical found something in it that it could not read.
    init(_ bytes: [UInt8], path: String) throws(CalendarError) {
        guard !bytes.contains(0), let end = Self.unended(bytes) else {
            throw CalendarError(path, "is no iCalendar text", hint: "it must begin with BEGIN:VCALENDAR")
        }
        if let name = end.first { throw CalendarError("\(path): \(name)", "has no end", hint: "is the file cut off?") }
        let parsed = (bytes + [0]).withUnsafeBufferPointer { text in
            text.baseAddress?.withMemoryRebound(to: CChar.self, capacity: text.count) { icalparser_parse_string($0) }
        }
        guard let root = parsed ?? nil else { throw CalendarError(path, "is no iCalendar text") }
        self.root = root
        self.path = path
        guard icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT || icalcomponent_isa(root) == ICAL_XROOT_COMPONENT
        else { throw CalendarError(path, "is no calendar", hint: "it must begin with BEGIN:VCALENDAR") }
    }

    deinit {
        icalcomponent_free(root)
    }

    /// Every event, in the file's order.
    func events() throws(CalendarError) -> [ICalendarEvent] {
        var events: [ICalendarEvent] = []
        for calendar in calendars() {
            try checkErrors(of: calendar, "VCALENDAR")
            for component in Self.components(of: calendar, ICAL_VEVENT_COMPONENT) {
                guard events.count < HolidayLimits.eventsMax else {
                    throw CalendarError(path, "has more than \(HolidayLimits.eventsMax) events")
                }
                let event = ICalendarEvent(component, of: self, place: place(of: component, number: events.count + 1))
                try checkErrors(of: component, event.place, isPlace: true)
                events.append(event)
            }
        }
        return events
    }

    /// The zone that the file itself describes under this name.
    func zone(named name: String) -> OpaquePointer? {
        calendars().lazy.compactMap { icalcomponent_get_timezone($0, name) }.first
    }

    /// Seconds since 1970-01-01 UTC at which a clock of a zone that the file describes shows `reading`.
    static func moment(ofReading reading: Int64, in zone: OpaquePointer) -> Int64 {
        let time = icaltime_from_timet_with_zone(time_t(reading), 0, icaltimezone_get_utc_timezone())
        return Int64(icaltime_as_timet_with_zone(time, zone))
    }

    private func calendars() -> [OpaquePointer] {
        icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT
            ? [root] : Self.components(of: root, ICAL_VCALENDAR_COMPONENT)
    }

    /// `file: VEVENT 3 "Easter"`.
    private func place(of component: OpaquePointer, number: Int) -> String {
        "\(path): VEVENT \(number)" + (ICalendarEvent.title(of: component).map { " \"\($0)\"" } ?? "")
    }

    /// libical leaves a property with its complaint where it could not read one.
    private func checkErrors(of component: OpaquePointer, _ name: String, isPlace: Bool = false) throws(CalendarError) {
        guard let error = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY) else { return }
        let text = icalproperty_get_xlicerror(error).map { String(cString: $0) } ?? "something unreadable"
        throw CalendarError(isPlace ? name : "\(path): \(name)", "cannot be read: \(HolidayText.line(text))")
    }

    static func components(of parent: OpaquePointer, _ kind: icalcomponent_kind) -> [OpaquePointer] {
        var found: [OpaquePointer] = []
        var next = icalcomponent_get_first_component(parent, kind)
        while let component = next {
            found.append(component)
            next = icalcomponent_get_next_component(parent, kind)
        }
        return found
    }

    /// Components begun and not ended, innermost first; nil when nothing begins. libical takes a file that was cut off.
    private static func unended(_ bytes: [UInt8]) -> [String]? {
        var open: [String] = []
        var hasBegun = false
        for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let text = String(decoding: line.prefix(64), as: UTF8.self).uppercased()
            if text.hasPrefix("BEGIN:") {
                hasBegun = true
                open.insert(String(text.dropFirst(6)), at: 0)
            } else if text.hasPrefix("END:") {
                guard !open.isEmpty, open.removeFirst() == text.dropFirst(4) else { return [String(text.dropFirst(4))] }
            }
        }
        return hasBegun ? open : nil
    }
}
