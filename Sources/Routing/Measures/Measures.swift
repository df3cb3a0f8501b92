package import InteractionModel

/// The measures of every queue that was ever named, in the order of first naming.
package struct Measures: Sendable, Equatable {
    package internal(set) var queues: [QueueMeasures] = []
    private var index: [QueueName: Int] = [:]
    /// By number of the agent.
    var shares: [FairShare] = []
    /// Indices whose rows must be written; one may stand twice.
    var changed: [Int] = []

    /// Of queues nothing ever came to, nothing is remembered.
    package static func == (one: Measures, other: Measures) -> Bool { one.used == other.used }

    private var used: [QueueMeasures] { queues.filter { $0.lastSequence > 0 }.sorted { $0.queue < $1.queue } }

    package subscript(queue: QueueName) -> QueueMeasures? { index[queue].map { queues[$0] } }

    mutating func index(of queue: QueueName) -> Int {
        if let known = index[queue] { return known }
        index[queue] = queues.count
        queues.append(QueueMeasures(queue))
        return queues.count - 1
    }

    mutating func adopt(_ plan: Plan) {
        for queue in plan.queues { queues[index(of: queue.name)].adopt(queue) }
    }

    // MARK: A contact's way

    /// Where a state stands in the life of a visit.
    private enum Phase {
        case line, asked, served, frozen, away, gone(QueueMeasures.Departure)

        init(_ state: InteractionRecord.State) {
            switch state {
            case .queued: self = .line
            case .offered: self = .asked
            case .handingOver: self = .frozen
            case .away: self = .away
            case .abandoned: self = .gone(.abandoned)
            case .expired: self = .gone(.expired)
            default: self = state.hasEnded ? .gone(.moved) : .served
            }
        }
    }

    mutating func begin(in queue: QueueName, announced: WaitEstimate?, _ moment: QueueMeasures.Moment) -> Visit {
        let index = index(of: queue)
        touch(index)
        queues[index].begin(.received, announced, moment)
        return Visit(queue: index, since: moment.at, announced: announced)
    }

    /// Follows a contact from what it was to what it is from now on.
    mutating func follow(
        _ old: InteractionRecord, to interaction: InteractionRecord, _ moment: QueueMeasures.Moment
    ) -> Visit {
        var visit = old.visit
        let here = visit.queue
        touch(here)
        if let place = visit.place {
            queues[here].line.remove(place)
            visit.place = nil
        }
        switch (Phase(old.state), Phase(interaction.state)) {
        case (.line, .asked): queues[here].offer(&visit, moment)
        case (.asked, .served): queues[here].answer(&visit, moment)
        case (.line, .frozen): queues[here].freeze(moment)
        case (.frozen, .away): queues[here].leave(visit, .handedOver, wasInLine: false, moment)
        case (.away, .line): enter(interaction, .returned, &visit, moment)
        case (.asked, .line), (.frozen, .line): comeBack(interaction, wasInLine: false, &visit, moment)
        case (.line, .line): comeBack(interaction, wasInLine: true, &visit, moment)
        case (.line, .gone(let departure)): queues[here].leave(visit, departure, wasInLine: true, moment)
        case (.asked, .gone(let departure)): queues[here].leave(visit, departure, wasInLine: false, moment)
        case (.served, .gone): queues[here].handled(visit, moment)
        case (.served, .line):
            queues[here].handled(visit, moment)
            enter(interaction, .returned, &visit, moment)
        default: break
        }
        return visit
    }

    /// To its line, or to another queue's.
    private mutating func comeBack(
        _ interaction: InteractionRecord, wasInLine: Bool, _ visit: inout Visit, _ moment: QueueMeasures.Moment
    ) {
        let here = visit.queue
        guard queues[here].queue == interaction.requirement.queue else {
            queues[here].leave(visit, .moved, wasInLine: wasInLine, moment)
            return enter(interaction, .moved, &visit, moment)
        }
        if !wasInLine { queues[here].rejoin(moment) }
        take(interaction, &visit)
    }

    private mutating func enter(
        _ interaction: InteractionRecord, _ arrival: QueueMeasures.Arrival, _ visit: inout Visit,
        _ moment: QueueMeasures.Moment
    ) {
        let index = index(of: interaction.requirement.queue)
        touch(index)
        queues[index].begin(arrival, nil, moment)
        visit = Visit(queue: index, since: moment.at)
        take(interaction, &visit)
    }

    /// Into the line of the visit's queue.
    private mutating func take(_ interaction: InteractionRecord, _ visit: inout Visit) {
        let place = interaction.linePlace
        visit.place = place
        queues[visit.queue].line.insert(place)
    }

    /// A contact stands in the line of its visit's queue from now on.
    mutating func stand(_ interaction: inout InteractionRecord) {
        take(interaction, &interaction.visit)
    }

    mutating func overtook(_ finding: Overtaking.Finding, in index: Int, _ moment: QueueMeasures.Moment) {
        touch(index)
        queues[index].overtook(finding, moment)
    }

    mutating func forgetProgress() {
        changed = []
        for index in queues.indices { _ = queues[index].ring.takeChanged() }
    }

    private mutating func touch(_ index: Int) {
        if changed.last != index { changed.append(index) }
    }
}
