package import Routing

/// The time zones of this machine: Debian's `tzdata`, read once for a table and then not needed again.
package struct ZoneDatabase: Sendable {
    private let folder: String

    /// A zone's file has some kilobytes; larger ones are no zone.
    private static let fileBytesMax = 256 * 1024
    /// The database's own list is 100 kB.
    private static let listBytesMax = 4 * 1024 * 1024

    package init(folder: String = "/usr/share/zoneinfo") {
        self.folder = folder
    }

    /// What the clocks of `zone` show between two moments, in seconds of wall time since 1970-01-01 UTC.
    ///
    /// - Throws: when there is no such zone, with the nearest name, or when its file is broken.
    package func table(of zone: String, from: Int64, until: Int64) throws(CalendarError) -> ZoneTable {
        if let table = try tableIfKnown(of: zone, from: from, until: until) { return table }
        throw CalendarError("time zone '\(zone.prefix(64))'", "is not known", hint: hint(for: zone))
    }

    /// Whether there is such a zone; the error says what its name may be instead.
    package func check(_ zone: String) throws(CalendarError) {
        _ = try table(of: zone, from: 0, until: 1)
    }

    /// Nil when there is no such zone.
    func tableIfKnown(of zone: String, from: Int64, until: Int64) throws(CalendarError) -> ZoneTable? {
        guard Self.isName(zone), let bytes = try SystemFile.bytes("\(folder)/\(zone)", bytesMax: Self.fileBytesMax),
            bytes.starts(with: ZoneFile.magic)
        else { return nil }
        let file = try ZoneFile(bytes: bytes, named: zone)
        return ZoneTable(name: zone, transitions: file.transitions(from: from, until: until), horizonEnd: until)
    }

    /// Whether a name stays in the folder. `posix` and `right` there hold the same zones again, one counting leap seconds.
    private static func isName(_ zone: String) -> Bool {
        guard zone.utf8.count <= 64, zone.utf8.allSatisfy(isNameByte) else { return false }
        let parts = zone.split(separator: "/", omittingEmptySubsequences: false)
        return !parts.contains { $0.isEmpty || $0.first == "-" || $0.first == "+" }
            && !["posix", "right", "localtime", "posixrules"].contains(parts[0])
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "-"),
            UInt8(ascii: "+"):
            true
        default: false
        }
    }

    private func hint(for zone: String) -> String {
        let names = (try? self.names()) ?? []
        guard !names.isEmpty else { return "install the package tzdata" }
        guard let nearest = ZoneNames.nearest(to: zone, among: names) else {
            return "write a name of the tz database such as Europe/Berlin"
        }
        return "did you mean \(nearest)?"
    }

    /// Every zone and every other name of one, in the database's own order.
    package func names() throws(CalendarError) -> [String] {
        guard let bytes = try SystemFile.bytes("\(folder)/tzdata.zi", bytesMax: Self.listBytesMax) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            switch words.first {
            case "Z" where words.count > 1: return String(words[1])
            case "L" where words.count > 2: return String(words[2])
            default: return nil
            }
        }
    }
}
