/// A moment in site time: milliseconds since 1970-01-01 UTC, never running backwards.
///
/// A site's clock follows the monotonic clock while the process runs, so a step of the wall clock neither
/// fires nor loses a timer; the difference to the wall clock is a recorded fact. Range: ±292 million years.
public struct Timestamp: Hashable, Comparable, Sendable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    public static func < (one: Timestamp, other: Timestamp) -> Bool {
        one.milliseconds < other.milliseconds
    }

    /// The moment `span` later; a negative span goes back. Saturates at the ends of the range.
    public func advanced(by span: Span) -> Timestamp {
        let (sum, overflow) = milliseconds.addingReportingOverflow(span.milliseconds)
        guard overflow else { return Timestamp(milliseconds: sum) }
        return Timestamp(milliseconds: span.milliseconds < 0 ? .min : .max)
    }

    /// The span from `earlier` to this moment; negative when `earlier` is the later one.
    public func since(_ earlier: Timestamp) -> Span {
        Span(milliseconds: milliseconds &- earlier.milliseconds)
    }
}

/// A length of site time in whole milliseconds.
///
/// `Duration` counts attoseconds in 128 bits; decisions are journaled in milliseconds and must come back equal.
public struct Span: Hashable, Comparable, Sendable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    public static func seconds(_ count: Int64) -> Span { Span(milliseconds: count * 1000) }
    public static func minutes(_ count: Int64) -> Span { Span(milliseconds: count * 60_000) }
    public static func hours(_ count: Int64) -> Span { Span(milliseconds: count * 3_600_000) }
    public static let zero = Span(milliseconds: 0)

    /// The same length the other way.
    public var negated: Span { Span(milliseconds: 0 &- milliseconds) }

    public static func < (one: Span, other: Span) -> Bool {
        one.milliseconds < other.milliseconds
    }
}
