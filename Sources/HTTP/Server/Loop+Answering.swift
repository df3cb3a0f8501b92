extension Loop {
    func obey(_ command: Command) {
        switch command {
        case .answer(let id, let response):
            guard let connection = answering(id) else { return }
            answer(connection, response)
        case .begin(let id, let start):
            guard let connection = answering(id) else {
                start.gauge.close()
                return start.onClose(.notBegun)
            }
            begin(connection, start)
        case .write(let id, let bytes): write(id, bytes)
        case .finish(let id):
            if let connection = current(id), connection.phase == .streaming { finishStream(connection) }
        case .upgrade(let id, let start): upgrade(id, start)
        case .frame(let id, let frame): send(id, frame)
        case .closeWebSocket(let id, let code, let reason):
            if let connection = current(id) { closeWebSocket(connection, code, reason) }
        case .cut(let id):
            guard let connection = current(id) else { return }
            setting.counters.refuse(.readerTooSlow)
            close(connection, .readerTooSlow)
        case .drain(let until): beginDrain(until: until)
        }
    }

    func current(_ id: ExchangeID) -> Connection? {
        guard let connection = connection(id.descriptor, id.connection), connection.request == id.request else {
            return nil
        }
        return connection
    }

    private func answering(_ id: ExchangeID) -> Connection? {
        guard let connection = current(id), connection.phase == .answering else {
            setting.counters.tooLate.add()
            return nil
        }
        return connection
    }

    private func answer(_ connection: Connection, _ response: HTTPResponse) {
        if response.closesConnection || isLastAnswer(connection) { connection.keepsConnection = false }
        if !ResponseWriter.write(response, context(connection), date: clock.dateLine, to: &connection.output) {
            return refuse(connection, Self.unacceptable)
        }
        setting.counters.responses.add()
        finishExchange(connection)
    }

    static let unacceptable = Refusal(
        500, .invalidResponse, "The answer to this request could not be sent; the operator can see why in the counters."
    )

    /// In a drain the answer to the last request a client has sent says that it is the last.
    func isLastAnswer(_ connection: Connection) -> Bool {
        guard drain != nil else { return connection.peerFinished }
        return !connection.hasMoreInput()
    }

    func context(_ connection: Connection) -> ResponseWriter.Context {
        ResponseWriter.Context(
            closes: !connection.keepsConnection, isHTTP10: connection.isHTTP10, isHead: connection.isHead)
    }

    /// The answer is written: on to the next request, or to the end.
    func finishExchange(_ connection: Connection) {
        connection.request &+= 1
        guard connection.keepsConnection else { return linger(connection) }
        connection.phase = .reading
        connection.isHead = false
        connection.headHasBegun = false
        let idle = drain == nil ? setting.deadlines.idle : setting.deadlines.drainIdle
        setPhaseDeadline(connection, clock.now + idle)
        markDirty(connection)
        if !connection.held.isEmpty || connection.canRead { putOff(connection) }
    }

    /// Answers a refusal and closes: what follows a bad request is not trusted to be another.
    func refuse(_ connection: Connection, _ refusal: Refusal) {
        setting.counters.refuse(refusal.reason)
        connection.output.append(contentsOf: refusalBytes(refusal, isHead: connection.isHead))
        connection.held = []
        connection.parser = RequestParser()
        connection.request &+= 1
        linger(connection)
    }

    func refusalBytes(_ refusal: Refusal, isHead: Bool = false) -> [UInt8] {
        var fields = SecurityHeaders.always
        switch refusal.status {
        case 405: fields.append(HTTPField("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"))
        case 415: fields.append(HTTPField("Accept-Encoding", "identity"))
        case 503: fields.append(HTTPField("Retry-After", "\(setting.options.retryAfterSeconds)"))
        default: break
        }
        var bytes: [UInt8] = []
        _ = ResponseWriter.write(
            HTTPResponse(Problem(refusal), headers: fields), ResponseWriter.Context(closes: true, isHead: isHead),
            date: clock.dateLine, to: &bytes)
        return bytes
    }

    /// Flushes, says that no more comes, and waits for the peer to do the same.
    func linger(_ connection: Connection) {
        connection.phase = .lingering
        connection.bodyReceived = 0
        setPhaseDeadline(connection, .max)
        markDirty(connection)
    }
}
