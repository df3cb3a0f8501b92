/// Server-Sent Events (HTML Living Standard §9.2) to one client, from any thread.
package struct EventStream: Sendable {
    let stream: HTTPStream

    /// Sends one event; false when the stream has ended or its bound is reached, which ends it.
    ///
    /// Line ends in `data` become several data lines. `id` and `event` are one line each: line ends and NUL
    /// are left out of them.
    @discardableResult
    package func send(id: String? = nil, event: String? = nil, data: String) -> Bool {
        stream.write(Self.encode(id: id, event: event, data: data))
    }

    /// How long a client shall wait before it connects again.
    @discardableResult
    package func send(retryAfter milliseconds: Int) -> Bool { stream.write(Array("retry: \(milliseconds)\n\n".utf8)) }

    package func finish() { stream.finish() }

    package var isClosed: Bool { stream.isClosed }

    /// Bytes the reader has not taken yet. Whoever can wait sends more only when this is small.
    package var bytesWaiting: Int { stream.gauge.bytesWaiting }

    static func encode(id: String?, event: String?, data: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(data.utf8.count + 32)
        if let id { appendLine("id: ", id, to: &bytes) }
        if let event { appendLine("event: ", event, to: &bytes) }
        appendData(data, to: &bytes)
        bytes.append(Byte.lineFeed)
        return bytes
    }

    private static func appendLine(_ name: String, _ value: String, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: name.utf8)
        bytes.append(contentsOf: value.utf8.lazy.filter { $0 != 0 && $0 != 10 && $0 != 13 })
        bytes.append(Byte.lineFeed)
    }

    /// A carriage return, a line feed and both together each end a line.
    private static func appendData(_ data: String, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: "data: ".utf8)
        var previous: UInt8 = 0
        for byte in data.utf8 {
            if byte == Byte.carriageReturn || (byte == Byte.lineFeed && previous != Byte.carriageReturn) {
                bytes.append(contentsOf: "\ndata: ".utf8)
            } else if byte != Byte.lineFeed {
                bytes.append(byte)
            }
            previous = byte
        }
        bytes.append(Byte.lineFeed)
    }
}
