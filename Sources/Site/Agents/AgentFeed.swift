import InteractionModel

/// The last events of one agent, so that a desktop that comes back is told exactly what it missed.
struct AgentFeed: Sendable {
    /// Events kept; a desktop that missed more is given the whole state instead.
    static let eventsMax = 512

    struct Event: Sendable {
        var sequence: Int64
        var text: [UInt8]
    }

    private var events: [Event] = []
    /// Every event after this sequence is in `events`.
    private(set) var completeAfter: Int64

    init(completeAfter: Int64) {
        self.completeAfter = completeAfter
    }

    mutating func append(_ event: Event) {
        events.append(event)
        guard events.count > Self.eventsMax else { return }
        let surplus = Self.eventsMax / 4
        completeAfter = events[surplus - 1].sequence
        events.removeFirst(surplus)
    }

    /// What came after `sequence`; nil when some of it is no longer here.
    func events(after sequence: Int64) -> ArraySlice<Event>? {
        guard sequence >= completeAfter else { return nil }
        return events.drop { $0.sequence <= sequence }
    }
}
