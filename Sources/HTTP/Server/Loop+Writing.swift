internal import CLinux
internal import Glibc

extension Loop {
    /// Bytes a reader must take before its time begins anew; fewer, again and again, do not keep it alive.
    static let stallProgressBytes = 16 << 10

    func markDirty(_ connection: Connection) {
        guard !connection.isQueued else { return }
        connection.isQueued = true
        dirty.append(connection)
    }

    func flushDirty() {
        guard !dirty.isEmpty else { return }
        let waiting = dirty
        dirty.removeAll(keepingCapacity: true)
        for connection in waiting {
            connection.isQueued = false
            if !connection.isClosed { flush(connection) }
        }
    }

    /// Writes what the kernel takes.
    func flush(_ connection: Connection) {
        while connection.pendingOutput > 0 {
            let result = connection.output.withUnsafeBytes {
                connection.write(UnsafeRawBufferPointer(rebasing: $0[connection.outputSent...]))
            }
            switch result {
            case .bytes(let count):
                connection.outputSent += count
                connection.stallProgress += count
                setting.counters.bytesSent.add(count)
            case .wouldBlock: return waitForReader(connection)
            case .end, .failed: return close(connection, .clientLeft)
            }
        }
        outputIsEmpty(connection)
    }

    private func waitForReader(_ connection: Connection) {
        if connection.stallDeadline == .max || connection.stallProgress >= Self.stallProgressBytes {
            connection.stallProgress = 0
            setStallDeadline(connection, clock.now + setting.deadlines.writeStall)
        }
        let isBounded = connection.phase == .streaming || connection.phase == .webSocket
        guard isBounded, connection.pendingOutput > setting.options.outputBytesMax else {
            dropSentOutput(connection)
            return keepWithinBudget(connection)
        }
        setting.counters.refuse(.readerTooSlow)
        close(connection, .readerTooSlow)
    }

    /// Forgets what was sent when that is most of the buffer, so that a long stream does not keep its past.
    private func dropSentOutput(_ connection: Connection) {
        guard connection.outputSent > 64 << 10, connection.outputSent > connection.pendingOutput else { return }
        connection.output.removeFirst(connection.outputSent)
        connection.outputSent = 0
    }

    private func outputIsEmpty(_ connection: Connection) {
        if connection.stallDeadline != .max { setStallDeadline(connection, .max) }
        connection.stallProgress = 0
        connection.outputSent = 0
        // A small buffer is kept for the next answer; idle streams and sockets keep none.
        if connection.output.capacity > 2048 || connection.phase == .streaming || connection.phase == .webSocket {
            connection.output = []
        } else {
            connection.output.removeAll(keepingCapacity: true)
        }
        if connection.counted != 0 { keepWithinBudget(connection) }
        switch connection.phase {
        case .lingering where connection.peerFinished: close(connection, .clientLeft)
        case .lingering where !connection.outputIsShut:
            connection.shutOutput()
            setPhaseDeadline(connection, clock.now + setting.deadlines.linger)
            if connection.canRead || connection.tls != nil {
                connection.canRead = true
                putOff(connection)
            }
        case .reading where connection.canRead || !connection.held.isEmpty: putOff(connection)
        default: break
        }
    }

    /// Ends a connection at once and tells whoever must know.
    func close(_ connection: Connection, _ end: StreamEnd) {
        guard !connection.isClosed else { return }
        connection.isClosed = true
        let index = Int(connection.descriptor)
        connections[index] = nil
        deadlines[index] = .max
        if connection.tls != nil, !connection.outputIsShut, connection.phase != .handshaking {
            connection.tls?.sayGoodbye()
        }
        Glibc.close(connection.descriptor)
        live -= 1
        setting.counters.open.add(-1)
        setting.ledger.release(connection.peer, wasOrdinary: connection.isOrdinary)
        endStream(connection, end)
        endWebSocket(connection, WebSocketCloseCode.abnormal)
        if connection.counted != 0 { _ = setting.budget.count(-connection.counted) }
        connection.output = []
        connection.held = []
    }

    /// Tells the server's budget what the connection keeps, and gives it up when there is no room for more.
    func keepWithinBudget(_ connection: Connection) {
        let bytes = connection.bufferedBytes
        let change = bytes - connection.counted
        guard abs(change) >= BufferBudget.grainBytes || (bytes == 0 && change != 0) else { return }
        connection.counted = bytes
        guard !setting.budget.count(change) else { return }
        switch connection.phase {
        case .reading: refuse(connection, Self.buffersFull)
        case .streaming, .webSocket:
            setting.counters.refuse(.buffersFull)
            close(connection, .readerTooSlow)
        case .answering, .lingering, .handshaking: break  // What is being answered is kept.
        }
    }

    private static let buffersFull = Refusal(
        503, .buffersFull, "The server holds too many requests that are not whole; try again later.")
}
