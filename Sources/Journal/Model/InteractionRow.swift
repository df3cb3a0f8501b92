package import InteractionModel

/// The current state of one interaction, exactly as of its `lastSequence`.
///
/// Written in the same transaction as the facts it follows from, so the rows together are a snapshot at the
/// journal's last sequence (Decisions/001).
package struct InteractionRow: Sendable, Equatable {
    /// The interaction's number.
    package var interaction: Int64
    /// Opaque customer number; what it stands for lives in content. Indexed together with `createdAt`.
    package var customer: String?
    package var state: String
    package var queue: String?
    package var agent: String?
    /// Not after its first entry's time: a purge stops here while the interaction is open.
    package var createdAt: Timestamp
    package var updatedAt: Timestamp
    /// Nil while the interaction is open; only open rows are read at a restart.
    package var closedAt: Timestamp?
    /// The interaction's newest entry: the head of its `previous` chain.
    package var lastSequence: Int64
    /// JSON text: the whole state, enough to go on from. No personal data.
    package var snapshot: [UInt8]

    package init(
        interaction: Int64, customer: String? = nil, state: String, queue: String? = nil, agent: String? = nil,
        createdAt: Timestamp, updatedAt: Timestamp, closedAt: Timestamp? = nil, lastSequence: Int64, snapshot: [UInt8]
    ) {
        self.interaction = interaction
        self.customer = customer
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
