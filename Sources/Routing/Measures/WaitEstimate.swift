package import InteractionModel

/// How long a contact will wait from now until an agent has accepted it.
package struct WaitEstimate: Sendable, Hashable {
    /// As likely to be shorter as to be longer.
    package var p50: Span
    /// Nine of ten wait no longer.
    package var p90: Span

    package init(p50: Span, p90: Span) {
        self.p50 = p50
        self.p90 = p90
    }
}

/// Why nothing is said about a wait: better silent than wrong.
package enum EstimateSilence: String, Sendable, Hashable, CaseIterable {
    /// Fewer than `WaitForecast.evidenceMin` contacts have left this line while others waited.
    case tooFewAnswers = "too-few-answers"
    /// Nothing has moved for half an hour: what was then says little about now.
    case oldEvidence = "old-evidence"
    /// Nobody who could take it is signed in.
    case nobodyThere = "nobody-there"
    /// The queue is closed; it begins to move when it opens.
    case closed
    /// The plan has more kinds of agents than are counted for every contact; ask for the contact's own outlook.
    case notCounted = "not-counted"
    /// It does not wait.
    case notWaiting = "not-waiting"
}

/// What can be said about a wait.
package enum ExpectedWait: Sendable, Hashable {
    case estimate(WaitEstimate)
    case silent(EstimateSilence)

    package var estimate: WaitEstimate? {
        if case .estimate(let estimate) = self { estimate } else { nil }
    }
}

/// The expected wait of a contact with `ahead` others before it, from what the queue has seen of itself.
///
/// The wait is the sum of `ahead` + 1 gaps of the line and of the time from offer to acceptance. The j-th gap from the front is shorter by what those still
/// ahead lose to impatience: g / (1 + jθg), with g the mean gap and θ the losses per contact and time in line (the Markovian form of
/// queue-length based delay announcement for many servers with abandonment, Ibrahim and Whitt 2009). Variances are the observed ones, and that of the mean
/// itself is added: from few gaps nobody knows g well. The quantiles are those of the gamma distribution of that mean and
/// variance, by the cube-root normal approximation (Wilson and Hilferty 1931). All in integers, so that every machine announces the same.
struct WaitForecast {
    static let evidenceMin: Int64 = 8
    static let evidenceAgeMax = Span.minutes(30)
    /// No wait is announced beyond this: 24 hours.
    static let waitMax: Int64 = 86_400_000

    let pace: LinePace
    /// From the first offer to the acceptance.
    let ringing: Spread

    /// - Parameters:
    ///   - ahead: contacts of this line that will be served before it.
    ///   - isServedAtOnce: whether an agent is free for it now, so that only the ringing is left.
    func expectedWait(ahead: Int64, isServedAtOnce: Bool, at now: Timestamp) -> ExpectedWait {
        if isServedAtOnce {
            guard ringing.count >= Self.evidenceMin else { return .silent(.tooFewAnswers) }
            return .estimate(Self.quantiles(mean: ringing.mean, variance: ringing.variance))
        }
        guard pace.gaps.count >= Self.evidenceMin else { return .silent(.tooFewAnswers) }
        if pace.waiting == 0, now.since(pace.movedAt) > Self.evidenceAgeMax { return .silent(.oldEvidence) }
        let (mean, variance) = line(gaps: max(0, ahead) + 1, meanGap: pace.meanGap(at: now))
        return .estimate(
            Self.quantiles(mean: mean + ringing.mean, variance: Self.capped(variance, plus: ringing.variance)))
    }

    /// Mean and variance of the time until `gaps` gaps have passed.
    private func line(gaps: Int64, meanGap: Int64) -> (mean: Int64, variance: Int64) {
        let gap = min(meanGap, Self.waitMax)
        // Neither far more regular nor far wilder than the gaps of a Poisson process: the sample is small.
        let gapVariance = min(max(pace.gaps.variance, gap * gap / 4), gap * gap * 4)
        let impatience = lossesPerGap(gap)
        var mean: Int64 = 0
        var variance: Int64 = 0
        var from: Int64 = 0
        var size: Int64 = 1
        while from < gaps, mean < Self.waitMax {  // Blocks of doubling size: 17 for a hundred thousand.
            let count = min(size, gaps - from)
            let part = Self.unit * Self.unit / (Self.unit + (2 * from + count - 1) * impatience / 2)
            mean += min(count, 1 << 24) * Self.scaled(gap, by: part)
            let deviation = Self.scaled(Self.squareRoot(gapVariance), by: part)
            variance = Self.capped(variance, plus: Self.product(count, deviation * deviation))
            from += count
            size *= 2
        }
        mean = min(mean, Self.waitMax)
        let doubt = mean * mean / max(1, pace.gaps.count == Spread.memory ? 2 * Spread.memory : pace.gaps.count)
        return (mean, Self.capped(variance, plus: doubt))
    }

    /// How many of one contact's kind give up during one gap, in units of 1/`unit`; 16 at most.
    private func lossesPerGap(_ gap: Int64) -> Int64 {
        guard pace.exposure > 0 else { return 0 }
        let losses = min(pace.losses, 1 << 50) * (Self.unit / LinePace.oneLoss)
        return min(Self.divide(losses.multipliedFullWidth(by: gap), by: pace.exposure), 16 * Self.unit)
    }

    // MARK: Integer arithmetic

    private static let unitBits: Int64 = 20
    private static let unit: Int64 = 1 << unitBits
    private static func scaled(_ value: Int64, by part: Int64) -> Int64 { (value * part) >> unitBits }

    private static let varianceMax: Int64 = 1 << 61

    private static func divide(_ dividend: (high: Int64, low: UInt64), by divisor: Int64) -> Int64 {
        guard dividend.high < divisor / 2 else { return .max }  // The quotient would not fit.
        return divisor.dividingFullWidth(dividend).quotient
    }

    private static func capped(_ one: Int64, plus other: Int64) -> Int64 {
        min(one, varianceMax) + min(other, varianceMax) > varianceMax ? varianceMax : one + other
    }

    private static func product(_ one: Int64, _ other: Int64) -> Int64 {
        let (product, overflow) = one.multipliedReportingOverflow(by: other)
        return overflow ? varianceMax : min(product, varianceMax)
    }

    /// The quantiles at a half and at nine tenths of the gamma distribution of this mean and variance.
    static func quantiles(mean: Int64, variance: Int64) -> WaitEstimate {
        let mean = min(max(mean, 1), 2 * waitMax)
        let variation = min(squareRoot(variance) * unit / mean, 4 * unit)  // The coefficient of variation.
        let shift = unit - scaled(variation, by: variation) / 9
        let p50 = cube(shift, times: mean)
        let p90 = cube(shift + variation * ninetieth / (3 * unit), times: mean)
        return WaitEstimate(p50: Span(milliseconds: min(p50, waitMax)), p90: Span(milliseconds: min(p90, waitMax)))
    }

    /// The standard normal distribution's quantile at nine tenths, 1.2816.
    private static let ninetieth: Int64 = 1_343_830

    private static func cube(_ part: Int64, times mean: Int64) -> Int64 {
        guard part > 0 else { return 0 }
        return scaled(scaled(scaled(mean, by: part), by: part), by: part)
    }

    /// Rounded down. Exact: the floating-point guess is put right.
    static func squareRoot(_ value: Int64) -> Int64 {
        guard value > 0 else { return 0 }
        var root = Int64(Double(value).squareRoot())
        while root * root > value { root -= 1 }
        while (root + 1) * (root + 1) <= value { root += 1 }
        return root
    }
}
