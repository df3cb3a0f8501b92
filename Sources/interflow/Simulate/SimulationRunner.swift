import Glibc
import Simulation
import Threads

/// Runs the replications of one scenario on several threads. Each has its own streams and its own router, so the results
/// are the same whatever the number of threads.
struct SimulationRunner {
    let scenario: Scenario
    let seed: UInt64
    let replications: Int
    let threads: Int

    private struct Work: Sendable {
        var next = 0
        var results: [ReplicationResult?]
        var progress: [Double]
        var cpuSeconds = 0.0
        var running: Int
        var failure: ScenarioError?
    }

    /// - Parameter report: Called about four times a second with the part done, 0 to 1.
    func run(reporting report: ((Double) -> Void)?) throws -> (SimulationReport, SimulationCost) {
        let begin = Stopwatch.seconds
        let work = Guarded(
            Work(
                results: Array(repeating: nil, count: replications), progress: Array(repeating: 0, count: replications),
                running: threads))
        let batches = replications == 1 ? SimulationReport.batchesOfOne : 1
        for _ in 0..<threads {
            let (scenario, seed) = (scenario, seed)
            let isStarted = WorkThread.start { Self.work(on: work, scenario, seed, batches) }
            if !isStarted { work.change { $0.running -= 1 } }
        }
        while work.wait(milliseconds: 250, for: { $0.running == 0 ? true : nil }) == nil {
            report?(work.with { $0.progress.reduce(0, +) / Double(replications) })
        }
        let done = work.with { $0 }
        if let failure = done.failure { throw failure }
        let results = done.results.compactMap { $0 }
        guard results.count == replications else {
            throw CommandFailure(.unavailable, "the machine has no thread to give; try again, or with --threads 1")
        }
        let cost = SimulationCost(
            cpuSeconds: done.cpuSeconds, seconds: Stopwatch.seconds - begin, threads: threads)
        return (SimulationReport(scenario, seed: seed, results), cost)
    }

    private static func work(on work: Guarded<Work>, _ scenario: Scenario, _ seed: UInt64, _ batches: Int) {
        while let number = take(from: work) {
            do throws(ScenarioError) {
                var simulator = try Simulator(scenario, seed: seed, replication: number, batches: batches)
                while simulator.advance(events: 100_000) {
                    let progress = simulator.progress
                    work.with { $0.progress[number] = progress }
                }
                let result = simulator.finished
                work.with {
                    $0.results[number] = result
                    $0.progress[number] = 1
                }
            } catch {
                work.with { $0.failure = error }
            }
        }
        let seconds = cpuSecondsOfThisThread
        work.change {
            $0.cpuSeconds += seconds
            $0.running -= 1
        }
    }

    private static func take(from work: Guarded<Work>) -> Int? {
        work.with { work in
            guard work.next < work.results.count else { return nil }
            defer { work.next += 1 }
            return work.next
        }
    }

    private static var cpuSecondsOfThisThread: Double {
        var spent = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent)
        return Double(spent.tv_sec) + Double(spent.tv_nsec) / 1e9
    }
}

/// One line on standard error that says how far a long run is.
struct ProgressLine {
    private let begin = Stopwatch.seconds
    private let isTerminal = isatty(STDERR_FILENO) == 1

    func show(_ part: Double) {
        let spent = Stopwatch.seconds - begin
        guard part > 0.001, spent > 1 else { return }
        let left = Int((spent / part - spent).rounded(.up))
        let text = "simulated \(Int(part * 100)) %, about \(left) s left"
        Terminal.write(isTerminal ? "\r\(text)   " : "\(text)\n", to: STDERR_FILENO)
    }

    func end() {
        if isTerminal, Stopwatch.seconds - begin > 1 { Terminal.write("\r\u{1B}[K", to: STDERR_FILENO) }
    }
}
