extension Loop {
    func upgrade(_ id: ExchangeID, _ start: WebSocketStart) {
        let socket = WebSocket(mailbox: setting.mailbox, exchange: id, gauge: start.gauge)
        guard let connection = current(id), connection.phase == .answering, let key = connection.webSocketKey else {
            setting.counters.tooLate.add()
            start.gauge.close()
            return start.delegate.closed(code: WebSocketCloseCode.abnormal, on: socket)
        }
        connection.output.append(contentsOf: WebSocketHandshake.response(key: key, subprotocol: start.subprotocol))
        connection.webSocketKey = nil
        connection.phase = .webSocket
        connection.webSocket = WebSocketSession(delegate: start.delegate, socket: socket)
        setting.counters.responses.add()
        setting.counters.webSockets.add()
        setPhaseDeadline(connection, clock.now + setting.deadlines.webSocketPing)
        markDirty(connection)
        putOff(connection)
        if drain != nil { closeWebSocket(connection, WebSocketCloseCode.goingAway, "the server is stopping") }
    }

    /// Any byte shows that the peer lives. A message that does not end in its time does not count on that.
    func heard(_ connection: Connection, _ count: Int) {
        guard let session = connection.webSocket else { return }
        session.isAwaitingPong = false
        if session.messageBeganAt != nil { session.messageReceived += count }
        if session.closingCode == nil { setPhaseDeadline(connection, clock.now + setting.deadlines.webSocketPing) }
    }

    func readFrame(_ connection: Connection, _ bytes: Span<UInt8>, at position: inout Int) {
        guard let session = connection.webSocket else { return }
        let event = session.parser.consume(
            bytes, at: &position, messageBytesMax: setting.options.webSocketMessageBytesMax)
        keepMessageDeadline(connection, session)
        if let code = session.closingCode { return awaitClose(connection, event, code) }
        switch event {
        case .more: return
        case .text(let text): session.delegate.received(text: text, on: session.socket)
        case .binary(let bytes): session.delegate.received(binary: bytes, on: session.socket)
        case .ping(let payload): reply(connection, FrameWriter.frame(.pong, payload))
        case .pong: return
        case .close(let code):
            reply(connection, FrameWriter.close(code, reason: ""))
            endWebSocket(connection, code)
            linger(connection)
        case .failed(let code):
            reply(connection, FrameWriter.close(code, reason: ""))
            endWebSocket(connection, code)
            linger(connection)
        }
    }

    /// After our close frame only the peer's counts (RFC 6455 §5.5.1).
    private func awaitClose(_ connection: Connection, _ event: FrameParser.Event, _ code: UInt16) {
        switch event {
        case .close, .failed:
            endWebSocket(connection, code)
            linger(connection)
        default: return
        }
    }

    private func keepMessageDeadline(_ connection: Connection, _ session: WebSocketSession) {
        guard session.parser.isMidMessage else {
            session.messageBeganAt = nil
            return
        }
        if session.messageBeganAt == nil {
            session.messageBeganAt = clock.now
            session.messageReceived = 0
        }
        let earned = Int64(session.messageReceived) * setting.deadlines.bodyPer64KiB / (64 << 10)
        let deadline = (session.messageBeganAt ?? clock.now) + setting.deadlines.body + earned
        if deadline < connection.phaseDeadline { setPhaseDeadline(connection, deadline) }
    }

    private func reply(_ connection: Connection, _ frame: [UInt8]) {
        connection.output.append(contentsOf: frame)
        if connection.pendingOutput > setting.options.outputBytesMax {
            flush(connection)
        } else {
            markDirty(connection)
        }
    }

    func send(_ id: ExchangeID, _ frame: [UInt8]) {
        guard let connection = current(id), let session = connection.webSocket else { return }
        session.socket.gauge.release(frame.count)
        guard session.closingCode == nil else { return }
        reply(connection, frame)
    }

    /// Sends our close frame and gives the peer a moment to answer it.
    func closeWebSocket(_ connection: Connection, _ code: UInt16, _ reason: String) {
        guard let session = connection.webSocket, session.closingCode == nil else { return }
        session.closingCode = code
        reply(connection, FrameWriter.close(code, reason: reason))
        if !connection.isClosed { setPhaseDeadline(connection, clock.now + setting.deadlines.linger) }
    }

    /// Silence: ask once, then cut.
    func expireWebSocket(_ connection: Connection) {
        guard let session = connection.webSocket else { return }
        if let code = session.closingCode {
            endWebSocket(connection, code)
            return close(connection, .clientLeft)
        }
        if session.messageBeganAt != nil, isMessageTooSlow(session) {
            setting.counters.refuse(.bodyTooSlow)
            return closeWebSocket(connection, WebSocketCloseCode.policyViolation, "the message came too slowly")
        }
        if session.isAwaitingPong { return close(connection, .clientLeft) }
        session.isAwaitingPong = true
        reply(connection, FrameWriter.frame(.ping, []))
        if !connection.isClosed { setPhaseDeadline(connection, clock.now + setting.deadlines.webSocketPing) }
    }

    private func isMessageTooSlow(_ session: WebSocketSession) -> Bool {
        guard let began = session.messageBeganAt else { return false }
        let earned = Int64(session.messageReceived) * setting.deadlines.bodyPer64KiB / (64 << 10)
        return clock.now >= began + setting.deadlines.body + earned
    }

    func endWebSocket(_ connection: Connection, _ code: UInt16) {
        guard let session = connection.webSocket else { return }
        connection.webSocket = nil
        setting.counters.webSockets.add(-1)
        session.socket.gauge.close()
        session.delegate.closed(code: session.closingCode ?? code, on: session.socket)
    }
}
