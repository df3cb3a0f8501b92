package import ChannelKit
import Configuration
import Glibc
package import HTTP
import InteractionModel
package import Journal
import Routing
import Threads

/// One site: opens the journal, takes leadership, recovers, serves, and ends without losing anything.
///
/// Life: `init` → `start` → `run` (until `stop` or a failure of the journal) → `shutdown`.
package final class Site: @unchecked Sendable {  // Constant after `init`, but for the loop, which has its own thread.
    package static let release = "0.1.0"
    /// How long a shutdown may take: sockets, requests in flight, then the loop.
    package static let drainLimit = Duration.seconds(20)

    package let configuration: SiteConfiguration
    private let journal: any Journal
    private let loop: SiteLoop
    private let log: LogTail
    private let host: ChannelHost
    private let adapters: [any ChannelAdapter]
    private let server: HTTPServer
    private let health: SiteHealth
    private let diary: Diary
    private let epoch: Int64
    private let clock: SiteClock
    private let plans: PlanDesk
    /// Who this site's peers are, what asks them and what lets them in.
    package let peers: PeerDesk
    private let peerIdentity: PeerIdentity
    private let exchange: PeerExchange
    private let routes: RouteDesk
    private let filePlan: Plan
    private let planAtStart: PlanAtStart
    private let ending = Bell()
    private let outcome = Guarded<JournalFailure?>(nil)
    private let onLoopEnd = Guarded<(@Sendable () -> Void)?>(nil)

    /// Everything that can be wrong before the first request is wrong here.
    /// - Throws: `CalendarError`, `JournalFailure`, `SiteKey.Failure`, `ConfigurationFault`, `ConfigurationError`,
    ///   `ClientFailure`.
    package init(
        _ configuration: SiteConfiguration, journal: any Journal, siteKey: [UInt8], catalog: [ChannelRegistration],
        clockSources: SiteClock.Sources = .machine, diary: Diary? = nil, planFile: PlanFile? = nil,
        peerIdentity: PeerIdentity = .passing()
    ) throws {
        self.configuration = configuration
        self.journal = journal
        self.diary = diary ?? Diary(site: configuration.site)
        let reader = try journal.makeReader()
        let last = try reader.lastSequence()
        let lastAt = try last == 0 ? nil : reader.entries(after: last - 1, limit: 1).first?.at
        clock = SiteClock(after: lastAt ?? Timestamp(milliseconds: 0), sources: clockSources)
        let leadership = try journal.takeLeadership(holder: Self.holder, at: clock.now())
        epoch = leadership.epoch
        var state = try Recovery.state(
            from: journal, reader: reader, at: clock.now(), site: SiteName(configuration.site),
            incarnation: peerIdentity.incarnation)
        let wall = clock.wall()
        filePlan = try configuration.rules.plan(at: wall)
        let source = configuration.rules.source
        planAtStart = PlanAtStart(active: state.plan, file: filePlan, source: source)
        let plan = planAtStart.takesFile ? filePlan : state.plan
        let agents = configuration.identities.filter { $0.value.role == .agent }.map(\.name)
        plans = PlanDesk(
            active: ActivePlan(plan), file: planFile, startedSource: source, identities: Set(agents))

        peers = try PeerDesk(
            site: SiteName(configuration.site), identity: peerIdentity, configured: configuration.peers,
            release: Self.release, clock: clock, diary: self.diary)
        self.peerIdentity = peerIdentity
        state.isAlone = peers.book.peers.isEmpty && state.custody.count == 0
        let counters = SiteCounters()
        let relay = ObserverRelay()
        loop = try SiteLoop(
            journal: journal, state: state, epoch: leadership.epoch, clock: clock,
            inboxMax: configuration.limits.inboxMax, observer: relay)
        health = SiteHealth(store: loop.health)
        log = LogTail(reader: try journal.makeReader())
        let pseudonyms = PartyPseudonyms(key: siteKey)
        host = try ChannelHost(
            publicURL: configuration.publicAddress, clock: clock, pseudonyms: pseudonyms, inbox: loop.inbox,
            counters: counters, release: Self.release)
        adapters = try Self.makeAdapters(configuration, catalog, host)
        let outbound = Outbound(
            reader: try journal.makeReader(), inbox: loop.inbox, adapters: adapters, diary: self.diary)
        exchange = PeerExchange(
            desk: peers, inbox: loop.inbox, clock: clock, reader: try journal.makeReader(), diary: self.diary,
            term: leadership.epoch, pseudonyms: pseudonyms, remember: { peerIdentity.remember(journalLast: $0) })
        let effects = SiteEffects(
            hub: AgentHub(site: SiteName(configuration.site), reader: try journal.makeReader(), state: state),
            outbound: outbound, log: log, counters: counters, plan: plans.active, exchange: exchange)
        relay.observer = effects
        routes = RouteDesk(inbox: loop.inbox, plan: plans.active)
        routes.use(PeerPlaces(site: peers.site, client: peers.client, book: peers.book))
        let api = API(
            site: SiteName(configuration.site), release: Self.release, inbox: loop.inbox, pseudonyms: pseudonyms,
            effects: effects, sessions: SessionNumbers(epoch: leadership.epoch), log: log,
            readers: ReaderPool([reader, try journal.makeReader()]), counters: counters, health: health,
            plans: plans, routes: routes, peers: peers, exchange: exchange, diary: self.diary,
            origins: configuration.origins)
        server = HTTPServer(
            configuration.serverOptions(adapters),
            handler: Self.router(configuration, api, adapters, counters, peers.gate))
    }

    private static var holder: String {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        let host = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return "\(host)/\(getpid())"
    }

    private static func makeAdapters(
        _ configuration: SiteConfiguration, _ catalog: [ChannelRegistration], _ host: ChannelHost
    ) throws -> [any ChannelAdapter] {
        try configuration.channels.map { account in
            guard let registration = catalog.first(where: { $0.channel.rawValue == account.value.choice }) else {
                preconditionFailure("The configuration was read with another catalog.")
            }
            return try registration.adapter(
                for: AccountName(account.name), section: account.value.section, services: host)
        }
    }

    private static func router(
        _ configuration: SiteConfiguration, _ api: API, _ adapters: [any ChannelAdapter], _ counters: SiteCounters,
        _ gate: PeerGate
    ) -> Router {
        let hooks = adapters.flatMap { adapter in
            adapter.webhooks.map { Router.Hook(webhook: $0, adapter: adapter) }
        }
        let book = IdentityBook(
            configuration.identities.map { ($0.value.tokenHash, Identity(name: $0.name, role: $0.value.role)) })
        return Router(
            operations: api.operations, hooks: hooks, pages: WelcomePage.assets(site: configuration.site), book: book,
            counters: counters, gate: gate)
    }

    // MARK: Life

    /// Begins to serve. Requests that come before the loop runs wait for it.
    /// - Throws: `ServerFailure`, which names the address and what to do.
    package func start() throws(ServerFailure) {
        let offset = clock.wallOffset()
        let started = Input.Event.siteStarted(epoch: epoch, release: Self.release, wallOffset: offset)
        loop.inbox.insist(
            Job(.event(started), .call { [health] outcome, _ in if case .answered = outcome { health.started() } }))
        switch planAtStart {
        case .file(let reason):
            let activation = PlanActivation(
                plan: filePlan, by: "start", file: plans.startedSource, isStart: true)
            loop.inbox.insist(Job(.activation(activation)))
            diary.note(reason)
        case .journal(let reason): diary.note(reason)
        }
        adapters.forEach { $0.start() }
        try server.start()
        peers.gate.serve(as: configuration.peerAddresses(server.boundAddresses))
        startThread { [self] in
            let failure = loop.run()
            outcome.with { $0 = failure }
            ending.ring()
            onLoopEnd.with { $0 }?()
        }
        startThread { [log] in log.run() }
        startThread { [exchange] in exchange.run() }
        startThread { [routes] in routes.run() }
    }

    /// Makes what the site's own file says now the active plan; the diary says what came of it. For signals.
    package func activateFile(by: String) {
        guard let file = plans.file else { return }
        let text: PlanText
        do throws(ConfigurationError) {
            text = try file.read()
        } catch {
            return diary.alarm("the active plan stays: \(error)")
        }
        if !text.restartKeys.isEmpty {
            diary.warn("only a restart takes what these keys say now: \(text.restartKeys.joined(separator: ", "))")
        }
        for warning in text.warnings { diary.warn("\(warning.complaint)") }
        let now = plans.active.now.plan
        let activation = PlanActivation(
            plan: text.plan, by: by, file: text.source,
            difference: .init(from: now.version, summary: PlanDiff(from: now, to: text.plan).summary))
        loop.inbox.insist(
            Job(
                .activation(activation),
                .call { [diary] outcome, _ in
                    guard case .answered = outcome, let result = activation.result.with({ $0 }) else {
                        return diary.alarm("the active plan stays: the journal takes nothing now")
                    }
                    diary.note("plan \(result.version) is active: \(result.change)")
                }))
    }

    /// Takes in what the site's file and the file of managed peers say of peers now; the diary says what came of it.
    package func reloadPeers() {
        do throws(ConfigurationError) {
            try peers.reload(configured: try plans.file?.peers())
            diary.note("\(peers.book.peers.count) peers are known")
        } catch {
            diary.alarm("the peers stay as they were: \(error)")
        }
    }

    package var addresses: [BoundAddress] { server.boundAddresses }

    package var statistics: ServerStatistics { server.statistics }

    package func reloadCertificates() throws(ServerFailure) { try server.reloadCertificates() }

    /// Has `body` called when the loop ends, after a shutdown as after a failure. Before `start` it is sure to be.
    package func whenLoopEnds(_ body: @escaping @Sendable () -> Void) { onLoopEnd.with { $0 = body } }

    /// Waits until the loop has ended. Returns the journal's failure, if that ended it.
    package func run() -> JournalFailure? {
        while loop.isRunning { ending.wait(milliseconds: 1000) }
        return outcome.with { $0 }
    }

    /// Ends without loss: not ready, no new connections, every request in flight answered, then the loop.
    /// Takes `drainLimit` and a few seconds at most. Returns how many connections had to be cut.
    @discardableResult
    package func shutdown() -> Int {
        health.draining()
        let cut = server.drain(within: Self.drainLimit)
        adapters.forEach { $0.stop() }
        loop.inbox.close()
        _ = run()
        routes.stop()
        host.shutdown()
        exchange.stop()
        peers.shutdown()
        log.stop()
        if let last = try? journal.lastSequence() { peerIdentity.remember(journalLast: last) }
        journal.close()
        return cut
    }

    private func startThread(_ body: @escaping @Sendable () -> Void) {
        precondition(WorkThread.start(body), "The machine must have a thread left for the site's loop and its log.")
    }
}

