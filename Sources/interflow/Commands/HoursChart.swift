import InteractionModel
import Routing

/// Some days of a calendar as lines of text.
struct HoursChart {
    let hours: OpeningHours
    /// Today in the calendar's zone when nil.
    let from: LocalDate?
    let days: Int
    let now: Timestamp
    let paint: Paint

    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    /// Of a day's cells, each half an hour.
    private static let cells = 48

    var lines: [String] {
        let first = from ?? HoursDay.date(of: now, in: hours.zone)
        let days = (0..<days).map { HoursDay(first.advanced(by: $0), of: hours) }
        let width = days.map(\.localText.count).max() ?? 0
        return [heading, "", Self.scale] + days.map { line(of: $0, width: width) }
    }

    private var heading: String {
        let state = hours.state(at: now)
        let name = paint(.bold, "\(hours.name)")
        let word = state.isOpen ? paint(.green, "open") : "closed"
        let until = state.until.map { " until \(text(of: $0))" } ?? " for good"
        return "\(name) · \(hours.zone.name) · now \(word)\(until)\(Self.reason(state.reason))"
    }

    private static func reason(_ reason: HoursState.Reason) -> String {
        switch reason {
        case .week: ""
        case .exception(let date, let title): title.isEmpty ? " (\(date) has its own hours)" : " (\(title))"
        case .closure(let title): title.isEmpty ? "" : " (\(title))"
        }
    }

    /// `Mon 2026-12-28 08:00 (07:00 UTC)`.
    private func text(of moment: Timestamp) -> String {
        let date = HoursDay.date(of: moment, in: hours.zone)
        let seconds = moment.milliseconds / 1000
        let local = HoursDay.clock((hours.zone.reading(at: seconds) - date.localSeconds) / 60)
        let utc = HoursDay.clock((seconds - LocalDate(localSeconds: seconds).localSeconds) / 60)
        return "\(Self.weekdays[date.weekday]) \(date) \(local) (\(utc) UTC)"
    }

    /// Every third hour above its column.
    private static var scale: String {
        let marks = stride(from: 0, through: 24, by: 3).map { hour in
            "\(hour)" + String(repeating: " ", count: max(0, 6 - "\(hour)".count))
        }
        return String(repeating: " ", count: 16) + marks.joined().trimmedEnd
    }

    private func line(of day: HoursDay, width: Int) -> String {
        let label = "\(Self.weekdays[day.date.weekday]) \(day.date)"
        let isSpecial = !day.notes.isEmpty
        let local = day.localText.padded(to: width)
        let utc = day.utcText.isEmpty ? "" : "UTC \(day.utcText)"
        let tail = [local, paint(.dim, utc), paint(.yellow, day.notes.joined(separator: "; "))]
        return ([(isSpecial ? paint(.yellow, label) : label) + "  " + cells(of: day)] + tail).joined(separator: "  ")
            .trimmedEnd
    }

    private func cells(of day: HoursDay) -> String {
        let marks = (0..<Self.cells).map { cell -> Character in
            let (open, there) = day.minutes(from: cell * 30, to: cell * 30 + 30)
            if there == 0 { return " " }
            return open == 0 ? "·" : open == there ? "█" : "▒"
        }
        return paint(.green, String(marks))
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

    fileprivate var trimmedEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
