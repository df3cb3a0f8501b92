import Chance
import Federation
import Glibc
import JSON
import Support

/// One site of a tortured network: its folder, the proxy that stands before it, its clients and its process.
final class NetworkSite: Sendable {
    static let names = ["berlin", "munich", "hamburg"]

    let name: String
    let folder: SiteFolder
    /// Where its peers reach it.
    let proxy: ChaosProxy
    let ledger: Ledger
    let provider: Provider
    let reports = Reports()
    /// What its journal says.
    let watch: JournalWatch
    private let operatorsOwn: Caller
    private let process = Monitor<RunningSite?>(nil)

    init(_ name: String, in parent: String, _ options: Options, _ control: Control, _ weather: Weather) throws {
        self.name = name
        let reports = reports
        let dice = Monitor(Dice(seed: options.seed, stream: name.utf8.reduce(0) { $0 &* 31 &+ Int($1) }))
        provider = try Provider(manner: { control.isCalm ? .accept : dice.with { Run.manner(&$0) } }) {
            reports.add($0)
        }
        let front = SiteFolder.freshAddress()
        var site = SiteFolder.Options()
        site.site = name
        site.provider = provider.url
        site.offerTimeout = "2s"
        site.wrapUpMax = "3s"
        site.capacity = 12
        let others = Self.names.filter { $0 != name }.joined(separator: ", ")
        site.queueRules = "interflow: [{ after: 200ms, sites: [\(others)] }]"
        site.more = "peerURLs: [\"http://\(front)\"]\n"
        site.more += "timers: { reconnectGrace: 2s, reclaimAfter: 3s, offerAgainAfter: 1s, sendTimeout: 5s }"
        let path = "\(parent)/\(name)"
        try Files.makeFolder(path)
        folder = try SiteFolder(existing: path, options: site)
        ledger = try Ledger("\(path)/ledger")
        watch = JournalWatch(folder, hopsMax: Transfer.hopsMax)
        operatorsOwn = try Caller(folder, connections: 1)
        proxy = try ChaosProxy(to: folder.address, at: front) { weather.fault(of: $0, to: name) }
    }

    func start(_ binary: String) throws {
        let running = try RunningSite(folder, binary: binary)
        process.with { $0 = running }
        try? Files.write("\(running.process.id)\n", to: "\(folder.path)/site.pid")
    }

    var running: RunningSite? { process.with { $0 } }

    /// Begins to empty it, or ends that. Returns when the site has said yes.
    func drain(_ isDraining: Bool) {
        let body: JSONValue = ["draining": .bool(isDraining)]
        for _ in 0..<1000 {
            let answer = try? operatorsOwn.call("POST", "/v1/drain", as: "boss", body: body.bytes)
            if let answer, (200...299).contains(answer.status) { return }
            usleep(20_000)
        }
    }

    /// What the site says it still has to do; empty at rest.
    func restless() -> [String] {
        guard let page = try? operatorsOwn.call("GET", "/metrics", as: "boss"), page.status == 200 else {
            return ["\(name) does not answer"]
        }
        var left = page.text.split(separator: "\n").compactMap { line -> String? in
            guard !line.hasSuffix(" 0"), Self.gaugesAtRest.contains(where: { line.hasPrefix($0) }) else { return nil }
            return "\(name): \(line)"
        }
        if watch.unsent != 0 { left.append("\(name): \(watch.unsent) messages are not sent") }
        return left
    }

    /// Not `interflow_outbox_messages`: it counts a message until no report on it is expected any more, an hour later.
    private static let gaugesAtRest = [
        "interflow_custody_in_doubt{", "interflow_custody_in_doubt ", "interflow_relay_backlog",
        "interflow_contacts_open",
    ]

    /// Runs the command line about this site and returns what it said. Throws when it failed.
    @discardableResult
    func command(_ binary: String, _ words: [String], within limit: Duration = .seconds(60)) throws -> String {
        let output = "\(folder.path)/command"
        try Files.write("", to: output)
        let child = try ChildProcess([binary] + words, output: output)
        let ending = child.wait(limit)
        let said = (try? Files.read(output)) ?? ""
        guard ending == .exited(0) else {
            throw Failure("\(words.joined(separator: " ")) ended with \(ending.map { "\($0)" } ?? "no end"):\n\(said)")
        }
        return said
    }
}

/// What the network does to requests between sites: at first nothing, then now and then everything that networks do.
final class Weather: Sendable {
    private struct State {
        var dice: Dice
        var isFine = true
    }

    private let state: Monitor<State>

    init(seed: UInt64) { state = Monitor(State(dice: Dice(seed: seed, stream: -7))) }

    func breakLoose() { state.with { $0.isFine = false } }

    /// From now on nothing is lost.
    func clear() { state.with { $0.isFine = true } }

    func fault(of passing: ChaosProxy.Passing, to site: String) -> ChaosProxy.Fault {
        state.with { state in
            guard !state.isFine else { return .none }
            switch state.dice.number(0...199) {
            case 0..<4: return .requestLost
            case 4..<8: return .answerLost
            case 8..<11: return .requestCut(after: state.dice.number(1...max(1, passing.bytes - 1)))
            case 11..<14: return .answerCut(after: state.dice.number(1...400))
            case 14..<18: return .doubled
            case 18..<22: return .late(milliseconds: state.dice.number(10...3000))
            case 22..<28: return .delayed(milliseconds: state.dice.number(1...300))
            case 28..<31: return .answerDelayed(milliseconds: state.dice.number(1...1500))
            case 31: return .silent(milliseconds: state.dice.number(500...4000))
            default: return .none
            }
        }
    }

    /// One number of the storm's own.
    func number(_ range: ClosedRange<Int>) -> Int { state.with { $0.dice.number(range) } }
}
