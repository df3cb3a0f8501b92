import InteractionModel
import Routing

/// Calendars whose closures come by the minute.
extension RandomSystem {
    static let calendars = ["day", "night"].map { CalendarName($0) }

    mutating func setHours(of plan: inout Plan) {
        plan.calendars = Self.calendars.map { calendar($0) }
        plan.sites = Self.sites.filter { _ in random.chance(60) }.map { SitePlan(name: $0, hours: hours(30)) }
        for index in plan.queues.indices {
            plan.queues[index].hours = hours(35)
            if random.chance(40) {
                let other = random.pick(plan.queues).name
                plan.queues[index].whenClosed = random.chance(60) ? .go(other) : .refuse
            }
        }
        for index in plan.agents.indices { plan.agents[index].hours = hours(15) }
        for index in plan.entries.indices { plan.entries[index].during = hours(30) }
    }

    private mutating func hours(_ percent: Int) -> CalendarName? {
        random.chance(percent) ? random.pick(Self.calendars) : nil
    }

    private mutating func calendar(_ name: CalendarName) -> OpeningHours {
        var closures: [HoursClosure] = []
        var moment = now.milliseconds / 1000 - 30
        for _ in 0..<40 {
            moment += Int64(random.below(120))
            let end = moment + 1 + Int64(random.below(60))
            closures.append(HoursClosure(from: moment, until: end, title: "meeting"))
            moment = end
        }
        let days = random.chance(95) ? [[OpenInterval]](repeating: [.wholeDay], count: 7) : []
        return OpeningHours(name: name, zone: .utc(until: 4_000_000_000), week: days, closures: closures)
    }
}
