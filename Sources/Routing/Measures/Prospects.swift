package import InteractionModel

/// Something that will change a waiting contact's prospects by itself, and when at the latest.
package struct Prospect: Sendable, Equatable {
    package enum Event: Sendable, Equatable {
        case ringOpens(Int)
        /// The queue's calendar is asked again; when it is closed, that is when it opens.
        case queueOpens
        case waitsForAnybody(insteadOf: AgentName)
        case mayBeOfferedAgain(to: AgentName)
        /// The agent, who holds as much as fits, must be done with this contact's wrap-up by then.
        case wrapUpEnds(AgentName, InteractionID)
        /// A limited pause ends.
        case pauseEnds(AgentName)
        case movesOn
        case expires
    }

    package var at: Timestamp
    package var event: Event
}

extension RoutingState {
    /// At most so many agents are named.
    package static let prospectAgentsMax = 8

    /// Moves the time on, so that rings, exclusions and pauses stand as they do at `moment`; decides nothing. For looking at a folded state.
    package mutating func look(at moment: Timestamp) {
        now = max(now, moment)
        matcher.advance(to: now)
    }

    /// What will change for a contact that waits, soonest first, without anybody coming or doing anything.
    package func prospects(of id: InteractionID) -> [Prospect] {
        guard let interaction = interactions[id], interaction.state == .queued else { return [] }
        var prospects: [Prospect] = []
        func expect(_ event: Prospect.Event, at moment: Timestamp?) {
            if let moment, moment > now { prospects.append(Prospect(at: moment, event: event)) }
        }
        if let queue = queue(interaction.requirement.queue) {
            for (index, ring) in queue.rings.enumerated() {
                expect(.ringOpens(index + 1), at: interaction.stamp.advanced(by: ring.after))
            }
            if !isOpen(queue) { expect(.queueOpens, at: gates.first { $0.calendar == queue.hours }?.until) }
        }
        if let preference = interaction.preference {
            expect(.waitsForAnybody(insteadOf: preference.agent), at: preference.until)
        }
        for exclusion in interaction.exclusions { expect(.mayBeOfferedAgain(to: exclusion.agent), at: exclusion.until) }
        prospects += agentProspects(of: id)
        expect(.movesOn, at: interaction.moveAt)
        expect(.expires, at: interaction.expiresAt)
        return prospects.sorted { $0.at < $1.at }
    }

    /// The soonest of the agents who only lack room, or are on a limited pause.
    private func agentProspects(of id: InteractionID) -> [Prospect] {
        var prospects: [Prospect] = []
        for candidate in Explanation.expanded(self, id) {
            guard let index = agentIndex[candidate.agent] else { continue }
            switch candidate.rule {
            case .capacity:
                for held in agents[index].held {
                    guard let other = interactions[held], other.state == .wrapping(candidate.agent) else { continue }
                    prospects.append(Prospect(at: other.deadline, event: .wrapUpEnds(candidate.agent, held)))
                }
            case .notReady:
                guard let until = agents[index].statusUntil else { continue }
                prospects.append(Prospect(at: until, event: .pauseEnds(candidate.agent)))
            default: continue
            }
        }
        return Array(prospects.filter { $0.at > now }.sorted { $0.at < $1.at }.prefix(Self.prospectAgentsMax))
    }

    /// The first rule that keeps an agent from a contact that waits; `laterInOrder` when none does. Nil when the contact does not wait, or the plan does
    /// not name the agent.
    package func rule(keeping agent: AgentName, from id: InteractionID) -> Explanation.Rule? {
        guard let slot = interactions[id]?.slot, let index = agentIndex[agent] else { return nil }
        return rule(dropping: index, from: slot)
    }

    /// Whether an agent can be offered something now, in the core's own words.
    package func condition(of agent: AgentName) -> String? {
        agentIndex[agent].map { index in
            switch agents[index].condition {
            case .signedOut: "signed out"
            case .unreachable: "unreachable"
            case .offHours: "off hours"
            case .notReady: "not ready"
            case .available: "available"
            }
        }
    }

    /// How many contacts of a channel an agent holds.
    package func held(by agent: AgentName, on channel: ChannelName) -> Int {
        agentIndex[agent].map { heldCount(by: $0, on: channel) } ?? 0
    }
}
