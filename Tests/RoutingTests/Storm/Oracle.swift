import InteractionModel
import Routing

/// The same policy said the slow way: plain arrays built from the facts alone, everything sorted each time, and
/// nothing shared with the matcher, not even arithmetic. What it computes is `POLICY.md`, rule by rule.
///
/// `follow` takes the facts of one input. Each must be what the policy says at that moment, and afterwards nothing
/// may be left that the policy would still have done.
struct Oracle {
    var plan = Plan(version: "none", queues: [], defaultQueue: QueueName("none"), agents: [])
    var queues: [OracleQueue] = []
    /// Open ones, by number.
    var contacts: [OracleContact] = []
    /// In the order of their first naming.
    var agents: [OracleAgent] = []
    /// What each calendar said last.
    var hours: [(calendar: String, isOpen: Bool, until: Int64?)] = []
    /// What to add to site time for the time on people's walls.
    var wallOffset: Int64 = 0
    /// Who last served each thread, and until when that is remembered.
    var memories: [(thread: String, agent: Int, until: Int64)] = []
    var complaints: [String] = []
    var coverage = Coverage()
    /// What is being followed, and its moment.
    var now: Int64 = 0
    var input: Input?
    /// Whether each explanation's counts are computed again.
    var checksExplanations = true

    func queue(_ name: String) -> OracleQueue? {
        for queue in queues where queue.name == name { return queue }
        return nil
    }

    func agent(_ name: AgentName) -> Int? {
        for index in agents.indices where agents[index].name == name.rawValue { return index }
        return nil
    }

    func contact(_ id: InteractionID?) -> Int? {
        guard let id else { return nil }
        for index in contacts.indices where contacts[index].id == id.number { return index }
        return nil
    }

    // MARK: Checking

    /// Takes the facts of one input, in their order; with the input, what became of it is checked too.
    mutating func follow(_ facts: [RecordedFact], of input: Input? = nil, at now: Timestamp) {
        self.input = input
        self.now = now.milliseconds
        let due = whatIsDue(at: now.milliseconds)
        for fact in facts {
            coverage.count("fact \(fact.fact.type)")
            checkMoment(fact)
            checkSpans(fact)
            check(fact)
            learn(fact)
        }
        for subject in due where isStillDue(subject) { complain("\(subject) fell due and nothing became of it") }
        checkClocks(at: now.milliseconds)
        if let pair = nextPair(at: now.milliseconds) {
            complain("contact \(contacts[pair.contact].id) and \(agents[pair.agent].name) were left unmatched")
        }
    }

    mutating func complain(_ sentence: String) {
        complaints.append(sentence)
    }

    /// Whether the fact may be true at all, given those before it.
    private mutating func check(_ recorded: RecordedFact) {
        switch recorded.fact {
        case .offered(let offered): check(offered, recorded)
        case .received(let received):
            if case .contact(let contact)? = input?.event { check(received, of: contact, recorded) }
            check(received, recorded)
        case .moved(let moved): check(moved, recorded)
        case .hoursChanged(let name, let isOpen, let until): checkHours(name, isOpen: isOpen, until: until, recorded)
        default: break
        }
    }

    private mutating func check(_ offered: Offered, _ fact: RecordedFact) {
        let now = fact.at.milliseconds
        var notes: [String] = []
        let expected = nextPair(at: now) { notes.append($0) }
        guard let index = contact(fact.interaction), let agent = agent(offered.agent) else {
            return complain("fact \(fact.sequence) offered what is not open, or to nobody")
        }
        guard let expected, expected.contact == index, expected.agent == agent else {
            let wanted = expected.map { "contact \(contacts[$0.contact].id) to \(agents[$0.agent].name)" } ?? "nobody"
            return complain(
                "fact \(fact.sequence) offered contact \(contacts[index].id) to \(offered.agent), expected \(wanted)")
        }
        for note in notes { coverage.count(note) }
        coverage.count("won ring \(expected.ring)")
        noteOrder(of: index, at: now)
        let limit = queue(contacts[index].queue)?.plan.offerTimeout.milliseconds ?? 20_000
        expect("until", offered.until.milliseconds, now + limit, fact)
        if offered.planVersion != plan.version { complain("fact \(fact.sequence) names plan \(offered.planVersion)") }
        if checksExplanations { check(offered.why, of: expected, fact) }
    }

    /// What kept the winner before the next in order.
    private mutating func noteOrder(of winner: Int, at now: Int64) {
        let order = waitingInOrder(at: now)
        guard let place = order.firstIndex(of: winner), place + 1 < order.count else { return }
        let (one, other) = (contacts[winner], contacts[order[place + 1]])
        let (mine, others) = (standing(of: one, at: now), standing(of: other, at: now))
        if mine.band != others.band {
            coverage.count("contact by band")
        } else if mine.place != others.place {
            coverage.count(one.stamp == other.stamp ? "contact by head start" : "contact by place")
            if one.stamp > other.stamp { coverage.count("contact overtook") }
        } else {
            coverage.count("contact by number")
        }
    }

    mutating func expect(_ what: String, _ found: Int64, _ expected: Int64, _ fact: RecordedFact) {
        guard found != expected else { return }
        complain("fact \(fact.sequence), \(fact.fact.type): \(what) is \(found), expected \(expected)")
    }
}
