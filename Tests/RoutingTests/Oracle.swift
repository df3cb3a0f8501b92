import InteractionModel

@testable import Routing

/// The same policy said the slow way: plain arrays built from the facts alone, everything sorted each time, and
/// nothing shared with the matcher.
///
/// The policy in one sentence: of all waiting contacts that some agent could take now, the first in order goes to
/// the best of those agents, again and again until no such pair is left.
struct Oracle {
    struct Contact {
        let id: Int64
        let channel: String
        let stamp: Int64
        var headStart: Int64
        var skills: [(String, Int)]
        var isWaiting = true
        var holder: String?
        /// Agent and the moment before which that agent is not asked again.
        var declined: [(String, Int64)] = []
    }

    struct Agent {
        let name: String
        var isPlanned = true
        var skills: [(String, Int)] = []
        var capacity: [(String, Int)] = []
        var isAvailable = false
        var isConnected = false
        /// The fact since which the agent counts as idle.
        var since: Int64
    }

    private(set) var contacts: [Contact] = []
    private(set) var agents: [Agent] = []
    private(set) var complaints: [String] = []

    // MARK: Checking

    /// Takes one step's facts: every offer among them must be the one this policy makes.
    mutating func follow(_ facts: [RecordedFact], at now: Timestamp) {
        for fact in facts {
            if case .offered(let offered) = fact.fact, let id = fact.interaction {
                check(id.number, offered.agent.rawValue, fact)
            }
            learn(fact)
        }
        if let pair = nextPair(at: now.milliseconds) {
            complaints.append("contact \(pair.contact) and \(pair.agent) were left unmatched")
        }
    }

    private mutating func check(_ contact: Int64, _ agent: String, _ fact: RecordedFact) {
        let expected = nextPair(at: fact.at.milliseconds)
        guard let expected, expected == (contact, agent) else {
            let wanted = expected.map { "contact \($0.contact) to \($0.agent)" } ?? "nobody"
            complaints.append("fact \(fact.sequence) offered contact \(contact) to \(agent), expected \(wanted)")
            return
        }
    }

    private func nextPair(at now: Int64) -> (contact: Int64, agent: String)? {
        let waiting = contacts.filter(\.isWaiting).sorted {
            ($0.stamp - $0.headStart, $0.id) < ($1.stamp - $1.headStart, $1.id)
        }
        for contact in waiting {
            let able = agents.indices.filter { canTake(agents[$0], contact, now) }
            let best = able.sorted {
                (held(agents[$0].name), agents[$0].since, $0) < (held(agents[$1].name), agents[$1].since, $1)
            }.first
            if let best { return (contact.id, agents[best].name) }
        }
        return nil
    }

    private func canTake(_ agent: Agent, _ contact: Contact, _ now: Int64) -> Bool {
        guard agent.isPlanned, agent.isAvailable, agent.isConnected else { return false }
        for (skill, level) in contact.skills where !agent.skills.contains(where: { $0.0 == skill && $0.1 >= level }) {
            return false
        }
        let room = agent.capacity.first { $0.0 == contact.channel }?.1 ?? 0
        let used = contacts.filter { $0.holder == agent.name && $0.channel == contact.channel }.count
        return used < room && !contact.declined.contains { $0.0 == agent.name && $0.1 > now }
    }

    private func held(_ agent: String) -> Int { contacts.filter { $0.holder == agent }.count }

    // MARK: Learning

    private mutating func learn(_ recorded: RecordedFact) {
        let contact = contacts.firstIndex { $0.id == recorded.interaction?.number }
        switch recorded.fact {
        case .planActivated(let plan): learn(plan, recorded.sequence)
        case .received(let received):
            contacts.append(
                Contact(
                    id: recorded.sequence, channel: received.channel.rawValue, stamp: recorded.at.milliseconds,
                    headStart: received.requirement.headStart.milliseconds,
                    skills: received.requirement.skills.plain))
        case .offered(let offered): hold(contact, by: offered.agent.rawValue)
        case .offerEnded(_, .accepted): renew(contacts[contact!].holder!, recorded.sequence)
        case .offerEnded(_, .rejected(_, let until)):
            contacts[contact!].declined.append((contacts[contact!].holder!, until.milliseconds))
            hold(contact, by: nil)
        case .offerEnded, .released: hold(contact, by: nil)
        case .requeued(let requeued):
            contacts[contact!].declined.append((requeued.by.rawValue, requeued.notAgainBefore.milliseconds))
            contacts[contact!].headStart = requeued.requirement.headStart.milliseconds
            contacts[contact!].skills = requeued.requirement.skills.plain
            hold(contact, by: nil)
        case .closed, .abandoned, .expired:
            if let holder = contacts[contact!].holder { renew(holder, recorded.sequence) }
            contacts.remove(at: contact!)
        case .agentConnected(let name, _): change(name) { $0.isConnected = true }
        case .agentConnectionLost(let name, _, _): change(name) { $0.isConnected = false }
        case .agentStatusChanged(let name, let status):
            change(name) {
                $0.isAvailable = status == .available
                if status == .available { $0.since = recorded.sequence }
            }
        case .agentSignedOut(let name, _, _):
            change(name) {
                $0.isAvailable = false
                $0.isConnected = false
            }
        default: break
        }
    }

    private mutating func learn(_ plan: Plan, _ sequence: Int64) {
        for index in agents.indices { agents[index].isPlanned = false }
        for planned in plan.agents {
            if !agents.contains(where: { $0.name == planned.name.rawValue }) {
                agents.append(Agent(name: planned.name.rawValue, since: sequence))
            }
            change(planned.name) {
                $0.isPlanned = true
                $0.skills = planned.skills.plain
                $0.capacity = planned.capacity.map { ($0.channel.rawValue, $0.contacts) }
            }
        }
    }

    private mutating func hold(_ contact: Int?, by holder: String?) {
        contacts[contact!].holder = holder
        contacts[contact!].isWaiting = holder == nil
    }

    private mutating func renew(_ name: String, _ sequence: Int64) {
        change(AgentName(name)) { $0.since = sequence }
    }

    private mutating func change(_ name: AgentName, _ body: (inout Agent) -> Void) {
        guard let index = agents.firstIndex(where: { $0.name == name.rawValue }) else { return }
        body(&agents[index])
    }
}

extension SkillSet {
    fileprivate var plain: [(String, Int)] { skills.map { ($0.skill.rawValue, $0.level) } }
}
