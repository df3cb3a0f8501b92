import InteractionModel

/// How a story tells the time: from its own beginning, or by date and the clock on a wall.
struct StoryClock: Equatable {
    /// Monday 2026-01-05, 00:00 UTC, unless the story says otherwise. Far from zero, so that a number which is a moment
    /// cannot be taken for a span or a count.
    var beginning = Timestamp(milliseconds: 1_767_571_200_000)
    /// Whose clocks are read; nil counts from the beginning.
    var zone: StoryZone?

    init() {}

    /// Of a line such as `Begins 2026-03-27 16:50 in Europe/Berlin.`; nil when the line is none.
    init?(_ line: String) throws(StoryError) {
        guard line.hasPrefix("Begins "), line.hasSuffix(".") else { return nil }
        var words = Words(line.dropLast())
        try words.must("Begins")
        let reading = try Self.reading(&words)
        try words.must("in")
        let zone = try StoryZone.named(try words.next("a time zone"))
        self.zone = zone
        beginning = zone.moment(showing: reading)
        try words.end()
    }

    // MARK: Reading

    /// `0:10`, or `Fri 2026-03-27 16:50` where the story goes by the wall; the weekday may be left out.
    func moment(_ words: inout Words) throws(StoryError) -> Timestamp {
        guard let zone else { return beginning.advanced(by: try TimeText.clock(try words.next("a time"))) }
        return zone.moment(showing: try Self.reading(&words))
    }

    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    /// A date and a time of day, in seconds as if it were UTC.
    private static func reading(_ words: inout Words) throws(StoryError) -> Int64 {
        let weekday = words.first.flatMap { weekdays.firstIndex(of: $0) }
        if weekday != nil { _ = try words.next("a weekday") }
        let date = try words.next("a date")
        let parts = date.split(separator: "-").compactMap { Int64($0) }
        guard parts.count == 3 else { throw StoryError("\"\(date)\" is no date; write one as in 2026-03-27") }
        let day = Self.day(parts[0], parts[1], parts[2])
        if let weekday, weekday != Int((day + 3) % 7) {
            throw StoryError("\(date) is a \(weekdays[Int((day + 3) % 7)])")
        }
        let time = try words.next("a time of day")
        let clock = time.split(separator: ":").compactMap { Int64($0) }
        guard (2...3).contains(clock.count), clock[0] < 24, clock.dropFirst().allSatisfy({ $0 < 60 }) else {
            throw StoryError("\"\(time)\" is no time of day; write one as in 16:50 or 16:50:30")
        }
        return day * 86_400 + clock[0] * 3600 + clock[1] * 60 + (clock.count == 3 ? clock[2] : 0)
    }

    /// Days since 1970-01-01 in the Gregorian calendar; its years begin in March here.
    static func day(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month > 2 ? year : year - 1
        return 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + (153 * ((month + 9) % 12) + 2) / 5 + day
            - 719_469
    }

    // MARK: Writing

    func text(_ moment: Timestamp) -> String {
        guard let zone else { return TimeText.text(moment.since(beginning)) }
        let reading = zone.reading(at: moment)
        let (date, rest) = (reading / 86_400, reading % 86_400)
        let clock = "\(two(rest / 3600)):\(two(rest / 60 % 60))" + (rest % 60 > 0 ? ":\(two(rest % 60))" : "")
        return "\(Self.weekdays[Int((date + 3) % 7)]) \(Self.text(ofDay: date)) \(clock)"
    }

    /// A moment as seen from `now`: near ones by their distance, far ones by the wall where the story goes by it.
    func text(_ moment: Timestamp, seenFrom now: Timestamp) -> String {
        let distance = moment.since(now)
        if zone != nil, distance >= .hours(1) || distance < .zero { return text(moment) }
        return (distance < .zero ? "" : "+") + TimeText.text(distance)
    }

    private static func text(ofDay day: Int64) -> String {
        var year = 1970 + day / 366
        while Self.day(year + 1, 1, 1) <= day { year += 1 }
        var month: Int64 = 1
        while month < 12, Self.day(year, month + 1, 1) <= day { month += 1 }
        return "\(year)-\(two(month))-\(two(day - Self.day(year, month, 1) + 1))"
    }
}

/// What the clocks of a place show: a table written by hand, so that a story does not depend on a machine's own.
struct StoryZone: Equatable {
    let name: String
    /// Seconds east of UTC, from a moment in seconds since 1970 on; the first holds before, too.
    let offsets: [(from: Int64, offset: Int64)]

    static func == (one: StoryZone, other: StoryZone) -> Bool { one.name == other.name }

    static func named(_ name: String) throws(StoryError) -> StoryZone {
        if let zone = all.first(where: { $0.name == name }) { return zone }
        throw StoryError("stories know no zone \(name); they know \(all.map(\.name).joined(separator: ", "))")
    }

    static let all = [
        StoryZone("UTC", [("1970-01-01", 0, 0)]),
        StoryZone(
            "Europe/Berlin",
            [
                ("1970-01-01", 0, 1), ("2026-03-29", 1, 2), ("2026-10-25", 1, 1), ("2027-03-28", 1, 2),
                ("2027-10-31", 1, 1),
            ]),
        StoryZone(
            "America/New_York",
            [("1970-01-01", 0, -5), ("2026-03-08", 7, -4), ("2026-11-01", 6, -5), ("2027-03-14", 7, -4)]),
        StoryZone(
            "Australia/Sydney", [("1970-01-01", 0, 11), ("2026-04-04", 16, 10), ("2026-10-03", 16, 11)]),
    ]

    /// Dates and hours in UTC, offsets in hours.
    private init(_ name: String, _ changes: [(date: String, hour: Int64, offset: Int64)]) {
        self.name = name
        offsets = changes.map { change in
            let parts = change.date.split(separator: "-").map { Int64($0)! }
            let day = StoryClock.day(parts[0], parts[1], parts[2])
            return (day * 86_400 + change.hour * 3600, change.offset * 3600)
        }
    }

    private func offset(at second: Int64) -> Int64 {
        offsets.last { $0.from <= second }?.offset ?? offsets[0].offset
    }

    func reading(at moment: Timestamp) -> Int64 {
        let second = moment.milliseconds / 1000
        return second + offset(at: second)
    }

    /// The first moment at which the clocks show that.
    func moment(showing reading: Int64) -> Timestamp {
        let moments = Set(offsets.map { reading - $0.offset }).filter { $0 + offset(at: $0) == reading }
        return Timestamp(milliseconds: (moments.min() ?? reading - offset(at: reading)) * 1000)
    }
}

private func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
