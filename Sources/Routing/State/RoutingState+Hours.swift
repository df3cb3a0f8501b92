package import InteractionModel

/// What a calendar said last: a fact, so that a replay opens and closes when the site did.
package struct Gate: Sendable, Equatable {
    package let calendar: CalendarName
    package internal(set) var isOpen: Bool
    /// When the calendar is asked again; nil where it never changes.
    package internal(set) var until: Timestamp?
}

extension RoutingState {
    /// Whether a calendar is open; one that nothing is known of is.
    package func isOpen(_ calendar: CalendarName?) -> Bool {
        guard let calendar else { return true }
        return gates.first { $0.calendar == calendar }?.isOpen ?? true
    }

    /// Whether a queue is served now.
    package func isOpen(_ queue: QueuePlan) -> Bool { isOpen(queue.hours) }

    // MARK: Deciding

    /// Asks every calendar that something uses, and records what has changed: when one changes by itself, when a plan or a
    /// process begins, and when the wall clock was set.
    mutating func readCalendars() {
        guard !plan.calendars.isEmpty else { return }
        let used = calendarsInUse
        let wall = now.advanced(by: wallOffset)
        for calendar in plan.calendars where used.contains(calendar.name) {
            let isOpen = calendar.isOpen(at: wall)
            let until = calendar.nextChange(after: wall).map { $0.advanced(by: wallOffset.negated) }
            let known = gates.first { $0.calendar == calendar.name }
            guard known?.isOpen != isOpen || known?.until != until else { continue }
            record(.hoursChanged(calendar.name, isOpen: isOpen, until: until))
        }
    }

    private var calendarsInUse: Set<CalendarName> {
        var used = Set(plan.queues.compactMap(\.hours))
        used.formUnion(plan.agents.lazy.compactMap(\.hours))
        used.formUnion(plan.sites.lazy.compactMap(\.hours))
        used.formUnion(plan.entries.lazy.compactMap(\.during))
        for service in plan.network.services { used.formUnion(service.calendars) }
        return used
    }

    // MARK: Folding

    mutating func foldHours(_ calendar: CalendarName, isOpen: Bool, until: Timestamp?) {
        let place = gates.firstIndex { $0.calendar >= calendar } ?? gates.endIndex
        if place == gates.endIndex || gates[place].calendar != calendar {
            gates.insert(Gate(calendar: calendar, isOpen: isOpen, until: until), at: place)
        } else {
            gates[place].isOpen = isOpen
            gates[place].until = until
        }
        if let until { deadlines.add(.gate, at: until) }
        changes.tallies = true  // The gates share the site's row.
        applyHours()
    }

    /// What a plan does not name any more says nothing any more.
    mutating func forgetGates() {
        let named = Set(plan.calendars.map(\.name))
        guard gates.contains(where: { !named.contains($0.calendar) }) else { return }
        gates.removeAll { !named.contains($0.calendar) }
        changes.tallies = true
    }

    /// Brings queues and agents up to date with what their calendars, and their sites', say.
    mutating func applyHours() {
        for queue in plan.queues { matcher.setOpen(queue.name, isOpen(queue)) }
        let closedSites = Set(plan.sites.filter { !isOpen($0.hours) }.map(\.name))
        for planned in plan.agents {
            guard let index = agentIndex[planned.name] else { continue }
            let isOff = !isOpen(planned.hours) || planned.site.map { closedSites.contains($0) } ?? false
            guard agents[index].isOffHours != isOff else { continue }
            agents[index].isOffHours = isOff
            agentChanged(index)
        }
    }
}
