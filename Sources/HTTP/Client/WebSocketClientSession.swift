import CCurl
import Glibc
import Threads

/// The thread of one WebSocket connection and its inbox.
///
/// As in `ClientEngine`: callers touch only `inbox` under its lock; `link` and libcurl belong to the thread, and the
/// multi handle, through which the thread is woken, is freed under the lock. So the unchecked `Sendable` holds.
final class WebSocketClientSession: @unchecked Sendable {
    private struct Inbox {
        var texts: [String] = []
        var bytes = 0
        var isOpen = false
        var close: (code: UInt16, reason: String)?
        var isStopping = false
        var isStopped = false
        var thread: pthread_t?
    }

    private let request: WebSocketClient.Request
    private let configuration: ClientConfiguration
    private let url: ClientURL
    private let fields: [ClientField]
    private let onEvent: @Sendable (WebSocketClient.Event) -> Void
    private let inbox = Guarded(Inbox())
    private let multi: UnsafeMutableRawPointer

    init(
        _ request: WebSocketClient.Request, configuration: ClientConfiguration,
        onEvent: @escaping @Sendable (WebSocketClient.Event) -> Void
    ) throws(ClientFailure) {
        self.request = request
        self.configuration = configuration
        self.onEvent = onEvent
        url = try Self.url(request.url, configuration)
        fields = try Self.fields(request, configuration)
        guard ClientCurl.isReady, let multi = curl_multi_init() else {
            throw ClientFailure(.exhausted, .notSent, cause: "libcurl could not start")
        }
        self.multi = multi
        guard WorkThread.start({ self.run() }) else {
            curl_multi_cleanup(multi)
            throw ClientFailure(.exhausted, .notSent, cause: "no thread for the connection")
        }
    }

    /// libcurl of Debian 12 knows no ws: scheme; the transport below is the same as for http:.
    private static func url(_ text: String, _ configuration: ClientConfiguration) throws(ClientFailure) -> ClientURL {
        let lower = text.prefix(4).lowercased()
        guard lower.hasPrefix("ws:") || lower == "wss:" else {
            throw ClientPreparedRequest.refuse("url", "the scheme must be wss or ws")
        }
        return try ClientURL("http\(text.dropFirst(2))", plainTextAllowed: configuration.plainTextAllowed)
    }

    private static func fields(
        _ request: WebSocketClient.Request, _ configuration: ClientConfiguration
    ) throws(ClientFailure) -> [ClientField] {
        var fields = request.headers
        if let authorization = try ClientPreparedRequest.authorizationValue(request.authorization) {
            fields.append(ClientField("Authorization", authorization))
        }
        fields.append(ClientField("User-Agent", "interflow/\(configuration.version)"))
        for field in fields {
            try ClientPreparedRequest.check(field)
            guard !field.name.lowercased().hasPrefix("sec-websocket-") else {
                throw ClientPreparedRequest.refuse("headers", "\(field.name) is set by the client itself")
            }
        }
        for name in request.protocols { try ClientPreparedRequest.check(ClientField(name, "")) }
        return fields
    }

    // MARK: Any thread

    var isOnOwnThread: Bool {
        inbox.with { $0.thread.map { pthread_equal($0, pthread_self()) != 0 } ?? false }
    }

    func send(_ text: String) -> Bool {
        inbox.with { inbox in
            guard inbox.isOpen, inbox.close == nil, !inbox.isStopping,
                inbox.bytes + text.utf8.count <= request.unsentMax
            else { return false }
            inbox.texts.append(text)
            inbox.bytes += text.utf8.count
            curl_multi_wakeup(multi)
            return true
        }
    }

    func close(_ code: UInt16, _ reason: String) {
        wake { $0.close = $0.close ?? (code, reason) }
    }

    func requestStop() {
        wake { $0.isStopping = true }
    }

    private func wake(_ change: (inout Inbox) -> Void) {
        inbox.with { inbox in
            guard !inbox.isStopped else { return }
            change(&inbox)
            curl_multi_wakeup(multi)
        }
    }

    func waitUntilStopped() {
        inbox.wait { $0.isStopped ? () : nil }
    }

    // MARK: The connection's thread

    private func run() {
        inbox.with { $0.thread = pthread_self() }
        let last = connectAndSpeak()
        inbox.with { inbox in
            inbox.isOpen = false
            inbox.texts = []
        }
        onEvent(last)
        inbox.change { inbox in
            inbox.isStopped = true
            curl_multi_cleanup(multi)
        }
    }

