internal import CLinux
internal import Glibc
internal import Threads

/// An HTTP/1.1 server with WebSockets and event streams on a few epoll threads.
///
/// Life: `init` → `start` → `drain`, each once. Its threads live until `drain`, whether or not anybody keeps the server.
package final class HTTPServer: Sendable {
    package let options: Options
    private let handler: any HTTPHandler
    private let running = Guarded(Running())

    private struct Running {
        var hasStarted = false
        var mailboxes: [Mailbox] = []
        var counters: [ServerCounters] = []
        var threads: [pthread_t] = []
        var bound: [BoundAddress] = []
        var certificates: CertificateStore?
        var budget: BufferBudget?
    }

    package init(_ options: Options, handler: any HTTPHandler) {
        precondition(options.loops > 0, "A server needs at least one loop.")
        precondition(
            options.limits.headBytesMax <= Int(UInt16.max),
            "A request head is at most 65,535 bytes: lower headBytesMax.")
        self.options = options
        self.handler = handler
    }

    /// Binds every address, reads every certificate, and begins to serve. Nothing is served when it throws.
    /// - Throws: `ServerFailure`, naming the address or file, the reason, and what to do.
    package func start() throws(ServerFailure) {
        try running.with { (running) throws(ServerFailure) in
            guard !running.hasStarted else {
                throw ServerFailure(.state, "the server was started before; make a new one")
            }
            let certificates = try CertificateStore(options.listeners)
            let settings = try makeSettings(try bindAll(), certificates)
            running.hasStarted = true
            running.certificates = certificates
            running.budget = settings[0].budget
            running.bound = settings[0].listeners.map(\.bound)
            running.mailboxes = settings.map(\.mailbox)
            running.counters = settings.map(\.counters)
            running.threads = try Self.startThreads(settings)
        }
    }

    /// One list of sockets for each loop.
    private func bindAll() throws(ServerFailure) -> [[ListenSocket]] {
        var sockets = [[ListenSocket]](repeating: [], count: options.loops)
        do throws(ServerFailure) {
            for (index, listener) in options.listeners.enumerated() {
                if !options.sharesPort { try ListenSocket.checkFree(listener) }
                var port = listener.port
                for loop in 0..<options.loops {
                    let socket = try ListenSocket.open(listener, index: index, port: port, backlog: options.backlog)
                    port = socket.bound.port
                    sockets[loop].append(socket)
                }
            }
        } catch {
            for socket in sockets.joined() { close(socket.descriptor) }
            throw error
        }
        return sockets
    }

    private func makeSettings(
        _ sockets: [[ListenSocket]], _ certificates: CertificateStore
    ) throws(ServerFailure) -> [Loop.Setting] {
        let ledger = ConnectionLedger(options)
        let budget = BufferBudget(bytesMax: options.bufferedBytesMax)
        var settings: [Loop.Setting] = []
        do throws(ServerFailure) {
            for listeners in sockets {
                settings.append(
                    Loop.Setting(
                        options: options, deadlines: LoopDeadlines(options.deadlines), handler: handler,
                        mailbox: try Mailbox(), counters: ServerCounters(), ledger: ledger, budget: budget,
                        certificates: certificates, listeners: listeners, poll: try Loop.Setting.openPoll()))
            }
        } catch {
            for setting in settings { close(setting.poll) }
            for socket in sockets.joined() { close(socket.descriptor) }
            throw error
        }
        return settings
    }

    /// Starts every loop, or none: those that began are stopped when a later one cannot.
    private static func startThreads(_ settings: [Loop.Setting]) throws(ServerFailure) -> [pthread_t] {
        var threads: [pthread_t] = []
        do throws(ServerFailure) {
            for setting in settings { threads.append(try LoopThread.start(setting)) }
        } catch {
            for (thread, setting) in zip(threads, settings) {
                setting.mailbox.post(.drain(until: 0))
                _ = LoopThread.join(thread)
            }
            for setting in settings[threads.count...] {
                close(setting.poll)
                for socket in setting.listeners { close(socket.descriptor) }
            }
            throw error
        }
        return threads
    }

    /// What the server listens on, in the order of `Options.listeners`; empty before `start`.
    package var boundAddresses: [BoundAddress] { running.with { $0.bound } }

    /// Reads certificates and keys again. New connections use them; open ones go on undisturbed.
    /// - Throws: `ServerFailure`; the old certificates then stay in use.
    package func reloadCertificates() throws(ServerFailure) {
        try running.with { $0.certificates }?.reload()
    }

    package var statistics: ServerStatistics {
        var statistics = ServerStatistics()
        let (counters, budget) = running.with { ($0.counters, $0.budget) }
        for counters in counters { statistics.add(counters) }
        statistics.bytesBuffered = budget?.bytes ?? 0
        return statistics
    }

    /// Stops without losing a request: turns newcomers away, accepts what is queued, answers what was sent with
    /// `Connection: close`, closes WebSockets with 1001, ends event streams. Returns when all is done, or when the
    /// time is over and the rest was cut.
    ///
    /// Waits, so never call it from a handler. Handlers' answers are still taken while it runs.
    /// - Returns: how many connections were cut.
    @discardableResult
    package func drain(within limit: Duration) -> Int {
        let (mailboxes, threads) = running.with { running in
            defer { running.threads = [] }
            return (running.mailboxes, running.threads)
        }
        let until = LoopClock.milliseconds() + limit.loopMilliseconds
        if !threads.isEmpty { for mailbox in mailboxes { mailbox.post(.drain(until: until)) } }
        var cut = 0
        for thread in threads { cut += LoopThread.join(thread) }
        return cut
    }
}
