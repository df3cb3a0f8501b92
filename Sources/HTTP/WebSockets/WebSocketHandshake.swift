internal import COpenSSL

/// The server's half of the opening handshake (RFC 6455 §4.2.2).
enum WebSocketHandshake {
    /// The answer to a client's key: base64 of SHA-1 over the key and the protocol's own text.
    static func accept(_ key: String) -> String {
        let text = Array("\(key)258EAFA5-E914-47DA-95CA-C5AB0DC85B11".utf8)
        var digest = [UInt8](repeating: 0, count: Int(SHA_DIGEST_LENGTH))
        SHA1(text, text.count, &digest)
        var encoded = [UInt8](repeating: 0, count: 32)
        let count = EVP_EncodeBlock(&encoded, digest, Int32(digest.count))
        return String(decoding: encoded[..<Int(count)], as: UTF8.self)
    }

    static func response(key: String, subprotocol: String?) -> [UInt8] {
        var text = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        text += "Sec-WebSocket-Accept: \(accept(key))\r\n"
        if let subprotocol, HTTPField("Sec-WebSocket-Protocol", subprotocol).isAcceptable {
            text += "Sec-WebSocket-Protocol: \(subprotocol)\r\n"
        }
        return Array("\(text)\r\n".utf8)
    }
}
