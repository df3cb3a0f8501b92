/// The member names met so far in every object that is still open, to find the one that comes twice.
///
/// Names are compared byte by byte, as every other parser does, not by Unicode equivalence. Most names of a small object
/// are new by their mark alone, the others are searched by fingerprint, which for a dozen names is cheaper than any
/// table. A large object gets a set, whose hash is seeded, so nobody can make the search slow.
struct MemberNames: Sendable {
    /// One name: the bytes between its quotes in the text, or a stretch of `unescaped`.
    struct Entry: Sendable {
        /// Equal names have equal fingerprints; the reverse is checked.
        var fingerprint: UInt64
        var start: UInt32
        var end: UInt32

        /// Set in `end` when the name lies in `unescaped`. A text of two gigabytes is refused.
        static let unescapedFlag: UInt32 = 1 << 31
    }

    /// From so many names on, an object's names are kept in a set.
    static let searchedMax = 32

    private(set) var entries: [Entry] = []
    private var unescaped: [UInt8] = []
    /// Names of large objects, by the number of their first entry.
    private var sets: [Int: Set<[UInt8]>] = [:]

    init() {
        entries.reserveCapacity(24)
    }

    var count: Int { entries.count }

    /// Adds a name to the object whose names begin at `first`; false if the object has it already.
    @inline(__always)
    mutating func insert(_ range: Range<Int>, fingerprint: UInt64, of text: [UInt8], in frame: inout JSONReader.Frame)
        -> Bool
    {
        let entry = Entry(
            fingerprint: fingerprint, start: UInt32(truncatingIfNeeded: range.lowerBound),
            end: UInt32(truncatingIfNeeded: range.upperBound))
        return insert(entry, of: text, in: &frame)
    }

    /// The same for a name that had escapes in it.
    mutating func insert(decoded name: [UInt8], of text: [UInt8], in frame: inout JSONReader.Frame) -> Bool {
        let start = UInt32(unescaped.count)
        unescaped += name
        let entry = Entry(
            fingerprint: name.withUnsafeBytes { MemberNames.fingerprint(of: 0..<name.count, in: $0) }, start: start,
            end: UInt32(unescaped.count) | Entry.unescapedFlag)
        return insert(entry, of: text, in: &frame)
    }

    @inline(__always)
    private mutating func insert(_ entry: Entry, of text: [UInt8], in frame: inout JSONReader.Frame) -> Bool {
        let isNew: Bool
        let mark: UInt64 = 1 << (entry.fingerprint >> 58)
        if entries.count &- frame.firstName >= MemberNames.searchedMax {
            isNew = insertInSet(entry, of: text, from: frame.firstName)
        } else {
            isNew = frame.nameMarks & mark == 0 || !isKnown(entry, of: text, from: frame.firstName)
        }
        frame.nameMarks |= mark
        entries.append(entry)
        return isNew
    }

    @inline(__always)
    private func isKnown(_ entry: Entry, of text: [UInt8], from first: Int) -> Bool {
        var index = first
        while index < entries.count {
            if entries[index].fingerprint == entry.fingerprint, isSame(entries[index], entry, text) { return true }
            index &+= 1
        }
        return false
    }

    @inline(never)
    private func isSame(_ left: Entry, _ right: Entry, _ text: [UInt8]) -> Bool {
        bytes(of: left, in: text).elementsEqual(bytes(of: right, in: text))
    }

    @inline(never)
    private mutating func insertInSet(_ entry: Entry, of text: [UInt8], from first: Int) -> Bool {
        if sets[first] == nil {
            sets[first] = Set(entries[first...].map { Array(bytes(of: $0, in: text)) })
        }
        return sets[first]!.insert(Array(bytes(of: entry, in: text))).inserted
    }

    /// Forgets the names of the object that began at `first`.
    mutating func removeAll(from first: Int) {
        guard entries.count > first else { return }
        if entries.count - first > MemberNames.searchedMax { sets[first] = nil }
        entries.removeLast(entries.count - first)
        if first == 0, !unescaped.isEmpty { unescaped.removeAll(keepingCapacity: true) }
    }

    /// The name itself.
    func name(at index: Int, in text: [UInt8]) -> String {
        String(decoding: bytes(of: entries[index], in: text), as: UTF8.self)
    }

    private func bytes(of entry: Entry, in text: [UInt8]) -> ArraySlice<UInt8> {
        let start = Int(entry.start)
        guard entry.end & Entry.unescapedFlag == 0 else {
            return unescaped[start..<Int(entry.end ^ Entry.unescapedFlag)]
        }
        return text[start..<Int(entry.end)]
    }

    /// The first and the last eight bytes and the length, mixed.
    @inline(__always)
    static func fingerprint(of range: Range<Int>, in bytes: UnsafeRawBufferPointer) -> UInt64 {
        let length = range.upperBound &- range.lowerBound
        let first = word(bytes, range.lowerBound, min(length, 8))
        let last = length > 8 ? word(bytes, range.upperBound &- 8, 8) : 0
        return (first ^ UInt64(truncatingIfNeeded: length) ^ last &* 31) &* 0x9E37_79B9_7F4A_7C15
    }

    /// Up to eight bytes as one number, the rest zero.
    @inline(__always)
    private static func word(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ count: Int) -> UInt64 {
        guard start &+ 8 <= bytes.count else { return wordAtEnd(bytes, start, count) }
        let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
        return word & (UInt64.max >> UInt64(64 &- 8 &* count))
    }

    /// The same where eight bytes cannot be loaded.
    @inline(never)
    private static func wordAtEnd(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ count: Int) -> UInt64 {
        bytes[start..<start + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
