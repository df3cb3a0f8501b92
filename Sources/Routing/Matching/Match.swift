package import InteractionModel

/// The next decision: this contact goes to this agent.
package struct Match: Sendable, Equatable {
    package var contact: InteractionID
    /// What `Matcher.enter` gave for it.
    package var slot: Int
    package var agent: Int
    package var reason: MatchReason
}

/// Why, as far as the search knows it by itself; the rest of an explanation is counted on demand.
package struct MatchReason: Sendable, Equatable {
    package var search = Explanation.Search.contactSoughtAgent
    /// The ring of the agent for the contact.
    package var ring = 0
    /// Whether the agent is the one the contact prefers.
    package var isPreferred = false
    /// Contacts the agent held.
    package var load = 0
    /// The agent's place by the plan's `idleOrder`.
    package var key: Int64 = 0
    package var waited = Span.zero
    /// How many heads of lines were compared, of agents or of contacts; the others lay in blocks that could hold no better one.
    package var compared = 0
}
