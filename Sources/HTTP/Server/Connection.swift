internal import CLinux
internal import Glibc

/// One accepted connection, touched by its loop's thread only.
///
/// Its phases and their exits: `handshaking` → `reading`; `reading` → `answering` when a request is whole;
/// `answering` → `reading`, `streaming`, `webSocket` or `lingering`; the last three → `lingering`. Every
/// phase ends in a close when its deadline passes, and `lingering` does nothing but wait for the peer to close.
final class Connection {
    enum Phase: UInt8 {
        case handshaking, reading, answering, streaming, webSocket, lingering
    }

    let descriptor: Int32
    let number: UInt32
    let peer: PeerAddress
    /// Whether it counts among the ordinary connections rather than the reserve.
    let isOrdinary: Bool
    var phase = Phase.reading
    /// Must still show that it belongs to the reserve.
    var isProvisional = false

    /// The kernel may hold bytes for us: edge-triggered readiness is remembered here.
    var canRead = false
    /// The kernel said that the peer sends no more, though bytes may be left to read.
    var hangsUp = false
    /// The end of the peer's bytes was read.
    var peerFinished = false
    var isClosed = false
    var isQueued = false
    var isUnfinished = false
    var outputIsShut = false
    var keepsConnection = true
    var isHead = false
    var isHTTP10 = false
    /// The first byte of the head being read has come, or the head's time runs for another reason.
    var headHasBegun = true
    var bodyHasBegun = false

    /// The request being read or answered: wraps around, which 2³² requests later harms nobody.
    var request: UInt32 = 0
    var parser = RequestParser()
    /// Bytes read that belong to later requests, from `heldStart` on.
    var held: [UInt8] = []
    var heldStart = 0
    var output: [UInt8] = []
    var outputSent = 0
    /// Output taken since the write stall was last measured.
    var stallProgress = 0
    var bodyReceived = 0
    var bodyBeganAt: Int64 = 0
    var phaseDeadline = Int64.max
    var stallDeadline = Int64.max

    /// Bytes counted in the server's budget.
    var counted = 0

    var webSocketKey: String?
    var webSocket: WebSocketSession?
    var stream: StreamStart?
    var tls: TLSSession?
    var fingerprint: String?

    init(descriptor: Int32, number: UInt32, peer: PeerAddress, isOrdinary: Bool) {
        self.descriptor = descriptor
        self.number = number
        self.peer = peer
        self.isOrdinary = isOrdinary
    }

    var exchange: ExchangeID { ExchangeID(descriptor: descriptor, connection: number, request: request) }
    var pendingOutput: Int { output.count - outputSent }
    /// Everything kept for this connection.
    var bufferedBytes: Int {
        parser.bufferedBytes + held.count + pendingOutput + (webSocket?.parser.bufferedBytes ?? 0)
    }
    var deadline: Int64 { min(phaseDeadline, stallDeadline) }

    // MARK: Moving bytes

    func read(into buffer: UnsafeMutableRawBufferPointer) -> TransferResult {
        if let tls, !outputIsShut { return tls.read(into: buffer) }
        while true {
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count > 0 { return .bytes(count) }
            if count == 0 { return .end }
            if errno != EINTR { return errno == EAGAIN ? .wouldBlock : .failed }
        }
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> TransferResult {
        if let tls { return tls.write(bytes) }
        while true {
            let count = send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
            if count >= 0 { return .bytes(count) }
            if errno != EINTR { return errno == EAGAIN ? .wouldBlock : .failed }
        }
    }

    /// Whether the client has sent more than was read: asked before an answer says that it is the last.
    func hasMoreInput() -> Bool {
        if !held.isEmpty || tls?.hasPendingInput == true { return true }
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) > 0
    }

    /// Says that no more comes, and keeps reading: a close with unread bytes would take our answer back (RFC 9112 §9.6).
    func shutOutput() {
        guard !outputIsShut else { return }
        tls?.sayGoodbye()
        outputIsShut = true
        shutdown(descriptor, Int32(SHUT_WR))
    }
}

/// What a connection needs while it is a WebSocket.
final class WebSocketSession {
    let delegate: any WebSocketDelegate
    let socket: WebSocket
    var parser = FrameParser()
    var isAwaitingPong = false
    /// When the message being received began; nil between messages.
    var messageBeganAt: Int64?
    var messageReceived = 0
    /// Our close frame is sent; the delegate hears this code when the handshake ends.
    var closingCode: UInt16?

    init(delegate: any WebSocketDelegate, socket: WebSocket) {
        self.delegate = delegate
        self.socket = socket
    }
}
