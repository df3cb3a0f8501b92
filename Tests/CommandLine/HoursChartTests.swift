import InteractionModel
import Routing
import Testing

@testable import interflow

@Suite("The drawing of a calendar")
struct HoursChartTests {
    private let berlin = ZoneTable(
        name: "Europe/Berlin",
        transitions: [
            .init(from: 0, offset: 3600), .init(from: 1_774_746_000, offset: 7200),
            .init(from: 1_792_890_000, offset: 3600),
        ], horizonEnd: 2_145_916_800)

    private func week(_ days: [Int: [String]]) -> [[OpenInterval]] {
        (0..<7).map { days[$0, default: []].map { OpenInterval($0)! } }
    }

    private func lines(of hours: OpeningHours, from: String, days: Int, now: Int64) -> [String] {
        HoursChart(
            hours: hours, from: LocalDate(from), days: days, now: Timestamp(milliseconds: now * 1000),
            paint: Paint(isOn: false)
        ).lines
    }

    @Test("Holidays, parts of hours and both times are drawn")
    func holidays() {
        let hours = OpeningHours(
            name: CalendarName("office"), zone: berlin,
            week: week([2: ["08:00-12:00", "13:00-18:15"], 3: ["22:00-03:00"], 4: ["08:00-18:00"]]),
            exceptions: [
                HoursException(date: LocalDate("2026-12-25")!, title: "Christmas"),
                HoursException(
                    date: LocalDate("2026-12-26")!, title: "Sale", intervals: [OpenInterval("10:00-14:00")!]),
            ])
        #expect(
            lines(of: hours, from: "2026-12-23", days: 4, now: 1_798_020_000) == [
                "office · Europe/Berlin · now open until Wed 2026-12-23 12:00 (11:00 UTC)", "",
                "                0     3     6     9     12    15    18    21    24",
                "Wed 2026-12-23  ················████████··██████████▒···········  08:00-12:00 13:00-18:15  UTC 07:00-11:00 12:00-17:15",
                "Thu 2026-12-24  ············································████  22:00-24:00              UTC 21:00-23:00",
                "Fri 2026-12-25  ██████··········································  00:00-03:00              UTC 23:00-02:00  closed: Christmas",
                "Sat 2026-12-26  ····················████████····················  10:00-14:00              UTC 09:00-13:00  Sale",
            ])
    }

    @Test("Days of 23 and 25 hours are marked, and a skipped hour is blank")
    func clocks() {
        let hours = OpeningHours(name: CalendarName("night"), zone: berlin, week: week([6: ["01:00-05:00"]]))
        #expect(
            lines(of: hours, from: "2026-03-29", days: 1, now: 1_774_700_000)[3]
                == "Sun 2026-03-29  ··██  ████······································  01:00-05:00  UTC 00:00-03:00  23 h: 02:00 is 03:00"
        )
        #expect(
            lines(of: hours, from: "2026-10-25", days: 1, now: 1_774_700_000)[3]
                == "Sun 2026-10-25  ··████████······································  01:00-05:00  UTC 23:00-04:00  25 h: 03:00 is 02:00"
        )
    }

    @Test("What is always open is so for good, and a day that was left out is said to be")
    func never() {
        let apia = ZoneTable(
            name: "Pacific/Apia",
            transitions: [.init(from: 0, offset: -36_000), .init(from: 1_325_239_200, offset: 50_400)], horizonEnd: 0)
        let hours = OpeningHours(
            name: CalendarName("all"), zone: apia, week: Array(repeating: [.wholeDay], count: 7))
        let drawn = lines(of: hours, from: "2011-12-30", days: 2, now: 1_325_000_000)
        #expect(drawn[0] == "all · Pacific/Apia · now open for good")
        #expect(drawn[3].hasPrefix("Fri 2011-12-30 ") && drawn[3].hasSuffix("left out by the clocks"))
        #expect(
            drawn[4] == "Sat 2011-12-31  ████████████████████████████████████████████████  00:00-24:00  UTC 10:00-10:00"
        )
    }
}