/// Stands in for the loop's observer until everything it needs has been made.
private final class ObserverRelay: LoopObserver, @unchecked Sendable {  // Set once, before the loop's thread starts.
    var observer: (any LoopObserver)?

    func committed(_ facts: [RecordedFact], contents: [Int64: [UInt8]], state: borrowing RoutingState) {
        observer?.committed(facts, contents: contents, state: state)
    }
}

extension SiteConfiguration {
    /// Without a public URL the first address is what providers on this machine reach.
    package var publicAddress: String {
        if let publicURL { return publicURL.text.hasSuffix("/") ? String(publicURL.text.dropLast()) : publicURL.text }
        return "\(tls == nil ? "http" : "https")://\(listen[0])"
    }

    /// The URLs under which peers may mean this site.
    func peerAddresses(_ bound: [BoundAddress]) -> [String] {
        [publicAddress] + peerURLs.map(\.text) + bound.map(\.description)
    }

    func serverOptions(_ adapters: [any ChannelAdapter]) -> HTTPServer.Options {
        let tlsOptions = tls.map { section in
            TLSOptions(
                certificateFile: section.certificate.resolved, keyFile: section.key.resolved,
                clientCertificates: section.clientAuthorities.map { .verified(authoritiesFile: $0.resolved) }
                    ?? .notAsked)
        }
        var options = HTTPServer.Options(
            listeners: listen.map { Listener(address: $0.host, port: $0.port, tls: tlsOptions) })
        options.loops = limits.httpThreads
        options.connectionsMax = limits.connectionsMax
        options.connectionsPerAddressMax = limits.connectionsPerAddressMax
        options.limits.bodyBytesMaxByPrefix = adapters.flatMap(\.webhooks).map {
            ParserLimits.PathLimit(prefix: $0.path, bytesMax: $0.bodyBytesMax)
        }
        options.limits.bodyBytesMaxByPrefix.append(
            ParserLimits.PathLimit(prefix: "/federation/", bytesMax: PeerSignature.bodyBytesMax))
        return options
    }
}
