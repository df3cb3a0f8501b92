import InteractionModel
import Routing

/// A contact centre of given size, driven straight on the matcher: agents of 2 to 8 of 64 skills at four sites, queues that ask for one or
/// two, 70 % voice that takes an agent whole and 30 % chat in three slots, four head starts, circles that widen after 10 and 30 s.
struct CoreWorkload {
    struct Size {
        var agents: Int
        var profiles: Int
        var classes: Int
        /// Contacts held waiting; 0 keeps 80 % of the agents busy and hardly anyone waiting.
        var waiting: Int

        var text: String {
            "\(agents) agents in \(profiles) profiles, \(classes) classes, \(waiting == 0 ? "80 % busy" : "\(waiting) waiting")"
        }
    }

    private struct Person {
        var profile: Int
        var since: Int64
        var voice: UInt8 = 0
        var chats: UInt8 = 0
    }

    private struct Talk {
        var agent: UInt32
        var isVoice: Bool
    }

    private struct Waiting {
        var slot: UInt32
        var contactClass: UInt32
        var stamp: Int64
    }

    let size: Size
    var explaining = true
    private(set) var decisions = 0
    /// Changes with every decision: two runs that end in the same number made the same ones.
    private(set) var digest: UInt64 = 1_469_598_103_934_665_603

    private var matcher = Matcher()
    private var random: UInt64 = 88_172_645_463_325_252
    private var people: [Person] = []
    private var isVoice: [Bool] = []
    private var classNumbers: [Int] = []
    private var classOf: [Int] = []
    private var talks: [Talk] = []
    private var waiting: [Waiting] = []
    /// Where a slot stands in `waiting`.
    private var places: [UInt32] = []
    /// By class and profile, for the list scan: the milliseconds after which they may meet, or none.
    private var openAfter: [Int32] = []
    private var headStarts: [Int64] = []
    private var microseconds: Int64 = 1_000_000_000_000
    private var sequence: Int64 = 0
    private var contacts: Int64 = 0
    private let voiceBit: UInt64
    private let chatBit: UInt64

    init(_ size: Size) {
        self.size = size
        var draw = Draw()
        let made = CorePlan(size, &draw)
        matcher.adopt(made.plan)
        voiceBit = 1 << UInt64(matcher.channel(CorePlan.voice) ?? 0)
        chatBit = 1 << UInt64(matcher.channel(CorePlan.chat) ?? 0)
        let profiles = made.profiles.map { matcher.profile($0) }
        classNumbers = made.kinds.map { matcher.contactClass($0) }
        classOf = Array(repeating: 0, count: (classNumbers.max() ?? 0) + 1)
        for (index, number) in classNumbers.enumerated() { classOf[number] = index }
        isVoice = made.kinds.map { $0.channel == CorePlan.voice }
        headStarts = made.plan.queues.map { $0.headStart.milliseconds }
        openAfter = made.openAfter
        for _ in 0..<size.agents {
            sequence += 1
            people.append(Person(profile: profiles[draw.below(size.profiles)], since: sequence))
        }
        for agent in people.indices { place(agent) }
        _ = matcher.nextPair(at: now)
        random = draw.state
    }

    var bytes: (agent: Double, contact: Double) {
        let bytes = matcher.bytes
        return (Double(bytes.agents) / Double(size.agents), Double(bytes.contacts) / Double(max(waiting.count, 1)))
    }

    var waitingCount: Int { waiting.count }

    private var now: Timestamp { Timestamp(milliseconds: microseconds / 1000) }

    private mutating func below(_ bound: Int) -> Int {
        var draw = Draw(state: random)
        defer { random = draw.state }
        return draw.below(bound)
    }

    // MARK: Events

    /// One arrival, end of work or hanging up, with all that follows from it.
    mutating func step() {
        microseconds &+= Int64(150_000_000 / size.agents)
        match()
        let roll = below(20)
        var kind: Int
        if size.waiting > 0 {
            kind = waiting.count < size.waiting ? 0 : roll == 0 ? 2 : 1
        } else {
            kind = talks.count + waiting.count < size.agents * 8 / 10 ? (roll < 13 ? 0 : 1) : (roll < 7 ? 0 : 1)
            if roll == 19, !waiting.isEmpty { kind = 2 }
        }
        if kind == 1, talks.isEmpty { kind = waiting.count >= size.agents ? 2 : 0 }
        if kind == 2, waiting.isEmpty { kind = 0 }
        let contactClass = below(classNumbers.count)
        switch kind {
        case 0: arrive(contactClass)
        case 1: complete(below(talks.count))
        default: abandon(below(waiting.count))
        }
        match()
    }

