extension Loop {
    func begin(_ connection: Connection, _ start: StreamStart) {
        // A stream is the last answer on its connection, so that its reader's bytes need not be kept meanwhile.
        connection.keepsConnection = false
        if !ResponseWriter.write(start, context(connection), date: clock.dateLine, to: &connection.output) {
            start.gauge.close()
            start.onClose(.notBegun)
            return refuse(connection, Self.unacceptable)
        }
        setting.counters.responses.add()
        setting.counters.streams.add()
        connection.phase = .streaming
        connection.stream = start
        setPhaseDeadline(connection, start.kind == .events ? clock.now + setting.deadlines.heartbeat : .max)
        markDirty(connection)
        // The client's leaving is noticed by reading, which `answering` had stopped.
        putOff(connection)
        if connection.isHead {
            finishStream(connection)
        } else if drain != nil, start.kind == .events {
            finishStream(connection)
        }
    }

    func write(_ id: ExchangeID, _ bytes: [UInt8]) {
        guard let connection = current(id), connection.phase == .streaming, let stream = connection.stream else {
            return
        }
        stream.gauge.release(bytes.count)
        writePiece(connection, bytes)
        if connection.pendingOutput > setting.options.outputBytesMax {
            flush(connection)
        } else {
            markDirty(connection)
        }
    }

    private func writePiece(_ connection: Connection, _ bytes: [UInt8]) {
        if connection.isHTTP10 {
            connection.output.append(contentsOf: bytes)
        } else {
            ResponseWriter.writeChunk(bytes, to: &connection.output)
        }
    }

    func finishStream(_ connection: Connection) {
        if !connection.isHTTP10, !connection.isHead { connection.output.write("0\r\n\r\n") }
        endStream(connection, .finished)
        finishExchange(connection)
    }

    /// A comment line, which readers ignore and dead connections do not survive.
    func beat(_ connection: Connection) {
        writePiece(connection, [Byte.colon, Byte.lineFeed, Byte.lineFeed])
        setPhaseDeadline(connection, clock.now + setting.deadlines.heartbeat)
        markDirty(connection)
    }

    func endStream(_ connection: Connection, _ end: StreamEnd) {
        guard let stream = connection.stream else { return }
        connection.stream = nil
        setting.counters.streams.add(-1)
        stream.gauge.close()
        stream.onClose(end)
    }
}
