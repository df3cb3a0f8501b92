import Glibc
import Site

/// Questions of a switch where to deliver a call, at the rate at which calls come: how long the switch holds each of them.
///
/// Through a peer, the site that is asked has the place kept by another one before it answers.
enum RouteBench {
    /// Questions a second, whether or not they are answered in time.
    static let rate = 1000.0
    static let connections = 32

    static func run(_ options: BenchOptions) throws -> [BenchResult] {
        options.isThroughPeer ? try throughPeer(options) : try here(options)
    }

    private static func here(_ options: BenchOptions) throws -> [BenchResult] {
        try run(options, "route", "by turns") {
            let site = try SampleSite(in: options.folder, configuration: configuration)
            return { site }
        }
    }

    private static func throughPeer(_ options: BenchOptions) throws -> [BenchResult] {
        try run(options, "route.peer", "each place kept by a peer") {
            let network = try SampleNetwork(
                ["berlin", "munich"], in: options.folder, clientRole: "switch", configuration: memberConfiguration)
            try network.signIn(at: "munich")
            try network.waitUntilStaffed("munich", seenBy: "berlin")
            return { network["berlin"] }
        }
    }

    /// - Parameter make: what is asked, as long as the closure lives.
    private static func run(
        _ options: BenchOptions, _ name: String, _ what: String, make: () throws -> () -> SampleSite
    ) throws -> [BenchResult] {
        let seconds = options.seconds * 0.9 / Double(options.runs)
        var (median, slow, worst) = ([Double](), [Double](), [Double]())
        var (processor, defaults) = ([Double](), [Double]())
        for _ in 0..<options.runs {
            let keep = try make()
            let site = keep()
            // What is said at the deadline is an answer too, but not the site's choice.
            let load = try LoadGenerator(
                port: site.port, connections: connections, request: request(token: site.token), expecting: 200,
                holding: #""decision":"route""#)
            _ = try load.openLoop(perSecond: rate, seconds: seconds * 0.1).checked("route")
            let before = site.process.processorSeconds
            let outcome = try load.openLoop(perSecond: rate, seconds: seconds * 0.9).checked("route")
            processor.append((site.process.processorSeconds - before) / Double(outcome.answered) * 1e6)
            median.append(outcome.milliseconds(at: 0.5))
            slow.append(outcome.milliseconds(at: 0.99))
            worst.append(outcome.milliseconds(at: 1))
            defaults.append(Double(outcome.other))
            withExtendedLifetime(keep) {}
        }
        let input =
            "\(Int(rate)) questions/s, open loop, \(connections) connections, \(BenchResult.rounded(seconds)) s; \(what)"
        return [
            BenchResult(bench: "\(name).latency", input: input, unit: "ms p50", values: median),
            BenchResult(bench: "\(name).latency", input: input, unit: "ms p99", values: slow),
            BenchResult(bench: "\(name).latency", input: input, unit: "ms max", values: worst),
            BenchResult(bench: "\(name).defaults", input: input, unit: "answers with the default", values: defaults),
            BenchResult(bench: "\(name).processor", input: input, unit: "site us/question", values: processor),
        ]
    }

    /// A question as the sample configuration for Kamailio sends it.
    static func request(token: String) -> LoadRequest {
        .post(
            "/v1/route", fields: "Authorization: Bearer \(token)\r\n",
            body: """
                {"callId":"############@198.51.100.7","ani":"+49############","dnis":"800555",\
                "from":"sip:+49############@198.51.100.7","requestUri":"sip:800555@127.0.0.1:5060","sourceIp":"198.51.100.7",\
                "sourcePort":5060,"transport":"udp","userAgent":"carrier","contactId":"c-############","pai":"","tried":""}
                """)
    }

    static func configuration(_ port: UInt16, _ token: String) -> String {
        """
        site: bench
        listen: ["127.0.0.1:\(port)"]
        data: data
        identities:
          switch: { role: switch, tokenHash: "\(TokenHash(ofToken: token).configured)" }
        queues: { support: {} }
        defaultQueue: support
        routing:
          sites:
            berlin: { uri: "sip:{dnis}@127.0.0.1:5071" }
            munich: { uri: "sip:{dnis}@127.0.0.1:5072" }
          services:
            support: { channel: voice, queue: support, steps: [{ allocate: { berlin: 60, munich: 40 } }] }
          clients:
            switch: { default: "sip:{dnis}@127.0.0.1:5071" }
        """
    }

    /// Everything goes to the other site, which knows of the queue and keeps the places.
    private static func memberConfiguration(_ member: SampleNetwork.Member) -> String {
        """
        site: \(member.name)
        listen: ["127.0.0.1:\(member.port)"]
        data: data
        identities:
        \(member.identities)
        queues: { support: { waitingMax: 10000000 } }
        defaultQueue: support
        agents: { \(SampleNetwork.agent): { capacity: { voice: 1 } } }
        routing:
          sites:
            berlin: { uri: "sip:{dnis}@127.0.0.1:5071" }
            munich: { uri: "sip:{dnis}@127.0.0.1:5072" }
          services:
            support: { channel: voice, queue: support, steps: [{ prefer: [munich] }] }
          clients:
            client: { default: "sip:{dnis}@127.0.0.1:5071" }
        """
    }
}
