import Routing

extension SimulationReport {
    /// For people: a line for the run, then one for every queue, group, site and all.
    package func table(cost: SimulationCost) -> String {
        var lines = [
            "\(scenario.name): seed \(seed), \(replications) replications, \(total.tally.offered) contacts counted"
                + " of \(contacts), \(events) events in \(Self.text(cost.cpuSeconds, 1)) s of CPU"
                + " (\(Self.text(contacts > 0 ? cost.cpuSeconds * 1e6 / Double(contacts) : 0, 2)) µs a contact)",
            "hash of all decisions \(hashText); ± is the 99 % confidence interval: \(method)", "",
        ]
        lines += Self.aligned([Self.head] + rows("queue", queues) + rows("group", groups) + rows("site", sites))
        lines += [""] + totals + ["", announcedWaits, ""]
        if refusals > 0 { lines.append("the router refused \(refusals) times what an agent said: that is a mistake") }
        if unresolved > 0 { lines.append("\(unresolved) counted contacts had not met their end when the run stopped") }
        return lines.joined(separator: "\n")
    }

    /// The score of the router's own announcements, over the whole run with its warm-up.
    private var announcedWaits: String {
        let begin = "expected wait: announced to \(estimates.announced), nothing said to \(estimates.silent)"
        guard let within50 = estimates.coverage50, let within90 = estimates.coverage90 else { return begin }
        let error = Double(estimates.meanAbsoluteError ?? 0) / 1000
        return begin
            + "; of \(estimates.compared) answered \(Self.text(Double(within50) / 100, 1)) % within P50 (perfect: 50), "
            + "\(Self.text(Double(within90) / 100, 1)) % within P90 (perfect: 90); mean error of P50 \(Self.text(error, 1)) s"
    }

    private static let head = [
        "", "offered", "answered", "abandoned", "blocked", "ASA s", "wait all s", "in time", "P(wait)", "p90 s",
        "p99 s",
        "occupancy", "spread",
    ]

    private func rows(_ sort: String, _ scopes: [Scope]) -> [[String]] { scopes.map { row("\(sort) \($0.name)", $0) } }

    private func row(_ name: String, _ scope: Scope) -> [String] {
        let tally = scope.tally
        return [
            name, "\(tally.offered)", "\(tally.answered)", "\(tally.abandoned)", "\(tally.blocked)",
            Self.text(scope[.asa], 2), Self.text(scope[.waitAll], 2), Self.text(scope[.serviceLevel], 4),
            Self.text(scope[.pWait], 4), Self.text(scope[.p90], 1), Self.text(scope[.p99], 1),
            Self.text(scope[.occupancy], 4), Self.text(scope[.occupancySpread], 4),
        ]
    }

    /// All contacts, a line to each measure with its definition.
    private var totals: [String] {
        let rows = Metric.allCases.compactMap { metric -> [String]? in
            guard let interval = total[metric] else { return nil }
            let controlled = total.controlled(metric).map { "with controls " + Self.text($0, 5) } ?? ""
            return [
                "total \(metric.rawValue)", Self.text(interval, metric.isCount ? 0 : 5), controlled, metric.definition,
            ]
        }
        return Self.aligned(rows)
    }

    private static func aligned(_ rows: [[String]]) -> [String] {
        guard let first = rows.first else { return [] }
        let widths = first.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).enumerated().map { place, cell in
                let blanks = String(repeating: " ", count: cell.1 - cell.0.count)
                return place == 0 || row.count == 4 ? cell.0 + blanks : blanks + cell.0
            }
            var line = cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    private static func text(_ interval: Interval?, _ digits: Int) -> String {
        guard let interval else { return "-" }
        guard interval.halfWidth.isFinite else { return text(interval.mean, digits) }
        return "\(text(interval.mean, digits)) ± \(text(interval.halfWidth, digits))"
    }

    /// A number with so many digits after the point.
    package static func text(_ value: Double, _ digits: Int) -> String {
        let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
        guard value.isFinite, abs(value) * scale < 9e15 else { return "\(value)" }
        let units = Int64((abs(value) * scale).rounded())
        let sign = value < 0 && units > 0 ? "-" : ""
        guard digits > 0 else { return "\(sign)\(units)" }
        let part = String(units % Int64(scale))
        return "\(sign)\(units / Int64(scale))." + String(repeating: "0", count: digits - part.count) + part
    }
}
