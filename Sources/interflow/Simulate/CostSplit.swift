import Glibc
import Simulation

/// Measures how much of a simulation's time is the routing cores' own: the inputs of a short run are told to fresh cores.
enum CostSplit {
    private static let contacts = 100_000
    /// As often as the simulator lets the core drop what has ended.
    private static let inputsBetweenSettling = 192

    static func measure(_ scenario: Scenario, seed: UInt64) throws -> String {
        var short = scenario
        short.warmup = 0
        short.length = .contacts(contacts)
        var simulator = try Simulator(short, seed: seed)
        let all = seconds { while simulator.advance(events: 1_000_000) {} }
        var keeper = try Simulator(short, seed: seed, keepingInputs: true)
        while keeper.advance(events: 1_000_000) {}
        let core = seconds { keeper.replay(settlingEvery: inputsBetweenSettling) }
        let count = Double(max(1, simulator.finished.contacts))
        let (whole, share) = (all * 1e6 / count, core * 1e6 / count)
        return
            "a contact takes \(SimulationReport.text(whole, 2)) µs of CPU: \(SimulationReport.text(share, 2)) in the core, "
            + "\(SimulationReport.text(whole - share, 2)) in the simulator (\(Int(count)) contacts, \(keeper.inputsKept) inputs)"
    }

    private static func seconds(_ body: () -> Void) -> Double {
        let begin = processorSeconds
        body()
        return processorSeconds - begin
    }

    private static var processorSeconds: Double {
        var spent = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent)
        return Double(spent.tv_sec) + Double(spent.tv_nsec) / 1e9
    }
}
