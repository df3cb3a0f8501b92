import Calendars
import Configuration
import Glibc
import InteractionModel
import Routing
import Site

/// Draws when a calendar is open: hours that are seen are believed sooner than hours that are read.
enum HoursCommand {
    static let command = Command(
        name: "hours", summary: "Draw when calendars are open",
        description: [
            "A line for each day, half an hour to a character, by the clocks of the calendar's own zone; the hours follow in that "
                + "zone and in UTC, then the names of holidays and what the clocks do on days that have not 24 hours.",
            "█ open, ▒ open for part of it, · closed; a blank is an hour that the clocks leave out.",
        ],
        options: [
            .config,
            .init(name: "from", value: "DATE", summary: "The first day, as in 2026-12-24; today unless given."),
            .init(name: "days", value: "N", summary: "How many days, 1 to 400; 14 unless given."),
        ],
        operands: [.init(name: "CALENDAR", isRequired: false, summary: "One of the configuration; all unless given.")],
        exits: [
            (.noInput, "there is no such calendar, or no configuration"),
            (.configuration, "the configuration is wrong"),
        ], examples: ["interflow hours", "interflow hours office --from 2026-12-20 --days 10"],
        run: { invocation in
            let now = Timestamp(milliseconds: Int64(time(nil)) * 1000)
            let days = try invocation.integer("days", in: 1...400) ?? 14
            let from = try firstDay(invocation)
            for (index, hours) in try calendars(invocation, at: now).enumerated() {
                let chart = HoursChart(hours: hours, from: from, days: days, now: now, paint: .ofOutput)
                if index > 0 { Terminal.say("") }
                for line in chart.lines { Terminal.say(line) }
            }
            return .ok
        })

    private static func firstDay(_ invocation: Invocation) throws -> LocalDate? {
        guard let text = invocation["from"] else { return nil }
        if let date = LocalDate(text) { return date }
        throw CommandFailure(.usage, "--from must be a date that there is, as in 2026-12-24")
    }

    /// - Throws: `CommandFailure` when the one asked for is not there, or cannot be made.
    private static func calendars(_ invocation: Invocation, at now: Timestamp) throws -> [OpeningHours] {
        let (path, loaded) = try ConfigurationLookup.load(invocation, files: .assumed)
        let all = loaded.root.rules.calendars
        let names = all.map(\.name)
        if all.isEmpty { throw CommandFailure(.noInput, "\(path) has no calendars") }
        let wanted = invocation.operands.first
        let chosen = all.filter { wanted == nil || $0.name == wanted }
        guard !chosen.isEmpty else {
            let hint = NearestWord.to(wanted ?? "", among: names).map { "did you mean \($0)?" }
            let list = "calendars are \(names.prefix(12).joined(separator: ", "))"
            throw CommandFailure(.noInput, "there is no calendar \(wanted ?? ""); \(hint ?? list)")
        }
        do throws(CalendarError) {
            return try chosen.openingHours(from: now)
        } catch {
            throw CommandFailure(.configuration, "a calendar cannot be made: \(error)")
        }
    }
}
