package import InteractionModel

/// What one queue knows of itself: counts since the beginning and over the last half hour, the pace of its line, and how good its
/// announcements were. Everything follows from facts; bounded, whatever happens: 4 KB.
package struct QueueMeasures: Sendable, Equatable {
    package let queue: QueueName
    /// Since the journal's first fact of this queue.
    package internal(set) var total = QueueCounts()
    /// How well waits were announced, since the beginning.
    package internal(set) var score = EstimateScore()
    package internal(set) var overtaking = Overtaking()
    package internal(set) var waits = WaitHistogram()
    var ring = MinuteRing()
    /// Who waits, in order.
    var line = QueueLine()
    var pace = LinePace()
    /// From the first offer to the acceptance.
    var ringing = Spread()
    /// The times with an agent, wrap-up included.
    var handling = Spread()
    var lastSequence: Int64 = 0

    // From the plan.
    private(set) var serviceLevel = ServiceLevel()
    private(set) var shortAbandon = Span.zero
    private(set) var starvationMax: Span?
    private(set) var band = 0
    private(set) var liftAfter: Span?

    init(_ queue: QueueName) { self.queue = queue }

    mutating func adopt(_ plan: QueuePlan) {
        serviceLevel = plan.serviceLevel
        shortAbandon = plan.shortAbandon
        band = plan.band
        liftAfter = plan.liftAfter
        starvationMax = plan.starvationMax
    }

    // MARK: What happens

    enum Arrival {
        case received, returned, moved
    }

    mutating func begin(_ arrival: Arrival, _ announced: WaitEstimate?, _ moment: Moment) {
        pace.joined(at: moment.at)
        if arrival == .received { score.announce(announced) }
        count(moment) {
            switch arrival {
            case .received: $0.received += 1
            case .returned: $0.returned += 1
            case .moved: $0.movedIn += 1
            }
        }
    }

    /// An offer was declined, missed or taken back.
    mutating func rejoin(_ moment: Moment) {
        pace.joined(at: moment.at)
        lastSequence = moment.sequence
    }

    mutating func offer(_ visit: inout Visit, _ moment: Moment) {
        pace.leftForAgent(at: moment.at, isFirst: visit.offeredAt == nil)
        if visit.offeredAt == nil { visit.offeredAt = moment.at }
        lastSequence = moment.sequence
    }

    /// Frozen, until another site says whether it takes it.
    mutating func freeze(_ moment: Moment) {
        pace.leftUnserved(at: moment.at, isLoss: false)
        lastSequence = moment.sequence
    }

    mutating func answer(_ visit: inout Visit, _ moment: Moment) {
        let wait = moment.at.since(visit.since)
        let inTime = wait <= serviceLevel.within
        ringing.add(moment.at.since(visit.offeredAt ?? moment.at).milliseconds)
        visit.answeredAt = moment.at
        waits.add(wait)
        if let announced = visit.announced { score.answered(announced, after: wait) }
        end(after: wait, moment) {
            $0.answered += 1
            $0.waited += wait.milliseconds
            if inTime { $0.answeredInTime += 1 }
        }
    }

    enum Departure {
        case abandoned, expired, moved, handedOver
    }

    /// - Parameter wasInLine: false when it was just being offered.
    mutating func leave(_ visit: Visit, _ departure: Departure, wasInLine: Bool, _ moment: Moment) {
        let wait = moment.at.since(visit.since)
        if wasInLine { pace.leftUnserved(at: moment.at, isLoss: true) }
        if let announced = visit.announced { score.left(announced, after: wait) }
        let (inTime, short) = (wait <= serviceLevel.within, wait < shortAbandon)
        end(after: wait, moment) {
            switch departure {
            case .abandoned:
                $0.abandoned += 1
                if inTime { $0.abandonedInTime += 1 }
                if short { $0.abandonedShort += 1 }
            case .expired: $0.expired += 1
            case .moved: $0.movedOut += 1
            case .handedOver: $0.handedOver += 1
            }
        }
    }

    /// An agent's time with a contact is over.
    mutating func handled(_ visit: Visit, _ moment: Moment) {
        let span = moment.at.since(visit.answeredAt ?? moment.at).milliseconds
        handling.add(span)
        count(moment) {
            $0.handled += 1
            $0.handling += span
        }
    }

    mutating func overtook(_ finding: Overtaking.Finding, _ moment: Moment) {
        overtaking.note(finding)
        lastSequence = moment.sequence
    }

    private mutating func end(after wait: Span, _ moment: Moment, _ change: (inout QueueCounts) -> Void) {
        let starved = starvationMax.map { wait > $0 } ?? false
        count(moment) {
            change(&$0)
            $0.waitedMax = max($0.waitedMax, wait.milliseconds)
            if starved { $0.starved += 1 }
        }
    }

    private mutating func count(_ moment: Moment, _ change: (inout QueueCounts) -> Void) {
        change(&total)
        ring.count(at: moment.at, sequence: moment.sequence, change)
        lastSequence = moment.sequence
    }

    /// When something became true, and under which number.
    struct Moment {
        var at: Timestamp
        var sequence: Int64
    }

    /// The band of one who has waited so long.
    func band(after waited: Span) -> Int {
        liftAfter.map { waited >= $0 } == true ? QueuePlan.bands.upperBound : band
    }

    // MARK: What is asked

    /// - Parameter minutes: 1 to 30. The running minute counts as one (`MinuteRing`).
    package func window(minutes: Int, at now: Timestamp) -> QueueCounts { ring.sum(over: minutes, at: now) }

    /// The mean handling time over the newest 32 or so, in milliseconds; nil before the first.
    package var recentHandling: Int64? { handling.count > 0 ? handling.mean : nil }
    /// The mean gap between contacts taken from the line while others waited, in milliseconds; nil while it is not known.
    package func meanGap(at now: Timestamp) -> Int64? {
        pace.gaps.count >= WaitForecast.evidenceMin ? pace.meanGap(at: now) : nil
    }

    /// The expected wait, by what this queue alone can know; who is there and whether it is open the caller says.
    package func expectedWait(ahead: Int64, isServedAtOnce: Bool, at now: Timestamp) -> ExpectedWait {
        WaitForecast(pace: pace, ringing: ringing)
            .expectedWait(ahead: ahead, isServedAtOnce: isServedAtOnce, at: now)
    }

    /// Contacts in this queue that nobody has answered: entered − (answered, abandoned, expired, moved out, handed over).
    package var unanswered: Int64 { total.entered - total.decided - total.movedOut - total.handedOver }
}
