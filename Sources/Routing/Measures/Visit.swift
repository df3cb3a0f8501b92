package import InteractionModel

/// One contact's stay in one queue until it is answered, and then its time with an agent (`QueueCounts`).
package struct Visit: Sendable, Equatable {
    /// Index of the queue in `Measures`.
    var queue: Int
    /// When the contact came to wait here.
    package internal(set) var since: Timestamp
    /// When it was first offered to anybody.
    package internal(set) var offeredAt: Timestamp?
    /// When an agent accepted it.
    package internal(set) var answeredAt: Timestamp?
    /// What it was told to expect when it came.
    package internal(set) var announced: WaitEstimate?

    /// While it waits: where it stands in the queue's line.
    var place: QueueLine.Place?

    init(queue: Int, since: Timestamp, announced: WaitEstimate? = nil) {
        self.queue = queue
        self.since = since
        self.announced = announced
    }
}
