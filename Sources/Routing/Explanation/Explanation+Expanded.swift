package import InteractionModel

extension Explanation {
    /// One agent as a candidate for one contact.
    package struct Candidate: Sendable, Equatable {
        package var agent: AgentName
        /// The first rule that keeps the agent from the contact; `laterInOrder` for who is able.
        package var rule: Rule
        package var load: Int
        /// How long the agent has been idle, or at this load.
        package var idle: Span
    }

    /// Waiting contacts of one queue that the same rule keeps from an agent.
    package struct Group: Sendable, Equatable {
        package var queue: QueueName
        package var rule: Rule
        package var count: Int
        /// The one that began to wait first.
        package var first: InteractionID
    }

    /// Every planned agent and the first rule that keeps it from a waiting contact: first who is able, then by rule, the last
    /// obstacle first; equals by number. Empty when the contact does not wait.
    ///
    /// For a decision of the past, fold the journal up to the fact before it and ask that state.
    package static func expanded(_ state: RoutingState, _ contact: InteractionID) -> [Candidate] {
        guard let slot = state.interactions[contact]?.slot else { return [] }
        let candidates = state.agents.indices.compactMap { index -> Candidate? in
            guard let rule = state.rule(dropping: index, from: slot) else { return nil }
            let agent = state.agents[index]
            return Candidate(
                agent: agent.name, rule: rule, load: agent.held.count, idle: state.now.since(agent.sinceAt))
        }
        return candidates.enumerated().sorted { one, other in
            (-one.element.rule.rank, one.offset) < (-other.element.rule.rank, other.offset)
        }.map(\.element)
    }

    /// Why an agent has been given nothing: the waiting contacts by queue and by the first rule that keeps them apart, in order of
    /// queues as the plan names them. Empty when the plan does not name the agent.
    package static func whyNothing(_ state: RoutingState, _ agent: AgentName) -> [Group] {
        guard let index = state.agentIndex[agent], state.agents[index].isPlanned else { return [] }
        var groups: [Group] = []
        for id in state.interactions.numbers {
            guard let interaction = state.interactions[id], let slot = interaction.slot,
                let rule = state.rule(dropping: index, from: slot)
            else { continue }
            let queue = interaction.requirement.queue
            if let known = groups.firstIndex(where: { $0.queue == queue && $0.rule == rule }) {
                groups[known].count += 1
            } else {
                groups.append(Group(queue: queue, rule: rule, count: 1, first: id))
            }
        }
        let order = state.plan.queues.map(\.name)
        func place(_ group: Group) -> Int { order.firstIndex(of: group.queue) ?? order.count }
        return groups.sorted { (place($0), $0.rule.rank) < (place($1), $1.rule.rank) }
    }
}
