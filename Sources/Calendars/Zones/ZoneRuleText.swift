/// Reads the parts of a `ZoneRule` from its text.
struct ZoneRuleText {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = text[...].utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    func isNext(_ character: Unicode.Scalar) -> Bool { rest.first == UInt8(ascii: character) }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard isNext(character) else { return false }
        rest.removeFirst()
        return true
    }

    /// Moves past a name of letters, or of anything between angle brackets.
    mutating func name() -> Bool {
        if take("<") {
            guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
            rest = rest[rest.index(after: end)...]
            return true
        }
        let letters = rest.prefix { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }.count
        rest = rest.dropFirst(letters)
        return letters >= 3
    }

    /// `[+-]h[:m[:s]]` in seconds.
    mutating func time(hoursMax: Int) -> Int64? {
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        guard let hours = number(max: hoursMax) else { return nil }
        var seconds = Int64(hours) * 3600
        for unit in [60, 1] as [Int64] where take(":") {
            guard let part = number(max: 59) else { return nil }
            seconds += Int64(part) * unit
        }
        return isNegative ? -seconds : seconds
    }

    /// A day of the year, and after a slash the time, 02:00 when none is given.
    mutating func moment() -> YearlyMoment? {
        guard let day = day() else { return nil }
        guard take("/") else { return YearlyMoment(day: day, time: 7200) }
        return time(hoursMax: 167).map { YearlyMoment(day: day, time: $0) }
    }

    private mutating func day() -> YearlyMoment.Day? {
        if take("M") {
            guard let month = number(max: 12), month > 0, take("."), let week = number(max: 5), week > 0, take("."),
                let weekday = number(max: 6)
            else { return nil }
            return .weekday(month: month, week: week, weekday: weekday)
        }
        if take("J") { return number(max: 365).flatMap { $0 > 0 ? .leapless($0) : nil } }
        return number(max: 365).map { .ordinal($0) }
    }

    private mutating func number(max: Int) -> Int? {
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard (1...3).contains(digits.count), let text = String(digits), let value = Int(text), value <= max else {
            return nil
        }
        rest = rest.dropFirst(digits.count)
        return value
    }
}
