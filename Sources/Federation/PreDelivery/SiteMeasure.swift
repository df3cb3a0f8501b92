package import InteractionModel

/// A number about a site that rules compare. Whole numbers, so that every machine decides alike.
package enum SiteMeasure: String, Hashable, Sendable, CaseIterable {
    /// What a newcomer would wait, in milliseconds.
    case expectedDelay = "expected-delay"
    /// Contacts ahead less idle agents, per million staffed agents: goes on telling sites apart where nobody waits.
    case load
    case idle
    /// Idle among staffed, in millionths.
    case idleShare = "idle-share"
    case longestIdle = "longest-idle"
    case ahead
    case staffed
    case room
    case handling
    case age

    package enum Unit: Hashable, Sendable {
        case count, milliseconds, millionths
    }

    package var unit: Unit {
        switch self {
        case .expectedDelay, .longestIdle, .handling, .age: .milliseconds
        case .idleShare, .load: .millionths
        case .idle, .ahead, .staffed, .room: .count
        }
    }

    /// Nil where nothing is known.
    package func value(of known: SiteCandidate.Known) -> Int64? {
        switch self {
        case .expectedDelay: Self.expectedDelay(of: known)
        case .load: Self.load(ahead: known.ahead - known.idle, staffed: known.staffed)
        case .idle: Int64(known.idle)
        case .idleShare: known.staffed > 0 ? Int64(known.idle) * 1_000_000 / Int64(known.staffed) : 0
        case .longestIdle: known.longestIdle?.milliseconds
        case .ahead: Int64(known.ahead)
        case .staffed: Int64(known.staffed)
        case .room: Int64(known.room)
        case .handling: known.handling?.milliseconds
        case .age: known.age.milliseconds
        }
    }

    /// Where no handling time is known, as at a new site, this one is assumed: sites are still told apart by their load.
    package static let handlingAssumed = Span.minutes(3)

    private static func expectedDelay(of known: SiteCandidate.Known) -> Int64? {
        let ahead = known.ahead - known.idle
        if known.handling == nil, ahead >= 0, let forecast = known.expectedWait { return forecast.milliseconds }
        return expectedDelay(ahead: ahead, handling: known.handling ?? handlingAssumed, staffed: known.staffed)
    }

    /// Minimum expected delay's measure: a newcomer waits until all ahead and itself have found one of `staffed` agents, who
    /// become free every `handling` / `staffed`. Tried in `Simulation`: chosen by it, several sites wait within 1 % as if
    /// they were one.
    /// - Parameter ahead: contacts waiting, less idle agents: negative where somebody is idle.
    /// - Returns: milliseconds; nil where nobody is staffed.
    package static func expectedDelay(ahead: Int, handling: Span, staffed: Int) -> Int64? {
        guard staffed > 0 else { return nil }
        return max(0, Int64(ahead + 1) * handling.milliseconds / Int64(staffed))
    }

    /// Nil where nobody is staffed.
    package static func load(ahead: Int, staffed: Int) -> Int64? {
        staffed > 0 ? Int64(ahead) * 1_000_000 / Int64(staffed) : nil
    }
}

/// `expected-delay <= 90000`: holds or does not; never holds where the measure is not known.
package struct SiteCondition: Hashable, Sendable {
    package enum Relation: String, Hashable, Sendable, CaseIterable {
        case atMost = "<="
        case atLeast = ">="
        case below = "<"
        case above = ">"
    }

    package var measure: SiteMeasure
    package var relation: Relation
    /// In the measure's own unit.
    package var bound: Int64

    package init(_ measure: SiteMeasure, _ relation: Relation, _ bound: Int64) {
        self.measure = measure
        self.relation = relation
        self.bound = bound
    }

    package func holds(of known: SiteCandidate.Known?) -> Bool {
        guard let value = known.flatMap({ measure.value(of: $0) }) else { return false }
        return switch relation {
        case .atMost: value <= bound
        case .atLeast: value >= bound
        case .below: value < bound
        case .above: value > bound
        }
    }
}

/// One criterion of a choice: the least or the most of a measure wins; where it is not known the site comes last.
package struct SitePick: Hashable, Sendable {
    package enum Order: String, Hashable, Sendable, CaseIterable {
        case min, max
    }

    package var order: Order
    package var measure: SiteMeasure

    package init(_ order: Order, _ measure: SiteMeasure) {
        self.order = order
        self.measure = measure
    }

    /// Less is better.
    func rank(of known: SiteCandidate.Known?) -> Int64 {
        guard let value = known.flatMap({ measure.value(of: $0) }) else { return .max }
        return order == .min ? value : 0 - value
    }

    /// What choosing a site well comes to: least expected delay, then the largest part of agents idle.
    package static let minimumExpectedDelay = [SitePick(.min, .expectedDelay), SitePick(.min, .load)]
}
