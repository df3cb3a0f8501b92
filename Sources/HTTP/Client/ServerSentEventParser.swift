/// One event of a `text/event-stream`.
package struct ServerSentEvent: Sendable, Hashable {
    /// `message` where the stream named none.
    package var type: String
    /// The `data` lines joined by LF.
    package var data: String
    /// The last `id` seen so far, this event's or an earlier one's: what `Last-Event-ID` says on reconnecting.
    package var lastID: String

    package init(type: String = "message", data: String, lastID: String = "") {
        self.type = type
        self.data = data
        self.lastID = lastID
    }
}

/// Reads a `text/event-stream` from pieces cut anywhere (WHATWG HTML §9.2.5–9.2.6). Pure.
///
/// Bytes that are not UTF-8 become U+FFFD. An event the stream ends in the middle of is never given out.
package struct ServerSentEventParser: Sendable {
    /// Bytes of one line, its end excluded.
    package let lineMax: Int
    /// Bytes of one event's data.
    package let dataMax: Int
    /// What the stream last asked for with `retry`, in milliseconds; at most a day, a longer wish counts as a day.
    package private(set) var reconnectAfter: Int?
    /// Survives events and is what to send as `Last-Event-ID`.
    package private(set) var lastID = ""

    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var type = ""
    private var endedWithCR = false
    private var bytesOfMark = 0
    private var failure: Overflow?

    package init(lineMax: Int = 256 << 10, dataMax: Int = 1 << 20) {
        self.lineMax = lineMax
        self.dataMax = dataMax
    }

    /// A bound was passed. The stream cannot be followed any further: every later call throws the same; reconnect anew.
    package enum Overflow: Error, Sendable, Hashable {
        case lineTooLong
        case dataTooLong
    }

    /// The events completed by `bytes`, in order.
    package mutating func consume(_ bytes: some Sequence<UInt8>) throws(Overflow) -> [ServerSentEvent] {
        if let failure { throw failure }
        var events: [ServerSentEvent] = []
        do throws(Overflow) {
            for byte in bytes { try take(byte, &events) }
        } catch {
            failure = error
            (line, data) = ([], [])
            throw error
        }
        return events
    }

    private mutating func take(_ byte: UInt8, _ events: inout [ServerSentEvent]) throws(Overflow) {
        if isMark(byte) { return }
        let followsCR = endedWithCR
        endedWithCR = byte == 0x0d
        switch byte {
        case 0x0a where followsCR: break  // The second half of CRLF.
        case 0x0a, 0x0d:
            if let event = try endLine() { events.append(event) }
            line.removeAll(keepingCapacity: true)
        default:
            guard line.count < lineMax else { throw .lineTooLong }
            line.append(byte)
        }
    }

    /// Whether the byte belongs to a byte order mark at the very start, which is left out.
    private mutating func isMark(_ byte: UInt8) -> Bool {
        let mark: [UInt8] = [0xef, 0xbb, 0xbf]
        guard bytesOfMark < mark.count else { return false }
        if byte == mark[bytesOfMark] {
            bytesOfMark += 1
            return true
        }
        // Not a mark after all: what looked like its start is text.
        line += mark[..<bytesOfMark]
        bytesOfMark = mark.count
        return false
    }

    private mutating func endLine() throws(Overflow) -> ServerSentEvent? {
        if line.isEmpty { return endEvent() }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
            try take(field: line[...], value: [])
            return nil
        }
        var value = line[(colon + 1)...]
        if value.first == 0x20 { value = value.dropFirst() }
        try take(field: line[..<colon], value: value)
        return nil
    }

    private mutating func take(field: ArraySlice<UInt8>, value: ArraySlice<UInt8>) throws(Overflow) {
        switch String(decoding: field, as: UTF8.self) {
        case "event": type = String(decoding: value, as: UTF8.self)
        case "data":
            guard data.count + value.count + 1 <= dataMax else { throw .dataTooLong }
            if hasData { data.append(0x0a) }
            data += value
            hasData = true
        case "id" where !value.contains(0): lastID = String(decoding: value, as: UTF8.self)
        case "retry" where !value.isEmpty && value.allSatisfy({ (0x30...0x39).contains($0) }):
            reconnectAfter = value.reduce(0) { min(86_400_000, $0 * 10 + Int($1 - 0x30)) }
        default: break  // A comment (empty name), or a field the standard does not know.
        }
    }

    private mutating func endEvent() -> ServerSentEvent? {
        defer { (type, hasData) = ("", false) }
        guard hasData else { return nil }
        let event = ServerSentEvent(
            type: type.isEmpty ? "message" : type, data: String(decoding: data, as: UTF8.self), lastID: lastID)
        data.removeAll(keepingCapacity: true)
        return event
    }
}
