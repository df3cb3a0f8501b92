/// Walks over the bytes of a compiled time zone; never past the end.
struct ZoneBytes {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The head of each of the two parts (RFC 8536 §3.1).
    struct Header {
        let version: UInt8
        let universalCount: Int
        let standardCount: Int
        let leapCount: Int
        let timeCount: Int
        let typeCount: Int
        let nameBytes: Int

        /// Of what follows, with times of 4 or 8 bytes.
        func blockLength(timeLength: Int) -> Int {
            timeCount * (timeLength + 1) + typeCount * 6 + nameBytes + leapCount * (timeLength + 4) + standardCount
                + universalCount
        }
    }

    mutating func header() -> Header? {
        guard bytes.count - position >= 44, bytes[position...].starts(with: ZoneFile.magic) else { return nil }
        let version = bytes[position + 4]
        position += 20
        var counts: [Int] = []
        for _ in 0..<6 { counts.append(Int(integer(length: 4) ?? -1)) }
        // Counts are unsigned; one beyond the file is as wrong as one that reads as negative.
        guard counts.allSatisfy({ (0...bytes.count).contains($0) }) else { return nil }
        return Header(
            version: version, universalCount: counts[0], standardCount: counts[1], leapCount: counts[2],
            timeCount: counts[3], typeCount: counts[4], nameBytes: counts[5])
    }

    /// A signed integer, its highest byte first.
    mutating func integer(length: Int) -> Int64? {
        guard bytes.count - position >= length else { return nil }
        var value = Int64(Int8(bitPattern: bytes[position]))
        for byte in bytes[position + 1..<position + length] { value = value << 8 | Int64(byte) }
        position += length
        return value
    }

    mutating func skip(_ count: Int) -> Bool {
        guard bytes.count - position >= count else { return false }
        position += count
        return true
    }

    /// The text between two line feeds.
    mutating func line() -> String? {
        guard position < bytes.count, bytes[position] == 0x0A,
            let end = bytes[(position + 1)...].firstIndex(of: 0x0A)
        else { return nil }
        return String(decoding: bytes[position + 1..<end], as: UTF8.self)
    }
}
