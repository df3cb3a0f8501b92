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
        checkOutbox(state)
    }

    private mutating func require(_ condition: Bool, _ breach: @autoclosure () -> String) {
        if !condition { breaches.append(breach()) }
    }

    private mutating func checkHolders(_ state: RoutingState) {
        var holders: [InteractionID: AgentName] = [:]
        for agent in state.agents {
            for id in agent.held {
                require(holders[id] == nil, "contact \(id) is held by \(agent.name) and by \(holders[id]!)")
                holders[id] = agent.name
            }
            require(agent.held == agent.held.sorted(), "\(agent.name) holds \(agent.held) out of order")
        }
        for interaction in state.interactions.values {
            require(
                holders[interaction.id] == interaction.state.agent,
                "contact \(interaction.id) is \(interaction.state), its holder \(holders[interaction.id]?.rawValue ?? "nobody")"
            )
        }
    }

    private mutating func checkDeadlines(_ state: RoutingState) {
        let next = state.nextDeadline ?? Timestamp(milliseconds: .max)
        for interaction in state.interactions.values where !interaction.state.hasEnded {
            require(next <= interaction.deadline, "contact \(interaction.id) has no deadline in the queue")
        }
        for message in state.messages.values {
            require(next <= message.deadline, "message \(message.id) has no deadline in the queue")
        }
        for agent in state.agents {
            require(agent.deadline.map { next <= $0 } ?? true, "\(agent.name) has no deadline in the queue")
        }
    }

    private mutating func checkTallies(_ state: RoutingState) {
        var queues: [QueueName: Int] = [:]
        for tally in state.tallies {
            require(tally.conservationError == 0, "\(tally.channel) gained or lost \(tally.conservationError)")
            let open = state.interactions.values.filter { $0.channel == tally.channel && !$0.state.hasEnded }
            let counted = ["queued", "offered", "active", "wrapping"].map { name in
                Int64(open.filter { $0.state.name == name }.count)
            }
            require(
                counted == [tally.queued, tally.offered, tally.active, tally.wrapping],
                "\(tally) disagrees with a recount of \(counted)")
        }
        for interaction in state.interactions.values where interaction.state == .queued {
            queues[interaction.requirement.queue, default: 0] += 1
        }
        let known = state.waitingByQueue.filter { $0.value != 0 }
        require(known == queues, "the queues count \(known), there are \(queues)")
    }

    private mutating func checkOutbox(_ state: RoutingState) {
        let unsent = state.messages.values.filter { !$0.isSent }
        require(unsent.count == state.unsent, "\(state.unsent) unsent are counted, there are \(unsent.count)")
        for interaction in state.interactions.values {
            let own = state.messages.values.filter { $0.interaction == interaction.id }
            require(interaction.followed == own.count, "contact \(interaction.id) follows \(interaction.followed)")
            let waiting = own.filter { !$0.isSent }.map(\.id).sorted()
            require(interaction.outbox == waiting, "contact \(interaction.id) would send \(interaction.outbox)")
            let onTheirWay = own.filter { $0.state == .sending }.count
            require(onTheirWay <= 1, "contact \(interaction.id) sends \(onTheirWay) messages at once")
        }
    }
}
