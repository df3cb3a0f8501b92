import InteractionModel
import Routing

/// Finds a shorter sequence of inputs that still makes the oracle complain.
///
/// Inputs name interactions, offers and messages by numbers the state gave; when an earlier input is left out those
/// numbers change, so each is translated: to what the same input made this time.
struct Shrinker {
    private let inputs: [Input]
    private let rowsEvery: Int
    /// Which input made which number, and as which of its facts.
    private var makers: [Int64: (input: Int, place: Int)] = [:]
    /// The first word of each complaint that counts as the same failure.
    private(set) var replays = 0

    init(_ inputs: [Input], rowsEvery: Int = 10) {
        self.inputs = inputs
        self.rowsEvery = rowsEvery
        var state = RoutingState()
        for (index, input) in inputs.enumerated() {
            var place = 0
            for fact in state.apply(input) where Self.gives(fact.fact) {
                makers[fact.sequence] = (index, place)
                place += 1
            }
        }
    }

    /// Tries for as many replays as given, and returns the shortest failing sequence found, translated.
    mutating func shortest(replaysMax: Int) -> [Input] {
        var kept = Array(inputs.indices)
        var size = max(1, kept.count / 2)
        while replays < replaysMax {
            var hasShrunk = false
            var start = 0
            while start < kept.count, replays < replaysMax {
                var fewer = kept
                fewer.removeSubrange(start..<min(start + size, kept.count))
                if fails(fewer) != nil {
                    kept = fewer
                    hasShrunk = true
                } else {
                    start += size
                }
            }
            if size == 1, !hasShrunk { break }
            size = max(1, size / 2)
        }
        return fails(kept) ?? inputs
    }

    /// The translated inputs up to the first complaint, when there is one.
    private mutating func fails(_ kept: [Int]) -> [Input]? {
        replays += 1
        var run = StormRun(seed: 1)
        var made: [Int: [Int64]] = [:]
        var said: [Input] = []
        for (step, index) in kept.enumerated() {
            guard let input = translated(inputs[index], made) else { continue }
            said.append(input)
            let facts = run.take(input)
            made[index] = facts.filter { Self.gives($0.fact) }.map(\.sequence)
            if !run.complaints.isEmpty { return said }
            if step % rowsEvery == 0 { run.writeRows() }
        }
        return nil
    }

    private static func gives(_ fact: Fact) -> Bool {
        switch fact {
        case .received, .offered, .invited, .messageQueued: true
        default: false
        }
    }

    // MARK: Translating

    private func number(_ old: Int64, _ made: [Int: [Int64]]) -> Int64? {
        guard let maker = makers[old] else { return old }
        guard let numbers = made[maker.input], numbers.indices.contains(maker.place) else { return nil }
        return numbers[maker.place]
    }

    private func translated(_ input: Input, _ made: [Int: [Int64]]) -> Input? {
        func contact(_ id: InteractionID) -> InteractionID? { number(id.number, made).map { InteractionID($0) } }
        func message(_ id: MessageID) -> MessageID? { number(id.number, made).map { MessageID($0) } }
        var copy = input
        switch input.event {
        case .withdrawn(let id, let cause):
            guard let id = contact(id) else { return nil }
            copy.event = .withdrawn(id, cause: cause)
        case .sendEnded(let id, let attempt, let outcome):
            guard let id = message(id) else { return nil }
            copy.event = .sendEnded(id, attempt: attempt, outcome)
        case .delivery(var report, let repeated):
            guard let id = message(report.message) else { return nil }
            report.message = id
            copy.event = .delivery(report, repeated: repeated)
        case .vendorReturned(let id):
            guard let id = contact(id) else { return nil }
            copy.event = .vendorReturned(id)
        case .supervisor(let name, let command):
            guard let command = translated(command, contact) else { return nil }
            copy.event = .supervisor(name, command)
        case .command(let agent, let command):
            guard let command = translated(command, contact, made) else { return nil }
            copy.event = .command(agent, command)
        default: break
        }
        return copy
    }

    private func translated(
        _ command: AgentCommand, _ contact: (InteractionID) -> InteractionID?, _ made: [Int: [Int64]]
    ) -> AgentCommand? {
        func offer(_ id: OfferID) -> OfferID? { number(id.number, made).map { OfferID($0) } }
        switch command {
        case .setStatus: return command
        case .accept(let id): return offer(id).map { .accept($0) }
        case .reject(let id, let reason): return offer(id).map { .reject($0, reason: reason) }
        case .reply(let id, let key, let repeated):
            return contact(id).map { .reply($0, key: key, repeated: repeated) }
        case .wrapUp(let id): return contact(id).map { .wrapUp($0) }
        case .close(let id, let disposition): return contact(id).map { .close($0, disposition: disposition) }
        case .requeue(let id, let queue, let notMe):
            return contact(id).map { .requeue($0, to: queue, notMe: notMe) }
        case .hold(let id): return contact(id).map { .hold($0) }
        case .resume(let id): return contact(id).map { .resume($0) }
        case .transfer(let id, let to, let notMe): return contact(id).map { .transfer($0, to: to, notMe: notMe) }
        case .consult(let id, let with): return contact(id).map { .consult($0, with: with) }
        case .dismiss(let id, let agent): return contact(id).map { .dismiss($0, agent) }
        case .complete(let id, let to): return contact(id).map { .complete($0, to: to) }
        case .conference(let id): return contact(id).map { .conference($0) }
        case .leave(let id): return contact(id).map { .leave($0) }
        case .escalate(let id): return contact(id).map { .escalate($0) }
        }
    }

    private func translated(
        _ command: SupervisorCommand, _ contact: (InteractionID) -> InteractionID?
    ) -> SupervisorCommand? {
        switch command {
        case .move(let id, let to): contact(id).map { .move($0, to: to) }
        case .assign(let id, let to): contact(id).map { .assign($0, to: to) }
        case .setStatus: command
        case .takeFromVendor(let id): contact(id).map { .takeFromVendor($0) }
        case .handOver(let id, let to): contact(id).map { .handOver($0, to: to) }
        }
    }
}
