import Glibc

/// Measures this build on this machine.
enum BenchCommand {
    static let command = Command(
        name: "bench", summary: "Measure this build on this machine",
        description: [
            "core: the matcher alone, in processor time. http: the HTTP server alone. journal: durable facts and their replay. "
                + "path: a whole site, from the POST of a contact to its durable 202. route: a switch's questions where to deliver, "
                + "at a fixed rate. transfers: contacts that one site hands to another, their proof, and signatures. "
                + "summaries: what it costs to know peers. start: from exec to ready, and memory at rest. all: each in turn.",
            "Everything runs on this machine's loopback and in folders that are removed afterwards. Every figure is taken "
                + "several times and given as minimum, median and maximum; the machine and its load stand beside it.",
        ],
        options: [
            .init(name: "json", summary: "One JSON object a line instead of a table."),
            .init(name: "seconds", value: "S", summary: "How long one suite may take, 3 to 600; 15 unless told."),
            .init(name: "runs", value: "N", summary: "How often each figure is taken, 1 to 20; 3 unless told."),
            .init(
                name: "folder", value: "FOLDER",
                summary: "Where journals are made, on a real disk; TMPDIR or /tmp unless told."),
            .init(
                name: "agents", value: "N", summary: "core: so many agents instead of the usual sizes, 1 to 1,000,000."),
            .init(
                name: "waiting", value: "N",
                summary: "core: so many contacts held waiting; 0 keeps 80 % of agents busy."),
            .init(name: "profiles", value: "N", summary: "core: so many different kinds of agents; 64 unless told."),
            .init(name: "classes", value: "N", summary: "core: so many different kinds of contacts; 96 unless told."),
            .init(name: "through-peer", summary: "route: a second site keeps each place before the first one answers."),
            .init(
                name: "contacts", value: "N",
                summary: "transfers: so many wait at first, 1,000 to 1,000,000; 10,000 unless told."),
            .init(name: "role", value: "NAME", summary: "http-server: only serve, for another load generator."),
            .init(name: "port", value: "PORT", summary: "The port of --role; a free one unless told."),
        ],
        operands: [
            .init(name: "core|http|journal|path|route|transfers|summaries|start|all", summary: "What to measure.")
        ],
        examples: [
            "interflow bench core", "interflow bench core --agents 10000 --waiting 40000 --profiles 512 --classes 512",
            "interflow bench path", "interflow bench route --through-peer", "interflow bench all --json --seconds 30",
        ], run: run)

    private static let suites: [(name: String, run: @Sendable (BenchOptions) throws -> [BenchResult])] = [
        ("core", CoreBench.run), ("http", HTTPBench.run), ("journal", JournalBench.run), ("path", PathBench.run),
        ("route", RouteBench.run), ("transfers", TransferBench.run), ("summaries", SummaryBench.run),
        ("start", StartBench.run),
    ]

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let options = try BenchOptions(invocation)
        if invocation["role"] == HTTPBench.role { try HTTPBench.serve(port: options.port) }
        let wanted = invocation.operands[0]
        let chosen = suites.filter { wanted == "all" || $0.name == wanted }
        guard !chosen.isEmpty else {
            throw CommandFailure(
                .usage, "bench measures core, http, journal, path, route, transfers, summaries, start or all")
        }
        for suite in chosen {
            let machine = Machine.description
            let results = try suite.run(options)
            if options.asJSON {
                for result in results { Terminal.say(result.json(machine: machine)) }
            } else {
                Terminal.say("\(machine)\n\(BenchTable.text(results))\n")
            }
        }
        return .ok
    }
}

/// What every suite is told.
struct BenchOptions {
    var seconds = 15.0
    var runs = 3
    var folder = ConfigurationLookup.environment("TMPDIR") ?? "/tmp"
    var asJSON = false
    var port: UInt16 = 0
    var isThroughPeer = false
    /// Of `transfers`; nil: as many as usual.
    var contacts: Int?
    /// Of `core`; nil measures the usual sizes.
    var coreSize: CoreWorkload.Size?

    init(_ invocation: Invocation) throws {
        asJSON = invocation.has("json")
        seconds = Double(try invocation.integer("seconds", in: 3...600) ?? 15)
        runs = try invocation.integer("runs", in: 1...20) ?? 3
        port = UInt16(try invocation.integer("port", in: 1...65_535) ?? 0)
        isThroughPeer = invocation.has("through-peer")
        contacts = try invocation.integer("contacts", in: 1000...1_000_000)
        if let named = invocation["folder"] { folder = named }
        guard let agents = try invocation.integer("agents", in: 1...1_000_000) else { return }
        coreSize = CoreWorkload.Size(
            agents: agents, profiles: try invocation.integer("profiles", in: 1...50_000) ?? 64,
            classes: try invocation.integer("classes", in: 1...50_000) ?? 96,
            waiting: try invocation.integer("waiting", in: 0...2_000_000) ?? 0)
    }
}
