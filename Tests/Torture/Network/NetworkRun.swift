import Chance
import Glibc
import HTTP
import JSON
import Support

/// Three sites that hand contacts to each other under a bad network, each killed again and again; then a fine day, and
/// the question whether every contact is where it should be, once.
struct NetworkRun {
    let options: Options
    let folder: String
    private let sites: [NetworkSite]
    private let control = Control()
    private let weather: Weather
    private let clients = Monitor(0)
    private let desks = Monitor(0)
    private let watching = Monitor(0)

    init(_ options: Options) throws {
        self.options = options
        folder = try options.folder ?? Files.temporaryFolder("network")
        try Files.makeFolder(folder)
        let weather = Weather(seed: options.seed)
        self.weather = weather
        sites = try NetworkSite.names.map { [control, folder] in
            try NetworkSite($0, in: folder, options, control, weather)
        }
    }

    /// Contacts open at all sites; at so many no further ones come in. So contacts wait long enough to be moved, and the
    /// end comes soon after the storm.
    private static let openMax = 400
    /// Few enough that many write while their contact is away.
    private static let customers = 400
    /// Threads of each provider that tell what became of messages.
    private static let reporters = 8

    struct Outcome {
        var violations: [String]
        var table: [(String, String)]
    }

    mutating func perform() throws -> Outcome {
        let clock = ContinuousClock()
        defer { for site in sites { site.running?.process.kill9() } }  // None stays behind, however this ends.
        for site in sites { try site.start(options.binary) }
        for site in sites { try site.running?.waitUntilReady(.seconds(60)) }
        try introduce()
        watchJournals()
        weather.breakLoose()
        let start = clock.now
        for (number, site) in sites.enumerated() { try startClients(of: site, number) }
        Run.start(counting: clients) { [sites, weather, control] in NetworkStorm.drain(sites, weather, control) }
        var storm = NetworkStorm(options, sites, weather, control)
        var faults = try storm.rage()
        let calm = clock.now
        faults += try endStorm()
        faults += waitForRest()
        let rest = clock.now
        control.sendAgentsHome()
        faults += wait("agents", for: desks)
        faults += try sites.flatMap { try sayGoodbye($0) }
        for site in sites { site.provider.stop() }
        faults += wait("watches", for: watching)
        Output.progress("comparing")
        var checks = NetworkChecks(sites)
        try checks.run()
        Output.progress("proving")
        faults += try prove()
        let table =
            [
                ("seed", "\(options.seed)"), ("kills", "\(storm.kills)"),
                ("  of them while the site just started", "\(storm.earlyKills)"),
                ("  of them when the site had just answered a peer", "\(storm.aimedKills)"),
                ("storm", Self.text(calm - start)), ("until all was at rest", Self.text(rest - calm)),
            ] + checks.table + weatherTable()
        return Outcome(violations: faults + checks.violations, table: table)
    }

    /// Nothing new comes, nothing is lost any more, and everybody is there.
    private func endStorm() throws -> [String] {
        control.stopSending()
        weather.clear()
        for site in sites { site.proxy.cut(false) }
        for site in sites where site.running?.process.isRunning != true { try site.start(options.binary) }
        for site in sites { try site.running?.waitUntilReady(.seconds(60)) }
        control.calmDown()
        return wait("clients", for: clients)
    }

    /// Waits until nobody is left. Returns whom it waited for in vain.
    private func wait(_ whom: String, for left: Monitor<Int>) -> [String] {
        for _ in 0..<30 {
            if left.wait(.seconds(2), for: { $0 == 0 ? true : nil }) == true { return [] }
            let reports = sites.reduce(0) { $0 + $1.reports.count }
            Output.progress("\(whom): \(left.with { $0 }) left, \(reports) delivery reports to make")
        }
        return ["\(whom): \(left.with { $0 }) did not end within a minute"]
    }

    /// Keeps every site's watch up to date until the end.
    private func watchJournals() {
        for site in sites {
            Run.start(counting: watching) { [control] in
                while control.agentsWork {
                    site.watch.look()
                    control.rest(milliseconds: 50)
                }
                site.watch.look()
            }
        }
    }

    private static func text(_ duration: Duration) -> String { "\(duration.components.seconds) s" }

    private func weatherTable() -> [(String, String)] {
        var counts: [String: Int] = [:]
        for site in sites { counts.merge(site.proxy.faults) { $0 + $1 } }
        return counts.sorted { $0.key < $1.key }.map { ("requests between sites: \($0.key)", "\($0.value)") }
    }

    // MARK: Before

    /// Every site learns of every other what its operator would type.
    private func introduce() throws {
        for other in sites {
            let caller = try Caller(other.folder, connections: 1)
            let identity = try caller.call("GET", "/federation/v1/identity").json
            guard let text = identity?["keys"]?.arrayValue?.first?.stringValue,
                let key = Ed25519.PublicKey(text: text)
            else {
                throw Failure(
                    "\(other.name) does not say who it is: \(String(decoding: identity?.bytes ?? [], as: UTF8.self))")
            }
            for site in sites where site.name != other.name {
                try site.command(
                    options.binary,
                    [
                        "peer", "add", other.name, other.proxy.url, "--config", site.folder.configurationPath,
                        "--fingerprint", key.fingerprint,
                    ])
            }
        }
        for site in sites { site.running?.process.signal(SIGHUP) }
    }

