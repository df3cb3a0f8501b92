/// What became of the counted contacts of one lane or one group in one batch. Waits are microseconds.
package struct Tally: Sendable, Equatable {
    package var offered = 0
    package var answered = 0
    package var abandoned = 0
    package var blocked = 0
    /// Who did not get an agent at once.
    package var waited = 0
    package var answeredInTime = 0
    /// Who gave up within the service level's threshold.
    package var abandonedInTime = 0
    package var waitOfAnswered: Int64 = 0
    package var waitOfAbandoned: Int64 = 0
    /// Of the answered.
    package var waits = WaitHistogram()

    package init() {}

    package mutating func add(_ other: Tally) {
        offered += other.offered
        answered += other.answered
        abandoned += other.abandoned
        blocked += other.blocked
        waited += other.waited
        answeredInTime += other.answeredInTime
        abandonedInTime += other.abandonedInTime
        waitOfAnswered += other.waitOfAnswered
        waitOfAbandoned += other.waitOfAbandoned
        waits.add(other.waits)
    }
}