    private mutating func arrive(_ contactClass: Int) {
        contacts &+= 1
        let slot = matcher.enter(InteractionID(contacts), since: now, in: classNumbers[contactClass])
        while places.count <= slot { places.append(0) }
        places[slot] = UInt32(truncatingIfNeeded: waiting.count)
        waiting.append(
            Waiting(
                slot: UInt32(truncatingIfNeeded: slot), contactClass: UInt32(truncatingIfNeeded: contactClass),
                stamp: microseconds / 1000))
    }

    private mutating func complete(_ index: Int) {
        let talk = talks[index]
        talks.swapAt(index, talks.count - 1)
        talks.removeLast()
        if talk.isVoice { people[Int(talk.agent)].voice = 0 } else { people[Int(talk.agent)].chats -= 1 }
        renew(Int(talk.agent))
    }

    private mutating func abandon(_ index: Int) {
        let slot = Int(waiting[index].slot)
        matcher.leave(slot)
        forget(slot)
    }

    private mutating func forget(_ slot: Int) {
        let place = Int(places[slot])
        let last = waiting.count - 1
        waiting[place] = waiting[last]
        places[Int(waiting[place].slot)] = UInt32(truncatingIfNeeded: place)
        waiting.removeLast()
    }

    private mutating func match() {
        while let pair = matcher.nextPair(at: now, explaining: explaining) { accept(pair) }
    }

    /// Offered and accepted at once.
    private mutating func accept(_ pair: Match) {
        let contactClass = Int(waiting[Int(places[pair.slot])].contactClass)
        matcher.leave(pair.slot)
        forget(pair.slot)
        talks.append(Talk(agent: UInt32(truncatingIfNeeded: pair.agent), isVoice: isVoice[contactClass]))
        if isVoice[contactClass] { people[pair.agent].voice = 1 } else { people[pair.agent].chats += 1 }
        renew(pair.agent)
        decisions &+= 1
        digest = (digest ^ UInt64(bitPattern: pair.contact.number) << 20 ^ UInt64(pair.agent)) &* 1_099_511_628_211
        digest = (digest ^ UInt64(bitPattern: Int64(pair.reason.load))) &* 1_099_511_628_211
    }

    private mutating func renew(_ agent: Int) {
        sequence &+= 1
        people[agent].since = sequence
        place(agent)
    }

    private mutating func place(_ agent: Int) {
        let person = people[agent]
        var open: UInt64 = 0
        if person.voice == 0 { open = person.chats == 0 ? voiceBit | chatBit : person.chats < 3 ? chatBit : 0 }
        matcher.place(
            agent,
            Seat(
                profile: person.profile, condition: .available, open: open, load: Int(person.voice + person.chats),
                key: person.since, since: person.since))
    }

    // MARK: The same question to a list

    /// What a list scan decides for one agent: the first in order of all waiting contacts it could take. The table of eligibility is
    /// made beforehand, as generous to the scan as can be. Returns the stamp found.
    func scanContacts(for agent: Int) -> Int64 {
        let profile = people[agent].profile
        let now = microseconds / 1000
        var best = Int64.max
        for contact in waiting {
            let index = Int(contact.contactClass)
            let after = openAfter[index * size.profiles + profile]
            guard after >= 0, now - contact.stamp >= Int64(after) else { continue }
            best = min(best, contact.stamp - headStarts[index])
        }
        return best
    }

    /// What a list scan decides for one contact: the best of all agents who could take it. Returns the sequence found.
    func scanAgents(for contactClass: Int) -> Int64 {
        var best = Int64.max
        for person in people {
            guard person.voice == 0, isVoice[contactClass] ? person.chats == 0 : person.chats < 3 else { continue }
            guard openAfter[contactClass * size.profiles + person.profile] == 0 else { continue }
            best = min(best, Int64(person.chats) << 48 | person.since)
        }
        return best
    }
}

/// A small generator: the same numbers on every machine.
struct Draw {
    var state: UInt64 = 88_172_645_463_325_252

    mutating func below(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(truncatingIfNeeded: ((state >> 32) &* UInt64(bound)) >> 32)
    }
}
