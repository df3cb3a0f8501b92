package import InteractionModel

/// What a site tells its peers of itself: on change, at most each second, and now and then to say that it lives.
package struct SiteSummary: Hashable, Sendable {
    package var site: SiteName
    package var incarnation: Int64
    /// Rises within an incarnation, over restarts too.
    package var sequence: Int64
    /// `queues` are those that changed since the summary of this sequence; nil: they are all there are.
    package var base: Int64?
    /// By the sender's own clock, whatever that says; nil: not known. For how old it is, never for when.
    package var madeAt: Timestamp?
    /// Wants no more contacts, and hands on those it has.
    package var isDraining: Bool
    package var queues: [QueueSummary]

    package init(
        site: SiteName, incarnation: Int64, sequence: Int64, base: Int64? = nil, madeAt: Timestamp? = nil,
        isDraining: Bool = false, queues: [QueueSummary]
    ) {
        self.site = site
        self.incarnation = incarnation
        self.sequence = sequence
        self.base = base
        self.madeAt = madeAt
        self.isDraining = isDraining
        self.queues = queues
    }
}

/// One queue of a site, as its peers see it.
package struct QueueSummary: Hashable, Sendable {
    package var queue: QueueName
    package var isOpen: Bool
    /// Agents able to serve it who are signed in.
    package var staffed: Int
    /// Those who could take one contact more now and hold none.
    package var idle: Int
    package var waiting: Int
    /// Reserved for contacts that a switch will deliver and that have not arrived.
    package var announced: Int
    /// How many more may wait before newcomers are refused.
    package var room: Int
    /// What one contact takes of an agent, mean of recent ones; nil while there is too little to say so from.
    package var handling: Span?
    /// What a newcomer would wait, median; nil while there is too little to say so from.
    package var expectedWait: Span?

    package init(
        queue: QueueName, isOpen: Bool = true, staffed: Int, idle: Int, waiting: Int = 0, announced: Int = 0,
        room: Int = 100_000, handling: Span? = nil, expectedWait: Span? = nil
    ) {
        self.queue = queue
        self.isOpen = isOpen
        self.staffed = staffed
        self.idle = idle
        self.waiting = waiting
        self.announced = announced
        self.room = room
        self.handling = handling
        self.expectedWait = expectedWait
    }
}
