import InteractionModel

/// The next decision: this contact goes to this agent.
struct Match: Sendable, Equatable {
    var contact: InteractionID
    /// What `Matcher.enter` gave for it.
    var slot: Int
    var agent: Int
    var reason: MatchReason
}

/// Why, as far as the search knows it by itself; the rest of an explanation is counted on demand.
struct MatchReason: Sendable, Equatable {
    var search = Explanation.Search.contactSoughtAgent
    /// The ring of the agent for the contact.
    var ring = 0
    /// Whether the agent is the one the contact prefers.
    var isPreferred = false
    /// Contacts the agent held.
    var load = 0
    /// The agent's place by the plan's `idleOrder`.
    var key: Int64 = 0
    var waited = Span.zero
    /// How many heads of lines were compared, of agents or of contacts; the others lay in blocks that could hold no better one.
    var compared = 0
}
