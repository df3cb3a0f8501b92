import Federation
import InteractionModel

@testable import Routing

/// What must be true of a state between any two inputs; each breach is a sentence. That no offer goes beyond an
/// agent's capacity is the oracle's to see: a new plan may leave an agent with more than it allows.
struct Invariants {
    private(set) var breaches: [String] = []

    init(_ state: RoutingState) {
        checkHolders(state)
        checkDeadlines(state)
        checkTallies(state)
        checkMeasures(state)
        checkOutbox(state)
        checkCustody(state)
    }

    private mutating func require(_ condition: Bool, _ breach: @autoclosure () -> String) {
        if !condition { breaches.append(breach()) }
    }

    /// One owner a contact, its guests beside, and both sides know it.
    private mutating func checkHolders(_ state: RoutingState) {
        var holders: [InteractionID: AgentName] = [:]
        var guests: [InteractionID: Set<AgentName>] = [:]
        for agent in state.agents {
            for id in agent.held {
                guard state.interactions[id]?.guests.contains(where: { $0.agent == agent.name }) != true else {
                    require(guests[id, default: []].insert(agent.name).inserted, "\(agent.name) is twice in \(id)")
                    continue
                }
                require(holders[id] == nil, "contact \(id) is held by \(agent.name) and by \(holders[id]!)")
                holders[id] = agent.name
            }
            require(agent.held.isEmpty == (agent.busySince == nil), "\(agent.name) is busy since nobody knows when")
            require(agent.held == agent.held.sorted(), "\(agent.name) holds \(agent.held) out of order")
        }
        for interaction in state.interactions.records {
            let id = interaction.id
            require(holders[id] == interaction.state.agent, "contact \(id) is \(interaction.state), not so its holder")
            require(guests[id] ?? [] == Set(interaction.guests.map(\.agent)), "contact \(id) has other guests")
            require(interaction.guests.count < InteractionRecord.participantsMax, "contact \(id) has too many guests")
            if case .active = interaction.state { continue }
            require(interaction.guests.isEmpty && interaction.heldUntil == nil, "contact \(id) is over and is not")
        }
    }

    private mutating func checkDeadlines(_ state: RoutingState) {
        let next = state.nextDeadline ?? Timestamp(milliseconds: .max)
        for interaction in state.interactions.records where !interaction.state.hasEnded {
            require(next <= interaction.deadline, "contact \(interaction.id) has no deadline in the queue")
            let others = [interaction.heldUntil].compactMap { $0 } + interaction.guests.compactMap(\.deadline)
            require(others.allSatisfy { next <= $0 }, "hold or a guest of contact \(interaction.id) has no deadline")
        }
        for (id, message) in state.messages {
            require(next <= message.deadline, "message \(id) has no deadline in the queue")
        }
        for agent in state.agents {
            require(agent.deadline.map { next <= $0 } ?? true, "\(agent.name) has no deadline in the queue")
        }
    }

    private mutating func checkTallies(_ state: RoutingState) {
        var recount = state.tallies
        for index in recount.indices {
            require(recount[index].conservationError == 0, "contacts were gained or lost: \(recount[index])")
            (recount[index].queued, recount[index].offered) = (0, 0)
            (recount[index].active, recount[index].wrapping, recount[index].escalated) = (0, 0, 0)
            (recount[index].handingOver, recount[index].away) = (0, 0)
        }
        var queues: [QueueName: Int] = [:]
        for interaction in state.interactions.records where !interaction.state.hasEnded {
            recount[recount.firstIndex { $0.channel == interaction.channel }!].count(interaction.state, by: 1)
            if interaction.state == .queued { queues[interaction.requirement.queue, default: 0] += 1 }
        }
        require(recount == state.tallies, "\(state.tallies) disagree with a recount: \(recount)")
        let counts = state.matcher.queueRules.map { ($0.plan.name, state.waiting(in: $0.plan.name)) }
        let known = Dictionary(uniqueKeysWithValues: counts.filter { $0.1 != 0 })
        require(known == queues, "the queues count \(known), there are \(queues)")
    }

