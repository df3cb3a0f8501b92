/// Finds the end of a request head, byte by byte, and refuses bytes that may not stand in one.
///
/// It judges from left to right and keeps its place between calls, so the answer does not depend on
/// how the network cut the bytes.
struct HeadScanner: Sendable, Hashable {
    enum Outcome: Sendable, Hashable {
        case more
        /// The index just past the empty line.
        case end(Int)
        case refused(Refusal)
    }

    private enum Place: UInt8, Sendable, Hashable {
        case start, line, lineReturn, lineStart, lastReturn
    }

    private var place = Place.start
    /// Bytes of this head seen so far.
    private(set) var scanned = 0
    /// Lines ended so far, so that fields can be counted before they are parsed.
    private(set) var lines = 0

    var isAtStart: Bool { scanned == 0 }

    mutating func scan(_ bytes: Span<UInt8>, from start: Int, headBytesMax: Int) -> Outcome {
        let stop = min(bytes.count, start + headBytesMax - scanned)
        var index = start
        while index < stop {
            let byte = bytes[index]
            index += 1
            if place == .line, byte >= 0x20, byte != 0x7f { continue }
            if let refusal = step(byte) { return .refused(refusal) }
            if place == .start {  // The empty line was met.
                lines += 1
                scanned += index - start
                return .end(index)
            }
        }
        scanned += index - start
        return scanned >= headBytesMax ? .refused(Self.tooLarge(headBytesMax)) : .more
    }

    /// Moves on by one byte. Ends in `.start` when that byte ended the head.
    private mutating func step(_ byte: UInt8) -> Refusal? {
        switch place {
        case .lineReturn, .lastReturn:
            guard byte == Byte.lineFeed else { return Self.bareReturn }
            if place == .lastReturn {
                place = .start
            } else {
                place = .lineStart
                lines += 1
            }
            return nil
        case .start:
            // RFC 9112 §2.2 lets a server skip empty lines here; we repair nothing.
            guard byte != Byte.carriageReturn, byte != Byte.lineFeed else { return Self.emptyFirstLine }
        case .lineStart:
            if byte == Byte.carriageReturn {
                place = .lastReturn
                return nil
            }
        case .line:
            if byte == Byte.carriageReturn {
                place = .lineReturn
                return nil
            }
        }
        place = .line
        guard byte != Byte.lineFeed else { return Self.bareFeed }
        return isFieldValueByte(byte) ? nil : Self.control
    }

    private static let bareReturn = Refusal(
        400, .bareLineEnd, "A carriage return in the head is not followed by a line feed; end each line with CR LF.")
    private static let bareFeed = Refusal(
        400, .bareLineEnd, "A line of the head ends in a bare line feed; end each line with CR LF.")
    private static let emptyFirstLine = Refusal(
        400, .malformedRequestLine, "An empty line stands where the request line belongs; send the request line first.")
    private static let control = Refusal(
        400, .illegalByte, "The head holds a control character; only printable text, space and tab may stand there.")

    private static func tooLarge(_ headBytesMax: Int) -> Refusal {
        Refusal(
            431, .headTooLarge, "Request line and fields exceed \(headBytesMax) bytes; send fewer or shorter fields.")
    }
}
