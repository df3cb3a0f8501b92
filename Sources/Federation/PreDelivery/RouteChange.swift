package import InteractionModel

/// A durable change of the table of routes: what a fact says. Folding it never decides.
package enum RouteChange: Hashable, Sendable {
    case answered(RouteAnswer)
    /// The call came, and became a contact here.
    case arrived(Int64, by: Recognition, isLate: Bool)
    /// Nothing came in time.
    case lapsed(Int64)
    /// Not needed any more.
    case released(Int64, Release)

    /// What told which call it was.
    package enum Recognition: String, Hashable, Sendable, CaseIterable {
        case token
        case externalID = "external-id"
        case number
    }

    package enum Release: String, Hashable, Sendable, CaseIterable {
        /// The asker came back: the site had been tried.
        case triedAgain = "tried-again"
        /// The default had been said before this was durable.
        case late
        /// The peer that asked does not need it any more.
        case withdrawn
    }
}

/// What one question led to.
package struct RouteRow: Hashable, Sendable {
    /// - held → arrived, lapsed (at `expiresAt`), released
    /// - settled → arrived, released
    /// - lapsed, released → arrived, late
    ///
    /// Every row but a held one is forgotten after its `forgetAt`.
    package enum State: String, Hashable, Sendable, CaseIterable {
        /// This site keeps a place, and waits for the call.
        case held
        /// Said, and nothing to wait for here: a default, a partner, a place that a peer keeps.
        case settled
        case arrived, lapsed, released
    }

    /// Ended rows stay so long after their end or their expiry: an arrival that late is still known.
    package static let retention = Span.seconds(60)
    package static let lifeMax = Span.minutes(10)

    package var state: State
    package var question: RouteKey
    package var externalID: String?
    package var decision: RouteAnswer.Decision
    package var queue: QueueName?
    package var site: SiteName?
    package var uri: String?
    package var label: String?
    package var number: String?
    package var contextToken: String
    package var expiresAt: Timestamp
    package var quarantine: Span
    package var knownAge: Span?
    package var keptBy: RouteAnswer.Keeper?
    package var tried: [SiteName]
    package var reason: String
    package var answeredAt: Timestamp
    /// Of an ended row: when it is forgotten.
    package var forgetAt: Timestamp?

    package init(_ answer: RouteAnswer, at moment: Timestamp) {
        state = answer.decision == .route && answer.keptBy == nil ? .held : .settled
        question = answer.question
        externalID = answer.externalID
        decision = answer.decision
        queue = answer.queue
        site = answer.site
        uri = answer.uri
        label = answer.label
        number = answer.number
        contextToken = answer.contextToken
        expiresAt = answer.expiresAt
        quarantine = answer.quarantine
        knownAge = answer.knownAge
        keptBy = answer.keptBy
        tried = answer.tried
        reason = answer.reason
        answeredAt = moment
        forgetAt = state == .held ? nil : expiresAt.advanced(by: Self.retention)
    }

    /// Whether the same question still gets this answer.
    package func isValid(at now: Timestamp) -> Bool {
        switch state {
        case .held, .settled, .arrived: now < expiresAt
        case .lapsed, .released: false
        }
    }
}
