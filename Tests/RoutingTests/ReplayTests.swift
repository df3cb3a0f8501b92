import InteractionModel
import JSON
import Testing

@testable import Routing

@Suite struct ReplayTests {
    static let seeds = 1000..<1012
    static let inputs = 1000

    @Test("Folding the recorded facts, read back from their JSON, gives the state that decided them", arguments: seeds)
    func folding(seed: Int) throws {
        var storm = Storm(seed: seed)
        var folded = RoutingState()
        for fact in storm.facts { folded.fold(try fact.throughJSON()) }
        for _ in 0..<Self.inputs {
            for fact in storm.step() { folded.fold(try fact.throughJSON()) }
        }
        _ = folded.takeChanges()  // Forgets what has ended, as the live state does once it is written.
        _ = storm.state.takeChanges()
        #expect(folded.allRows() == storm.state.allRows())
    }

    @Test("A state restored from its rows decides on as if it had never stopped", arguments: seeds)
    func restoring(seed: Int) throws {
        var storm = Storm(seed: seed)
        var twin = storm.state
        for step in 0..<Self.inputs {
            let facts = storm.step()
            let twins = twin.apply(storm.input)
            guard facts == twins else {
                Issue.record("step \(step): \(facts) became \(twins)")
                return
            }
            guard step % 50 == 49 else { continue }
            _ = storm.state.takeChanges()
            let rows = storm.state.allRows()
            twin = try RoutingState(restoring: rows, lastSequence: storm.state.lastSequence, at: storm.state.now)
            #expect(twin.allRows() == rows)
            #expect(Invariants(twin).breaches == [])
        }
    }

    @Test("The rows of every change, written one over the other, are all the rows there are", arguments: seeds)
    func writing(seed: Int) throws {
        var storm = Storm(seed: seed)
        var store = Store()
        for step in 0..<Self.inputs {
            _ = storm.step()
            if step % 7 == 0 { store.write(storm.state.takeChanges()) }
        }
        store.write(storm.state.takeChanges())
        var whole = Store()
        whole.write(storm.state.allRows())
        #expect(store.entities == whole.entities)
        #expect(whole.interactions.allSatisfy { store.interactions[$0.key] == $0.value })
        let open = store.interactions.values.filter { $0.closedAt == nil }.map(\.id)
        #expect(open.allSatisfy { whole.interactions[$0] != nil }, "what is open in the store is open here")
    }

    @Test("The same inputs give the same facts", arguments: seeds)
    func determinism(seed: Int) {
        var storm = Storm(seed: seed)
        var inputs: [Input] = storm.inputs
        var facts: [RecordedFact] = storm.facts
        for _ in 0..<Self.inputs {
            facts += storm.step()
            inputs.append(storm.input)
        }
        var again = RoutingState()
        #expect(inputs.flatMap { again.apply($0) } == facts)
    }

    @Test(
        "The same inputs give the same bytes: again, over rows taken in the middle, and with plans read back from JSON",
        arguments: seeds)
    func digest(seed: Int) throws {
        var storm = Storm(seed: seed)
        var said = storm.inputs
        var first = Digest()
        first.take(storm.facts)
        for _ in 0..<Self.inputs {
            first.take(storm.step())
            said.append(storm.input)
        }
        #expect(try Self.digest(of: said) == first)
        #expect(try Self.digest(of: said.map { try $0.throughJSON() }) == first)
        #expect(try Self.digest(of: said, restoringAt: said.count / 2) == first)
        let half = Array(said.prefix(said.count / 2))
        #expect(try Self.digest(of: half) != first, "a digest that nothing changes proves nothing")
    }

    private static func digest(of inputs: [Input], restoringAt place: Int? = nil) throws -> Digest {
        var state = RoutingState()
        var digest = Digest()
        for (index, input) in inputs.enumerated() {
            if index == place {
                _ = state.takeChanges()
                state = try RoutingState(
                    restoring: state.allRows(), lastSequence: state.lastSequence, at: state.now)
            }
            digest.take(state.apply(input))
        }
        return digest
    }

    @Test("Left alone for thirty days, every contact has ended and every message is forgotten", arguments: seeds)
    func nobodyIsStuck(seed: Int) {
        var storm = Storm(seed: seed)
        for _ in 0..<Self.inputs { _ = storm.step() }
        let end = storm.state.now.advanced(by: .hours(24 * 30))
        var steps = 0
        while let next = storm.state.nextDeadline, next <= end, steps < 100_000 {
            _ = storm.state.apply(Input(at: next, .timePassed))
            steps += 1
        }
        _ = storm.state.takeChanges()
        #expect(steps < 100_000, "time must come to rest")
        #expect(storm.state.interactions.isEmpty)
        #expect(storm.state.messages.isEmpty)
        #expect(storm.state.agents.allSatisfy { $0.held.isEmpty })
        #expect(storm.state.tallies.allSatisfy { $0.open == 0 && $0.conservationError == 0 })
    }
}

/// A random system with its state, begun and with a plan; now and then its process is replaced.
struct Storm {
    var state = RoutingState()
    private(set) var input = Input(at: Timestamp(milliseconds: 0), .timePassed)
    /// The first inputs and their facts.
    private(set) var inputs: [Input] = []
    private(set) var facts: [RecordedFact] = []
    private var random: RandomSystem
    private var steps = 0

    init(seed: Int) {
        random = RandomSystem(seed: seed)
        inputs = [random.start(), Input(at: state.now, .planActivated(random.plan()))]
        facts = inputs.flatMap { state.apply($0) }
    }

    mutating func step() -> [RecordedFact] {
        steps += 1
        input = steps % 211 == 0 ? random.start() : random.next(for: state)
        return state.apply(input)
    }
}

/// FNV-1a over what the journal would hold.
private struct Digest: Equatable {
    private var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    private var facts = 0

    mutating func take(_ recorded: [RecordedFact]) {
        for fact in recorded {
            var writer = JSONWriter()
            fact.fact.write(to: &writer)
            let row = "\(fact.sequence) \(fact.at.milliseconds) \(fact.interaction?.number ?? 0) \(fact.previous ?? 0) "
            for byte in Array(row.utf8) + Array(fact.fact.type.utf8) + writer.bytes {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
            }
            facts += 1
        }
    }
}

extension Input {
    /// The same, with a plan written as JSON and read back.
    fileprivate func throughJSON() throws -> Input {
        guard case .planActivated(let plan) = event else { return self }
        var writer = JSONWriter()
        plan.write(to: &writer)
        var reader = JSONReader(writer.bytes)
        let read = try Plan(from: &reader)
        try reader.end()
        return Input(at: at, .planActivated(read))
    }
}

/// A store that keeps the latest row of everything, as the journal's does.
private struct Store {
    var interactions: [InteractionID: InteractionStateRow] = [:]
    var entities: [String: [UInt8]] = [:]

    mutating func write(_ rows: StateRows) {
        for row in rows.interactions { interactions[row.id] = row }
        for row in rows.entities { entities["\(row.kind) \(row.id)"] = row.snapshot }
    }
}

extension RecordedFact {
    fileprivate func throughJSON() throws -> RecordedFact {
        var writer = JSONWriter()
        fact.write(to: &writer)
        var copy = self
        copy.fact = try Fact(type: fact.type, body: writer.bytes)
        return copy
    }
}
