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

    /// Asks every calendar that something uses, and records what has changed.
    mutating func readCalendars() {
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

    /// Brings queues and agents up to date with what their calendars say.
    mutating func applyHours() {
        for queue in plan.queues { matcher.setOpen(queue.name, isOpen(queue)) }
        for planned in plan.agents {
            guard let index = agentIndex[planned.name] else { continue }
            let isOff = !isOpen(planned.hours)
            guard agents[index].isOffHours != isOff else { continue }
            agents[index].isOffHours = isOff
            agentChanged(index)
        }
    }
}
