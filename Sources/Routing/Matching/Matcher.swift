import InteractionModel

/// Who could take what, kept up to date so that both questions are short: the best agent for a contact, the best
/// contact for an agent. Knows eligibility and order; knows nothing of offers, time or the plan.
struct Matcher: Sendable {
    /// What an agent contributes at this moment.
    struct Seat: Sendable, Equatable {
        var profile: Int
        var condition: AgentCondition
        var load: Int
        var since: Int64
        /// By channel index: whether one more contact of it fits. Only counts while available.
        var fits: [Bool]
    }

    private(set) var channels: [ChannelName] = []
    private(set) var classes: [ContactClass] = []
    private(set) var profiles: [Profile] = []
    private var classIndex: [ContactClass.Kind: Int] = [:]
    private var profileIndex: [Profile.Kind: Int] = [:]
    private(set) var queues: [QueueName] = []
    /// How many wait, by index of `queues`.
    private(set) var waitingByQueue: [Int] = []
    /// The class asked for last: most often it is asked for again.
    private var recent: Int?
    /// Indices of `classes` that no kind has.
    private var freeClasses: [Int] = []
    private var sweepAt = Self.classesBeforeSweep
    /// Goes up with every change of any agent.
    private var generation = 0

    static let classesBeforeSweep = 1024

    /// By agent index; nil before the agent is placed.
    private(set) var seats: [Seat?] = []

    // MARK: Interning

    mutating func channel(_ name: ChannelName) -> Int {
        if let index = channels.firstIndex(of: name) { return index }
        channels.append(name)
        for index in profiles.indices { profiles[index].ready.append(ReadyLine()) }
        for index in seats.indices { seats[index]?.fits.append(false) }
        return channels.count - 1
    }

    /// The class of contacts that need `kind`. Its index is good while a contact waits in it, or until another class
    /// is asked for.
    mutating func contactClass(_ kind: ContactClass.Kind) -> Int {
        if let recent, classes[recent].kind == kind { return recent }
        let index = classIndex[kind] ?? makeClass(kind)
        recent = index
        return index
    }

    private mutating func makeClass(_ kind: ContactClass.Kind) -> Int {
        if freeClasses.isEmpty, classes.count >= sweepAt { sweep() }
        let index = freeClasses.popLast() ?? classes.count
        var made = ContactClass(kind: kind, channel: channel(kind.channel), queue: queue(kind.requirement.queue))
        for profile in profiles.indices where profiles[profile].takes(made) {
            made.profiles.append(profile)
            profiles[profile].classes.append(index)
        }
        if index < classes.count { classes[index] = made } else { classes.append(made) }
        classIndex[kind] = index
        return index
    }

    /// Forgets the classes nobody waits in, so that wishes of a client's own making (a head start to the millisecond)
    /// cannot fill the memory: there are never more than twice as many classes as had contacts at once, or 1,024.
    private mutating func sweep() {
        recent = nil
        freeClasses = classes.indices.reversed().filter { classes[$0].waiting.isEmpty }
        for index in freeClasses {
            classIndex[classes[index].kind] = nil
            classes[index].profiles = []
        }
        for profile in profiles.indices { profiles[profile].classes.removeAll { classes[$0].waiting.isEmpty } }
        sweepAt = max(Self.classesBeforeSweep, 2 * (classes.count - freeClasses.count))
    }

    private mutating func queue(_ name: QueueName) -> Int {
        if let index = queues.firstIndex(of: name) { return index }
        queues.append(name)
        waitingByQueue.append(0)
        return queues.count - 1
    }

    mutating func profile(_ kind: Profile.Kind) -> Int {
        if let index = profileIndex[kind] { return index }
        let own = kind.channels.map { channel($0) }
        let index = profiles.count
        var made = Profile(kind: kind, channels: own, ready: Array(repeating: ReadyLine(), count: channels.count))
        for contactClass in classIndex.values.sorted() where made.takes(classes[contactClass]) {
            made.classes.append(contactClass)
            classes[contactClass].profiles.append(index)
        }
        profiles.append(made)
        profileIndex[kind] = index
        return index
    }

    func waiting(in queue: QueueName) -> Int { queues.firstIndex(of: queue).map { waitingByQueue[$0] } ?? 0 }

    func waiting(inQueueOf contactClass: Int) -> Int { waitingByQueue[classes[contactClass].queue] }

