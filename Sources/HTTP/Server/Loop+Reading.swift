internal import Glibc

extension Loop {
    /// Goes on with a connection: first what was read before, then what the kernel holds.
    func resume(_ connection: Connection) {
        if !connection.held.isEmpty, mayRead(connection) {
            let held = connection.held
            let start = connection.heldStart
            connection.held = []
            connection.heldStart = 0
            let end = consume(connection, held.span, from: start)
            if end < held.count, !connection.isClosed {
                connection.held = held
                connection.heldStart = end
            }
        }
        if connection.canRead { receive(connection) }
    }

    /// Reads until the kernel has no more, the connection has a request to answer, or others are due.
    func receive(_ connection: Connection) {
        var turns = 0
        while connection.canRead, !connection.isClosed, !connection.peerFinished, mayRead(connection) {
            turns += 1
            // What was read before comes first, and `resume` reads it.
            guard turns <= Self.readsPerTurn, connection.held.isEmpty else { return putOff(connection) }
            switch connection.read(into: scratch) {
            case .wouldBlock: connection.canRead = false
            case .failed: return close(connection, .clientLeft)
            case .end: finishReading(connection)
            case .bytes(let count):
                // A short read says that the kernel has no more now: its next edge will tell. After a hang-up there is none.
                if connection.tls == nil, count < scratch.count, !connection.hangsUp { connection.canRead = false }
                setting.counters.bytesReceived.add(count)
                let bytes = UnsafeBufferPointer(
                    start: scratch.baseAddress?.assumingMemoryBound(to: UInt8.self), count: count)
                take(connection, bytes.span)
            }
        }
    }

    /// One request at a time, and none while the client leaves its answers unread: TCP holds the rest back.
    private func mayRead(_ connection: Connection) -> Bool {
        switch connection.phase {
        case .answering, .handshaking: false
        case .reading: connection.pendingOutput <= setting.options.outputBytesMax
        case .streaming, .webSocket, .lingering: true
        }
    }

    func putOff(_ connection: Connection) {
        guard !connection.isUnfinished else { return }
        connection.isUnfinished = true
        unfinished.append(connection)
    }

    private func take(_ connection: Connection, _ bytes: Span<UInt8>) {
        switch connection.phase {
        case .reading where connection.bodyHasBegun: connection.bodyReceived += bytes.count
        case .webSocket: heard(connection, bytes.count)
        case .lingering:
            connection.bodyReceived += bytes.count
            if connection.bodyReceived > Self.lingerBytesMax { close(connection, .clientLeft) }
            return
        default: break
        }
        let end = consume(connection, bytes, from: 0)
        guard !connection.isClosed else { return }
        if end < bytes.count { connection.held.append(bytes, end..<bytes.count) }
        keepWithinBudget(connection)
    }

    /// Bytes of a refused body that are read and thrown away, so that the sender can see its answer.
    static let lingerBytesMax = 4 << 20

    /// Parses until the bytes are used up or a request waits for its answer; returns how far it came.
    private func consume(_ connection: Connection, _ bytes: Span<UInt8>, from start: Int) -> Int {
        var position = start
        while position < bytes.count, !connection.isClosed {
            switch connection.phase {
            case .reading: readRequest(connection, bytes, at: &position)
            case .webSocket: readFrame(connection, bytes, at: &position)
            case .lingering, .streaming: return bytes.count  // Nothing sent now is a request.
            case .answering, .handshaking: return position
            }
        }
        if connection.phase == .reading { keepReadDeadline(connection) }
        return position
    }

    private func readRequest(_ connection: Connection, _ bytes: Span<UInt8>, at position: inout Int) {
        switch connection.parser.consume(bytes, at: &position, limits: setting.options.limits) {
        case .more: return
        case .continueExpected:
            // A client that has begun its body does not wait for leave (RFC 9110 §10.1.1).
            guard position == bytes.count else { return }
            connection.output.write("HTTP/1.1 100 Continue\r\n\r\n")
            markDirty(connection)
        case .request(let head, let body): dispatch(connection, head, body)
        case .refused(let refusal): refuse(connection, refusal)
        }
    }

    /// A head has its time from its first byte; a body has its time plus what it has earned by arriving.
    private func keepReadDeadline(_ connection: Connection) {
        if connection.parser.isInBody {
            if !connection.bodyHasBegun {
                connection.bodyHasBegun = true
                connection.bodyReceived = 0
                connection.bodyBeganAt = clock.now
            }
            let earned = Int64(connection.bodyReceived) * setting.deadlines.bodyPer64KiB / (64 << 10)
            setPhaseDeadline(connection, connection.bodyBeganAt + setting.deadlines.body + earned)
        } else if !connection.parser.isIdle, !connection.headHasBegun {
            connection.headHasBegun = true
            setPhaseDeadline(connection, clock.now + setting.deadlines.head)
        }
    }

    /// The peer sends no more. What it asked before is still answered.
    private func finishReading(_ connection: Connection) {
        connection.canRead = false
        connection.peerFinished = true
        switch connection.phase {
        case .reading where connection.pendingOutput > 0: linger(connection)
        case .lingering where connection.pendingOutput > 0, .answering: return
        default: close(connection, .clientLeft)
        }
    }

    func dispatch(_ connection: Connection, _ head: RequestHead, _ body: [UInt8]) {
        connection.phase = .answering
        connection.keepsConnection = head.keepsConnection
        connection.isHead = head.method == .head
        connection.isHTTP10 = head.minorVersion == 0
        connection.bodyHasBegun = false
        connection.webSocketKey = head.upgrade == .acceptable ? head.value(of: "sec-websocket-key") : nil
        setPhaseDeadline(connection, clock.now + setting.deadlines.answer)
        let request = HTTPRequest(
            head: head, body: body, peer: connection.peer, clientCertificateFingerprint: connection.fingerprint,
            isSecure: connection.tls != nil)
        guard belongs(connection, request) else { return }
        setting.counters.requests.add()
        let responder = HTTPResponder(
            mailbox: setting.mailbox, exchange: connection.exchange, upgrade: head.upgrade,
            outputBytesMax: setting.options.outputBytesMax)
        setting.handler.handle(request, responder)
    }

    private func belongs(_ connection: Connection, _ request: HTTPRequest) -> Bool {
        guard connection.isProvisional else { return true }
        guard setting.options.reserve?.admits(request) == true else {
            refuse(
                connection,
                Refusal(503, .reserveOnly, "Only reserved connections are left; try again later."))
            return false
        }
        connection.isProvisional = false
        return true
    }
}
