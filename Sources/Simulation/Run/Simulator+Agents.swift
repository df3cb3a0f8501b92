import InteractionModel
import Routing

extension Simulator {
    // MARK: Serving

    /// An agent has taken a customer.
    mutating func serve(_ slot: Int, by agent: Int) {
        let hasWaited = slots[slot].isWaiting
        if hasWaited {
            slots[slot].isWaiting = false
            waiting[Int(slots[slot].lane)] -= 1
        }
        takeFromIdle(agent)
        agents[agent].begin(slot, at: now)
        let queue = scenario.queues[lanes[Int(slots[slot].lane)].queue]
        let group = agents[agent].group
        let law = queue.handling ?? scenario.groups[group].handling
        let seconds = law.seconds(for: slots[slot].handlingSeed)
        meter.answered(slots[slot], queue, by: group, hasWaited, at: now)
        meter.noteService(seconds, mean: law.mean, batch: Int(slots[slot].batch))
        heap.plan(.release, at: now + Int64(seconds * 1e6), of: agent)
    }

    /// An agent's conversation is over.
    mutating func release(_ agent: Int) {
        let slot = agents[agent].slot
        agents[agent].end(at: now)
        if agents[agent].isLeaving { agents[agent].leave(at: now) } else { addToIdle(agent) }
        let closed = Input.Event.command(
            agents[agent].name, .close(InteractionID(slots[slot].interaction), disposition: nil))
        if case .refused = tell(core(of: agent), closed) { result.refusals += 1 }
        settle()
        forget(slot)
    }

    private mutating func addToIdle(_ agent: Int) {
        let group = agents[agent].group
        agents[agent].idlePlace = idle[group].count
        idle[group].append(agent)
    }

    private mutating func takeFromIdle(_ agent: Int) {
        let group = agents[agent].group
        let place = agents[agent].idlePlace
        guard place >= 0, let last = idle[group].popLast() else { return }
        if last != agent {
            idle[group][place] = last
            agents[last].idlePlace = place
        }
        agents[agent].idlePlace = -1
    }

    // MARK: Coming and going

    mutating func planShifts(of agent: Int) {
        let shifts = scenario.groups[agents[agent].group].shifts
        if shifts.isEmpty { heap.plan(.signIn, at: 0, of: agent) }
        for shift in shifts {
            let isNight = shift.to <= shift.from
            heap.plan(.signIn, at: isNight ? 0 : Self.moment(shift.from), of: agent)
            heap.plan(.signOut, at: Self.moment(shift.to), of: agent)
            if isNight { heap.plan(.signIn, at: Self.moment(shift.from), of: agent, generation: 1) }
        }
    }

    private static func moment(_ hour: Double) -> Int64 { Int64(hour * 3600 * 1e6) }
    private static let day: Int64 = 86_400_000_000

    mutating func signIn(_ agent: Int) {
        if !scenario.groups[agents[agent].group].shifts.isEmpty { planTomorrow(.signIn, agent) }
        let wasThere = agents[agent].isThere
        agents[agent].come(at: now)
        let core = core(of: agent)
        if !wasThere { say(core, .agentConnected(agents[agent].name, session: 1)) }
        if agents[agent].slot < 0, agents[agent].idlePlace < 0 { addToIdle(agent) }
        say(core, .command(agents[agent].name, .setStatus(.available)))
    }

    /// Who still serves somebody leaves afterwards.
    mutating func signOut(_ agent: Int) {
        planTomorrow(.signOut, agent)
        guard agents[agent].isThere, !agents[agent].isLeaving else { return }
        takeFromIdle(agent)
        if agents[agent].slot >= 0 {
            agents[agent].isLeaving = true
        } else {
            agents[agent].leave(at: now)
        }
        say(core(of: agent), .command(agents[agent].name, .setStatus(.notReady(Self.offShift))))
    }

    private static let offShift = AgentStatus.Reason("off-shift")

    /// A night shift that is running at the beginning was planned for moment 0, which no shift begins at again.
    private mutating func planTomorrow(_ kind: Event.Kind, _ agent: Int) {
        let shifts = scenario.groups[agents[agent].group].shifts
        let hour = now % Self.day
        let isPlanned = shifts.contains { Self.moment(kind == .signIn ? $0.from : $0.to) % Self.day == hour }
        if isPlanned { heap.plan(kind, at: now + Self.day, of: agent) }
    }
}
