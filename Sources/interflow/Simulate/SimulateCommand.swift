import Configuration
import Glibc
import JSON
import Simulation

/// Tries a scenario on the production routing core.
enum SimulateCommand {
    static let command = Command(
        name: "simulate", summary: "Try a centre's staffing and rules on the real routing core, in simulated time",
        description: [
            "FILE says who calls, who answers and by which rules. The routing core that serves real contacts is driven by a "
                + "simulated clock; everything random comes from --seed, so the same command gives the same decisions and "
                + "the same hash on any machine.",
            "Times in FILE are seconds, or carry ms, s, m, h, d. Its keys, each with an example:",
        ] + ScenarioHelp.keys,
        options: [
            .init(name: "seed", value: "N", summary: "Where all random numbers begin; 1 unless told."),
            .init(
                name: "replications", short: "r", value: "R",
                summary: "Independent runs that intervals are made of, 1 to 10000; 10 unless told. 1 uses 30 batches."),
            .init(name: "threads", value: "T", summary: "1 to 64; as many as processors unless told."),
            .init(name: "contacts", value: "N", summary: "Count so many in each replication, whatever FILE says."),
            .init(name: "json", summary: "One JSON object instead of a table."),
            .init(name: "svg", value: "FILE", summary: "Draw waits, service level and occupancy."),
            .init(name: "split", summary: "Also measure how much of the time the routing core takes."),
            .init(name: "progress", summary: "Say on standard error how far it is, even where that is no terminal."),
        ],
        operands: [.init(name: "FILE", summary: "The scenario, YAML; examples are in Deploy/Examples/Scenarios.")],
        exits: [(.ok, "simulated"), (.configuration, "FILE is wrong; every complaint names file and line")],
        examples: [
            "interflow simulate Deploy/Examples/Scenarios/day.yaml",
            "interflow simulate c1.yaml --seed 7 --replications 20 --json",
        ], run: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let path = invocation.operands[0]
        var scenario: Scenario
        do {
            scenario = try ScenarioFile.load(path)
        } catch let error as ConfigurationError {
            throw CommandFailure(.configuration, "\(error)")
        } catch let error as ScenarioError {
            throw CommandFailure(.configuration, "\(path): \(error)")
        }
        if let contacts = try invocation.integer("contacts", in: 1...10_000_000_000) {
            scenario.length = .contacts(contacts)
        }
        let replications = try invocation.integer("replications", in: 1...10_000) ?? 10
        let processors = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let threads = min(replications, try invocation.integer("threads", in: 1...64) ?? min(64, processors))
        let runner = SimulationRunner(
            scenario: scenario, seed: try seed(invocation), replications: replications, threads: threads)
        let line = ProgressLine()
        let isWatched = invocation.has("progress") || isatty(STDERR_FILENO) == 1
        let (report, cost) = try runner.run(reporting: isWatched ? { line.show($0) } : nil)
        line.end()
        try say(report, cost, invocation)
        return .ok
    }

    private static func seed(_ invocation: Invocation) throws -> UInt64 {
        guard let text = invocation["seed"] else { return 1 }
        guard let seed = UInt64(text) else {
            throw CommandFailure(.usage, "--seed must be a number from 0 to \(UInt64.max)")
        }
        return seed
    }

    private static func say(_ report: SimulationReport, _ cost: SimulationCost, _ invocation: Invocation) throws {
        if let file = invocation["svg"] { try write(SimulationChart(report).svg, to: file) }
        if invocation.has("json") {
            var writer = JSONWriter(reservingCapacity: 1 << 16)
            report.write(to: &writer, cost: cost)
            Terminal.say(String(decoding: writer.bytes, as: UTF8.self))
        } else {
            Terminal.say(report.table(cost: cost))
        }
        if invocation.has("split") { Terminal.complain(try CostSplit.measure(report.scenario, seed: report.seed)) }
    }

    private static func write(_ text: String, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw CommandFailure(.ioError, "\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
        Terminal.write(text, to: descriptor)
        guard close(descriptor) == 0 else { throw CommandFailure(.ioError, "\(path) could not be written whole") }
    }
}
