package import InteractionModel

/// One fact as the journal keeps it: written once, never changed, numbered without gaps.
package struct JournalEntry: Sendable, Equatable {
    /// Position in the journal: 1, 2, 3 … with no gap, but before a new leader that leaps (`Journal.takeLeadership`). The router assigns it; it is the primary key.
    package var sequence: Int64
    /// The state machine's clock when the fact became true. Never decreases along the journal.
    package var at: Timestamp
    /// The term of the leader that wrote it. Never decreases along the journal.
    package var epoch: Int64
    /// What kind of fact, such as `offer.accepted`. Types that begin with `journal.` are the journal's own.
    package var type: String
    /// The interaction it belongs to; nil for facts about agents, plans, the site.
    package var interaction: Int64?
    /// The sequence of the same interaction's previous fact; nil on its first. History walks this chain.
    package var previous: Int64?
    /// The client's idempotency key. Unique in the whole journal. Must not hold personal data.
    package var key: String?
    /// JSON text: routing facts only, no personal data, because it can never be erased.
    package var body: [UInt8]
    /// JSON text with personal data. Kept in its own table, erasable, never needed for replay.
    /// Belongs to `contentOwner` for reading and erasing. Reads fill it only where they say so.
    package var content: [UInt8]?

    package init(
        sequence: Int64, at: Timestamp, epoch: Int64, type: String, interaction: Int64? = nil, previous: Int64? = nil,
        key: String? = nil, body: [UInt8], content: [UInt8]? = nil
    ) {
        self.sequence = sequence
        self.at = at
        self.epoch = epoch
        self.type = type
        self.interaction = interaction
        self.previous = previous
        self.key = key
        self.body = body
        self.content = content
    }

    /// The number under which the content is found and erased: the interaction's, or the entry's own where there is
    /// none, as for an opt-out that belongs to no conversation. Both are sequences, so they never meet.
    package var contentOwner: Int64 { interaction ?? sequence }
}
