package import Federation
package import InteractionModel

/// What the shell brings of questions where to deliver a call.
package enum RouteInput: Sendable, Equatable {
    /// A routing client asks. `peers`: the sites that are asked to keep a place before they are named; `inVain`: those that were, for
    /// this question, and what came of it.
    case asked(RouteQuestion, peers: [SiteName], inVain: [SiteSelection.Dropped])
    /// The peer that the question was to be answered with keeps a place.
    case kept(RouteQuestion, RouteKept, inVain: [SiteSelection.Dropped])
    /// What a peer said when it was asked for a place, or that it said nothing: counts what is on its way there.
    case peerSaid(SiteName, QueueName, kept: Bool)
    /// The client's deadline has passed: its own default has been said.
    case tooLate(RouteQuestion)
    /// A peer asks to keep a place for a call that its client will deliver here.
    case keep(RouteKeeping)
    /// The asker of a place needs it no more.
    case letGo(RouteKey)
}

/// A place a peer keeps.
package struct RouteKept: Sendable, Hashable {
    package var keeper: RouteAnswer.Keeper
    package var uri: String?
    package var label: String?
    package var number: String?

    package init(keeper: RouteAnswer.Keeper, uri: String? = nil, label: String? = nil, number: String? = nil) {
        self.keeper = keeper
        self.uri = uri
        self.label = label
        self.number = number
    }
}

/// A peer's request for a place: the asker's question, its token, and the queue the call will wait in.
package struct RouteKeeping: Sendable, Hashable {
    /// Its client is `peer:` and the peer's name.
    package var question: RouteQuestion
    package var queue: QueueName
    package var contextToken: String
    package var reserveFor: Span

    package init(question: RouteQuestion, queue: QueueName, contextToken: String, reserveFor: Span) {
        self.question = question
        self.queue = queue
        self.contextToken = contextToken
        self.reserveFor = reserveFor
    }
}

/// What the core says to a question.
package enum RouteOutcome: Sendable, Equatable {
    /// The row of that number is the answer.
    case answered(Int64, isRepeated: Bool)
    /// That peer must keep a place first.
    case ask(SiteName, RouteKeeping)
    /// A peer's request: no place here.
    case refused(String)
    /// No routing client of that name is in the plan: it has no default, so nothing can be promised.
    case unknownClient(String)
    /// Taken note of.
    case noted
    /// As many places are kept as can be.
    case full(Int)
}

/// By what an arriving contact says that it was announced.
package struct RouteClaim: Sendable, Hashable {
    package var contextToken: String?
    package var externalID: String?
    package var dialledNumber: String?

    package init(contextToken: String? = nil, externalID: String? = nil, dialledNumber: String? = nil) {
        self.contextToken = contextToken
        self.externalID = externalID
        self.dialledNumber = dialledNumber
    }
}
