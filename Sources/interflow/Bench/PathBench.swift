import Glibc

/// A whole site: the POST of a contact, from a customer never seen before, to the 202 that follows the durable commit.
enum PathBench {
    static let connections = 256

    static func run(_ options: BenchOptions) throws -> [BenchResult] {
        var figures = Figures()
        let seconds = options.seconds * 0.9 / Double(options.runs) / 2
        for _ in 0..<options.runs { try figures.take(seconds, options) }
        let input = "POST of a contact, \(bytes) bytes, \(connections) connections, \(BenchResult.rounded(seconds)) s"
        let half = "the same at half the rate just measured, open loop"
        return [
            BenchResult(bench: "path.contacts", input: input, unit: "contacts/s", values: figures.rates),
            BenchResult(bench: "path.processor", input: input, unit: "site us/contact", values: figures.processor),
            BenchResult(bench: "path.latency", input: half, unit: "ms p50", values: figures.median),
            BenchResult(bench: "path.latency", input: half, unit: "ms p99", values: figures.slow),
            BenchResult(bench: "path.memory", input: half, unit: "MB resident afterwards", values: figures.memory),
        ]
    }

    private struct Figures {
        var rates: [Double] = []
        var processor: [Double] = []
        var median: [Double] = []
        var slow: [Double] = []
        var memory: [Double] = []

        /// One run: a new site, as fast as it goes, then half as fast.
        mutating func take(_ seconds: Double, _ options: BenchOptions) throws {
            let site = try SampleSite(in: options.folder)
            let load = try LoadGenerator(
                port: site.port, connections: connections, request: request(token: site.token), expecting: 202)
            let before = site.process.processorSeconds
            let fast = try load.closedLoop(seconds: seconds).checked("path")
            processor.append((site.process.processorSeconds - before) / Double(fast.answered) * 1e6)
            rates.append(fast.perSecond)
            let steady = try load.openLoop(perSecond: fast.perSecond / 2, seconds: seconds).checked("path")
            median.append(steady.milliseconds(at: 0.5))
            slow.append(steady.milliseconds(at: 0.99))
            memory.append(site.process.residentBytes / 1e6)
        }
    }

    private static var bytes: Int { request(token: "").bytes.count + 68 }

    /// An SMS as a shop's gateway would bring it: its own key, its own customer.
    static func request(token: String) -> LoadRequest {
        .post(
            "/v1/interactions",
            fields: "Authorization: Bearer \(token)\r\nIdempotency-Key: message-############\r\n",
            body: """
                {"channel":"sms","from":"+49############","to":"+4930900000",\
                "text":"Hello, my order has not come yet. Could you look where it is, please? Order ############.",\
                "language":"en","attributes":{"campaign":"autumn","order":"############"}}
                """)
    }
}

/// From exec to ready, and what a site at rest occupies.
enum StartBench {
    /// How long a site rests before its memory is read, seconds.
    static let rest = 1.0

    static func run(_ options: BenchOptions) throws -> [BenchResult] {
        var starts: [Double] = []
        var memory: [Double] = []
        for _ in 0..<max(5, options.runs) {
            let site = try SampleSite(in: options.folder)
            starts.append(site.startSeconds * 1000)
            usleep(UInt32(rest * 1e6))
            memory.append(site.process.residentBytes / 1e6)
        }
        let input = "a new site with 2 queues and 3 agents"
        return [
            BenchResult(bench: "start.ready", input: input, unit: "ms from exec to /readyz 200", values: starts),
            BenchResult(bench: "start.memory", input: input, unit: "MB resident after \(Int(rest)) s", values: memory),
        ]
    }
}