    /// What a queue counted must be what is there: nobody enters or leaves it uncounted.
    private mutating func checkMeasures(_ state: RoutingState) {
        let open = state.interactions.records.filter { !$0.state.hasEnded }
        for measures in state.measures.queues {
            let here = open.filter { $0.requirement.queue == measures.queue }
            let queued = here.filter { $0.state == .queued }.map(\.linePlace).sorted()
            let offered = here.count {
                switch $0.state {
                case .offered, .handingOver: true
                default: false
                }
            }
            let name = measures.queue
            require(measures.line.first(.max) == queued, "\(name) has another line than those who wait")
            require(
                measures.pace.waiting == queued.count, "\(name) paces \(measures.pace.waiting), not \(queued.count)")
            require(
                measures.unanswered == queued.count + offered,
                "\(name) counts \(measures.unanswered) unanswered, there are \(queued.count) and \(offered)")
            require(measures.overtaking.inversions == 0, "\(name) let somebody pass an equal who waited longer")
        }
    }

    /// Only a custodian's contact is with an agent or waits for one, and both sides of an entry agree.
    private mutating func checkCustody(_ state: RoutingState) {
        for entry in state.custody.contacts.compactMap({ state.custody[$0] }) {
            guard let id = entry.interaction, let interaction = state.interactions[id] else { continue }
            let name = entry.contact
            require(state.contact(of: id) == name, "\(name) is another contact here")
            switch (entry.row.state, interaction.state) {
            case (.offered, .handingOver(let peer)): require(entry.row.peer == peer, "\(name) is offered to another")
            case (.suspect, .handingOver(let peer)): require(peer == state.site, "\(name) is suspect and on its way")
            case (.suspect, .away), (.suspect, .closed), (.suspect, .abandoned), (.suspect, .expired): break
            case (.gone, .away(let peer)), (.refused, .away(let peer)):
                require(entry.whereabouts?.site == peer, "\(name) is elsewhere than it is said")
            case (.held, let state): require(state.elsewhere == nil && !state.hasEnded, "\(name) is held and \(state)")
            case (.closed, let state), (.gone, let state), (.refused, let state):
                require(state.hasEnded, "\(name) is \(entry.row.state) and \(state)")
            default: require(false, "\(name) is \(entry.row.state) and \(interaction.state)")
            }
        }
        for peer in state.custody.creditors {
            let inDoubt = state.custody.debts(to: peer).count { state.custody[$0.contact]?.offer?.number == $0.number }
            let counted = state.custody.offers(to: peer)
            require(inDoubt == counted, "\(counted) offers in doubt with \(peer) are counted, there are \(inDoubt)")
        }
        for interaction in state.interactions.records where interaction.state.elsewhere != nil {
            require(state.custody[state.contact(of: interaction)] != nil, "\(interaction.id) is away of itself")
        }
    }

    private mutating func checkOutbox(_ state: RoutingState) {
        var followed: [InteractionID: Int] = [:]
        var sending: [InteractionID: Int] = [:]
        var unsent: [InteractionID: [MessageID]] = [:]
        var unsentCount = 0
        for entry in state.custody.contacts.compactMap({ state.custody[$0] }) where entry.unheard > 0 {
            entry.interaction.map { followed[$0, default: 0] += entry.unheard }
        }
        for (id, message) in state.messages {
            if !message.isSent { unsentCount += 1 }
            guard let interaction = message.interaction else { continue }
            followed[interaction, default: 0] += 1
            if !message.isSent { unsent[interaction, default: []].append(id) }
            if message.state == .sending { sending[interaction, default: 0] += 1 }
        }
        require(unsentCount == state.unsent, "\(state.unsent) unsent are counted, there are \(unsentCount)")
        for interaction in state.interactions.records {
            let id = interaction.id
            require(interaction.followed == followed[id] ?? 0, "contact \(id) follows \(interaction.followed)")
            require(interaction.outbox == (unsent[id] ?? []).sorted(), "contact \(id) would send \(interaction.outbox)")
            require(sending[id] ?? 0 <= 1, "contact \(id) sends \(sending[id] ?? 0) messages at once")
        }
    }
}
