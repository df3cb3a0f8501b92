/// Hears what one WebSocket receives. Held until the socket is closed.
///
/// Called on a loop's thread, one call at a time for a socket: it must not wait.
package protocol WebSocketDelegate: AnyObject, Sendable {
    /// A whole message, valid UTF-8, at most `webSocketMessageBytesMax` bytes.
    func received(text: [UInt8], on socket: WebSocket)
    /// A whole binary message. Unless implemented, the socket is closed with 1003.
    func received(binary: [UInt8], on socket: WebSocket)
    /// Called once, whoever closed. 1005: the peer gave no code; 1006: the connection broke.
    func closed(code: UInt16, on socket: WebSocket)
}

extension WebSocketDelegate {
    package func received(binary: [UInt8], on socket: WebSocket) {
        socket.close(code: WebSocketCloseCode.unsupportedData, reason: "text only")
    }
}

/// What a loop needs to make a connection a WebSocket.
struct WebSocketStart: Sendable {
    let delegate: any WebSocketDelegate
    let subprotocol: String?
    let gauge: OutputGauge
}
