import Chance
import Glibc
import HTTP
import InteractionModel
import Journal
import Support

/// Starts a site, kills it, starts it again; drains and compares.
struct Run {
    let options: Options
    private let folder: SiteFolder
    private let provider: Provider
    private let ledger: Ledger
    private let control = Control()
    private let reports: Reports
    private var killsBeforeReady = 0

    init(_ options: Options) throws {
        self.options = options
        let control = control
        let reports = Reports()
        self.reports = reports
        let dice = Monitor(Dice(seed: options.seed, stream: -1))
        provider = try Provider(manner: { control.isCalm ? .accept : dice.with { Self.manner(&$0) } }) { sent in
            reports.add(sent)
        }
        var site = SiteFolder.Options()
        site.provider = provider.url
        site.offerTimeout = "2s"
        site.wrapUpMax = "3s"
        site.capacity = 6
        site.more = "timers: { reconnectGrace: 2s, reclaimAfter: 3s, offerAgainAfter: 1s, sendTimeout: 5s }"
        if let path = options.folder {
            try Files.makeFolder(path)
            folder = try SiteFolder(existing: path, options: site)
        } else {
            folder = try SiteFolder("torture", options: site)
        }
        ledger = try Ledger("\(folder.path)/ledger")
    }

    static func manner(_ dice: inout Dice) -> Provider.Manner {
        switch dice.number(0...99) {
        case 0: .unavailable
        case 1..<12: .acceptLate(milliseconds: UInt32(dice.number(5...800)))
        default: .accept
        }
    }

    /// Where configuration, journal, ledger and output are.
    var path: String { folder.path }

    /// Returns what was violated, and the table. Throws when the site ends or never becomes ready.
    mutating func perform() throws -> Outcome {
        let clock = ContinuousClock()
        let start = clock.now
        let agents = SiteFolder.agents.enumerated().map { number, name in
            TorturedAgent(
                name: name, folder: folder, ledger: ledger, control: control,
                dice: Dice(seed: options.seed, stream: 100 + number))
        }
        let clients = Monitor(0)
        let desks = Monitor(0)
        let callers = try startSenders(counting: clients)
        for agent in agents { Self.start(counting: desks) { agent.run() } }
        Self.startReports(reports, try Caller(folder, connections: 4), control, ledger, counting: clients)

        try killAgainAndAgain()
        var faults: [String] = []
        let site = try RunningSite(folder, binary: options.binary)
        note(site)
        try site.waitUntilReady(.seconds(60))
        control.stopSending()
        _ = clients.wait(.seconds(120)) { $0 == 0 ? true : nil }
        control.calmDown()
        faults += try waitForOutbox()
        control.sendAgentsHome()
        _ = desks.wait(.seconds(60)) { $0 == 0 ? true : nil }
        if let error = try callers.metric("interflow_conservation_error"), error != 0 {
            faults.append("interflow_conservation_error is \(error)")
        }
        let ending = site.terminate()
        if ending != .exited(0) { faults.append("SIGTERM ended the site with \(String(describing: ending))") }
        provider.stop()
        return try compare(agents.flatMap(\.feeds), faults, clock.now - start)
    }

    struct Outcome {
        var violations: [String]
        var table: [(String, String)]
        var folder: SiteFolder
    }

    private func compare(_ feeds: [FeedRecord], _ faults: [String], _ time: Duration) throws -> Outcome {
        var checks = try Checks(folder: folder, ledger: ledger.path, feeds: feeds, sent: provider.sent)
        try checks.run()
        let table =
            [
                ("seed", "\(options.seed)"), ("kills", "\(options.kills)"),
                ("  of them before the first acknowledgement", "\(killsBeforeReady)"),
            ] + checks.table + [("time", "\(time.components.seconds) s")]
        return Outcome(violations: faults + checks.violations, table: table, folder: folder)
    }

    // MARK: Clients

