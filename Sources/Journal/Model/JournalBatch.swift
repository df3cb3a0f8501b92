/// What one group commit makes durable: the facts, and the state rows they lead to. All of it or nothing.
package struct JournalBatch: Sendable, Equatable {
    /// The writer's term, from ``Journal/takeLeadership(holder:at:)``; every entry carries the same one.
    package var epoch: Int64
    /// Contiguous; the first is the journal's last sequence plus one. May be empty when only state rows change.
    package var entries: [JournalEntry]
    /// One row per interaction the entries touch: its state after the last of them.
    package var interactions: [InteractionRow]
    package var entities: [EntityRow]

    package init(
        epoch: Int64, entries: [JournalEntry], interactions: [InteractionRow] = [], entities: [EntityRow] = []
    ) {
        self.epoch = epoch
        self.entries = entries
        self.interactions = interactions
        self.entities = entities
    }
}
