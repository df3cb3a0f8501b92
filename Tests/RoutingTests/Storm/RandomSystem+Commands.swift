import InteractionModel
import Routing

/// What agents and supervisors say: mostly what makes sense, now and then what does not.
extension RandomSystem {
    /// A command about a contact some agent holds, or now and then about anything by anyone.
    mutating func command(_ state: RoutingState) -> Input.Event {
        let holders = state.agents.filter { !$0.held.isEmpty }
        guard let holder = holders.isEmpty ? nil : random.pick(holders), random.chance(92) else {
            return .command(random.pick(agents), anyCommand(interaction(state)))
        }
        let id = random.pick(holder.held)
        guard let interaction = state.interactions[id] else { return .timePassed }
        if let guest = interaction.guests.first(where: { $0.agent == holder.name }) {
            return .command(holder.name, guestCommand(id, guest))
        }
        switch interaction.state {
        case .offered(let offer, _):
            return .command(holder.name, random.chance(85) ? .accept(offer) : .reject(offer, reason: nil))
        case .active: return .command(holder.name, ownerCommand(interaction, state))
        default: return .command(holder.name, .close(id, disposition: random.chance(80) ? "sold" : "unheard-of"))
        }
    }

    private mutating func guestCommand(_ id: InteractionID, _ guest: Guest) -> AgentCommand {
        if case .invited = guest.stage {
            return random.chance(90) ? .accept(guest.offer) : .reject(guest.offer, reason: "busy")
        }
        return random.chance(30) ? .leave(id) : anyCommand(id)
    }

    private mutating func ownerCommand(_ interaction: InteractionRecord, _ state: RoutingState) -> AgentCommand {
        let id = interaction.id
        if let guest = interaction.guests.first, random.chance(75) {
            switch random.below(8) {
            case ..<3: return .complete(id, to: random.chance(50) ? guest.agent : nil)
            case ..<5: return .conference(id)
            case ..<6: return .dismiss(id, guest.agent)
            case ..<7: return .leave(id)
            default: return .consult(id, with: target())
            }
        }
        switch random.below(26) {
        case ..<3: return .consult(id, with: target())
        case ..<6: return .reply(id, key: key(), repeated: random.chance(3))
        case ..<11: return .close(id, disposition: random.chance(80) ? "lost" : nil)
        case ..<13: return .wrapUp(id)
        default: return anyCommand(id)
        }
    }

    private mutating func anyCommand(_ id: InteractionID) -> AgentCommand {
        switch random.below(11) {
        case 0: .requeue(id, to: random.chance(50) ? random.pick(Self.queues) : nil, notMe: random.chance(20))
        case 1: .hold(id)
        case 2: .resume(id)
        case 3 where features.contains(.preferred): .transfer(id, to: target(), notMe: random.chance(20))
        case 5, 6: .consult(id, with: target())
        case 7: .escalate(id)
        case 8: .conference(id)
        case 9: .close(id, disposition: nil)
        default: .leave(id)
        }
    }

    private mutating func target() -> AgentCommand.Target {
        random.chance(60) ? .agent(random.pick(agents)) : .queue(random.pick(Self.queues))
    }

    mutating func supervise(_ state: RoutingState) -> Input.Event {
        let id = interaction(state)
        let command: SupervisorCommand =
            switch random.below(10) {
            case ..<4: .move(id, to: random.pick(Self.queues))
            case ..<8 where features.contains(.preferred): .assign(id, to: random.pick(agents))
            case ..<9: .setStatus(random.pick(agents), status())
            default: .takeFromVendor(withVendor(state))
            }
        return .supervisor("eva", command)
    }

    mutating func withVendor(_ state: RoutingState) -> InteractionID {
        for id in state.interactions.numbers {
            if case .escalated? = state.interactions[id]?.state { return id }
        }
        return interaction(state)
    }

    mutating func interaction(_ state: RoutingState) -> InteractionID {
        let known = state.interactions.numbers
        return known.isEmpty || random.chance(3) ? InteractionID(9_999_999) : random.pick(known)
    }
}
