package import InteractionModel

extension RoutingState {
    /// The fact being folded, as the measures see it.
    var moment: QueueMeasures.Moment { QueueMeasures.Moment(at: now, sequence: lastSequence) }

    // MARK: The expected wait

    /// What a newcomer to `queue` may expect as of now, of whom `agents` says what every agent is to it.
    ///
    /// All who wait in the queue count as being before it: exact unless it has a head start over some of them.
    func announcement(in queue: QueuePlan, agents: [Explanation.Dropped]) -> ExpectedWait {
        guard isOpen(queue) else { return .silent(.closed) }
        guard !agents.isEmpty else { return .silent(.notCounted) }
        if let reason = Self.silence(agents) { return .silent(reason) }
        let measure = measures[queue.name] ?? QueueMeasures(queue.name)
        return measure.expectedWait(
            ahead: Int64(measure.line.count), isServedAtOnce: agents.contains { $0.rule == .laterInOrder }, at: now)
    }

    /// What a contact that waits may expect from now on.
    package func expectedWait(of id: InteractionID) -> ExpectedWait {
        guard let interaction = interactions[id], let position = position(of: id) else { return .silent(.notWaiting) }
        if let queue = queue(interaction.requirement.queue), !isOpen(queue) { return .silent(.closed) }
        if let reason = Self.silence(whyWaiting(id)) { return .silent(reason) }
        return measures.queues[interaction.visit.queue]
            .expectedWait(ahead: Int64(position - 1), isServedAtOnce: false, at: now)
    }

    /// What one more contact of `queue`, needing what the queue itself asks for, may expect.
    package func expectedWait(in name: QueueName) -> ExpectedWait {
        guard let queue = queue(name), let measure = measures[name] else { return .silent(.tooFewAnswers) }
        guard isOpen(queue) else { return .silent(.closed) }
        let staffing = staffing(of: name)
        guard staffing.signedIn > 0 else { return .silent(.nobodyThere) }
        return measure.expectedWait(
            ahead: Int64(measure.line.count), isServedAtOnce: staffing.available > 0, at: now)
    }

    /// Why nothing can be said while agents stand so: nobody who may ever take it is here.
    private static func silence(_ agents: [Explanation.Dropped]) -> EstimateSilence? {
        let isSomebodyThere = agents.contains { dropped in
            switch dropped.rule {
            case .channel, .skill, .group, .signedOut, .unreachable, .offHours: false
            default: dropped.count > 0
            }
        }
        return isSomebodyThere ? nil : .nobodyThere
    }

    // MARK: A contact's place

    /// 1 for the contact that is next in its queue; nil when it does not wait.
    package func position(of id: InteractionID) -> Int? {
        guard let interaction = interactions[id], interaction.state == .queued else { return nil }
        return measures.queues[interaction.visit.queue].line.ahead(of: interaction.linePlace) + 1
    }

    /// How long the contact that has waited longest in `queue` has waited, all its returns included; nil when nobody waits.
    package func longestWait(in queue: QueueName) -> Span? {
        measures[queue]?.line.oldest.map { now.since($0) }
    }

    // MARK: Who is there

    /// Agents able to serve a queue, by what they could do now.
    package struct Staffing: Sendable, Equatable {
        /// Planned, and able by skills; on any channel.
        package var able = 0
        package var signedIn = 0
        /// Could take one more contact of some channel.
        package var available = 0
        /// Available and holding nothing.
        package var idle = 0
    }

    package func staffing(of name: QueueName) -> Staffing {
        queue(name).flatMap { matcher.staffing(of: $0.name) } ?? Staffing()
    }

    // MARK: Conditions of a plan

    /// Fewer decided contacts than this say nothing about a service level.
    package static let serviceLevelEvidenceMin: Int64 = 20

    /// Whether the last half hour of `queue` was served worse than `percent`. Does not hold on too little evidence.
    package func isServiceLevel(of queue: QueueName, below percent: Int) -> Bool {
        guard let window = measures[queue]?.window(minutes: MinuteRing.minutes, at: now),
            window.decided >= Self.serviceLevelEvidenceMin
        else { return false }
        return window.answeredInTime * 100 < Int64(percent) * window.decided
    }

    /// Whether one more contact of `queue` would wait at least `span`, as likely as not. Does not hold while nothing can be said.
    package func isExpectedWait(in queue: QueueName, atLeast span: Span) -> Bool {
        expectedWait(in: queue).estimate.map { $0.p50 >= span } ?? false
    }

    /// Whether somebody has waited in `queue` for at least `span`.
    package func isLongestWait(in queue: QueueName, atLeast span: Span) -> Bool {
        longestWait(in: queue).map { $0 >= span } ?? false
    }
}

extension InteractionRecord {
    var linePlace: QueueLine.Place { QueueLine.Place(id, stamp: stamp, headStart: requirement.headStart) }
}
