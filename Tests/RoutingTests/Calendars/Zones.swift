import InteractionModel
import Routing

/// Tables of a few zones, written by hand from the announcements of who decided them.
enum Zones {
    static let horizon = utc("2040-01-01 00:00")

    static func zone(_ name: String, before offset: Int64, _ changes: [(String, Int64)]) -> ZoneTable {
        ZoneTable(
            name: name,
            transitions: [.init(from: 0, offset: offset)]
                + changes.map { .init(from: utc($0.0).milliseconds / 1000, offset: $0.1) },
            horizonEnd: horizon.milliseconds / 1000)
    }

    static let berlin = zone(
        "Europe/Berlin", before: 3600,
        [
            ("2025-03-30 01:00", 7200), ("2025-10-26 01:00", 3600), ("2026-03-29 01:00", 7200),
            ("2026-10-25 01:00", 3600), ("2027-03-28 01:00", 7200), ("2027-10-31 01:00", 3600),
        ])
    static let newYork = zone(
        "America/New_York", before: -18_000, [("2026-03-08 07:00", -14_400), ("2026-11-01 06:00", -18_000)])
    static let sydney = zone(
        "Australia/Sydney", before: 39_600, [("2026-04-04 16:00", 36_000), ("2026-10-03 16:00", 39_600)])
    /// Half an hour of summer time.
    static let lordHowe = zone(
        "Australia/Lord_Howe", before: 39_600, [("2026-04-04 15:00", 37_800), ("2026-10-03 15:30", 39_600)])
    /// Had no 2011-12-30.
    static let apia = zone("Pacific/Apia", before: -36_000, [("2011-12-30 10:00", 50_400)])
    /// Jumped at midnight: 2018-11-04 began at 01:00, 2018-02-17 had 25 hours.
    static let saoPaulo = zone(
        "America/Sao_Paulo", before: -7200, [("2018-02-18 02:00", -10_800), ("2018-11-04 03:00", -7200)])
    /// The first hour of 2026-11-01 comes twice.
    static let havana = zone(
        "America/Havana", before: -18_000, [("2026-03-08 05:00", -14_400), ("2026-11-01 05:00", -18_000)])
    static let kathmandu = zone("Asia/Kathmandu", before: 20_700, [])
    static let greenwich = ZoneTable.utc(until: horizon.milliseconds / 1000)
    static let all = [berlin, newYork, sydney, lordHowe, apia, saoPaulo, havana, kathmandu, greenwich]
}

/// A moment written as `2026-03-29 01:00` in UTC.
func utc(_ text: String) -> Timestamp {
    let parts = text.split(separator: " ")
    let time = parts[1].split(separator: ":").map { Int64($0)! }
    let seconds = LocalDate(String(parts[0]))!.localSeconds + time[0] * 3600 + time[1] * 60
    return Timestamp(milliseconds: seconds * 1000)
}

func date(_ text: String) -> LocalDate { LocalDate(text)! }

func intervals(_ texts: [String]) -> [OpenInterval] { texts.map { OpenInterval($0)! } }

/// `days` as in `["mon": ["08:00-12:00"]]`; others are closed.
func hours(
    in zone: ZoneTable, _ days: [String: [String]], exceptions: [HoursException] = [], closures: [HoursClosure] = []
) -> OpeningHours {
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    return OpeningHours(
        name: CalendarName("support"), zone: zone, week: names.map { intervals(days[$0] ?? days["daily"] ?? []) },
        exceptions: exceptions, closures: closures)
}

/// Every change after `from` up to and including `until`, by `nextChange` alone.
func changes(of hours: OpeningHours, from: Timestamp, until: Timestamp) -> [Timestamp] {
    var found: [Timestamp] = []
    var at = from
    while let next = hours.nextChange(after: at), next <= until {
        found.append(next)
        at = next
    }
    return found
}
