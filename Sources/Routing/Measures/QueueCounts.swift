/// What became of a queue's contacts, counted: over one minute, over a window, or since the beginning.
///
/// A *visit* is a contact's stay in one queue until it is answered. It begins when the contact comes to wait there (new,
/// moved in, or given back by an agent) and ends once: answered, abandoned, expired, moved out or handed over to another site. An
/// offer that is declined or missed ends no visit, be it to an agent or to a site. So at every moment: entered = answered +
/// abandoned + expired + moved out + handed over + those who wait or are being offered.
package struct QueueCounts: Sendable, Equatable {
    /// Visits begun by new contacts.
    package var received: Int64 = 0
    /// Visits begun by contacts that an agent had and gave back, or that were taken from one.
    package var returned: Int64 = 0
    package var movedIn: Int64 = 0
    package var movedOut: Int64 = 0
    /// Taken by another site.
    package var handedOver: Int64 = 0
    package var answered: Int64 = 0
    /// Answered within the queue's service level (`ServiceLevel.within`, as the plan had it at that moment).
    package var answeredInTime: Int64 = 0
    package var abandoned: Int64 = 0
    /// Abandoned within the service level's span.
    package var abandonedInTime: Int64 = 0
    /// Abandoned earlier than `QueuePlan.shortAbandon`; counted in `abandoned` too.
    package var abandonedShort: Int64 = 0
    package var expired: Int64 = 0
    /// The waits of those answered, in milliseconds, from the beginning of the visit to the acceptance.
    package var waited: Int64 = 0
    /// The longest wait of a visit that ended, in milliseconds, however it ended.
    package var waitedMax: Int64 = 0
    /// Times with an agent that ended, wrap-up included.
    package var handled: Int64 = 0
    /// What they lasted, in milliseconds.
    package var handling: Int64 = 0
    /// Visits that lasted longer than the plan's `starvationMax`.
    package var starved: Int64 = 0

    package init() {}

    package var entered: Int64 { received + returned + movedIn }
    /// Visits whose outcome the queue answers for: what was moved on is the next queue's.
    package var decided: Int64 { answered + abandoned + expired }

    /// In the order in which they are stored; a new one goes to the end.
    static let fields = Fields<QueueCounts>([
        \.received, \.returned, \.movedIn, \.movedOut, \.answered, \.answeredInTime, \.abandoned, \.abandonedInTime,
        \.abandonedShort, \.expired, \.waited, \.waitedMax, \.handled, \.handling, \.starved, \.handedOver,
    ])

    /// Written out: it is summed over thirty cells while contacts are routed, and key paths take ten times as long.
    mutating func add(_ other: QueueCounts) {
        received += other.received
        returned += other.returned
        movedIn += other.movedIn
        movedOut += other.movedOut
        handedOver += other.handedOver
        answered += other.answered
        answeredInTime += other.answeredInTime
        abandoned += other.abandoned
        abandonedInTime += other.abandonedInTime
        abandonedShort += other.abandonedShort
        expired += other.expired
        waited += other.waited
        waitedMax = max(waitedMax, other.waitedMax)
        handled += other.handled
        handling += other.handling
        starved += other.starved
    }
}

/// How "X percent within T" is meant. All are shares of visits that ended in the window.
package enum ServiceLevelDefinition: String, Sendable, CaseIterable {
    /// Answered within T, of all decided (answered, abandoned, expired). The plan's conditions and targets mean this one.
    case ofOffered = "answered-in-time-of-offered"
    /// Answered within T, of the answered.
    case ofAnswered = "answered-in-time-of-answered"
    /// Answered within T, of answered and abandoned less the short abandons.
    case withoutShortAbandons = "answered-in-time-without-short-abandons"
    /// Answered or abandoned within T, of answered and abandoned.
    case withAbandonsInTime = "ended-in-time-of-ended"
}

extension QueueCounts {
    /// In hundredths of a percent, rounded down; nil when there is nothing to take a share of.
    package func serviceLevel(_ definition: ServiceLevelDefinition) -> Int64? {
        switch definition {
        case .ofOffered: Self.share(answeredInTime, of: decided)
        case .ofAnswered: Self.share(answeredInTime, of: answered)
        case .withoutShortAbandons: Self.share(answeredInTime, of: answered + abandoned - abandonedShort)
        case .withAbandonsInTime: Self.share(answeredInTime + abandonedInTime, of: answered + abandoned)
        }
    }

    /// Average speed of answer: the mean wait of the answered, in milliseconds.
    package var meanWait: Int64? { answered > 0 ? waited / answered : nil }
    /// Average handling time: talk, hold and wrap-up, in milliseconds.
    package var meanHandling: Int64? { handled > 0 ? handling / handled : nil }
    /// Abandoned of all decided, in hundredths of a percent.
    package var abandonRate: Int64? { Self.share(abandoned, of: decided) }

    static func share(_ part: Int64, of whole: Int64) -> Int64? { whole > 0 ? part * 10_000 / whole : nil }
}
