/// Turns the bytes of a connection into requests, without I/O and without a clock.
///
/// Feed it what arrived. It gives one event at a time and says how far it read; the same bytes give the
/// same events however they were cut. After `.refused` it must not be fed again.
package struct RequestParser: Sendable {
    package enum Event: Sendable, Hashable {
        /// Nothing to report yet: go on while bytes are left, and come back when more arrived.
        case more
        /// The head is read, a body is due, and the sender may be waiting for 100 (Continue).
        case continueExpected
        case request(RequestHead, body: [UInt8])
        case refused(Refusal)
    }

    private enum Place: Sendable {
        case head
        case fixed(remaining: Int)
        case chunked(ChunkedDecoder)
    }

    private var place = Place.head
    private var scanner = HeadScanner()
    private var pending: [UInt8] = []
    private var head = RequestHead()
    private var body: [UInt8] = []
    private var bodyBytesMax = 0

    package init() {}

    /// Nothing of a request has been read.
    package var isIdle: Bool {
        if case .head = place { return scanner.isAtStart }
        return false
    }

    /// A head has been read and its body has not ended.
    package var isInBody: Bool {
        if case .head = place { return false }
        return true
    }

    /// Bytes kept of a request that is not whole.
    package var bufferedBytes: Int { pending.count + body.count }

    /// Reads from `position` on, to the end or to the next event.
    package mutating func consume(
        _ bytes: Span<UInt8>, at position: inout Int, limits: ParserLimits
    ) -> Event {
        switch place {
        case .head: consumeHead(bytes, at: &position, limits: limits)
        case .fixed(let remaining): consumeFixed(bytes, at: &position, remaining: remaining)
        case .chunked: consumeChunks(bytes, at: &position)
        }
    }

    private mutating func consumeHead(
        _ bytes: Span<UInt8>, at position: inout Int, limits: ParserLimits
    ) -> Event {
        let start = position
        switch scanner.scan(bytes, from: start, headBytesMax: limits.headBytesMax) {
        case .refused(let refusal): return .refused(refusal)
        case .more:
            pending.append(bytes, start..<bytes.count)
            position = bytes.count
            return .more
        case .end(let end):
            pending.append(bytes, start..<end)
            position = end
        }
        let lines = scanner.lines
        scanner = HeadScanner()
        do throws(Refusal) {
            head = try HeadParser.parse(pending, lines: lines, limits: limits)
        } catch {
            return .refused(error)
        }
        pending = []
        return beginBody(limits: limits)
    }

    private mutating func beginBody(limits: ParserLimits) -> Event {
        guard head.framing != .none else { return finish() }
        bodyBytesMax = limits.bodyBytesMax(for: head)
        switch head.framing {
        case .length(let length):
            guard length <= bodyBytesMax else {
                return .refused(
                    Refusal(413, .bodyTooLarge, "Content-Length is \(length); at most \(bodyBytesMax) bytes go here."))
            }
            // What is announced is not yet there: room is made for it only within reason.
            body.reserveCapacity(min(length, Self.reservedBytesMax))
            place = .fixed(remaining: length)
        default: place = .chunked(ChunkedDecoder())
        }
        return head.expectsContinue ? .continueExpected : .more
    }

    private mutating func consumeFixed(
        _ bytes: Span<UInt8>, at position: inout Int, remaining: Int
    ) -> Event {
        let count = min(remaining, bytes.count - position)
        body.append(bytes, position..<position + count)
        position += count
        if count == remaining { return finish() }
        place = .fixed(remaining: remaining - count)
        return .more
    }

    private mutating func consumeChunks(_ bytes: Span<UInt8>, at position: inout Int) -> Event {
        guard case .chunked(var decoder) = place else { return .more }
        let outcome = decoder.decode(bytes, at: &position, into: &body, bytesMax: bodyBytesMax)
        place = .chunked(decoder)
        switch outcome {
        case .more: return .more
        case .end: return finish()
        case .refused(let refusal): return .refused(refusal)
        }
    }

    private mutating func finish() -> Event {
        place = .head
        let event = Event.request(head, body: body)
        head = RequestHead()
        body = []
        return event
    }

    /// Bytes set aside at once for an announced body; a longer one grows as it arrives.
    private static let reservedBytesMax = 64 << 10
}