    private func connectAndSpeak() -> WebSocketClient.Event {
        guard let link = WebSocketClientLink(url: url, multi: multi, configuration: configuration) else {
            return .failed(ClientFailure(.exhausted, .notSent, cause: "\(url.origin): libcurl refused its options"))
        }
        defer { link.disconnect() }
        let due = ClientClock.milliseconds() + request.openDeadline.wholeMilliseconds
        do throws(WebSocketClientEnd) {
            while try !link.isConnected() {
                try checkWishes(beforeOpening: .notSent)
                try checkDue(due, .notSent)
                link.rest(until: due)
            }
            let first = try shakeHands(link, due)
            return try speak(link, first)
        } catch { return error.event }
    }

    private func end(_ reason: ClientFailure.Reason, _ delivery: ClientFailure.Delivery, _ why: String)
        -> WebSocketClientEnd
    {
        WebSocketClientEnd(event: .failed(ClientFailure(reason, delivery, cause: "\(url.origin): \(why)")))
    }

    private func checkDue(_ due: Int64, _ delivery: ClientFailure.Delivery) throws(WebSocketClientEnd) {
        guard ClientClock.milliseconds() < due else { throw end(.timedOut, delivery, "not open within openDeadline") }
    }

    private func checkWishes(beforeOpening delivery: ClientFailure.Delivery) throws(WebSocketClientEnd) {
        let (isStopping, isClosing) = inbox.with { ($0.isStopping, $0.close != nil) }
        if isStopping { throw end(.shutDown, delivery, "the client was shut down") }
        if isClosing { throw end(.cancelled, delivery, "closed before it was open") }
    }

    /// Sends the handshake and reads its answer; the bytes that follow it.
    private func shakeHands(_ link: WebSocketClientLink, _ due: Int64) throws(WebSocketClientEnd) -> [UInt8] {
        var upgrade = ClientUpgrade(nonce: ClientRandom.bytes(16), protocols: request.protocols)
        link.write(upgrade.request(to: url, fields: fields))
        while true {
            try checkWishes(beforeOpening: .unknown)
            try link.flush()
            let piece = try link.read()
            // A refusal that stalls is told as far as it came.
            let isLate = ClientClock.milliseconds() >= due
            switch upgrade.take(piece.bytes, hasEnded: piece.hasEnded || isLate) {
            case .incomplete: if piece.bytes.isEmpty { link.rest(until: due) }
            case .refused(let answer): throw WebSocketClientEnd(event: .refused(answer))
            case .malformed where piece.hasEnded: throw end(.cut, .unknown, "the connection ended during the handshake")
            case .malformed where isLate: throw end(.timedOut, .unknown, "not open within openDeadline")
            case .malformed(let why): throw end(.malformedResponse, .unknown, why)
            case .opened(let chosen, let rest):
                inbox.with { $0.isOpen = true }
                onEvent(.opened(protocol: chosen))
                return rest
            }
        }
    }

    private func speak(_ link: WebSocketClientLink, _ first: [UInt8]) throws(WebSocketClientEnd)
        -> WebSocketClient.Event
    {
        var dialogue = WebSocketClientDialogue(
            messageMax: request.messageMax, silenceMax: request.silenceMax.wholeMilliseconds,
            now: ClientClock.milliseconds())
        var piece = WebSocketClientLink.Piece(bytes: first, hasEnded: false)
        while true {
            let now = ClientClock.milliseconds()
            takeWishes(&dialogue, link, now)
            for text in dialogue.take(piece.bytes, unsent: link.unsent, now) { onEvent(.text(text)) }
            dialogue.passTime(now)
            link.write(dialogue.takeOutput())
            // What cannot leave any more is dropped, for the far end's last words may still be there to read.
            do { try link.flush() } catch { link.dropOutput() }
            if let last = dialogue.last, link.unsent == 0 || now >= last.due { return last.event(url.origin) }
            if piece.hasEnded { return dialogue.eventOfLoss(url.origin) }
            if piece.bytes.isEmpty { link.rest(until: dialogue.nextDue, reads: dialogue.last == nil) }
            piece = dialogue.last == nil ? try link.read() : .init(bytes: [], hasEnded: false)
        }
    }

    private func takeWishes(_ dialogue: inout WebSocketClientDialogue, _ link: WebSocketClientLink, _ now: Int64) {
        inbox.with { inbox in
            if inbox.isStopping { return dialogue.stop(now) }
            // Taken only when the last lot has left, so that `unsentMax` bounds what waits; but a far end that does not
            // read must not put off the close and its deadline, and after a close nothing is added.
            if link.unsent == 0 || inbox.close != nil {
                for text in inbox.texts { dialogue.send(text) }
                inbox.texts = []
                inbox.bytes = 0
                if let close = inbox.close { dialogue.close(close.code, close.reason, now) }
            }
        }
    }
}

/// The connection is over, and this is its last event.
struct WebSocketClientEnd: Error {
    let event: WebSocketClient.Event
}
