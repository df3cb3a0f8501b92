import Chance
import InteractionModel
import Routing

/// Who works at the sites.
extension World {
    static let queues = ["sales", "service", "billing"].map { QueueName($0) }
    static let channel = ChannelName("sms")

    static func agent(_ number: Int) -> AgentName { AgentName("agent-\(number)") }

    mutating func wake(_ agent: AgentName, at site: Int) {
        guard let number = Int(agent.rawValue.dropFirst("agent-".count)) else { return }
        wake(number, at: site, in: dice.number(100...3_000))
    }

    mutating func wake(_ agent: Int, at site: Int, in pause: Int64) {
        guard agent < sites[site].wakeAt.count else { return }
        let moment = now + pause
        guard sites[site].wakeAt[agent] <= now || moment < sites[site].wakeAt[agent] else { return }
        sites[site].wakeAt[agent] = moment
        agenda.plan(.agent(site: site, life: sites[site].life, agent: agent), at: moment)
    }

    /// An agent looks at the desk, does one thing, and looks again later.
    mutating func agentActs(_ number: Int, at site: Int) {
        guard sites[site].wakeAt[number] == now else { return }
        let name = Self.agent(number)
        let pause: Int64
        if let record = sites[site].state.agents.first(where: { $0.name == name }) {
            pause = record.held.isEmpty ? dice.number(3_000...15_000) : dice.number(100...4_000)
            act(record, at: site)
        } else {
            pause = 10_000
        }
        wake(number, at: site, in: pause)
    }

    private mutating func act(_ agent: AgentRecord, at site: Int) {
        guard case .connected(let session) = agent.presence else {
            sites[site].session += 1
            say(.event(.agentConnected(agent.name, session: sites[site].session)), to: site)
            return say(.event(.command(agent.name, .setStatus(.available))), to: site)
        }
        if agent.status != .available, dice.happens(permille: 700) {
            return say(.event(.command(agent.name, .setStatus(.available))), to: site)
        }
        guard let id = agent.held.isEmpty ? nil : dice.pick(agent.held) else {
            if !isCalm, dice.happens(permille: 20) {
                say(.event(.agentDisconnected(agent.name, session: session)), to: site)
            }
            return
        }
        guard let command = command(of: agent.name, about: id, at: site) else { return }
        say(.event(.command(agent.name, command)), to: site)
    }

    private mutating func command(of agent: AgentName, about id: InteractionID, at site: Int) -> AgentCommand? {
        switch sites[site].state.interactions[id]?.state {
        case .offered(let offer, _):
            let choice = isCalm ? 0 : dice.below(100)
            return choice < 78 ? .accept(offer) : choice < 88 ? .reject(offer, reason: nil) : nil
        case .wrapping: return .close(id, disposition: "done")
        case .active:
            switch isCalm ? 0 : dice.below(100) {
            case ..<40: return .close(id, disposition: "done")
            case ..<75:
                lines.append(Line(customer: -1, agent: agent, key: key("r")))
                say(.reply(agent, id, line: lines.count - 1), to: site)
                return nil
            case ..<80: return .wrapUp(id)
            case ..<86: return .transfer(id, to: .site(dice.pick(names)))
            case ..<90: return .transfer(id, to: .queue(dice.pick(Self.queues)))
            case ..<93: return .requeue(id, to: nil)
            case ..<96: return .hold(id)
            default: return nil
            }
        default: return nil
        }
    }

    // MARK: Those who run the floor

    mutating func supervise() {
        guard !isCalm else { return }
        agenda.plan(.supervisor, at: now + dice.pause(mean: weather.superviseEvery))
        let site = dice.below(sites.count)
        guard sites[site].isUp else { return }
        switch dice.below(100) {
        case ..<6:
            let isDraining = dice.happens(permille: 400)
            say(.event(.draining(isDraining, by: "sam")), to: site)
        case ..<10:
            sites[site].planVersion += 1
            say(.event(.planActivated(plan(of: site, version: sites[site].planVersion))), to: site)
        case ..<15:
            say(.event(.supervisor("sam", .setStatus(Self.agent(dice.below(weather.agents)), .signedOut))), to: site)
        default:
            guard let id = someInteraction(at: site) else { return }
            let command: SupervisorCommand =
                dice.happens(permille: 850)
                ? .handOver(id, to: dice.pick(names)) : .move(id, to: dice.pick(Self.queues))
            say(.event(.supervisor("sam", command)), to: site)
        }
    }

    /// One of the latest that came to life here, so that it is probably open.
    private mutating func someInteraction(at site: Int) -> InteractionID? {
        let known = sites[site].journal.begun
        guard !known.isEmpty else { return nil }
        return known[known.count - 1 - dice.below(min(known.count, 12))]
    }

    // MARK: What the sites are told to do

    func plan(of site: Int, version: Int) -> Plan {
        var queues = Self.queues.enumerated().map { place, name in
            var queue = QueuePlan(
                name: name, offerTimeout: .seconds(5), wrapUpMax: .seconds(20), waitingMax: weather.waitingMax,
                expireAfter: .hours(6))
            if weather.interflowAfter > 0 {
                queue.interflow = interflow(of: site, turnedBy: place + version)
            }
            return queue
        }
        // Now and then a queue is not served here for a while.
        if version % 3 == 2, queues.count > 1 { queues.removeLast() }
        let agents = (0..<weather.agents).map { number in
            AgentPlan(name: Self.agent(number), capacity: [ChannelCapacity(Self.channel, 1 + (number + version) % 3)])
        }
        return Plan(
            version: "v\(version)", queues: queues, defaultQueue: Self.queues[0], agents: agents, timers: timers)
    }

    private var timers: PlanTimers {
        var timers = PlanTimers()
        timers.reconnectGrace = .seconds(10)
        timers.reclaimAfter = .seconds(10)
        timers.inactiveAfter = .minutes(3)
        return timers
    }
}
