internal import CLinux
internal import Glibc

extension Loop {
    /// Stops the inflow without losing what is on its way, and brings what is open to its end.
    func beginDrain(until: Int64) {
        guard drain == nil else { return }
        nextSweep = 0
        drain = DrainState(until: until, listenersCloseAt: min(until, clock.now + setting.deadlines.drainAccept))
        for listener in setting.listeners { listener.turnNewcomersAway() }
        for connection in connections {
            if let connection { drainConnection(connection) }
        }
    }

    private func drainConnection(_ connection: Connection) {
        switch connection.phase {
        case .reading where connection.parser.isIdle:
            // A request may be on its way: it is awaited for a moment and answered as the last.
            connection.headHasBegun = false
            setPhaseDeadline(connection, min(connection.phaseDeadline, clock.now + setting.deadlines.drainIdle))
        case .streaming where connection.stream?.kind == .events: finishStream(connection)
        case .webSocket: closeWebSocket(connection, WebSocketCloseCode.goingAway, "the server is stopping")
        case .handshaking, .reading, .answering, .streaming, .lingering: break
        }
    }

    /// Called at each sweep of a drain.
    func continueDrain() {
        guard let drain, listenersAreOpen else { return }
        for listener in setting.listeners { acceptFrom(listener, atMost: .max) }
        if clock.now >= drain.listenersCloseAt { closeListeners() }
    }

    private func closeListeners() {
        listenersAreOpen = false
        for listener in setting.listeners { Glibc.close(listener.descriptor) }
    }

    var isDrained: Bool {
        guard let drain else { return false }
        return clock.now >= drain.until || (!listenersAreOpen && live == 0)
    }

    /// What the drain's deadline left is cut; returns how many connections that were.
    func closeEverything() -> Int {
        let cut = live
        if listenersAreOpen { closeListeners() }
        for connection in connections {
            if let connection { close(connection, .clientLeft) }
        }
        // Whoever still holds a responder posts into the void; streams not begun are told so.
        obeyLast()
        return cut
    }

    private func obeyLast() {
        var last: [Command] = []
        setting.mailbox.take(into: &last)
        for command in last { obey(command) }
    }
}
