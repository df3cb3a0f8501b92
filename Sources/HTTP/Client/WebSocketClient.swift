/// One WebSocket connection of the command line tool to a site: `ws:` or `wss:`, text messages only.
///
/// libcurl makes TCP and TLS (certificates always verified, the address guard as in `HTTPClient`), the frames are ours.
/// It neither reconnects nor repeats: whoever owns it does, with a new client.
///
/// States: connecting → open → closing → ended. From each, exactly one last event leads to ended: `.closed`,
/// `.refused` or `.failed`. Events come on the connection's own thread, in order, one at a time; a reader that blocks
/// holds the far end back through TCP. Pings are answered and sent by themselves.
package final class WebSocketClient: Sendable {
    /// What to connect to and what it may cost.
    package struct Request: Sendable, Hashable {
        /// An absolute `ws` or `wss` URL in ASCII, without user information.
        package var url: String
        /// As in `ClientRequest`; the handshake's own fields are refused too.
        package var headers: [ClientField] = []
        package var authorization: ClientRequest.Authorization = .none
        /// Subprotocols, the preferred first; tokens.
        package var protocols: [String] = []
        /// From the start to `.opened`: name, TCP, TLS and handshake.
        package var openDeadline: Duration = .seconds(10)
        /// Bytes of one message received; a longer one ends the connection with code 1009 and `.failed`.
        package var messageMax = 1 << 20
        /// Bytes that wait to be sent; `send(text:)` answers false beyond.
        package var unsentMax = 1 << 20
        /// After so long without a byte a ping is sent, and after as long again the connection has failed.
        package var silenceMax: Duration = .seconds(30)

        package init(_ url: String) {
            self.url = url
        }
    }

    package enum Event: Sendable, Hashable {
        /// The far end agreed; with the subprotocol it chose. Only from here on does `send(text:)` take anything.
        case opened(protocol: String?)
        case text(String)
        /// The closing handshake was made: the far end's code and reason (1005: it gave none). 1006 when we closed and
        /// it never answered.
        case closed(code: UInt16, reason: String)
        /// The far end answered the handshake with another status (401, 403, 503 …). At most 64 KiB of its body.
        case refused(ClientResponse)
        case failed(ClientFailure)
    }

    private let session: WebSocketClientSession

    /// Connects at once, on a thread of its own. Throws what is wrong with the request, or `.exhausted`.
    package init(
        _ request: Request, configuration: ClientConfiguration, onEvent: @escaping @Sendable (Event) -> Void
    ) throws(ClientFailure) {
        session = try WebSocketClientSession(request, configuration: configuration, onEvent: onEvent)
    }

    deinit { session.requestStop() }

    /// Sends one text message, in order, from any thread. False, and nothing is kept, when the connection is not open
    /// or `unsentMax` bytes already wait.
    @discardableResult
    package func send(text: String) -> Bool { session.send(text) }

    /// Begins the closing handshake after what was sent before; the far end has 5 s to answer. Before `.opened` it
    /// gives the connection up. `code`: 1000 or 3000–4999 (RFC 6455 §7.4); `reason` is cut to 123 bytes.
    package func close(code: UInt16 = 1000, reason: String = "") { session.close(code, reason) }

    /// Ends the connection with `.failed(.shutDown)` unless it has ended; after the return no event comes any more.
    /// Inside `onEvent` it only asks, and the end follows on return.
    package func shutdown() {
        session.requestStop()
        if !session.isOnOwnThread { session.waitUntilStopped() }
    }
}
