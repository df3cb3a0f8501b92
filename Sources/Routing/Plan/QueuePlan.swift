package import InteractionModel

/// One queue's rules. What each means exactly is `POLICY.md`.
package struct QueuePlan: Hashable, Sendable {
    package var name: QueueName

    // MARK: Who may serve it

    /// What an agent must be able to do to serve this queue.
    package var skills: SkillSet
    /// Only members of one of these; empty means anybody.
    package var groups: [GroupName] = []
    /// Only agents of one of these sites; empty means any.
    package var sites: [SiteName] = []
    /// How the circle of agents widens while a contact waits; `after` strictly ascends. At most `ringsMax`.
    package var rings: [Ring] = []
    /// When it is served; nil means always.
    package var hours: CalendarName?

    // MARK: Order

    /// Strict priority: contacts of a higher band go before all of a lower one. 0 to 9.
    package var band = 0
    /// Priority: how much earlier than its arrival a contact counts as having come.
    package var headStart: Span
    /// Further head start that waiting itself earns.
    package var aging = AgingCurve()
    /// After waiting this long a contact counts in the highest band: nobody starves behind strict priority.
    package var liftAfter: Span?
    /// What decides between agents of one ring, in this order; then the plan's `idleOrder`.
    package var agentOrder: [AgentCriterion] = [.load]
    package var quality: QualityRule?
    package var preferred = PreferredRule()

    // MARK: Limits and ways out

    /// How many may wait; one more is refused before it is accepted, unless `overflow` has a way.
    package var waitingMax: Int
    /// How long a contact may wait before it ends as expired.
    package var expireAfter: Span
    /// Tried in order when a contact arrives; the first whose conditions all hold applies.
    package var overflow: [Overflow] = []
    /// Where a contact goes that has waited so long; `after` strictly ascends.
    package var intraflow: [Intraflow] = []
    /// Which sites a contact is offered to that has waited so long; `after` strictly ascends.
    package var interflow: [Interflow] = []
    package var whenClosed = WhenClosed.wait
    /// Where an agent's escalation sends it.
    package var escalation: Escalation?

    // MARK: Service

    /// How long an offer waits for an answer before it moves on (RONA).
    package var offerTimeout: Span
    /// Whether ending the conversation leads to wrap-up even when the agent would close at once.
    package var wrapUpIsMandatory = false
    /// How long wrap-up may last before the interaction closes by itself.
    package var wrapUpMax: Span
    /// The outcomes an agent may name; empty means any, and none.
    package var dispositions: [String]
    package var serviceLevel = ServiceLevel()
    /// Who leaves earlier than this counts as a short abandon.
    package var shortAbandon = Span.seconds(5)
    /// How long nobody should wait here: longer waits are counted as starved, and shown. Nil sets no bound.
    package var starvationMax: Span?

    /// Ring 0 is the queue itself.
    package static let ringsMax = 7
    package static let bands = 0...9

    package init(
        name: QueueName, skills: SkillSet = SkillSet(), headStart: Span = .zero, offerTimeout: Span = .seconds(20),
        wrapUpMax: Span = .minutes(5), waitingMax: Int = 100_000, expireAfter: Span = .hours(24 * 7),
        dispositions: [String] = []
    ) {
        self.name = name
        self.skills = skills
        self.headStart = headStart
        self.offerTimeout = offerTimeout
        self.wrapUpMax = wrapUpMax
        self.waitingMax = waitingMax
        self.expireAfter = expireAfter
        self.dispositions = dispositions
    }
}

/// A wider circle of agents, open to a contact once it has waited `after`. A part that is nil is as in the queue itself.
package struct Ring: Hashable, Sendable {
    package var after: Span
    /// In place of the queue's skills: lower levels, or fewer: a requirement that expires.
    package var skills: SkillSet?
    package var groups: [GroupName]?
    package var sites: [SiteName]?

    package init(after: Span, skills: SkillSet? = nil, groups: [GroupName]? = nil, sites: [SiteName]? = nil) {
        self.after = after
        self.skills = skills
        self.groups = groups
        self.sites = sites
    }
}

