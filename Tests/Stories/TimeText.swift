import InteractionModel

/// Moments and spans as people write them.
enum TimeText {
    private static let anyMoment: Int64 = 1_000_000_000_000

    static func isMoment(_ number: Int64) -> Bool { number >= anyMoment }

    /// `m:ss`, `h:mm:ss`, with `3d+` before it for days: the story's own clock, from its beginning.
    static func clock(_ text: String) throws(StoryError) -> Span {
        let days = text.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
        if days.count == 2, days[0].hasSuffix("d"), let count = Int64(days[0].dropLast()) {
            return Span(milliseconds: count * 86_400_000 + (try clock(String(days[1]))).milliseconds)
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int64($0) }
        let numbers = parts.compactMap { $0 }
        guard (2...3).contains(parts.count), numbers.count == parts.count, numbers.dropFirst().allSatisfy({ $0 < 60 })
        else { throw StoryError("\"\(text)\" is no time; write minutes and seconds, as in 1:05, or 2:00:00") }
        return .seconds(numbers.reduce(0) { $0 * 60 + $1 })
    }

    /// `20s`, `5min`, `1h`, `7d`, or `0`.
    static func span(_ text: String) throws(StoryError) -> Span {
        if text == "0" { return .zero }
        let units: [(String, Int64)] = [("min", 60_000), ("ms", 1), ("s", 1000), ("h", 3_600_000), ("d", 86_400_000)]
        for (unit, milliseconds) in units where text.hasSuffix(unit) {
            if let count = Int64(text.dropLast(unit.count)) { return Span(milliseconds: count * milliseconds) }
        }
        throw StoryError("\"\(text)\" is no length of time; write 20s, 5min, 1h or 7d")
    }

    /// `0:05`, `1:00:00`, `7d`, `1d+2:00:00`; parts of a second only where there are some.
    static func text(_ span: Span) -> String {
        let total = span.milliseconds.magnitude
        let (days, hours) = (total / 86_400_000, total / 3_600_000 % 24)
        let (minutes, seconds, rest) = (total / 60_000 % 60, total / 1000 % 60, total % 1000)
        var clock = hours > 0 ? "\(hours):\(padded(minutes, 2))" : "\(minutes)"
        clock += ":" + padded(seconds, 2) + (rest > 0 ? "." + padded(rest, 3) : "")
        let sign = span < .zero ? "-" : ""
        guard days > 0 else { return sign + clock }
        return total % 86_400_000 == 0 ? "\(sign)\(days)d" : "\(sign)\(days)d+\(clock)"
    }

    private static func padded(_ number: UInt64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
