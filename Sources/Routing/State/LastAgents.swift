import InteractionModel

/// Who last served each thread, for as long as its queue remembers it.
///
/// At most `countMax` are remembered; one more forgets the one that was noted longest ago. Those whose time is over are
/// passed over, and go when they come to the front: changes come from facts alone, so a replay remembers the same.
struct LastAgents: Sendable {
    static let countMax = 50_000

    struct Memory: Sendable, Equatable {
        var agent: AgentName
        var until: Timestamp
        /// The sequence of the fact that noted it.
        var number: Int64
    }

    private(set) var memories: [PartyKey: Memory] = [:]
    /// In the order in which they were noted; one that was noted again stands here twice.
    private var order: [(number: Int64, thread: PartyKey)] = []
    private var head = 0

    func agent(of thread: PartyKey, at now: Timestamp) -> AgentName? {
        memories[thread].flatMap { $0.until > now ? $0.agent : nil }
    }

    /// Notes who served `thread`, and returns the threads that are forgotten for it.
    mutating func note(_ memory: Memory, of thread: PartyKey, at now: Timestamp) -> [PartyKey] {
        restore(memory, of: thread)
        var forgotten: [PartyKey] = []
        while let (oldest, noted) = front, memories.count > Self.countMax || noted.until <= now {
            memories[oldest] = nil
            forgotten.append(oldest)
        }
        if order.count > 2 * memories.count + 64 { dropStalePlaces() }
        return forgotten
    }

    /// Puts a stored memory back; they must come in order of their numbers.
    mutating func restore(_ memory: Memory, of thread: PartyKey) {
        memories[thread] = memory
        order.append((memory.number, thread))
    }

    private mutating func dropStalePlaces() {
        order = order[head...].filter { memories[$0.thread]?.number == $0.number }
        head = 0
    }

    /// The one noted longest ago, after dropping places that mean nothing any more.
    private var front: (thread: PartyKey, memory: Memory)? {
        mutating get {
            while head < order.count {
                let place = order[head]
                if let memory = memories[place.thread], memory.number == place.number { return (place.thread, memory) }
                head += 1
            }
            order = []
            head = 0
            return nil
        }
    }
}
