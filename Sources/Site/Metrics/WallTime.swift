import Glibc
package import InteractionModel

/// A moment as people read it.
package struct WallTime: Sendable, Equatable {
    package let milliseconds: Int64

    package init(_ moment: Timestamp) { milliseconds = moment.milliseconds }

    package static var now: WallTime { WallTime(SiteClock(after: Timestamp(milliseconds: 0)).wall()) }

    /// UTC with milliseconds (RFC 3339).
    package var rfc3339: String {
        let time = Self.fields(milliseconds / 1000, gmtime_r)
        return "\(Self.date(time))T\(Self.clock(time)).\(Self.padded(Int(milliseconds % 1000), 3))Z"
    }

    /// Hours, minutes, seconds and milliseconds in the reader's own time zone.
    package var localClock: String {
        "\(Self.clock(Self.fields(milliseconds / 1000, localtime_r))).\(Self.padded(Int(milliseconds % 1000), 3))"
    }

    /// The day in the reader's own time zone.
    package var localDate: String { Self.date(Self.fields(milliseconds / 1000, localtime_r)) }

    private static func fields(
        _ seconds: Int64, _ convert: (UnsafePointer<time_t>, UnsafeMutablePointer<tm>) -> UnsafeMutablePointer<tm>?
    ) -> tm {
        var time = time_t(seconds)
        var fields = tm()
        _ = convert(&time, &fields)
        return fields
    }

    private static func date(_ time: tm) -> String {
        "\(padded(Int(time.tm_year) + 1900, 4))-\(padded(Int(time.tm_mon) + 1, 2))-\(padded(Int(time.tm_mday), 2))"
    }

    private static func clock(_ time: tm) -> String {
        "\(padded(Int(time.tm_hour), 2)):\(padded(Int(time.tm_min), 2)):\(padded(Int(time.tm_sec), 2))"
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
