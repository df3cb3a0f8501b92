/// The right to answer one request, once, from any thread. A second answer is dropped and counted.
package struct HTTPResponder: Sendable {
    let mailbox: Mailbox
    let exchange: ExchangeID
    let upgrade: RequestHead.UpgradeOffer
    let outputBytesMax: Int

    package func send(_ response: HTTPResponse) { mailbox.post(.answer(exchange, response)) }

    /// Begins an answer of unknown length. It stays open until `finish` or until the client leaves.
    /// - Parameter onClose: called once on a loop's thread, whoever ended it.
    package func stream(
        status: Int, headers: [HTTPField], onClose: @escaping @Sendable (StreamEnd) -> Void = { _ in }
    ) -> HTTPStream {
        let gauge = OutputGauge(bytesMax: outputBytesMax)
        let start = StreamStart(status: status, headers: headers, kind: .plain, gauge: gauge, onClose: onClose)
        mailbox.post(.begin(exchange, start))
        return HTTPStream(mailbox: mailbox, exchange: exchange, gauge: gauge)
    }

    /// Begins a stream of Server-Sent Events. Comment lines keep it alive (`Deadlines.heartbeat`).
    package func events(
        headers: [HTTPField] = [], onClose: @escaping @Sendable (StreamEnd) -> Void = { _ in }
    ) -> EventStream {
        let fields =
            [HTTPField("Content-Type", "text/event-stream"), HTTPField("Cache-Control", "no-store")]
            + SecurityHeaders.always + headers
        let gauge = OutputGauge(bytesMax: outputBytesMax)
        let start = StreamStart(status: 200, headers: fields, kind: .events, gauge: gauge, onClose: onClose)
        mailbox.post(.begin(exchange, start))
        return EventStream(stream: HTTPStream(mailbox: mailbox, exchange: exchange, gauge: gauge))
    }

    /// Makes the connection a WebSocket (RFC 6455 §4.2.2). Whether the Origin may is for the caller to judge first.
    ///
    /// Returns nil when the request does not ask for one properly; it has then been answered 400 or 426.
    /// - Parameter subprotocol: one of those the client offered, or nil.
    package func webSocket(_ delegate: any WebSocketDelegate, subprotocol: String? = nil) -> WebSocket? {
        guard upgrade == .acceptable else {
            send(Self.upgradeRefused(upgrade))
            return nil
        }
        let gauge = OutputGauge(bytesMax: outputBytesMax)
        let start = WebSocketStart(delegate: delegate, subprotocol: subprotocol, gauge: gauge)
        mailbox.post(.upgrade(exchange, start))
        return WebSocket(mailbox: mailbox, exchange: exchange, gauge: gauge)
    }

    private static func upgradeRefused(_ offer: RequestHead.UpgradeOffer) -> HTTPResponse {
        let status = offer == .absent ? 426 : 400
        let problem = Problem(
            status: status, type: Problem.type(.invalidUpgrade),
            detail: "This is a WebSocket; ask with GET, Upgrade: websocket, Connection: Upgrade, "
                + "Sec-WebSocket-Version: 13 and one Sec-WebSocket-Key.")
        return HTTPResponse(problem, headers: [HTTPField("Sec-WebSocket-Version", "13")])
    }
}

extension HTTPServer {
    /// Answers many requests with one wake-up for each loop: what a group commit releases at once.
    package static func send(_ batch: [(HTTPResponder, HTTPResponse)]) {
        var posts = MailboxBatch()
        for (responder, response) in batch { posts.add(.answer(responder.exchange, response), to: responder.mailbox) }
        posts.post()
    }
}

/// Commands sorted by loop. There are few loops, so a list is searched.
struct MailboxBatch {
    private var groups: [(mailbox: Mailbox, commands: [Command])] = []

    mutating func add(_ command: Command, to mailbox: Mailbox) {
        for index in groups.indices where groups[index].mailbox === mailbox {
            groups[index].commands.append(command)
            return
        }
        groups.append((mailbox, [command]))
    }

    func post() {
        for group in groups { group.mailbox.post(contentsOf: group.commands) }
    }
}
