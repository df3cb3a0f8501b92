import InteractionModel
import Routing

/// When queues, agents and sites are open. The storm's calendars are open for good but for closures, so that this can be
/// plain; weeks and zones have tests of their own.
extension Oracle {
    func isOpen(_ calendar: String?) -> Bool {
        for gate in hours where gate.calendar == calendar { return gate.isOpen }
        return true
    }

    func isOpen(_ queue: OracleQueue, at now: Int64) -> Bool { isOpen(queue.plan.hours?.rawValue) }

    func isOnDuty(_ agent: OracleAgent, at now: Int64) -> Bool {
        for site in plan.sites where site.name.rawValue == agent.site {
            if !isOpen(site.hours?.rawValue) { return false }
        }
        return isOpen(agent.hours)
    }

    /// What the plan's own calendar says at a moment of the wall clock.
    private func isOpen(_ calendar: OpeningHours, onWall wall: Int64) -> Bool {
        guard !calendar.week[0].isEmpty else { return false }
        for closure in calendar.closures where closure.from * 1000 <= wall && wall < closure.until * 1000 { return false }
        return true
    }

    private func nextChange(_ calendar: OpeningHours, after wall: Int64) -> Int64? {
        var moments = calendar.closures.map { $0.from * 1000 }
        moments += calendar.closures.map { $0.until * 1000 }
        for moment in moments.sorted() where moment > wall {
            if isOpen(calendar, onWall: moment) != isOpen(calendar, onWall: wall) { return moment }
        }
        return nil
    }

    /// A fact about hours says what the calendar says.
    mutating func checkHours(_ name: CalendarName, isOpen said: Bool, until: Timestamp?, _ fact: RecordedFact) {
        guard let calendar = plan.calendars.first(where: { $0.name == name }) else {
            return complain("fact \(fact.sequence) opens or closes \(name), which the plan does not name")
        }
        let wall = fact.at.milliseconds + wallOffset
        expect("open", said ? 1 : 0, isOpen(calendar, onWall: wall) ? 1 : 0, fact)
        expect("until", until?.milliseconds ?? -1, nextChange(calendar, after: wall).map { $0 - wallOffset } ?? -1, fact)
        coverage.count(said ? "hours open" : "hours close")
    }

    /// Nobody goes by hours that are over.
    mutating func checkClocks(at now: Int64) {
        for calendar in plan.calendars where isUsed(calendar.name) {
            guard isOpen(calendar.name.rawValue) != isOpen(calendar, onWall: now + wallOffset) else { continue }
            complain("calendar \(calendar.name) changed, and nobody noticed")
        }
    }

    private func isUsed(_ name: CalendarName) -> Bool {
        plan.queues.contains { $0.hours == name } || plan.agents.contains { $0.hours == name }
            || plan.sites.contains { $0.hours == name } || plan.entries.contains { $0.during == name }
    }
}
