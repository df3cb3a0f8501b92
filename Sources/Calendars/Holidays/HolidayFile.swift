package import Routing
import Threads

/// A file of holidays in iCalendar (RFC 5545), as governments, HR systems and calendar programs give them out.
///
/// An all-day event closes its days, a timed one the time it takes. Recurrences (RRULE, RDATE, EXDATE, RECURRENCE-ID) are
/// expanded by libical; cancelled events count for nothing, other components are passed over.
package struct HolidayFile: Sendable {
    private let path: String
    private let zones: ZoneDatabase
    /// libical keeps time zones it has met in one list for the whole process.
    private static let library = Guarded<Void>()

    package init(path: String, zones: ZoneDatabase = ZoneDatabase()) {
        self.path = path
        self.zones = zones
    }

    /// The holidays from `zone`'s horizon; a time without a zone of its own is a time in `zone`.
    ///
    /// - Parameter from: Seconds since 1970-01-01 UTC; what ended before is left out.
    /// - Throws: naming the file, the component and the reason, at the first thing wrong: half a file is no file.
    package func holidays(in zone: ZoneTable, from: Int64) throws(CalendarError) -> Holidays {
        guard let bytes = try SystemFile.bytes(path, bytesMax: HolidayLimits.bytesMax) else {
            throw CalendarError(path, "cannot be read as a file")
        }
        return try Self.library.locked { () throws(CalendarError) in
            let calendar = try ICalendar(bytes, path: path)
            var reading = HolidayReading(zone: zone, from: from, zones: zones)
            try reading.take(try calendar.events())
            return reading.holidays
        }
    }

    /// Looks for anything wrong, as `holidays` would find it now.
    package func check(in zone: ZoneTable, from: Int64) throws(CalendarError) {
        _ = try holidays(in: zone, from: from)
    }
}
