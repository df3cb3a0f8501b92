import InteractionModel
import Routing

/// A random system with its state and the oracle that follows it.
struct StormRun {
    private(set) var state = RoutingState()
    private(set) var oracle = Oracle()
    /// Everything said so far.
    private(set) var inputs: [Input] = []
    private var random: RandomSystem
    private var die: SeededGenerator

    /// A complaint, or nil; asked of the state after every input.
    var inspect: (RoutingState) -> [String] = { _ in [] }

    init(seed: Int, features: StormFeatures = .landed) {
        random = RandomSystem(seed: seed, features: features)
        oracle.checksExplanations = features.contains(.explanations)
        die = SeededGenerator(seed: UInt64(seed) ^ 0x5107)
    }

    /// What is wrong so far.
    var complaints: [String] { oracle.complaints }

    /// Begins with a process and a plan.
    mutating func begin() {
        take(random.start())
        take(Input(at: state.now, .planActivated(random.plan())))
    }

    mutating func step() {
        take(die.below(400) > 0 ? random.next(for: state) : random.start())
        if die.chance(10) { writeRows() }
    }

    /// As the journal's batch does; what has ended is then forgotten.
    mutating func writeRows() { _ = state.takeChanges() }

    /// One input: the core decides, the oracle checks.
    @discardableResult
    mutating func take(_ input: Input) -> [RecordedFact] {
        inputs.append(input)
        if die.chance(8) { compareWithTwoSteps(input) }
        var facts: [RecordedFact] = []
        let answer = state.apply(input, into: &facts)
        oracle.follow(facts, of: input, at: state.now)
        oracle.check(answer, to: input, facts: facts)
        oracle.checkAlarm(state.nextDeadline)
        for breach in inspect(state) { oracle.complain(breach) }
        return facts
    }

    /// What fell due is decided before what came later: first the time and then the event is the same as both at once.
    private mutating func compareWithTwoSteps(_ input: Input) {
        var (once, twice) = (state, state)
        let both = once.apply(input)
        let split = twice.apply(Input(at: input.at, .timePassed)) + twice.apply(input)
        if both != split { oracle.complain("in two steps: \(split), at once: \(both)") }
    }
}
