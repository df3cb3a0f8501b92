/// From days and readings to moments. All moments are seconds of wall time since 1970-01-01 UTC.
extension OpeningHours {
    /// From `start` up to, not including, `end`.
    struct OpenSpan: Hashable, Sendable {
        let start: Int64
        let end: Int64
    }

    /// The latest date of which an interval is open at `moment`, closures aside; nil when none is.
    func governing(_ moment: Int64) -> LocalDate? {
        let today = LocalDate(localSeconds: zone.reading(at: moment))
        // A clock that was put back by a day shows yesterday, while what began tomorrow is open.
        for shift in stride(from: 2, through: -3, by: -1) {
            let date = today.advanced(by: shift)
            for interval in intervals(of: date) {
                let span = span(of: interval, on: date)
                if span.start <= moment, moment < span.end { return date }
            }
        }
        return nil
    }

    /// Whether it is open at `moment`, and a later moment up to which that surely holds; nil when it holds for ever.
    func stretch(at moment: Int64) -> (isOpen: Bool, until: Int64?) {
        let index = firstClosure(endingAfter: moment)
        let closure = index < closures.count ? closures[index] : nil
        if let closure, closure.from <= moment { return (false, closure.until) }
        let (isOpen, until) = hours(at: moment)
        guard isOpen, let closure else { return (isOpen, until) }
        return (true, min(until ?? closure.from, closure.from))
    }

    /// The closure that cuts `moment`.
    func closure(at moment: Int64) -> HoursClosure? {
        let index = firstClosure(endingAfter: moment)
        return index < closures.count && closures[index].from <= moment ? closures[index] : nil
    }

    private func firstClosure(endingAfter moment: Int64) -> Int {
        var low = 0
        var high = closures.count
        while low < high {
            let middle = (low + high) / 2
            if closures[middle].until <= moment { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Whether an interval is open at `moment`, and when that changes, closures aside.
    ///
    /// Walks the days from before `moment`: their intervals begin in order, because a later reading never comes first at an
    /// earlier moment. Sixteen days past the last exception hold every weekday twice, and no two weeks running lose
    /// the same interval to a jump; what has not changed by then never will.
    private func hours(at moment: Int64) -> (isOpen: Bool, until: Int64?) {
        let today = LocalDate(localSeconds: zone.reading(at: moment))
        let lastSpecial = max(exceptions.last?.date ?? today, today)
        let lastDate = min(lastSpecial.advanced(by: 16), today.advanced(by: Self.daysAheadMax))
        var openUntil: Int64?
        var date = today.advanced(by: -3)
        while date <= lastDate {
            for interval in intervals(of: date) {
                let span = span(of: interval, on: date)
                if span.end <= openUntil ?? moment || span.start >= span.end { continue }
                if let until = openUntil, span.start > until { return (true, until) }
                if openUntil == nil, span.start > moment { return (false, span.start) }
                openUntil = span.end
            }
            date = date.advanced(by: 1)
            if let until = openUntil, until < zone.firstMoment(of: date.localSeconds) { return (true, until) }
        }
        return (openUntil != nil, nil)
    }

    /// What begins on a date.
    func intervals(of date: LocalDate) -> [OpenInterval] {
        exception(on: date)?.intervals ?? week[date.weekday]
    }

    private func span(of interval: OpenInterval, on date: LocalDate) -> OpenSpan {
        let midnight = date.localSeconds
        return OpenSpan(
            start: zone.firstMoment(of: midnight + Int64(interval.from) * 60),
            end: zone.lastMoment(before: midnight + Int64(interval.to) * 60))
    }
}
