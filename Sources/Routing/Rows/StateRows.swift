package import InteractionModel

/// One interaction as its row in the store: what is always asked for as columns, the rest in `snapshot`.
package struct InteractionStateRow: Sendable, Equatable {
    package var id: InteractionID
    package var party: PartyKey
    package var state: String
    package var queue: QueueName
    /// Who has it or had it last.
    package var agent: AgentName?
    package var createdAt: Timestamp
    package var updatedAt: Timestamp
    package var closedAt: Timestamp?
    package var lastSequence: Int64
    /// JSON; repeats no column.
    package var snapshot: [UInt8]

    package init(
        id: InteractionID, party: PartyKey, state: String, queue: QueueName, agent: AgentName?, createdAt: Timestamp,
        updatedAt: Timestamp, closedAt: Timestamp?, lastSequence: Int64, snapshot: [UInt8]
    ) {
        self.id = id
        self.party = party
        self.state = state
        self.queue = queue
        self.agent = agent
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.closedAt = closedAt
        self.lastSequence = lastSequence
        self.snapshot = snapshot
    }
}

/// Anything else the core remembers, by kind and name. A nil snapshot means it is gone.
package struct EntityStateRow: Sendable, Equatable {
    package var kind: String
    package var id: String
    package var lastSequence: Int64
    package var snapshot: [UInt8]?

    package init(kind: String, id: String, lastSequence: Int64, snapshot: [UInt8]?) {
        self.kind = kind
        self.id = id
        self.lastSequence = lastSequence
        self.snapshot = snapshot
    }
}

/// Everything that must be written for the store to hold the state exactly as of one sequence.
package struct StateRows: Sendable, Equatable {
    package var interactions: [InteractionStateRow] = []
    package var entities: [EntityStateRow] = []

    package init(interactions: [InteractionStateRow] = [], entities: [EntityStateRow] = []) {
        self.interactions = interactions
        self.entities = entities
    }
}
