import Glibc
import JSON
import Support

/// What befalls the sites of a network while they work: deaths, pulled cables, and operators who empty a site. Ends when
/// all deaths were died and as many contacts moved as were asked for.
struct NetworkStorm {
    let options: Options
    let sites: [NetworkSite]
    let weather: Weather
    let control: Control
    private(set) var kills = 0
    /// Of them, of a site that was just starting.
    private(set) var earlyKills = 0
    /// Of them, at the very moment when the site had answered a peer.
    private(set) var aimedKills = 0
    private let clock = ContinuousClock()
    private var shownAt: ContinuousClock.Instant
    private var shownTransfers = 0

    init(_ options: Options, _ sites: [NetworkSite], _ weather: Weather, _ control: Control) {
        self.options = options
        self.sites = sites
        self.weather = weather
        self.control = control
        shownAt = clock.now
    }

    /// Without a new transfer for so long, something stands still.
    private static let patience = Duration.seconds(120)

    /// Returns what is wrong.
    mutating func rage() throws -> [String] {
        var moved = (count: 0, at: clock.now)
        var last: NetworkSite?
        while true {
            // A quarter of the deaths come to the site that has just been started.
            let isEarly = last != nil && weather.number(0...3) == 0
            usleep(UInt32(isEarly ? weather.number(10...150) : weather.number(100...1500)) * 1000)
            let transfers = transfers
            show(transfers)
            if transfers > moved.count { moved = (transfers, clock.now) }
            guard clock.now - moved.at < Self.patience else {
                return ["after \(transfers) transfers no contact moved for \(Self.patience.components.seconds) s"]
            }
            if kills >= options.kills, transfers >= options.transfers { return [] }
            if weather.number(0...3) == 0 { pullCable() }
            // Deaths are spread evenly over the transfers.
            let due = min(options.kills, 1 + options.kills * transfers / options.transfers)
            guard kills < due else { continue }
            let site = isEarly ? last ?? sites[0] : sites[weather.number(0...sites.count - 1)]
            if isEarly {
                earlyKills += 1
            } else if weather.number(0...1) == 0 {
                awaitAnswer(of: site)
            }
            try kill(site)
            last = site
        }
    }

    /// Contacts taken from a peer so far.
    var transfers: Int { sites.reduce(0) { $0 + $1.watch.taken } }

    private mutating func show(_ transfers: Int) {
        let passed = clock.now - shownAt
        guard passed >= .seconds(5) else { return }
        let rate = Double(transfers - shownTransfers) / (Double(passed.components.seconds) + 0.001)
        let open = sites.map { "\($0.watch.open)" }.joined(separator: "+")
        Output.progress(
            "\(transfers) transfers (\(Int(rate))/s), \(kills) kills, \(open) contacts open, "
                + "\(sites.reduce(0) { $0 + $1.watch.unsent }) messages on their way")
        shownAt = clock.now
        shownTransfers = transfers
    }

    private mutating func kill(_ site: NetworkSite) throws {
        guard let running = site.running else { return }
        if let ending = running.process.wait(.milliseconds(1)), ending != .killed(by: SIGKILL) {
            throw Failure(
                "\(site.name) ended by itself (\(ending)) before kill \(kills + 1):\n"
                    + ((try? Files.read(running.process.output)) ?? ""))
        }
        kills += 1
        running.process.kill9()
        usleep(UInt32(weather.number(0...4)) * 100_000)
        try site.start(options.binary)
    }

    /// What a site told a peer must be durable: half of the deaths come right after it did. Returns when the site is dead,
    /// or has told nobody anything for a while.
    private mutating func awaitAnswer(of site: NetworkSite) {
        guard let process = site.running?.process else { return }
        let isDead = Monitor(false)
        site.proxy.atNextAnswer(to: "/federation/v1/messages") {
            process.signal(SIGKILL)
            isDead.with { $0 = true }
        }
        if isDead.wait(.seconds(1), for: { $0 ? true : nil }) == true { aimedKills += 1 }
        site.proxy.atNextAnswer(to: "", nil)
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

    /// Now and then all that waits at one site goes to the others. Runs on a thread of its own while contacts come in.
    static func drain(_ sites: [NetworkSite], _ weather: Weather, _ control: Control) {
        while control.isSending {
            control.rest(milliseconds: weather.number(1000...5000))
            let site = sites[weather.number(0...sites.count - 1)]
            site.drain(true)
            control.rest(milliseconds: weather.number(300...2000))
            site.drain(false)
        }
    }
}
