import Calendars
import Foundation
import Routing
import Testing

@Suite("Zones, against others who read the same data")
struct ZoneTableTests {
    private static let from: Int64 = 1_704_067_200  // 2024-01-01
    private static let until: Int64 = 2_366_841_600  // 2045-01-01, seven years past the last change listed in the files
    private let database = ZoneDatabase()

    @Test("Every change of every zone is the one that glibc finds (zdump)")
    func zdump() throws {
        let zones = try Self.zones()
        let changes = try Self.changesByZdump(zones)
        var compared = 0
        for zone in zones {
            let table = try database.table(of: zone, from: Self.from, until: Self.until)
            #expect(Array(table.transitions.dropFirst()) == changes[zone] ?? [], "\(zone)")
            compared += table.transitions.count - 1
        }
        #expect(zones.count > 300 && compared > 4000)
    }

    @Test("The offset of every zone in every month is the one that Python finds (zoneinfo)")
    func zoneinfo() throws {
        let zones = try Self.zones()
        let moments = stride(from: Self.from, to: Self.until, by: 30 * 86_400 + 3607).map { $0 }
        let offsets = try Self.offsetsByPython(zones, at: moments)
        for zone in zones {
            let table = try database.table(of: zone, from: Self.from, until: Self.until)
            #expect(moments.map { table.offset(at: $0) } == offsets[zone], "\(zone)")
        }
    }

    @Test("A file that leaves all to the rule at its end gives the same changes as one that lists them (zic -b slim)")
    func slim() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "zones-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try Self.output("/usr/sbin/zic", ["-b", "slim", "-d", folder, "/usr/share/zoneinfo/tzdata.zi"])
        for zone in try Self.zones() {
            let slim = try ZoneDatabase(folder: folder).table(of: zone, from: Self.from, until: Self.until)
            #expect(try slim == database.table(of: zone, from: Self.from, until: Self.until), "\(zone)")
        }
    }

    @Test("Samoa left out 2011-12-30")
    func samoa() throws {
        let table = try database.table(of: "Pacific/Apia", from: 1_322_697_600, until: 1_328_054_400)
        #expect(
            table.transitions == [
                .init(from: 1_322_697_600, offset: -36_000), .init(from: 1_325_239_200, offset: 50_400),
            ])
    }

    private static let unknown: [(String, String)] = [
        ("Europe/Berln", "did you mean Europe/Berlin?"), ("Berlin", "did you mean Europe/Berlin?"),
        ("europe/berlin", "did you mean Europe/Berlin?"), ("new york", "did you mean America/New_York?"),
        ("Amercia/New_York", "did you mean America/New_York?"), ("W. Europe Standard Time", "name of the tz database"),
        ("../../../etc/passwd", "name of the tz database"), ("/etc/localtime", ""), ("right/Europe/Berlin", ""),
        ("Europe", ""), ("", ""), ("tzdata.zi", ""), ("Europe/Berlin/", ""), (String(repeating: "x", count: 9000), ""),
    ]

    @Test("A zone that does not exist is refused with the nearest name", arguments: unknown)
    func unknownZone(zone: String, hint: String) {
        let error = #expect(throws: CalendarError.self) { try database.check(zone) }
        #expect(error?.reason == "is not known" && error?.hint?.contains(hint) == true || hint == "", "\(error!)")
    }

    @Test("No broken file traps: every one cut short or changed in one byte is read or refused")
    func brokenFiles() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "broken-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let whole = [UInt8](try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Australia/Lord_Howe")))
        let file = folder.appending(path: "Zone")
        let broken = ZoneDatabase(folder: folder.path)
        var refused = 0
        for index in stride(from: 0, to: whole.count, by: 3) {
            for bytes in [Array(whole[..<index]), whole[..<index] + [whole[index] ^ 0xFF] + whole[(index + 1)...]] {
                try Data(bytes).write(to: file)
                do { _ = try broken.table(of: "Zone", from: Self.from, until: Self.until) } catch { refused += 1 }
            }
        }
        #expect(refused > whole.count / 3)
    }

    // MARK: The others

    /// Every zone that a place on earth keeps, and UTC.
    static func zones() throws -> [String] {
        let lines = try String(contentsOfFile: "/usr/share/zoneinfo/zone1970.tab", encoding: .utf8).split(
            separator: "\n")
        return ["UTC"] + lines.filter { !$0.hasPrefix("#") }.map { String($0.split(separator: "\t")[2]) }
    }

    /// A change is where the second before has another offset:
    /// `Europe/Berlin  Sun Mar 31 01:00:00 2024 UT = Sun Mar 31 03:00:00 2024 CEST isdst=1 gmtoff=7200`.
    private static func changesByZdump(_ zones: [String]) throws -> [String: [ZoneTable.Transition]] {
        var changes: [String: [ZoneTable.Transition]] = [:]
        var last: (zone: Substring, offset: Int64)?
        for line in try output("/usr/bin/zdump", ["-V", "-c", "2024,2045"] + zones).split(separator: "\n") {
            let words = line.split(separator: " ")
            let offset = Int64(words.last!.dropFirst(7))!
            if let last, last.zone == words[0], last.offset != offset {
                changes[String(words[0]), default: []].append(.init(from: moment(words[2...5]), offset: offset))
            }
            last = (words[0], offset)
        }
        return changes
    }

    private static func moment(_ words: ArraySlice<Substring>) -> Int64 {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let (month, day, time, year) = (words[2], words[3], words[4].split(separator: ":"), words[5])
        var parts = tm()
        parts.tm_year = Int32(year)! - 1900
        parts.tm_mon = Int32(months.firstIndex(of: String(month))!)
        parts.tm_mday = Int32(day)!
        parts.tm_hour = Int32(time[0])!
        parts.tm_min = Int32(time[1])!
        parts.tm_sec = Int32(time[2])!
        return Int64(timegm(&parts))
    }

    private static func offsetsByPython(_ zones: [String], at moments: [Int64]) throws -> [String: [Int64]] {
        let script = """
            import datetime, sys, zoneinfo
            zoneinfo.reset_tzpath(['/usr/share/zoneinfo'])
            moments = [datetime.datetime.fromtimestamp(int(m), datetime.timezone.utc) for m in sys.argv[1].split()]
            for name in sys.argv[2:]:
                zone = zoneinfo.ZoneInfo(name)
                print(name, *[int(m.astimezone(zone).utcoffset().total_seconds()) for m in moments])
            """
        let list = moments.map(String.init).joined(separator: " ")
        let lines = try output("/usr/bin/env", ["python3", "-c", script, list] + zones).split(separator: "\n")
        let rows = lines.map { $0.split(separator: " ") }
        return Dictionary(uniqueKeysWithValues: rows.map { (String($0[0]), $0.dropFirst().map { Int64($0)! }) })
    }

    private static func output(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(program) failed")
        return String(decoding: data, as: UTF8.self)
    }
}
