import Federation
import Glibc
import InteractionModel
import JSON
import Journal
import Routing
import Site

/// Contacts that one site hands to another: all that wait at once, and then as they come at half that rate.
///
/// Times are the giving site's own, from its journal, in whole milliseconds: from the fact that froze a contact
/// (`custody.offered`) to the fact that says it is gone. Between the two nobody there knows whether it was taken, so the same
/// span is the time in doubt.
enum TransferBench {
    static let contactsUsual = 10_000
    /// Contacts a second brought in before the site is emptied.
    private static let fillRate = 4000.0
    private static let connections = 64
    /// How long a site may take to be empty, for each thousand contacts.
    private static let patience = 5.0
    private static let names = ["berlin", "munich"]
    private static let taken = #"interflow_transfers_total{peer="munich",outcome="taken-there"}"#

    static func run(_ options: BenchOptions) throws -> [BenchResult] {
        let contacts = options.contacts ?? contactsUsual
        var figures = Figures()
        for _ in 0..<options.runs { try figures.take(contacts, options) }
        let full = "\(contacts) contacts wait at one site and all are handed to another"
        let seconds = BenchResult.rounded(figures.steadySeconds)
        let half = "contacts brought in for \(seconds) s at half that rate, each handed over at once"
        return [
            BenchResult(bench: "transfers.rate", input: full, unit: "transfers/s", values: figures.rates),
            BenchResult(bench: "transfers.doubt", input: full, unit: "ms p50", values: figures.doubtMedian),
            BenchResult(bench: "transfers.doubt", input: full, unit: "ms p99", values: figures.doubtSlow),
            BenchResult(bench: "transfers.giver", input: full, unit: "us/transfer", values: figures.giver),
            BenchResult(bench: "transfers.taker", input: full, unit: "us/transfer", values: figures.taker),
            BenchResult(bench: "transfers.latency", input: half, unit: "ms p50", values: figures.median),
            BenchResult(bench: "transfers.latency", input: half, unit: "ms p99", values: figures.slow),
            BenchResult(bench: "transfers.latency", input: half, unit: "ms max", values: figures.worst),
            BenchResult(
                bench: "prove.facts", input: "both journals, \(figures.facts) facts", unit: "facts/s",
                values: figures.proofRates),
            BenchResult(
                bench: "prove.memory", input: "both journals, \(figures.facts) facts", unit: "MB at most",
                values: figures.proofMemory),
        ] + (try SignatureBench.run(options))
    }

    private struct Figures {
        var rates: [Double] = []
        var doubtMedian: [Double] = []
        var doubtSlow: [Double] = []
        var giver: [Double] = []
        var taker: [Double] = []
        var median: [Double] = []
        var slow: [Double] = []
        var worst: [Double] = []
        var proofRates: [Double] = []
        var proofMemory: [Double] = []
        /// Of the last run.
        var facts = 0
        var steadySeconds = 0.0

        /// One run: two new sites, emptying one, then handing over what comes, then the proof.
        mutating func take(_ contacts: Int, _ options: BenchOptions) throws {
            let network = try SampleNetwork(
                TransferBench.names, in: options.folder, clientRole: "integrator", configuration: configuration)
            try network.signIn(at: "munich")
            try network.waitUntilStaffed("munich", seenBy: "berlin")
            let berlin = network["berlin"]
            let load = try LoadGenerator(
                port: berlin.port, connections: connections, request: PathBench.request(token: berlin.token),
                expecting: 202)
            _ = try load.openLoop(perSecond: fillRate, seconds: Double(contacts) / fillRate).checked("transfers")

            let before = network.sites.map(\.site.process.processorSeconds)
            _ = try network.ask("POST", "berlin", "/v1/drain", ["draining": true])
            try waitUntilGone(contacts, network)
            let used = zip(before, network.sites).map { $1.site.process.processorSeconds - $0 }
            let full = try Spans(of: berlin, after: 0)
            guard full.milliseconds.count == contacts else { throw TransferBench.lost(contacts, full) }
            rates.append(full.perSecond)
            doubtMedian.append(full.milliseconds(at: 0.5))
            doubtSlow.append(full.milliseconds(at: 0.99))
            giver.append(used[0] / Double(contacts) * 1e6)
            taker.append(used[1] / Double(contacts) * 1e6)

            steadySeconds = max(3, options.seconds * 0.5 / Double(options.runs))
            let steady = try load.openLoop(perSecond: full.perSecond / 2, seconds: steadySeconds).checked("transfers")
            try waitUntilGone(contacts + steady.answered, network)
            let half = try Spans(of: berlin, after: full.last)
            guard half.milliseconds.count == steady.answered else { throw TransferBench.lost(steady.answered, half) }
            median.append(half.milliseconds(at: 0.5))
            slow.append(half.milliseconds(at: 0.99))
            worst.append(half.milliseconds(at: 1))
            try prove(network)
        }

