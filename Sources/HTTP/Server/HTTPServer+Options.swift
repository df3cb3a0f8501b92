extension HTTPServer {
    /// Everything a server may be told. Each bound says what happens when it is reached.
    package struct Options: Sendable {
        package var listeners: [Listener]
        /// Threads, each with its own epoll loop and its own listening sockets. At least 1.
        package var loops = 2
        package var limits = ParserLimits()
        package var deadlines = Deadlines()

        /// Connections at once; beyond it 503 with Retry-After, then close.
        package var connectionsMax = 10_000
        /// Connections at once from one IPv4 address or one IPv6 /64; beyond it 503 with Retry-After, then close.
        package var connectionsPerAddressMax = 50
        /// Whether 127.0.0.0/8 and ::1 are free of the bound per address: a proxy of ours sits there.
        package var loopbackIsExempt = true
        /// Connections of `connectionsMax` that only those may use whom `reserve` admits.
        package var reserve: Reserve?
        /// Seconds a client refused for load is told to wait.
        package var retryAfterSeconds = 5

        /// Bytes waiting for a reader of a stream or a WebSocket; beyond it the connection is cut.
        package var outputBytesMax = 1 << 20
        /// Bytes that all connections together may keep: half-read requests and messages, unread output. Beyond it a
        /// request that is not whole gets 503, and a stream or WebSocket that grows is cut.
        package var bufferedBytesMax = 512 << 20
        /// Bytes of one WebSocket message, fragments together; beyond it close 1009.
        package var webSocketMessageBytesMax = 256 << 10
        /// Connections the kernel may hold ready for us, for each loop and listener.
        package var backlog: Int32 = 4096
        /// Whether another process may listen on the same port, to hand over without a gap. Otherwise a port
        /// already listened on fails the start.
        package var sharesPort = false

        /// For tests: an errno that accepting shall meet instead of the kernel's answer.
        var acceptFault: (@Sendable () -> Int32?)?

        package init(listeners: [Listener]) {
            self.listeners = listeners
        }
    }

    /// A part of the connections kept for callers that matter more: signed-in agents, peers.
    ///
    /// When the ordinary part is full, newcomers still get in, up to `connections`, but must show with
    /// their first request that they belong here; whoever does not is answered 503 and closed. Until then they hold a place
    /// of the reserve, for `Deadlines.head` at most.
    package struct Reserve: Sendable {
        package var connections: Int
        /// Called on a loop thread with the first request: quick, without waiting.
        package var admits: @Sendable (HTTPRequest) -> Bool

        package init(connections: Int, admits: @escaping @Sendable (HTTPRequest) -> Bool) {
            self.connections = connections
            self.admits = admits
        }
    }

    /// How long anything may take. Times are kept to about a quarter of the shortest, at best 10 ms.
    package struct Deadlines: Sendable, Hashable {
        /// From the first byte of a head, or from accepting or the end of the TLS handshake, to its end; then 408.
        package var head = Duration.seconds(10)
        /// From the end of a head to the end of the body; then 408.
        package var body = Duration.seconds(20)
        /// What each 64 KiB of body received adds to `body`: the slowest sender that is borne.
        package var bodyPer64KiB = Duration.seconds(1)
        /// Between requests; then closed without a word.
        package var idle = Duration.seconds(75)
        /// For the handler's answer; then 503 and counted as `unanswered`.
        package var answer = Duration.seconds(30)
        /// Without the reader taking 16 KiB or all there is; then cut.
        package var writeStall = Duration.seconds(30)
        /// For the peer to close after us.
        package var linger = Duration.seconds(2)
        /// Silence on a WebSocket before a ping, and again before it is cut. One message has `body` to arrive.
        package var webSocketPing = Duration.seconds(30)
        /// Between comment lines on an event stream.
        package var heartbeat = Duration.seconds(15)
        /// How long a drain waits for a request on an idle connection before it closes it.
        package var drainIdle = Duration.seconds(1)
        /// How long handshakes in flight may still arrive while a drain turns new ones away: a few round trips.
        package var drainAccept = Duration.milliseconds(200)

        package init() {}
    }
}

extension Duration {
    /// Whole milliseconds, as the loops count.
    var loopMilliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
