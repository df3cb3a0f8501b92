/// The member names met so far in every object that is still open, to find the one that comes twice.
///
/// Names are compared byte by byte, as every other parser does, not by Unicode equivalence. A small object is
/// searched from end to end by fingerprint, which for a dozen names is cheaper than any table; a large one gets a
/// set, whose hash is seeded, so nobody can make the search slow.
struct MemberNames: Sendable {
    /// One name: the bytes between its quotes in the text, or a stretch of `unescaped`.
    struct Entry: Sendable {
        /// Equal names have equal fingerprints; the reverse is checked.
        var fingerprint: UInt64
        var start: Int
        var end: Int
        var isUnescaped: Bool
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
    mutating func insert(_ range: Range<Int>, fingerprint: UInt64, of text: [UInt8], from first: Int) -> Bool {
        let entry = Entry(fingerprint: fingerprint, start: range.lowerBound, end: range.upperBound, isUnescaped: false)
        return insert(entry, of: text, from: first)
    }

    /// The same for a name that had escapes in it.
    mutating func insert(decoded name: [UInt8], of text: [UInt8], from first: Int) -> Bool {
        let start = unescaped.count
        unescaped += name
        let entry = Entry(
            fingerprint: name.withUnsafeBytes { MemberNames.fingerprint(of: $0) }, start: start, end: unescaped.count,
            isUnescaped: true)
        return insert(entry, of: text, from: first)
    }

    private mutating func insert(_ entry: Entry, of text: [UInt8], from first: Int) -> Bool {
        let isNew: Bool
        if entries.count - first < MemberNames.searchedMax {
            isNew = !isKnown(entry, of: text, from: first)
        } else {
            isNew = insertInSet(entry, of: text, from: first)
        }
        entries.append(entry)
        return isNew
    }

    private func isKnown(_ entry: Entry, of text: [UInt8], from first: Int) -> Bool {
        var index = first
        while index < entries.count {
            if entries[index].fingerprint == entry.fingerprint,
                bytes(of: entries[index], in: text).elementsEqual(bytes(of: entry, in: text))
            {
                return true
            }
            index += 1
        }
        return false
    }

    private mutating func insertInSet(_ entry: Entry, of text: [UInt8], from first: Int) -> Bool {
        if sets[first] == nil {
            sets[first] = Set(entries[first...].map { Array(bytes(of: $0, in: text)) })
        }
        return sets[first]!.insert(Array(bytes(of: entry, in: text))).inserted
    }

    /// Forgets the names of the object that began at `first`.
    mutating func removeAll(from first: Int) {
        let wasLarge = entries.count - first > MemberNames.searchedMax
        entries.removeLast(entries.count - first)
        if wasLarge { sets[first] = nil }
        if first == 0 { unescaped.removeAll(keepingCapacity: true) }
    }

    /// The name itself.
    func name(at index: Int, in text: [UInt8]) -> String {
        String(decoding: bytes(of: entries[index], in: text), as: UTF8.self)
    }

    private func bytes(of entry: Entry, in text: [UInt8]) -> ArraySlice<UInt8> {
        entry.isUnescaped ? unescaped[entry.start..<entry.end] : text[entry.start..<entry.end]
    }

    /// The first and the last eight bytes and the length, mixed.
    @inline(__always)
    static func fingerprint(of name: UnsafeRawBufferPointer) -> UInt64 {
        let length = UInt64(truncatingIfNeeded: name.count)
        guard name.count >= 8 else {
            var packed: UInt64 = 0
            for byte in name { packed = packed << 8 | UInt64(byte) }
            return packed << 8 | length
        }
        let first = name.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
        let last = name.loadUnaligned(fromByteOffset: name.count - 8, as: UInt64.self)
        return (first &* 0x9E37_79B9_7F4A_7C15) ^ last &+ length
    }
}
