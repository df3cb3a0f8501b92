import Federation
import InteractionModel
import Routing

extension Simulator {
    mutating func planArrival(in queue: Int) {
        guard let moment = sources[queue].next() else { return }
        heap.plan(.arrival, at: Int64(moment * 1e6), of: queue)
    }

    /// A customer comes, and the queue's next one is drawn.
    mutating func arrive(in queue: Int) {
        planArrival(in: queue)
        result.contacts += 1
        meter.expect(at: now)
        let slot = slots.take()
        let (lane, token) = deliver(queue)
        slots[slot].arrivedAt = now
        slots[slot].lane = Int32(lane)
        slots[slot].handlingSeed = handling[queue].next()
        let patience = scenario.queues[queue].patience.map { $0 * self.patience[queue].exponential() }
        slots[slot].batch = Int32(meter.offered(in: lane, agents, at: now))
        if reference != nil { noteReference(slot) }
        if let lines = scenario.lines, slots.count > lines { return block(slot) }
        if let places = scenario.waitingMax, waiting.reduce(0, +) >= places, !isAnybodyIdle(for: lane) {
            return block(slot)
        }
        if !present(slot, to: lane, token) { return block(slot) }
        if !offers.contains(where: { $0.slot == slot }) {
            slots[slot].isWaiting = true
            waiting[lane] += 1
            if let patience {
                heap.plan(.patience, at: now + Int64(patience * 1e6), of: slot, generation: slots[slot].generation)
            }
        }
        settle()
    }

    private func isAnybodyIdle(for lane: Int) -> Bool { lanes[lane].groups.contains { !idle[$0].isEmpty } }

    private mutating func noteReference(_ slot: Int) {
        guard let queue = reference?.law else { return }
        let seconds = ServiceTime(mean: queue.mean).seconds(for: slots[slot].handlingSeed)
        let wait = Double(reference?.wait(at: now, service: Int64(seconds * 1e6)) ?? 0) / 1e6
        let inTime = queue.exactInTime.map { (wait <= queue.threshold ? 1 : 0) - $0 } ?? 0
        meter.noteReference(wait - queue.exactWait, inTime: inTime, batch: Int(slots[slot].batch))
    }

    /// False when the router had no place.
    private mutating func present(_ slot: Int, to lane: Int, _ token: String?) -> Bool {
        let name = slots.name(of: slot)
        var contact = InboundContact(
            key: name.key, channel: Scenario.channel, account: Self.account, party: name.party, thread: name.party,
            destination: "", wish: RoutingWish(queue: lanes[lane].name, skills: wish(for: lane)))
        contact.claim = token.map { RouteClaim(contextToken: $0) }
        if case .accepted = tell(lanes[lane].site ?? 0, .contact(contact), newcomer: slot) { return true }
        return false
    }

    private static let account = AccountName("simulated")

    /// Under the random order, one of the idle agents; nothing otherwise.
    private mutating func wish(for lane: Int) -> SkillSet {
        guard scenario.policy.order == .random else { return SkillSet() }
        let count = lanes[lane].groups.reduce(0) { $0 + idle[$1].count }
        guard count > 0 else { return SkillSet() }
        var left = choices.below(count)
        for group in lanes[lane].groups {
            if left < idle[group].count {
                return SkillSet([SkillRequirement(Scenario.ownSkill(of: idle[group][left]))])
            }
            left -= idle[group].count
        }
        return SkillSet()
    }

    private mutating func block(_ slot: Int) {
        meter.blocked(slots[slot])
        slots.giveBack(slot)
    }

    mutating func giveUp(_ slot: Int, _ generation: UInt32) {
        let customer = slots[slot]
        guard customer.generation == generation, customer.isWaiting else { return }
        say(Int(customer.home), .withdrawn(InteractionID(customer.interactionAtHome), cause: "impatient"))
        waiting[Int(customer.lane)] -= 1
        meter.abandoned(customer, scenario.queues[lanes[Int(customer.lane)].queue], at: now)
        forget(slot)
    }

    /// The simulator lets go of a contact that has ended.
    mutating func forget(_ slot: Int) {
        let customer = slots[slot]
        cores[Int(customer.home)].slots.remove(customer.interactionAtHome)
        if customer.core != customer.home { cores[Int(customer.core)].slots.remove(customer.interaction) }
        slots.giveBack(slot)
    }
}
