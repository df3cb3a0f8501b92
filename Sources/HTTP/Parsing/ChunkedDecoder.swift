/// Takes the chunked coding off a body (RFC 9112 §7.1), strictly, and keeps its place between calls.
///
/// Sizes are one to eight hexadecimal digits. Extensions are read and ignored, trailers are checked and
/// dropped; both are bounded over the whole body, so that overhead cannot be dripped without end.
struct ChunkedDecoder: Sendable, Hashable {
    enum Outcome: Sendable, Hashable {
        case more
        case end
        case refused(Refusal)
    }

    private enum Place: UInt8, Sendable, Hashable {
        case size, chunkExtension, sizeFeed, data, dataReturn, dataFeed
        case trailerStart, trailerName, trailerValue, trailerFeed, lastFeed
    }

    private var place = Place.size
    private var size = 0
    private var digits = 0
    private var extensionBytes = 0
    private var trailerBytes = 0

    mutating func decode(
        _ bytes: Span<UInt8>, at position: inout Int, into body: inout [UInt8], bytesMax: Int
    ) -> Outcome {
        while position < bytes.count {
            if place == .data {
                let count = min(size, bytes.count - position)
                body.append(bytes, position..<position + count)
                position += count
                size -= count
                if size == 0 { place = .dataReturn }
                continue
            }
            let byte = bytes[position]
            position += 1
            switch place {
            case .size, .chunkExtension, .sizeFeed:
                if let refusal = sizeLine(byte, taken: body.count, bytesMax: bytesMax) { return .refused(refusal) }
            case .data: break
            case .dataReturn:
                guard byte == Byte.carriageReturn else { return .refused(Self.unterminated) }
                place = .dataFeed
            case .dataFeed:
                guard byte == Byte.lineFeed else { return .refused(Self.unterminated) }
                place = .size
            case .lastFeed:
                return byte == Byte.lineFeed ? .end : .refused(Self.malformedTrailer)
            case .trailerStart, .trailerName, .trailerValue, .trailerFeed:
                if let refusal = trailer(byte) { return .refused(refusal) }
            }
        }
        return .more
    }

    private mutating func sizeLine(_ byte: UInt8, taken: Int, bytesMax: Int) -> Refusal? {
        switch place {
        case .size:
            if let value = hexadecimalValue(byte) {
                digits += 1
                guard digits <= ParserLimits.chunkSizeDigitsMax else { return Self.malformedSize }
                size = size << 4 | Int(value)
                return nil
            }
            guard digits > 0 else { return Self.malformedSize }
            if byte == Byte.semicolon {
                place = .chunkExtension
                return nil
            }
            guard byte == Byte.carriageReturn else { return Self.malformedSize }
            place = .sizeFeed
            return nil
        case .chunkExtension:
            extensionBytes += 1
            guard extensionBytes <= ParserLimits.chunkExtensionBytesMax else { return Self.extensionTooLong }
            if byte == Byte.carriageReturn {
                place = .sizeFeed
                return nil
            }
            return isFieldValueByte(byte) ? nil : Self.malformedSize
        default:
            guard byte == Byte.lineFeed else { return Self.malformedSize }
            return beginChunk(taken: taken, bytesMax: bytesMax)
        }
    }

    private mutating func beginChunk(taken: Int, bytesMax: Int) -> Refusal? {
        digits = 0
        guard size <= bytesMax - taken else {
            return Refusal(413, .bodyTooLarge, "The body exceeds \(bytesMax) bytes; send less.")
        }
        place = size == 0 ? .trailerStart : .data
        return nil
    }

    private mutating func trailer(_ byte: UInt8) -> Refusal? {
        trailerBytes += 1
        guard trailerBytes <= ParserLimits.trailerBytesMax else {
            return Refusal(431, .headTooLarge, "The trailer exceeds \(ParserLimits.trailerBytesMax) bytes.")
        }
        switch place {
        case .trailerStart where byte == Byte.carriageReturn: place = .lastFeed
        case .trailerStart:
            guard ByteSet.token.contains(byte) else { return Self.malformedTrailer }
            place = .trailerName
        case .trailerName:
            if byte == Byte.colon {
                place = .trailerValue
            } else if !ByteSet.token.contains(byte) {
                return Self.malformedTrailer
            }
        case .trailerValue:
            if byte == Byte.carriageReturn {
                place = .trailerFeed
            } else if !isFieldValueByte(byte) {
                return Self.malformedTrailer
            }
        default:
            guard byte == Byte.lineFeed else { return Self.malformedTrailer }
            place = .trailerStart
        }
        return nil
    }

    private static let malformedSize = Refusal(
        400, .invalidChunk, "A chunk size must be one to eight hexadecimal digits and end in CR LF.")
    private static let extensionTooLong = Refusal(400, .invalidChunk, "The chunk extensions are too long.")
    private static let unterminated = Refusal(
        400, .invalidChunk, "A chunk is longer than its size says, or does not end in CR LF.")
    private static let malformedTrailer = Refusal(400, .invalidChunk, "A trailer field is malformed.")
}
