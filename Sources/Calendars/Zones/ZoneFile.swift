import Routing

/// A compiled time zone (TZif, RFC 8536): its changes of offset one by one, and the rule for those after the last.
struct ZoneFile: Hashable, Sendable {
    static let magic = Array("TZif".utf8)

    /// Before the first change.
    private var firstOffset: Int64 = 0
    private var changes: [ZoneTable.Transition] = []
    /// After the last change; nil when nothing is said of it.
    private var rule: ZoneRule?

    /// - Throws: when a length or an index in the file leads nowhere, or it has no 64-bit part (version 1, before 2005).
    init(bytes: [UInt8], named zone: String) throws(CalendarError) {
        var cursor = ZoneBytes(bytes)
        guard Self.skipOldPart(of: &cursor), let header = cursor.header(), read(header, from: &cursor),
            readRule(from: &cursor)
        else {
            throw CalendarError("time zone '\(zone)'", "has a broken file", hint: "install the package tzdata again")
        }
    }

    /// The first part, with times of four bytes, is for programs that read no other.
    private static func skipOldPart(of cursor: inout ZoneBytes) -> Bool {
        guard let header = cursor.header(), header.version >= UInt8(ascii: "2") else { return false }
        return cursor.skip(header.blockLength(timeLength: 4))
    }

    private mutating func read(_ header: ZoneBytes.Header, from cursor: inout ZoneBytes) -> Bool {
        // A file that counts leap seconds is of another clock than ours.
        guard header.leapCount == 0, header.typeCount > 0 else { return false }
        var moments: [Int64] = []
        for _ in 0..<header.timeCount {
            guard let moment = cursor.integer(length: 8) else { return false }
            moments.append(moment)
        }
        var types: [Int] = []
        for _ in 0..<header.timeCount {
            guard let type = cursor.integer(length: 1) else { return false }
            types.append(Int(type & 0xFF))
        }
        guard let offsets = Self.offsets(header.typeCount, from: &cursor),
            types.allSatisfy({ $0 < offsets.count }),
            cursor.skip(header.nameBytes + header.standardCount + header.universalCount)
        else { return false }
        firstOffset = offsets[0]
        changes = zip(moments, types).map { .init(from: $0, offset: offsets[$1]) }
        return zip(moments, moments.dropFirst()).allSatisfy { $0 < $1 }
    }

    /// Of each type of local time: six bytes, of which the offset is the first four.
    private static func offsets(_ count: Int, from cursor: inout ZoneBytes) -> [Int64]? {
        var offsets: [Int64] = []
        for _ in 0..<count {
            guard let offset = cursor.integer(length: 4), cursor.skip(2), abs(offset) <= ZoneTable.offsetMax else {
                return nil
            }
            offsets.append(offset)
        }
        return offsets
    }

    /// The footer: a line with the rule, or an empty one.
    private mutating func readRule(from cursor: inout ZoneBytes) -> Bool {
        guard let line = cursor.line() else { return false }
        if line.isEmpty { return true }
        rule = ZoneRule(line)
        return rule != nil
    }

    /// What holds at `from`, and every change up to `until`.
    func transitions(from: Int64, until: Int64) -> [ZoneTable.Transition] {
        let all = changes + (rule?.changes(after: changes.last?.from ?? .min, from: from, until: until) ?? [])
        let before = all.last { $0.from <= from }?.offset ?? firstOffset
        return [.init(from: from, offset: before)] + all.filter { $0.from > from && $0.from < until }
    }
}
