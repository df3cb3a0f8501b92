import CLinux
import Configuration
import Glibc
import HTTP
import Journal
import Site

/// Runs a site until it is told to stop.
enum ServeCommand {
    static let command = Command(
        name: "serve", summary: "Run a site",
        description: [
            "Opens the journal, recovers, and serves the API, the webhooks and the agents' sockets. SIGTERM and SIGINT end it "
                + "without losing anything: not ready at once, then every request in flight is answered, within 30 seconds. "
                + "SIGHUP reads the TLS certificates and the peers again, and makes the routing rules in the configuration the active plan.",
            "Which plan is active at the start is said in the first lines: what was activated last, unless the file's rules were "
                + "changed after that.",
            "The process's own log goes to standard error as JSON lines; the routing log is read with interflow log.",
        ],
        options: [.config],
        exits: [
            (.ok, "ended by a signal, every request answered"), (.unavailable, "an address cannot be listened on"),
            (.ioError, "the journal failed or is held by another process"),
            (.configuration, "the configuration is wrong"),
        ],
        examples: ["interflow serve", "interflow serve --config /etc/interflow/interflow.yaml"],
        run: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        blockSignals()
        let (path, loaded) = try ConfigurationLookup.load(invocation)
        let diary = Diary(site: loaded.root.site)
        let site = try open(loaded, path, diary)
        site.whenLoopEnds { kill(getpid(), SIGUSR2) }
        do throws(ServerFailure) {
            try site.start()
        } catch {
            throw CommandFailure(.unavailable, "\(error)")
        }
        for address in site.addresses { diary.note("serving \(address)") }
        return listen(to: site, diary)
    }

    private static func open(_ loaded: Loaded<SiteConfiguration>, _ path: String, _ diary: Diary) throws -> Site {
        let configuration = loaded.root
        let folder = configuration.data.resolved
        do {
            let journal = try SQLiteJournal(folder: folder)
            let last = try journal.lastSequence()
            let key = try SiteKey.load(folder: folder, journalExists: last > 0)
            let identity = try PeerIdentity.load(folder: folder, journalLast: last, now: WallTime.now.milliseconds)
            return try Site(
                configuration, journal: journal, siteKey: key, catalog: ChannelCatalog.registrations, diary: diary,
                planFile: PlanFile(path: path, catalog: ChannelCatalog.sections, started: loaded),
                peerIdentity: identity)
        } catch let failure as JournalFailure {
            throw CommandFailure(.ioError, "the journal in \(folder): \(failure)")
        } catch let failure as SiteKey.Failure {
            throw CommandFailure(.noPermission, failure.description)
        } catch let failure as PeerIdentity.Failure {
            throw CommandFailure(.noPermission, failure.description)
        } catch let error as ConfigurationError {
            throw CommandFailure(.configuration, "the peers are wrong\n\(error)")
        }
    }

    // MARK: Signals

    private static func blockSignals() {
        var set = signals
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    private static var signals: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in [SIGTERM, SIGINT, SIGHUP, SIGUSR2] { sigaddset(&set, signal) }
        return set
    }

    /// SIGUSR2 is our own: the loop has ended by itself.
    private static func listen(to site: Site, _ diary: Diary) -> ExitCode {
        var set = signals
        while true {
            var signal: Int32 = 0
            guard sigwait(&set, &signal) == 0 else { continue }
            switch signal {
            case SIGHUP: reload(site, diary)
            case SIGUSR2:
                let failure = site.run()
                diary.alarm(
                    "the journal failed: \(failure.map { "\($0)" } ?? "unknown"); ending, nothing more is acknowledged")
                return .ioError
            default:
                diary.note("shutting down")
                let cut = site.shutdown()
                diary.note(cut == 0 ? "ended; every request was answered" : "ended; \(cut) connections had to be cut")
                return .ok
            }
        }
    }

    private static func reload(_ site: Site, _ diary: Diary) {
        do throws(ServerFailure) {
            try site.reloadCertificates()
            diary.note("certificates read again")
        } catch {
            diary.alarm("the old certificates stay in use: \(error)")
        }
        site.reloadPeers()
        site.activateFile(by: "signal")
    }
}