    func knownCensus(of contactClass: Int) -> [Explanation.Dropped]? {
        let known = classes[contactClass].census
        return known.generation == generation ? known.dropped : nil
    }

    mutating func keepCensus(_ census: [Explanation.Dropped], of contactClass: Int) {
        classes[contactClass].census = (generation, census)
    }

    func seat(of agent: Int) -> Seat? { seats.indices.contains(agent) ? seats[agent] : nil }

    // MARK: Keeping up to date

    mutating func wait(_ place: WaitingLine.Place, in contactClass: Int) {
        classes[contactClass].waiting.insert(place)
        waitingByQueue[classes[contactClass].queue] += 1
    }

    mutating func leave(_ place: WaitingLine.Place, from contactClass: Int) {
        classes[contactClass].waiting.remove(place)
        waitingByQueue[classes[contactClass].queue] -= 1
    }

    /// Moves an agent to where `seat` belongs; nil takes the agent out.
    mutating func place(_ agent: Int, _ seat: Seat?) {
        while seats.count <= agent { seats.append(nil) }
        generation += 1
        if let old = seats[agent] { remove(agent, old) }
        seats[agent] = seat
        if let seat { insert(agent, seat) }
    }

    private mutating func remove(_ agent: Int, _ seat: Seat) {
        profiles[seat.profile].census[seat.condition] -= 1
        guard seat.condition == .available else { return }
        let place = ReadyLine.Place(load: seat.load, since: seat.since, agent: agent)
        for channel in seat.fits.indices where seat.fits[channel] {
            profiles[seat.profile].ready[channel].remove(place)
        }
    }

    private mutating func insert(_ agent: Int, _ seat: Seat) {
        profiles[seat.profile].census[seat.condition] += 1
        guard seat.condition == .available else { return }
        let place = ReadyLine.Place(load: seat.load, since: seat.since, agent: agent)
        for channel in seat.fits.indices where seat.fits[channel] {
            profiles[seat.profile].ready[channel].insert(place)
        }
    }

    // MARK: The two questions

    /// Whether anyone could take a contact of `contactClass` that nobody has declined.
    func hasAgent(for contactClass: Int) -> Bool {
        let channel = classes[contactClass].channel
        return classes[contactClass].profiles.contains { !profiles[$0].ready[channel].places.isEmpty }
    }

    /// The best agent for a contact of `contactClass`, passing over those in `excluded`.
    func bestAgent(for contactClass: Int, excluding excluded: [Int]) -> ReadyLine.Place? {
        let channel = classes[contactClass].channel
        var best: ReadyLine.Place?
        for profile in classes[contactClass].profiles {
            guard let place = profiles[profile].ready[channel].places.first(where: { !excluded.contains($0.agent) })
            else { continue }
            if best.map({ place < $0 }) ?? true { best = place }
        }
        return best
    }

    /// A contact's place among all classes: its stamp with its head start taken off, then its number.
    struct Order: Comparable {
        var stamp: Timestamp
        var interaction: InteractionID

        static func < (one: Order, other: Order) -> Bool {
            one.stamp == other.stamp ? one.interaction < other.interaction : one.stamp < other.stamp
        }
    }

    /// The best contact for an agent: the one that has waited longest, its head start added.
    func bestContact(for agent: Int, passing accepts: (InteractionID) -> Bool) -> Order? {
        classesWithinReach(of: agent).compactMap { firstInOrder(of: $0, passing: accepts) }.min()
    }

    /// The first contact of one class that `accepts` lets pass.
    func firstInOrder(of contactClass: Int, passing accepts: (InteractionID) -> Bool) -> Order? {
        guard let place = classes[contactClass].waiting.first(where: accepts) else { return nil }
        let headStart = classes[contactClass].kind.requirement.headStart
        return Order(stamp: place.stamp.advanced(by: headStart.negated), interaction: place.interaction)
    }

    /// The classes with waiting contacts of which `agent` could take one more now.
    func classesWithinReach(of agent: Int) -> [Int] {
        guard let seat = seats[agent], seat.condition == .available else { return [] }
        return profiles[seat.profile].classes.filter { seat.fits[classes[$0].channel] && !classes[$0].waiting.isEmpty }
    }

    // MARK: What an explanation counts

    /// How many contacts wait that `agent` could take now.
    func contactsWithinReach(of agent: Int) -> Int {
        classesWithinReach(of: agent).reduce(0) { $0 + classes[$1].waiting.count }
    }
}