/// Head start earned by waiting: straight lines between points, level after the last. Never decreasing, so the order of equals holds.
package struct AgingCurve: Hashable, Sendable {
    package struct Point: Hashable, Sendable {
        package var waited: Span
        package var headStart: Span

        package init(waited: Span, headStart: Span) {
            self.waited = waited
            self.headStart = headStart
        }
    }

    /// Ascending in `waited`, not descending in `headStart`; at most `pointsMax`. Begins at (0, 0) unless a point says otherwise.
    package var points: [Point]
    package static let pointsMax = 16

    package init(_ points: [Point] = []) { self.points = points }

    package var isFlat: Bool { points.isEmpty }

    /// What having waited `waited` earns. Whole milliseconds, rounded down.
    package func headStart(after waited: Span) -> Span {
        var from = Point(waited: .zero, headStart: .zero)
        for point in points {
            if waited < point.waited {
                let run = point.waited.milliseconds - from.waited.milliseconds
                let rise = point.headStart.milliseconds - from.headStart.milliseconds
                let done = max(0, waited.milliseconds - from.waited.milliseconds)
                let part = done.multipliedFullWidth(by: rise)
                return Span(milliseconds: from.headStart.milliseconds + run.dividingFullWidth(part).quotient)
            }
            from = point
        }
        return from.headStart
    }
}

/// What may decide between agents of one ring.
package enum AgentCriterion: String, Hashable, Sendable, CaseIterable {
    /// The higher level first, where it counts most: the lowest of the agent's levels in the skills the queue itself asks for.
    case level
    /// The better quality tier first.
    case quality
    /// Who holds fewer contacts first.
    case load
}

/// How agents' results on one queue make tiers. Scores run from 0 to 100.
package struct QualityRule: Hashable, Sendable {
    /// What an agent without any result is taken to reach.
    package var prior: Int
    /// How many results the prior weighs as much as: small samples shrink towards it.
    package var weight: Int
    /// Below this many results an agent's tier is never worse than the prior's: newcomers get work to show what they can.
    package var newcomerSamples: Int
    /// The lowest score of each tier but the last, descending.
    package var tiers: [Int]

    package init(prior: Int = 50, weight: Int = 20, newcomerSamples: Int = 20, tiers: [Int]) {
        self.prior = prior
        self.weight = weight
        self.newcomerSamples = newcomerSamples
        self.tiers = tiers
    }
}

/// How long the agent who knows the customer is remembered, and waited for.
package struct PreferredRule: Hashable, Sendable {
    /// The last agent of the same thread within this span is preferred; zero remembers nobody.
    package var rememberFor: Span
    /// How long a contact waits for its preferred agent alone while that agent is signed in and busy.
    package var waitFor: Span

    package init(rememberFor: Span = .zero, waitFor: Span = .zero) {
        self.rememberFor = rememberFor
        self.waitFor = waitFor
    }
}

/// Something that holds of a queue at a moment.
package enum QueueCondition: Hashable, Sendable {
    case waitingAtLeast(Int)
    case longestWaitAtLeast(Span)
    /// The expected wait's median; does not hold while there is too little to estimate from.
    case expectedWaitAtLeast(Span)
    /// Agents able to serve it (any ring) who are signed in.
    case signedInAtMost(Int)
    /// Agents able to serve it (ring 0) who could take one now.
    case availableAtMost(Int)
    /// Percent within the service level in the last half hour; does not hold with fewer than 20 contacts.
    case serviceLevelBelow(Int)
    case closed
    case full
}

/// A way out at arrival.
package struct Overflow: Hashable, Sendable {
    /// All must hold, of `queue` or, when nil, of the queue the rule belongs to.
    package var conditions: [QueueCondition]
    package var queue: QueueName?
    /// Where to; nil refuses the contact before it is accepted.
    package var to: QueueName?

    package init(when conditions: [QueueCondition], of queue: QueueName? = nil, to: QueueName?) {
        self.conditions = conditions
        self.queue = queue
        self.to = to
    }
}

/// A way out while waiting.
package struct Intraflow: Hashable, Sendable {
    package var after: Span
    package var to: QueueName

    package init(after: Span, to: QueueName) {
        self.after = after
        self.to = to
    }
}

/// A way to other sites while waiting: to one of `sites` that has somebody free.
package struct Interflow: Hashable, Sendable {
    package var after: Span
    package var sites: [SiteName]

    package static let sitesMax = 64

    package init(after: Span, sites: [SiteName]) {
        self.after = after
        self.sites = sites
    }
}

/// What becomes of contacts that come while the queue is closed.
package enum WhenClosed: Hashable, Sendable {
    /// They wait until it opens.
    case wait
    case refuse
    case go(QueueName)
}

/// Where an escalation leads.
package enum Escalation: Hashable, Sendable {
    case queue(QueueName)
    /// Out of the house: a supplier's name for the record.
    case vendor(String)
}

/// Answered within `within`, of all offered. Other definitions are computed beside it.
package struct ServiceLevel: Hashable, Sendable {
    package var within: Span
    /// Percent.
    package var target: Int

    package init(within: Span = .seconds(20), target: Int = 80) {
        self.within = within
        self.target = target
    }
}
