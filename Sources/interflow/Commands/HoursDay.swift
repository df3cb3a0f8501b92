import InteractionModel
import Routing

/// One day of a calendar, cut at its own midnights.
struct HoursDay {
    let date: LocalDate
    /// Open stretches within the day, in seconds of wall time.
    private let spans: [(start: Int64, end: Int64)]
    private let zone: ZoneTable
    private let start: Int64
    private let end: Int64
    /// What is out of the ordinary: holidays, closures, days that have not 24 hours.
    let notes: [String]

    init(_ date: LocalDate, of hours: OpeningHours) {
        self.date = date
        zone = hours.zone
        start = zone.firstMoment(of: date.localSeconds)
        end = zone.firstMoment(of: date.advanced(by: 1).localSeconds)
        spans = Self.spans(of: hours, from: start, until: end)
        notes = Self.notes(date, hours, start, end)
    }

    static func date(of moment: Timestamp, in zone: ZoneTable) -> LocalDate {
        LocalDate(localSeconds: zone.reading(at: moment.milliseconds / 1000))
    }

    /// `08:00` of minutes since midnight, up to `24:00`.
    static func clock(_ minutes: Int64) -> String {
        let two = { (number: Int64) in number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }

    private static func spans(of hours: OpeningHours, from: Int64, until: Int64) -> [(start: Int64, end: Int64)] {
        var spans: [(start: Int64, end: Int64)] = []
        var at = from
        while at < until {
            let state = hours.state(at: Timestamp(milliseconds: at * 1000))
            let next = min(state.until.map { $0.milliseconds / 1000 } ?? until, until)
            if state.isOpen { spans.append((at, next)) }
            at = next
        }
        return spans
    }

    /// Open minutes among those at which a clock shows `from` up to `to`, in minutes since midnight; and how many there are.
    func minutes(from: Int, to: Int) -> (open: Int, there: Int) {
        let low = date.localSeconds + Int64(from) * 60
        let high = date.localSeconds + Int64(to) * 60
        var open = 0
        var there = 0
        // From the first time a clock shows the one to the last time before it shows the other: an hour that comes twice counts
        // twice.
        let first = max(start, zone.firstMoment(of: low))
        for moment in stride(from: first, to: min(end, zone.lastMoment(before: high)), by: 60)
        where (low..<high).contains(zone.reading(at: moment)) {
            there += 1
            if spans.contains(where: { $0.start < moment + 60 && moment < $0.end }) { open += 1 }
        }
        return (open, there)
    }

    /// `08:00-12:00 13:00-18:00` by the zone's clocks.
    var localText: String {
        spans.map { span in
            let from = zone.reading(at: span.start) - date.localSeconds
            // The reading at which it ends, not the one the clocks jump to.
            let to = zone.reading(at: span.end - 1) + 1 - date.localSeconds
            return "\(Self.clock(from / 60))-\(Self.clock((to + 59) / 60))"
        }.joined(separator: " ")
    }

    var utcText: String {
        spans.map { span in
            let clock = { (moment: Int64) in
                Self.clock((moment - LocalDate(localSeconds: moment).localSeconds) / 60)
            }
            return "\(clock(span.start))-\(clock(span.end))"
        }.joined(separator: " ")
    }

    private static func notes(_ date: LocalDate, _ hours: OpeningHours, _ start: Int64, _ end: Int64) -> [String] {
        var notes: [String] = []
        if let exception = hours.exception(on: date) {
            let title = exception.title.isEmpty ? "own hours" : exception.title
            notes.append(exception.intervals.isEmpty ? "closed: \(title)" : title)
        }
        let closures = hours.closures.filter { $0.from < end && $0.until > start }.map(\.title)
        notes += closures.map { "closed for a time: \($0)" }
        if start >= end { return notes + ["left out by the clocks"] }
        let zone = hours.zone
        for change in zone.transitions where change.from >= start && change.from < end {
            let before = zone.reading(at: change.from - 1) + 1 - date.localSeconds
            let after = zone.reading(at: change.from) - date.localSeconds
            // A whole day left out before this one is told there.
            if before >= 0, before != after {
                notes.append("\(length(end - start)): \(clock(before / 60)) is \(clock(max(0, after) / 60))")
            }
        }
        return notes
    }

    /// `23 h`, `24 h 30`.
    private static func length(_ seconds: Int64) -> String {
        let rest = seconds % 3600 / 60
        return "\(seconds / 3600) h" + (rest == 0 ? "" : " \(rest)")
    }
}
