/// A WebSocket's sending end, for any thread. It may be kept after the socket closed: sending then does nothing.
package struct WebSocket: Sendable {
    let mailbox: Mailbox
    let exchange: ExchangeID
    let gauge: OutputGauge

    /// Queues a text message; false when the socket is closed or its bound is reached, which closes it.
    @discardableResult
    package func send(text: [UInt8]) -> Bool { send(frame: FrameWriter.frame(.text, text)) }

    @discardableResult
    package func send(text: String) -> Bool { send(text: Array(text.utf8)) }

    @discardableResult
    package func send(binary: [UInt8]) -> Bool { send(frame: FrameWriter.frame(.binary, binary)) }

    private func send(frame: [UInt8]) -> Bool {
        guard gauge.admit(frame.count, or: exchange, mailbox) else { return false }
        mailbox.post(.frame(exchange, frame))
        return true
    }

    /// Sends one message to many, encoded once, with one wake-up for each loop.
    package static func send(text: [UInt8], to sockets: [WebSocket]) {
        let frame = FrameWriter.frame(.text, text)
        var posts = MailboxBatch()
        for socket in sockets where socket.gauge.admit(frame.count, or: socket.exchange, socket.mailbox) {
            posts.add(.frame(socket.exchange, frame), to: socket.mailbox)
        }
        posts.post()
    }

    /// Begins the closing handshake. `closed` is called when the peer has answered or two seconds have passed.
    /// - Parameter reason: at most 123 bytes of it are sent.
    package func close(code: UInt16 = WebSocketCloseCode.normal, reason: String = "") {
        mailbox.post(.closeWebSocket(exchange, code, reason))
    }

    package var isClosed: Bool { gauge.isClosed }
}

extension WebSocket: Hashable {
    package static func == (left: WebSocket, right: WebSocket) -> Bool { left.gauge === right.gauge }

    package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(gauge)) }
}