    private func startClients(of site: NetworkSite, _ number: Int) throws {
        // The first site has most of the customers, so that contacts must move.
        let count = number == 0 ? 6 : 2
        let caller = try Caller(site.folder, connections: count)
        let pause = UInt32(1_000_000 * 10 / options.rate)
        for index in 0..<count {
            var sender = Sender(
                number: number * 100 + index, way: index.isMultiple(of: 2) ? .api : .text, caller: caller,
                ledger: site.ledger, control: control, pause: pause,
                dice: Dice(seed: options.seed, stream: number * 100 + index))
            sender.customers = Self.customers
            sender.isWanted = { [sites] in sites.reduce(0) { $0 + $1.watch.open } < Self.openMax }
            Run.start(counting: clients) { [sender] in
                var sender = sender
                sender.run()
            }
        }
        let others = NetworkSite.names.filter { $0 != site.name }
        for (index, name) in SiteFolder.agents.enumerated() {
            let agent = TorturedAgent(
                name: name, folder: site.folder, ledger: site.ledger, control: control,
                dice: Dice(seed: options.seed, stream: 1000 + number * 100 + index))
            agent.otherSites = others
            agent.words = "\(site.name)/"
            agent.handOnPercent = 60
            Run.start(counting: desks) { agent.run() }
        }
        let supervisor = TorturingSupervisor(
            site: site, others: others, caller: try Caller(site.folder, connections: TorturingSupervisor.side),
            control: control, pause: 50, dice: Dice(seed: options.seed, stream: 2000 + number))
        Run.start(counting: clients) {
            var supervisor = supervisor
            supervisor.run()
        }
        let reporter = try Caller(site.folder, connections: Self.reporters)
        for _ in 0..<Self.reporters {
            Run.startReports(site.reports, reporter, control, site.ledger, counting: clients)
        }
    }

    // MARK: Rest

    /// Waits until every contact has ended, nothing is in doubt and nothing is owed to a peer or a provider.
    private func waitForRest() -> [String] {
        let clock = ContinuousClock()
        let begin = clock.now
        var shownAt = begin
        while true {
            let left = sites.flatMap { $0.restless() }
            if left.isEmpty { return [] }
            let waited = clock.now - begin
            guard waited < Self.restMax else {
                return left.map { "\(Self.text(waited)) after the last fault \($0)" }
            }
            if clock.now - shownAt > .seconds(2) {
                shownAt = clock.now
                Output.progress("not at rest: " + left.prefix(4).joined(separator: "; "))
            }
            usleep(100_000)
        }
    }

    private static let restMax = Duration.seconds(120)

    private func sayGoodbye(_ site: NetworkSite) throws -> [String] {
        var faults: [String] = []
        let caller = try Caller(site.folder, connections: 1)
        if let error = try caller.metric("interflow_conservation_error"), error != 0 {
            faults.append("\(site.name): interflow_conservation_error is \(error)")
        }
        let ending = site.running?.terminate()
        if ending != .exited(0) { faults.append("SIGTERM ended \(site.name) with \(String(describing: ending))") }
        return faults
    }

    // MARK: The proof

    /// The operator's own tool must agree; and disagree when a line of a journal has been changed by hand.
    private func prove() throws -> [String] {
        var faults: [String] = []
        let folders = sites.map(\.folder.dataPath)
        do {
            let said = try sites[0].command(options.binary, ["prove", "--settled"] + folders, within: .seconds(600))
            Output.line(said)
        } catch {
            faults.append("\(error)")
        }
        let damaged = "\(folder)/damaged"
        try Files.makeFolder(damaged)
        _ = try ChildProcess(["cp", "-r", folders[1], damaged + "/data"], output: "\(folder)/cp").wait(.seconds(60))
        let sql =
            "UPDATE journal SET body = replace(body, 'berlin', 'bermin') WHERE seq = "
            + "(SELECT seq FROM journal WHERE body LIKE '%berlin%' ORDER BY seq LIMIT 1 OFFSET 10)"
        let change = try ChildProcess(
            ["sqlite3", damaged + "/data/journal.sqlite", sql], output: "\(folder)/sqlite3"
        ).wait(.seconds(60))
        if change != .exited(0) {
            faults.append("the journal could not be damaged: \(try Files.read("\(folder)/sqlite3"))")
        }
        do {
            let words = ["prove", "--settled", folders[0], "\(sites[1].name)=\(damaged)/data", folders[2]]
            try sites[0].command(options.binary, words, within: .seconds(600))
            faults.append("a line changed by hand was not noticed by interflow prove")
        } catch {
            let said = "\(error)"
            if !said.contains("DAMAGED") { faults.append("a line changed by hand was noticed in another way: \(said)") }
        }
        return faults
    }
}
