import Glibc
import InteractionModel
import Journal
import Routing
import Site

/// The embedded journal: how fast facts become durable, and how fast they are read back.
enum JournalBench {
    static let group = 64
    /// Facts that are replayed.
    static let replayed = 300_000

    static func run(_ options: BenchOptions) throws -> [BenchResult] {
        try durable(options) + replay(options)
    }

    // MARK: Becoming durable

    private static func durable(_ options: BenchOptions) throws -> [BenchResult] {
        var rates: [Double] = []
        var median: [Double] = []
        var slow: [Double] = []
        let seconds = options.seconds * 0.6 / Double(options.runs)
        for _ in 0..<options.runs {
            let folder = try ScratchFolder(in: options.folder)
            let journal = try SQLiteJournal(folder: folder.path)
            defer { journal.close() }
            var workload = FactWorkload(
                try journal.takeLeadership(holder: "bench", at: Timestamp(milliseconds: 1_700_000_000_000)))
            var times: [Double] = []
            let start = Stopwatch.seconds
            while Stopwatch.seconds < start + seconds {
                let batch = workload.batch(of: group)
                let begun = Stopwatch.nanoseconds
                try journal.append(batch)
                times.append(Double(Stopwatch.nanoseconds - begun) / 1e6)
                try journal.maintain()
            }
            rates.append(Double(times.count * group) / (Stopwatch.seconds - start))
            times.sort()
            median.append(times[(times.count - 1) / 2])
            slow.append(times[(times.count - 1) * 99 / 100])
        }
        let input = "groups of \(group), \(FactWorkload.description), \(BenchResult.rounded(seconds)) s"
        return [
            BenchResult(bench: "journal.durable", input: input, unit: "facts/s", values: rates),
            BenchResult(bench: "journal.group", input: input, unit: "ms p50", values: median),
            BenchResult(bench: "journal.group", input: input, unit: "ms p99", values: slow),
        ]
    }

    // MARK: Reading back

    private static func replay(_ options: BenchOptions) throws -> [BenchResult] {
        let folder = try ScratchFolder(in: options.folder)
        let journal = try SQLiteJournal(folder: folder.path)
        defer { journal.close() }
        var workload = RoutedWorkload(
            try journal.takeLeadership(holder: "bench", at: Timestamp(milliseconds: 1_700_000_000_000)))
        while try journal.lastSequence() < Int64(replayed) { try journal.append(workload.batch(of: 4_000)) }
        try journal.maintain()
        let reader = try journal.makeReader()
        let count = Double(try reader.lastSequence())
        let columns = try (0..<options.runs).map { _ in try count / seconds { try readAll(reader) } }
        let typed = try (0..<options.runs).map { _ in try count / seconds { _ = try Recovery.fold(reader) } }
        let input = "\(Int(count)) facts, \(RoutedWorkload.description)"
        return [
            BenchResult(bench: "journal.replay", input: input, unit: "facts/s read", values: columns),
            BenchResult(bench: "journal.fold", input: input, unit: "facts/s read, parsed and folded", values: typed),
        ]
    }

    private static func readAll(_ reader: any JournalReader) throws {
        var last: Int64 = 0
        while let entry = try reader.entries(after: last, limit: JournalLimits.readMax).last { last = entry.sequence }
    }

    private static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let start = Stopwatch.seconds
        try body()
        return Stopwatch.seconds - start
    }
}
