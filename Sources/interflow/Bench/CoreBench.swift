import Glibc
import Routing

/// The heart alone: decisions of the matcher, without facts, records or disk.
enum CoreBench {
    /// The sizes measured when none is told.
    static let sizes = [
        CoreWorkload.Size(agents: 1_000, profiles: 64, classes: 96, waiting: 0),
        CoreWorkload.Size(agents: 1_000, profiles: 64, classes: 96, waiting: 4_000),
        CoreWorkload.Size(agents: 10_000, profiles: 512, classes: 512, waiting: 40_000),
        CoreWorkload.Size(agents: 50_000, profiles: 2_048, classes: 2_048, waiting: 200_000),
    ]
    /// Events between two looks at the clock.
    private static let batch = 50_000

    static func run(_ options: BenchOptions) throws -> [BenchResult] {
        let sizes = options.coreSize.map { [$0] } ?? Self.sizes
        return sizes.flatMap { measure($0, options, seconds: options.seconds / Double(sizes.count)) }
    }

    private static func measure(_ size: CoreWorkload.Size, _ options: BenchOptions, seconds: Double) -> [BenchResult] {
        var workload = CoreWorkload(size)
        for _ in 0..<3 * (size.agents + size.waiting) + batch { workload.step() }
        var rates: [Double] = []
        var shares: [Double] = []
        var latencies: (p50: [Double], p99: [Double]) = ([], [])
        var ratios: [Double] = []
        let span = seconds / Double(options.runs)
        for _ in 0..<options.runs {
            let with = nanoseconds(&workload, explaining: true, seconds: span * 0.4)
            let without = nanoseconds(&workload, explaining: false, seconds: span * 0.3)
            workload.explaining = true
            rates.append(1e9 / with)
            shares.append(max(0, 100 * (1 - without / with)))
            let times = latency(&workload)
            latencies.p50.append(times[times.count / 2])
            latencies.p99.append(times[times.count * 99 / 100])
            ratios.append(scan(workload) / with)
        }
        let bytes = workload.bytes
        func result(_ name: String, _ unit: String, _ values: [Double]) -> BenchResult {
            BenchResult(bench: "core.\(name)", input: size.text, unit: unit, values: values)
        }
        return [
            result("events", "events/s", rates), result("latency", "p50_ns", latencies.p50),
            result("latency", "p99_ns", latencies.p99), result("explanation", "% of time", shares),
            result("scan", "times a list scan", ratios), result("memory", "bytes/agent", [bytes.agent]),
            result("memory", "bytes/waiting contact", [bytes.contact]),
        ]
    }

    /// Processor time of an event, the making of the input included.
    private static func nanoseconds(_ workload: inout CoreWorkload, explaining: Bool, seconds: Double) -> Double {
        workload.explaining = explaining
        let begun = processorNanoseconds
        var events = 0
        while Double(processorNanoseconds - begun) < seconds * 1e9 {
            for _ in 0..<batch { workload.step() }
            events += batch
        }
        return Double(processorNanoseconds - begun) / Double(events)
    }

    /// Elapsed nanoseconds of each of many events, ascending; reading the clock is in it.
    private static func latency(_ workload: inout CoreWorkload) -> [Double] {
        var times: [Double] = []
        times.reserveCapacity(4 * batch)
        for _ in 0..<4 * batch {
            let begun = Stopwatch.nanoseconds
            workload.step()
            times.append(Double(Stopwatch.nanoseconds - begun))
        }
        times.sort()
        return times
    }

    /// What one look through a list takes in the same state: through all who wait, or where hardly anyone does through all agents.
    private static func scan(_ workload: CoreWorkload) -> Double {
        let rounds = 60
        var found: Int64 = 0
        let begun = processorNanoseconds
        for round in 0..<rounds {
            found &+=
                workload.size.waiting > 0
                ? workload.scanContacts(for: round % workload.size.agents)
                : workload.scanAgents(for: round % workload.size.classes)
        }
        let taken = Double(processorNanoseconds - begun) / Double(rounds)
        return found == 1 ? 0 : taken  // The sum is used, so that no scan is left out.
    }

    private static var processorNanoseconds: Int64 {
        var now = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
        return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
    }
}
