internal import CLinux
internal import Glibc

extension Loop {
    /// Connections taken from one listener in one turn; the kernel's queue keeps the rest for the next.
    static let acceptsPerTurn = 64
    /// Connections told that no descriptor is left, before accepting pauses.
    static let shedsPerPause = 16
    /// How long accepting pauses when descriptors or memory run out.
    static let acceptPauseMilliseconds: Int64 = 100

    func acceptFrom(_ descriptor: Int32) {
        guard let listener = setting.listeners.first(where: { $0.descriptor == descriptor }) else { return }
        acceptFrom(listener, atMost: Self.acceptsPerTurn)
    }

    func acceptFrom(_ listener: ListenSocket, atMost count: Int) {
        for _ in 0..<count {
            var storage = sockaddr_storage()
            let descriptor = accept(listener.descriptor, &storage)
            if descriptor >= 0 {
                take(descriptor, storage, from: listener)
                continue
            }
            switch errno {
            case EINTR, ECONNABORTED: continue
            case EMFILE, ENFILE, ENOBUFS, ENOMEM: return pauseAccepting(listener)
            default: return
            }
        }
    }

    private func accept(_ listening: Int32, _ storage: inout sockaddr_storage) -> Int32 {
        if let fault = setting.options.acceptFault?() {
            errno = fault
            return -1
        }
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                interflow_accept(listening, $0, &length)
            }
        }
    }

    private func take(_ descriptor: Int32, _ storage: sockaddr_storage, from listener: ListenSocket) {
        guard let peer = PeerAddress(storage) else {
            Glibc.close(descriptor)
            return
        }
        switch setting.ledger.admit(peer) {
        case .ordinary: admit(descriptor, peer, from: listener, isOrdinary: true)
        case .provisional: admit(descriptor, peer, from: listener, isOrdinary: false)
        case .refused(let reason):
            setting.counters.refuse(reason)
            turnAway(descriptor, listener, reason)
        }
    }

    private func admit(_ descriptor: Int32, _ peer: PeerAddress, from listener: ListenSocket, isOrdinary: Bool) {
        setOption(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        connectionsMade = connectionsMade == .max ? 1 : connectionsMade + 1
        let connection = Connection(
            descriptor: descriptor, number: connectionsMade, peer: peer, isOrdinary: isOrdinary)
        connection.isProvisional = !isOrdinary
        while connections.count <= Int(descriptor) {
            connections.append(nil)
            deadlines.append(.max)
        }
        connections[Int(descriptor)] = connection
        live += 1
        setting.counters.open.add()
        setting.counters.accepted.add()
        awaitFirstRequest(connection)
        if let context = setting.certificates.context(listener.index) {
            connection.phase = .handshaking
            setPhaseDeadline(connection, clock.now + setting.deadlines.head)
            connection.tls = TLSSession(context, descriptor: descriptor)
        }
        let events = EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
        watch(descriptor, events, number: connection.number)
    }

    /// The head's time runs from here; in a drain only a moment, until its first byte shows that a request is coming.
    private func awaitFirstRequest(_ connection: Connection) {
        connection.headHasBegun = drain == nil
        setPhaseDeadline(
            connection, clock.now + (drain == nil ? setting.deadlines.head : setting.deadlines.drainIdle))
    }

    func shakeHands(_ connection: Connection) {
        switch connection.tls?.shakeHands() {
        case .underWay: return
        case .done:
            connection.phase = .reading
            connection.fingerprint = connection.tls?.clientCertificateFingerprint
            connection.canRead = true
            awaitFirstRequest(connection)
            receive(connection)
        case .failed, nil:
            setting.counters.refuse(.tlsHandshake)
            close(connection, .clientLeft)
        }
    }

    /// Answers 503 into the fresh socket's empty send buffer and closes. Over TLS there is nobody to tell yet.
    private func turnAway(_ descriptor: Int32, _ listener: ListenSocket, _ reason: Refusal.Reason) {
        if setting.certificates.context(listener.index) == nil {
            let refusal = Refusal(503, reason, "The server is at its limit of connections; try again later.")
            let answer = refusalBytes(refusal)
            _ = answer.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
            shutdown(descriptor, Int32(SHUT_WR))
            // A request already here is read, so that closing does not reset the connection under our answer.
            _ = recv(descriptor, scratch.baseAddress, scratch.count, Int32(MSG_DONTWAIT))
        }
        Glibc.close(descriptor)
    }

    // MARK: Out of descriptors

    /// Gives up the spare descriptor to tell a few clients, then leaves the listeners alone for a moment, because a
    /// listener that stays readable would spin the loop.
    private func pauseAccepting(_ listener: ListenSocket) {
        setting.counters.refuse(.outOfDescriptors)
        if errno == EMFILE || errno == ENFILE { shed(listener) }
        acceptsAgainAt = clock.now + Self.acceptPauseMilliseconds
        for listener in setting.listeners { setAcceptEvents(listener, 0) }
    }

    private func shed(_ listener: ListenSocket) {
        for _ in 0..<Self.shedsPerPause where spareDescriptor >= 0 {
            Glibc.close(spareDescriptor)
            let descriptor = interflow_accept(listener.descriptor, nil, nil)
            if descriptor >= 0 {
                turnAway(descriptor, listener, .outOfDescriptors)
            }
            spareDescriptor = Self.openSpare()
            if descriptor < 0 { return }
        }
    }

    func acceptAgain() {
        acceptsAgainAt = nil
        if spareDescriptor < 0 { spareDescriptor = Self.openSpare() }
        guard listenersAreOpen else { return }
        for listener in setting.listeners {
            setAcceptEvents(listener, EPOLLIN.rawValue)
            acceptFrom(listener, atMost: Self.acceptsPerTurn)
        }
    }

    private func setAcceptEvents(_ listener: ListenSocket, _ events: UInt32) {
        var event = epoll_event(events: events, data: epoll_data_t(u64: UInt64(UInt32(listener.descriptor))))
        epoll_ctl(poll, EPOLL_CTL_MOD, listener.descriptor, &event)
    }
}
