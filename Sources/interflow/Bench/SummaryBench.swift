import Glibc
import Site
import Threads

/// What it costs a site to tell its peers of its queues and to hear theirs, when every queue changes each second.
///
/// The same sites carry the same contacts twice, first unacquainted, then as peers; the difference is the cost.
enum SummaryBench {
    static let sites = 8
    static let queues = 50
    /// Seconds before the processor time is read: acquaintance, and the first summaries in full.
    private static let settling = 3.0
    private static let secondsMin = 10.0

    static func run(_ options: BenchOptions) throws -> [BenchResult] {
        let seconds = max(secondsMin, options.seconds * 0.4 / Double(options.runs))
        var (cost, alone, heard) = ([Double](), [Double](), [Double]())
        for _ in 0..<options.runs {
            let names = (1...sites).map { "site-\($0)" }
            let network = try SampleNetwork(
                names, in: options.folder, clientRole: "integrator", areAcquainted: false, configuration: configuration)
            let load = try SteadyLoad(network.sites.map(\.site))
            defer { load.stop() }
            let before = try share(of: network, seconds)
            try network.introduce()
            let earlier = try requestsHeard(network)
            let after = try share(of: network, seconds)
            heard.append(Double(try requestsHeard(network) - earlier) / (seconds + settling))
            alone.append(before * 100)
            cost.append((after - before) * 100)
            try load.check()
        }
        let input =
            "\(sites) sites x \(queues) queues, each changes each second, \(BenchResult.rounded(seconds)) s; mean of the sites"
        let unit = "% of a core"
        return [
            BenchResult(bench: "summaries.processor", input: input, unit: unit, values: cost),
            BenchResult(bench: "summaries.without", input: "the same contacts, no peers", unit: unit, values: alone),
            BenchResult(bench: "summaries.heard", input: "by one site, of all", unit: "requests/s", values: heard),
        ]
    }

    /// The part of a core that one site uses, in the mean.
    private static func share(of network: SampleNetwork, _ seconds: Double) throws -> Double {
        func used() -> Double { network.sites.reduce(0) { $0 + $1.site.process.processorSeconds } }
        usleep(UInt32(settling * 1e6))
        let (begin, before) = (Stopwatch.seconds, used())
        usleep(UInt32(seconds * 1e6))
        return (used() - before) / (Stopwatch.seconds - begin) / Double(network.sites.count)
    }

    private static func requestsHeard(_ network: SampleNetwork) throws -> Int64 {
        try (2...sites).reduce(0) { sum, other in
            sum + (try network.metric("interflow_peer_requests_total{peer=\"site-\(other)\"}", of: "site-1") ?? 0)
        }
    }

    private static func configuration(_ member: SampleNetwork.Member) -> String {
        """
        site: \(member.name)
        listen: ["127.0.0.1:\(member.port)"]
        data: data
        identities:
        \(member.identities)
        queues:
        \((0..<queues).map { "  queue-\($0): { waitingMax: 100000 }" }.joined(separator: "\n"))
        defaultQueue: queue-0
        agents: { \(SampleNetwork.agent): { capacity: { sms: 1 } } }
        """
    }
}

/// One contact into each queue of each site each second, each site from a thread of its own, until it is stopped.
private final class SteadyLoad: Sendable {
    private struct State {
        var isStopped = false
        var running = 0
        var failure: CommandFailure?
    }

    private let state = Guarded(State())

    init(_ sites: [SampleSite]) throws {
        for site in sites {
            let (port, token) = (site.port, site.token)
            state.with { $0.running += 1 }
            guard WorkThread.start({ [self] in run(port, token) }) else {
                throw CommandFailure(.software, "the machine has no thread left")
            }
        }
    }

    /// Returns when the last request was answered.
    func stop() {
        state.with { $0.isStopped = true }
        state.wait { $0.running == 0 ? () : nil }
    }

    func check() throws {
        if let failure = state.with({ $0.failure }) { throw failure }
    }

    private func run(_ port: UInt16, _ token: String) {
        var failure: CommandFailure?
        do {
            let load = try LoadGenerator(
                port: port, connections: 2,
                requests: (0..<SummaryBench.queues).map { Self.request($0, token) }, expecting: 202)
            while !state.with({ $0.isStopped }) {
                _ = try load.openLoop(perSecond: Double(SummaryBench.queues), seconds: 1).checked("summaries")
            }
        } catch {
            failure = error as? CommandFailure ?? CommandFailure(.software, "\(error)")
        }
        state.change { state in
            state.running -= 1
            state.failure = state.failure ?? failure
        }
    }

    private static func request(_ queue: Int, _ token: String) -> LoadRequest {
        .post(
            "/v1/interactions",
            fields: "Authorization: Bearer \(token)\r\nIdempotency-Key: message-############\r\n",
            body: """
                {"channel":"sms","from":"+49############","to":"+4930900000","text":"Hello","queue":"queue-\(queue)"}
                """)
    }
}
