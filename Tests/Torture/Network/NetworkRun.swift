import Glibc
import HTTP
import JSON
import Journal
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

    struct Outcome {
        var violations: [String]
        var table: [(String, String)]
    }

    mutating func perform() throws -> Outcome {
        let clock = ContinuousClock()
        let start = clock.now
        for site in sites { try site.start(options.binary) }
        for site in sites { try site.running?.waitUntilReady(.seconds(60)) }
        try introduce()
        weather.breakLoose()
        for (number, site) in sites.enumerated() { try startClients(of: site, number) }
        try killAgainAndAgain()
        var faults = try waitForTransfers()
        control.stopSending()
        weather.clear()
        for site in sites { site.proxy.cut(false) }
        for site in sites where site.running?.process.isRunning != true { try site.start(options.binary) }
        for site in sites { try site.running?.waitUntilReady(.seconds(60)) }
        _ = clients.wait(.seconds(120)) { $0 == 0 ? true : nil }
        control.calmDown()
        faults += try waitForRest()
        control.sendAgentsHome()
        _ = desks.wait(.seconds(60)) { $0 == 0 ? true : nil }
        faults += try sites.flatMap { try sayGoodbye($0) }
        for site in sites { site.provider.stop() }
        let load = clock.now - start
        var checks = NetworkChecks(sites)
        try checks.run()
        faults += try prove()
        let table =
            [("seed", "\(options.seed)"), ("kills", "\(options.kills)"), ("load and healing", Self.text(load))]
            + checks.table + weatherTable()
        return Outcome(violations: faults + checks.violations, table: table)
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
            let sender = Sender(
                number: number * 100 + index, way: index.isMultiple(of: 2) ? .api : .text, caller: caller,
                ledger: site.ledger, control: control, pause: pause,
                dice: Dice(seed: options.seed, stream: number * 100 + index))
            Run.start(counting: clients) {
                var sender = sender
                sender.run()
            }
        }
        for (index, name) in SiteFolder.agents.enumerated() {
            let agent = TorturedAgent(
                name: name, folder: site.folder, ledger: site.ledger, control: control,
                dice: Dice(seed: options.seed, stream: 1000 + number * 100 + index))
            agent.otherSites = NetworkSite.names.filter { $0 != site.name }
            Run.start(counting: desks) { agent.run() }
        }
        Run.startReports(site.reports, try Caller(site.folder, connections: 4), control, site.ledger, counting: clients)
    }

    // MARK: The storm

    private func killAgainAndAgain() throws {
        guard options.kills > 0 else { return }
        for kill in 1...options.kills {
            usleep(UInt32(weather.number(100...1500)) * 1000)
            if weather.number(0...3) == 0 { pullCable() }
            let site = sites[weather.number(0...sites.count - 1)]
            guard let running = site.running else { continue }
            if let ending = running.process.wait(.milliseconds(1)) {
                throw Failure(
                    "\(site.name) ended by itself (\(ending)) before kill \(kill):\n"
                        + ((try? Files.read(running.process.output)) ?? ""))
            }
            running.process.kill9()
            usleep(UInt32(weather.number(0...4)) * 100_000)
            try site.start(options.binary)
            if kill.isMultiple(of: 10) { Output.progress("\(kill) kills, \(try transfers()) transfers") }
        }
    }

    /// One site is alone for a while.
    private func pullCable() {
        let site = sites[weather.number(0...sites.count - 1)]
        let milliseconds = weather.number(200...3000)
        site.proxy.cut(true)
        Threads.start {
            usleep(UInt32(milliseconds) * 1000)
            site.proxy.cut(false)
        }
    }

    /// Contacts taken from a peer so far, as the sites themselves count.
    private func transfers() throws -> Int {
        try sites.reduce(0) { count, site in
            count + (try JournalCount.taken(in: site.folder))
        }
    }

    private func waitForTransfers() throws -> [String] {
        let limit = ContinuousClock().now + .seconds(3600)
        while ContinuousClock().now < limit {
            let count = try transfers()
            Output.progress("\(count) transfers of \(options.transfers)")
            if count >= options.transfers { return [] }
            sleep(2)
        }
        return ["after an hour only \(try transfers()) contacts had been handed over"]
    }

    /// Waits until every contact has ended, nothing is in doubt and nothing is owed to a peer or a provider.
    private func waitForRest() throws -> [String] {
        let callers = try sites.map { try Caller($0.folder, connections: 1) }
        var left: [String] = []
        let isAtRest = try eventually(within: .seconds(300)) {
            left = []
            for (site, caller) in zip(sites, callers) {
                let page = try caller.call("GET", "/metrics", as: "boss").text
                for line in page.split(separator: "\n") where !line.hasSuffix(" 0") {
                    guard Self.gaugesAtRest.contains(where: { line.hasPrefix($0) }) else { continue }
                    left.append("\(site.name): \(line)")
                }
                let unsent = try JournalCount.unsent(in: site.folder)
                if unsent != 0 { left.append("\(site.name): \(unsent) messages are not sent") }
            }
            if !left.isEmpty { usleep(300_000) }
            return left.isEmpty
        }
        return isAtRest ? [] : left.map { "five minutes after the last fault \($0)" }
    }

    private static let gaugesAtRest = [
        "interflow_custody_in_doubt{", "interflow_custody_in_doubt ", "interflow_relay_backlog",
        "interflow_outbox_messages",
        "interflow_contacts_open",
    ]

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
            let said = try sites[0].command(options.binary, ["prove"] + folders)
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
        if (try? sites[0].command(options.binary, ["prove", folders[0], damaged + "/data", folders[2]])) != nil {
            faults.append("a line changed by hand was not noticed by interflow prove")
        }
        return faults
    }
}
