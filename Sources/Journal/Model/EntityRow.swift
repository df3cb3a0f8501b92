/// The current state of something that is not an interaction: an agent, a queue, the clock, a plan.
package struct EntityRow: Sendable, Equatable {
    /// What sort of thing, such as `agent`. With `id` it is the primary key.
    package var kind: String
    package var id: String
    /// The entry after which this state held.
    package var lastSequence: Int64
    /// JSON text; nil in a batch deletes the row. Never nil when read.
    package var snapshot: [UInt8]?

    package init(kind: String, id: String, lastSequence: Int64, snapshot: [UInt8]?) {
        self.kind = kind
        self.id = id
        self.lastSequence = lastSequence
        self.snapshot = snapshot
    }
}