    /// As many that post contacts as that send texts.
    private func startSenders(counting left: Monitor<Int>) throws -> Caller {
        let count = 8
        let caller = try Caller(folder, connections: count)
        let pause = UInt32(1_000_000 * count / options.rate)
        for number in 0..<count {
            let sender = Sender(
                number: number, way: number.isMultiple(of: 2) ? .api : .text, caller: caller, ledger: ledger,
                control: control, pause: pause, dice: Dice(seed: options.seed, stream: number))
            Self.start(counting: left) {
                var sender = sender
                sender.run()
            }
        }
        return caller
    }

    /// Tells the site what became of its messages, again and again until it answers.
    static func startReports(
        _ reports: Reports, _ caller: Caller, _ control: Control, _ ledger: Ledger, counting left: Monitor<Int>
    ) {
        start(counting: left) {
            while let sent = reports.next(whileSending: { control.isSending }) {
                let key = "\(sent.sid):delivered"
                let request = caller.status("delivered", sid: sent.sid, message: sent.message)
                for _ in 0..<100 {
                    ledger.sending(.report, key, "\(sent.message)")
                    guard let answer = try? caller.perform(request) else {
                        ledger.unanswered(.report, key)
                        usleep(20_000)
                        continue
                    }
                    if answer.status == 200 {
                        ledger.acknowledged(.report, key, "-")
                        break
                    }
                    ledger.refused(.report, key, "\(answer.status)")
                    usleep(20_000)
                }
            }
        }
    }

    static func start(counting left: Monitor<Int>, _ body: @escaping @Sendable () -> Void) {
        left.with { $0 += 1 }
        Threads.start {
            body()
            left.with { $0 -= 1 }
        }
    }

    // MARK: Killing

    private mutating func killAgainAndAgain() throws {
        var dice = Dice(seed: options.seed, stream: -2)
        for kill in 1...options.kills {
            let before = ledger.acknowledgedCount
            let site = try RunningSite(folder, binary: options.binary)
            note(site)
            // A third of the kills come while the site still starts and recovers.
            let life = dice.happens(percent: 33) ? dice.number(10...150) : dice.number(150...2000)
            if let ending = site.process.wait(.milliseconds(life)) {
                throw Failure(
                    "the site ended by itself (\(ending)) before kill \(kill):\n\(try Files.read(site.process.output))")
            }
            site.process.kill9()
            if ledger.acknowledgedCount == before { killsBeforeReady += 1 }
            if kill.isMultiple(of: 10) {
                Output.progress("\(kill) kills, \(ledger.acknowledgedCount) acknowledgements")
            }
        }
    }

    /// For whoever has to clean up after an interrupted run.
    private func note(_ site: RunningSite) {
        try? Files.write("\(site.process.id)\n", to: "\(folder.path)/site.pid")
    }

    /// Waits until every message has been taken by the provider or given up.
    private func waitForOutbox() throws -> [String] {
        let reader = try folder.journal()
        defer { reader.close() }
        var fold = JournalFold()
        var last: Int64 = 0
        let isEmpty = try eventually(within: .seconds(120)) {
            while case let page = try reader.entries(after: last, limit: JournalLimits.readMax), !page.isEmpty {
                for entry in page { try fold.take(entry) }
                last = page[page.count - 1].sequence
            }
            usleep(100_000)
            return fold.unsent == 0
        }
        return isEmpty ? [] : ["\(fold.unsent) messages still wait to be sent two minutes after the last kill"]
    }
}

/// What the provider has taken and not yet reported on.
final class Reports: Sendable {
    private let waiting = Monitor<[Provider.Sent]>([])

    /// Not reported on yet.
    var count: Int { waiting.with { $0.count } }

    func add(_ sent: Provider.Sent) { waiting.with { $0.append(sent) } }

    /// Nil once nothing is sent any more and nothing waits.
    func next(whileSending isSending: () -> Bool) -> Provider.Sent? {
        while true {
            if let next = waiting.wait(.milliseconds(200), for: { $0.isEmpty ? nil : $0.removeFirst() }) { return next }
            if !isSending() { return nil }
        }
    }
}
