import COpenSSL

/// The opening handshake of a WebSocket client (RFC 6455 §4.1). Pure: the nonce comes from the caller.
struct ClientUpgrade: Sendable {
    private let key: String
    private let protocols: [String]
    /// Bytes of an answer's header, and of a refusal's body. A longer header is malformed, a longer body is cut here.
    static let headersMax = 64 << 10
    static let refusalBodyMax = 64 << 10

    private var buffer: [UInt8] = []

    init(nonce: [UInt8], protocols: [String]) {
        precondition(nonce.count == 16, "The nonce of a handshake has 16 bytes (RFC 6455 §4.1)")
        key = ClientPreparedRequest.base64(nonce)
        self.protocols = protocols
    }

    /// The request's bytes. `fields` have been checked.
    func request(to url: ClientURL, fields: [ClientField]) -> [UInt8] {
        var lines = ["GET \(url.target) HTTP/1.1", "Host: \(url.portIsImplied ? url.host : "\(url.host):\(url.port)")"]
        lines += [
            "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: \(key)", "Sec-WebSocket-Version: 13",
        ]
        if !protocols.isEmpty { lines.append("Sec-WebSocket-Protocol: \(protocols.joined(separator: ", "))") }
        lines += fields.map { "\($0.name): \($0.value)" }
        return Array("\(lines.joined(separator: "\r\n"))\r\n\r\n".utf8)
    }

    enum Answer: Sendable, Hashable {
        case incomplete
        /// `rest` is what came after the header: the first frames.
        case opened(protocol: String?, rest: [UInt8])
        case refused(ClientResponse)
        case malformed(String)
    }

    /// What the bytes up to here say. `hasEnded`: there will be no more, so an unfinished refusal is given as it is.
    mutating func take(_ bytes: some Collection<UInt8>, hasEnded: Bool = false) -> Answer {
        buffer += bytes
        guard let end = Self.endOfHead(buffer) else {
            if buffer.count > Self.headersMax { return .malformed("the answer's header is too long") }
            return hasEnded ? .malformed("the connection ended before the answer's header did") : .incomplete
        }
        var head = ClientResponseHead()
        for line in buffer[..<end].split(separator: 0x0a) { head.take(line) }
        let rest = Array(buffer[end...])
        switch head.status {
        case 101: return accept(head, rest)
        case 200...: return Self.refusal(head, rest, hasEnded: hasEnded)
        case 100...:
            // Another interim answer: the real one follows.
            buffer = rest
            return take([], hasEnded: hasEnded)
        default: return .malformed("the answer is not HTTP")
        }
    }

    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        var previous = 0
        while let feed = bytes[previous...].firstIndex(of: 0x0a) {
            let line = bytes[previous..<feed]
            if previous > 0, line.isEmpty || line.elementsEqual([0x0d]) { return feed + 1 }
            previous = feed + 1
        }
        return nil
    }

    private func accept(_ head: ClientResponseHead, _ rest: [UInt8]) -> Answer {
        let fields = head.fields
        guard fields.first("Upgrade")?.lowercased() == "websocket",
            Self.list(fields.first("Connection")).contains("upgrade")
        else { return .malformed("101 without Upgrade: websocket and Connection: Upgrade") }
        guard fields.first("Sec-WebSocket-Accept") == Self.acceptValue(for: key) else {
            return .malformed("Sec-WebSocket-Accept does not answer our key")
        }
        guard fields.first("Sec-WebSocket-Extensions") == nil else {
            return .malformed("an extension nobody asked for")
        }
        let chosen = fields.first("Sec-WebSocket-Protocol")
        guard chosen.map(protocols.contains) ?? true else { return .malformed("a subprotocol nobody asked for") }
        return .opened(protocol: chosen, rest: rest)
    }

    /// RFC 6455 §4.2.2: base64 of the SHA-1 of the key and a fixed identifier.
    static func acceptValue(for key: String) -> String {
        let text = Array("\(key)258EAFA5-E914-47DA-95CA-C5AB0DC85B11".utf8)
        let digest = [UInt8](unsafeUninitializedCapacity: Int(SHA_DIGEST_LENGTH)) { buffer, count in
            SHA1(text, text.count, buffer.baseAddress)
            count = Int(SHA_DIGEST_LENGTH)
        }
        return ClientPreparedRequest.base64(digest)
    }

    private static func refusal(_ head: ClientResponseHead, _ rest: [UInt8], hasEnded: Bool) -> Answer {
        let isChunked = list(head.fields.first("Transfer-Encoding")).contains("chunked")
        let length = head.fields.first("Content-Length").flatMap { Int($0) }
        let (body, isWhole) = isChunked ? unchunked(rest) : (rest, length.map { rest.count >= $0 } ?? false)
        // `rest` grows beyond the body only through the wrapping of chunks.
        guard isWhole || hasEnded || rest.count > 2 * refusalBodyMax else { return .incomplete }
        let kept = Array(body.prefix(min(refusalBodyMax, isChunked ? .max : length ?? .max)))
        return .refused(ClientResponse(status: head.status, headers: head.fields, body: kept))
    }

    /// The data of the chunks that are there (RFC 9112 §7.1), and whether the last one is.
    private static func unchunked(_ bytes: [UInt8]) -> (body: [UInt8], isWhole: Bool) {
        var body: [UInt8] = []
        var rest = bytes[...]
        while let feed = rest.firstIndex(of: 0x0a) {
            let digits = rest[..<feed].prefix { $0 != 0x0d && $0 != UInt8(ascii: ";") }
            // A size beyond any refusal's bound means the same as a wrong one: there is no more text to show.
            guard let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), (0...(1 << 30)).contains(size)
            else {
                return (body, true)
            }
            if size == 0 { return (body, true) }
            body += rest[(feed + 1)...].prefix(size)
            rest = rest[(feed + 1)...].dropFirst(size + 2)
        }
        return (body, false)
    }

    private static func list(_ value: String?) -> [String] {
        (value ?? "").split(separator: ",").map { $0.lowercased().filter { $0 != " " && $0 != "\t" } }
    }
}
