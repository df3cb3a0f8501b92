package import InteractionModel

extension Plan {
    private static let dayMilliseconds: Int64 = 86_400_000
    /// How far ahead hours are laid beside one another, and in what steps: two weeks of quarters of an hour.
    private static let lookAhead = (days: Int64(14), step: Int64(900_000))

    /// What is doubtful about hours, as seen from a moment of wall time: who writes a plan in autumn should hear of January.
    package func warnings(at moment: Timestamp) -> [PlanFinding] {
        warnings + calendars.flatMap { Self.warnings(of: $0, at: moment) } + hoursWithoutAgents(at: moment)
    }

    private static func warnings(of calendar: OpeningHours, at moment: Timestamp) -> [PlanFinding] {
        let path = ["calendars", calendar.name.rawValue]
        var found: [PlanFinding] = []
        if !calendar.isOpen(at: moment), calendar.nextChange(after: moment) == nil {
            found.append(
                PlanFinding(
                    .warning, "never-open", path, "never opens: what has these hours is never served",
                    advice: "give it hours, or leave them out for always"))
        }
        let nextYear = LocalDate(localSeconds: moment.milliseconds / 1000 + 365 * 86_400)
        if let last = calendar.exceptions.last, last.date < nextYear {
            found.append(
                PlanFinding(
                    .warning, "calendar-ends", path,
                    "knows no holiday after \(last.date): within a year there will be others",
                    advice: "add next year's dates, or a newer file of holidays"))
        }
        if calendar.horizonEnd.milliseconds < moment.milliseconds + 365 * dayMilliseconds {
            found.append(
                PlanFinding(
                    .warning, "zone-ends", path, "knows the clocks of \(calendar.zone.name) for less than a year",
                    advice: "activate the plan again"))
        }
        return found
    }

    /// Queues whose hours are never those of an agent who can serve them.
    private func hoursWithoutAgents(at moment: Timestamp) -> [PlanFinding] {
        guard !calendars.isEmpty, let reach = PlanReach(self) else { return [] }
        let siteHours = Dictionary(sites.map { ($0.name, $0.hours) }, uniquingKeysWith: { first, _ in first })
        var open = OpenSlots(calendars, from: moment, days: Self.lookAhead.days, step: Self.lookAhead.step)
        return queues.indices.compactMap { index in
            let able = reach.kinds.indices.filter { reach.ring[index][$0] != nil }
            guard !able.isEmpty else { return nil }
            let isServed = able.contains { kind in
                let site = reach.kinds[kind].site.flatMap { siteHours[$0] ?? nil }
                return open.together([queues[index].hours, reach.kinds[kind].hours, site])
            }
            guard !isServed else { return nil }
            return PlanFinding(
                .warning, "unserved-in-hours", ["queues", queues[index].name.rawValue],
                "is never open while an agent who can serve it works, in the next two weeks",
                advice: "compare its hours with the agents' and their sites'")
        }
    }
}

/// When calendars are open, in steps, asked of each calendar once.
private struct OpenSlots {
    private let calendars: [CalendarName: OpeningHours]  // Looked up only.
    private let moments: [Timestamp]
    private var slots: [CalendarName: [Bool]] = [:]
    private var answers: [Set<CalendarName>: Bool] = [:]

    init(_ calendars: [OpeningHours], from moment: Timestamp, days: Int64, step: Int64) {
        self.calendars = Dictionary(calendars.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        moments = (0..<days * 86_400_000 / step).map { Timestamp(milliseconds: moment.milliseconds + $0 * step) }
    }

    /// Whether all are open at one moment; nil stands for always.
    mutating func together(_ names: [CalendarName?]) -> Bool {
        let names = Set(names.compactMap { $0 })
        if names.isEmpty { return true }
        if let answer = answers[names] { return answer }
        let all = names.sorted().compactMap { slots(of: $0) }
        let answer = moments.indices.contains { index in all.allSatisfy { $0[index] } }
        answers[names] = answer
        return answer
    }

    private mutating func slots(of name: CalendarName) -> [Bool]? {
        if let known = slots[name] { return known }
        guard let calendar = calendars[name] else { return nil }
        let found = moments.map { calendar.isOpen(at: $0) }
        slots[name] = found
        return found
    }
}
