package import InteractionModel

/// How good announced waits were: each P50 and P90 compared with what happened.
///
/// Only contacts that were answered are compared: how long one who gave up would have waited nobody knows. Who gave up after the
/// announced P90 had passed is counted apart; it would be wrong to call those waits short.
package struct EstimateScore: Sendable, Equatable {
    /// Contacts to which a wait was announced.
    package internal(set) var announced: Int64 = 0
    /// Contacts to which nothing was said.
    package internal(set) var silent: Int64 = 0
    /// Announced, and answered since; but not those told of no wait who had none.
    package internal(set) var compared: Int64 = 0
    package internal(set) var withinP50: Int64 = 0
    package internal(set) var withinP90: Int64 = 0
    /// Sums over the compared, in milliseconds: the distance from the P50, and the pinball losses in tenths of it.
    package internal(set) var absoluteError: Int64 = 0
    package internal(set) var pinball50: Int64 = 0
    package internal(set) var pinball90: Int64 = 0
    /// The compared contacts' waits, for scale.
    package internal(set) var waited: Int64 = 0
    /// Announced, and gone before an answer; of these, how many after their P90.
    package internal(set) var left: Int64 = 0
    package internal(set) var leftBeyondP90: Int64 = 0

    /// Less than this is no wait to anybody.
    static let noticed = Span(milliseconds: 100)

    package init() {}

    /// A contact was told what to expect, or nothing.
    package mutating func announce(_ estimate: WaitEstimate?) {
        if estimate == nil { silent += 1 } else { announced += 1 }
    }

    /// It was answered after `wait`. Who was told of no wait and had none is not compared: such would make any estimate look good.
    package mutating func answered(_ estimate: WaitEstimate, after wait: Span) {
        guard max(estimate.p90, wait) > Self.noticed else { return }
        compared += 1
        waited += wait.milliseconds
        if wait <= estimate.p50 { withinP50 += 1 }
        if wait <= estimate.p90 { withinP90 += 1 }
        let over50 = wait.milliseconds - estimate.p50.milliseconds
        let over90 = wait.milliseconds - estimate.p90.milliseconds
        absoluteError += abs(over50)
        pinball50 += 5 * abs(over50)
        pinball90 += over90 > 0 ? 9 * over90 : -over90
    }

    /// It left unanswered after `wait`.
    package mutating func left(_ estimate: WaitEstimate, after wait: Span) {
        left += 1
        if wait > estimate.p90 { leftBeyondP90 += 1 }
    }

    /// Another score's counts, for a total over queues.
    package mutating func add(_ other: EstimateScore) {
        Self.fields.add(other, to: &self)
    }

    // MARK: What it comes to. Shares are in hundredths of a percent; nil where there is nothing to take a share of.

    /// 5,000 is perfect.
    package var coverage50: Int64? { QueueCounts.share(withinP50, of: compared) }
    /// 9,000 is perfect.
    package var coverage90: Int64? { QueueCounts.share(withinP90, of: compared) }
    package var silentShare: Int64? { QueueCounts.share(silent, of: silent + announced) }
    /// In milliseconds.
    package var meanAbsoluteError: Int64? { compared > 0 ? absoluteError / compared : nil }
    package var meanWait: Int64? { compared > 0 ? waited / compared : nil }
    /// In milliseconds; the smaller the better, and no announcement other than the true quantile can do better in the long run.
    package var meanPinball50: Int64? { compared > 0 ? pinball50 / (10 * compared) : nil }
    package var meanPinball90: Int64? { compared > 0 ? pinball90 / (10 * compared) : nil }

    /// In the order in which they are stored; a new one goes to the end.
    static let fields = Fields<EstimateScore>([
        \.announced, \.silent, \.compared, \.withinP50, \.withinP90, \.absoluteError, \.pinball50, \.pinball90,
        \.waited, \.left, \.leftBeyondP90,
    ])
}
