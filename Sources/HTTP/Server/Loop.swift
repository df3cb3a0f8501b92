internal import CLinux
internal import Glibc

/// One thread's share of a server: its listening sockets, its connections, its deadlines.
///
/// A turn waits for events, reads and parses what came, calls the handler, obeys the mailbox, and writes.
/// Nothing here waits for anything else. What a handler asks for on this thread goes through the mailbox
/// too, so no call ever comes back into the middle of another.
final class Loop {
    /// What all loops of a server share, and what is this one's own.
    struct Setting: Sendable {
        let options: HTTPServer.Options
        let deadlines: LoopDeadlines
        let handler: any HTTPHandler
        let mailbox: Mailbox
        let counters: ServerCounters
        let ledger: ConnectionLedger
        let budget: BufferBudget
        let certificates: CertificateStore
        let listeners: [ListenSocket]
        /// The epoll instance, made before the thread so that a failure reaches whoever starts the server.
        let poll: Int32

        static func openPoll() throws(ServerFailure) -> Int32 {
            let poll = epoll_create1(Int32(EPOLL_CLOEXEC))
            guard poll >= 0 else {
                throw ServerFailure(
                    .resources,
                    "cannot make an epoll instance: \(String(cString: strerror(errno))); raise the descriptor limit")
            }
            return poll
        }
    }

    let setting: Setting
    let poll: Int32
    var clock = LoopClock()
    /// By descriptor.
    var connections: [Connection?] = []
    /// By descriptor, beside `connections`: looking for passed deadlines reads 8 bytes for each.
    var deadlines: [Int64] = []
    var connectionsMade: UInt32 = 0
    var live = 0
    /// Connections with output to flush at the end of this turn.
    var dirty: [Connection] = []
    /// Connections with more to read than one turn gives them.
    var unfinished: [Connection] = []
    private var commands: [Command] = []
    var nextSweep: Int64 = 0
    /// The one read buffer of this thread; every connection's bytes pass through it.
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 64)

    /// Kept to be given up when no descriptor is left, so that a waiting client can be told.
    var spareDescriptor: Int32
    var acceptsAgainAt: Int64?
    var listenersAreOpen = true
    var drain: DrainState?

    struct DrainState {
        let until: Int64
        let listenersCloseAt: Int64
    }

    /// Turns of reading one connection gets before others have theirs.
    static let readsPerTurn = 16

    init(_ setting: Setting) {
        self.setting = setting
        poll = setting.poll
        spareDescriptor = Self.openSpare()
        watch(setting.mailbox.wakeDescriptor, EPOLLIN.rawValue | EPOLLET.rawValue, number: 0)
        for listener in setting.listeners { watch(listener.descriptor, EPOLLIN.rawValue, number: 0) }
    }

    deinit {
        scratch.deallocate()
        Glibc.close(poll)
        if spareDescriptor >= 0 { Glibc.close(spareDescriptor) }
    }

    static func openSpare() -> Int32 { open("/dev/null", O_RDONLY | O_CLOEXEC) }

    func watch(_ descriptor: Int32, _ events: UInt32, number: UInt32) {
        var event = epoll_event(
            events: events, data: epoll_data_t(u64: UInt64(number) << 32 | UInt64(UInt32(descriptor))))
        epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event)
    }

    /// Runs until a drain is over; returns how many connections it had to cut.
    func run() -> Int {
        setting.mailbox.belongsToThisThread()
        let events = UnsafeMutableBufferPointer<epoll_event>.allocate(capacity: 512)
        defer { events.deallocate() }
        while drain == nil || !isDrained {
            let count = epoll_wait(poll, events.baseAddress, Int32(events.count), waitMilliseconds)
            clock.refresh()
            for index in 0..<max(0, Int(count)) { take(events[index]) }
            resumeUnfinished()
            obeyCommands()
            flushDirty()
            if clock.now >= nextSweep { sweep() }
        }
        return closeEverything()
    }

    private var waitMilliseconds: Int32 {
        if !unfinished.isEmpty || !setting.mailbox.isEmpty { return 0 }
        if live == 0, drain == nil, acceptsAgainAt == nil { return -1 }
        return Int32(max(1, min(nextSweep - clock.now, 1000)))
    }

    private func take(_ event: epoll_event) {
        let descriptor = Int32(truncatingIfNeeded: event.data.u64)
        let number = UInt32(event.data.u64 >> 32)
        if number == 0 {
            if descriptor != setting.mailbox.wakeDescriptor { acceptFrom(descriptor) }
            return
        }
        guard let connection = connection(descriptor, number) else { return }
        if event.events & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0 {
            return close(connection, .clientLeft)
        }
        if event.events & (EPOLLIN.rawValue | EPOLLRDHUP.rawValue) != 0 { connection.canRead = true }
        if event.events & EPOLLRDHUP.rawValue != 0 { connection.hangsUp = true }
        if connection.phase == .handshaking { return shakeHands(connection) }
        if event.events & EPOLLOUT.rawValue != 0, connection.pendingOutput > 0 { flush(connection) }
        if connection.canRead { receive(connection) }
    }

    func connection(_ descriptor: Int32, _ number: UInt32) -> Connection? {
        let index = Int(descriptor)
        guard index < connections.count, let connection = connections[index], connection.number == number else {
            return nil
        }
        return connection
    }

    private func obeyCommands() {
        setting.mailbox.take(into: &commands)
        for command in commands { obey(command) }
        commands.removeAll(keepingCapacity: commands.count <= 4096)
    }

    private func resumeUnfinished() {
        guard !unfinished.isEmpty else { return }
        let waiting = unfinished
        unfinished.removeAll(keepingCapacity: true)
        for connection in waiting {
            connection.isUnfinished = false
            if !connection.isClosed { resume(connection) }
        }
    }

    // MARK: Deadlines

    func setPhaseDeadline(_ connection: Connection, _ deadline: Int64) {
        connection.phaseDeadline = deadline
        deadlines[Int(connection.descriptor)] = connection.deadline
    }

    func setStallDeadline(_ connection: Connection, _ deadline: Int64) {
        connection.stallDeadline = deadline
        deadlines[Int(connection.descriptor)] = connection.deadline
    }

    private func sweep() {
        nextSweep = clock.now + (drain == nil ? setting.deadlines.tick : 10)
        let now = clock.now
        for index in deadlines.indices where deadlines[index] <= now {
            if let connection = connections[index] { expire(connection) }
        }
        if let time = acceptsAgainAt, time <= now { acceptAgain() }
        if drain != nil { continueDrain() }
        flushDirty()
    }
}