        /// The journals of both sites, which run on and are at rest.
        private mutating func prove(_ network: SampleNetwork) throws {
            facts = 0
            for each in network.sites {
                let reader = try SQLiteJournalReader(folder: each.site.dataPath)
                facts += Int(try reader.lastSequence())
                reader.close()
            }
            let start = Stopwatch.seconds
            let proof = try ChildProcess(
                ["prove", "--settled"] + network.sites.map { "\($0.name)=\($0.site.dataPath)" })
            var last = ""
            while let line = proof.line() { last = line }
            let end = proof.wait()
            guard end.isWell else { throw CommandFailure(.software, "the transfers are not proven: \(last)") }
            proofRates.append(Double(facts) / (Stopwatch.seconds - start))
            proofMemory.append(end.residentBytesMax / 1e6)
        }
    }

    private static func waitUntilGone(_ count: Int, _ network: SampleNetwork) throws {
        let limit = patience * Double(max(4000, count)) / 1000
        try network.waitUntil(limit, "the site did not become empty") {
            try network.metric(taken, of: "berlin") ?? 0 >= Int64(count)
        }
    }

    private static func lost(_ count: Int, _ spans: Spans) -> CommandFailure {
        CommandFailure(.software, "of \(count) contacts \(spans.milliseconds.count) were handed over once")
    }

    /// How long each contact was under way, as the giving site wrote it down.
    private struct Spans {
        /// Sorted.
        private(set) var milliseconds: [Int64] = []
        private(set) var perSecond = 0.0
        private(set) var last: Int64

        init(of site: SampleSite, after sequence: Int64) throws {
            let reader = try SQLiteJournalReader(folder: site.dataPath)
            defer { reader.close() }
            last = sequence
            var offered: [ContactID: Timestamp] = [:]
            var (begin, end): (Timestamp?, Timestamp?) = (nil, nil)
            while true {
                let entries = try reader.entries(after: last, limit: JournalLimits.readMax)
                guard let newest = entries.last else { break }
                for entry in entries where CustodyTrail.concerns(entry.type) {
                    guard case .custody(let move) = try RecordedFact(entry).fact else { continue }
                    switch move.change {
                    case .offered:
                        offered[move.contact] = entry.at
                        begin = begin ?? entry.at
                    case .gone:
                        guard let since = offered.removeValue(forKey: move.contact) else { continue }
                        milliseconds.append(entry.at.since(since).milliseconds)
                        end = entry.at
                    default: continue
                    }
                }
                last = newest.sequence
            }
            milliseconds.sort()
            guard let begin, let end else { return }
            perSecond = Double(milliseconds.count) / Double(max(1, end.since(begin).milliseconds)) * 1000
        }

        func milliseconds(at share: Double) -> Double {
            milliseconds.isEmpty ? 0 : Double(milliseconds[Int(Double(milliseconds.count - 1) * share)])
        }
    }

    private static func configuration(_ member: SampleNetwork.Member) -> String {
        """
        site: \(member.name)
        listen: ["127.0.0.1:\(member.port)"]
        data: data
        identities:
        \(member.identities)
        queues: { support: { waitingMax: 10000000 } }
        defaultQueue: support
        agents: { \(SampleNetwork.agent): { capacity: { sms: 1 } } }
        """
    }
}
