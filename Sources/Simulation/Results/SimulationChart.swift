/// Draws a report as SVG: how waits are spread, service level over simulated time, occupancy of each group over it.
///
/// Colours are neutral and follow the viewer's light or dark scheme; every axis has its unit.
package struct SimulationChart {
    private let report: SimulationReport

    package init(_ report: SimulationReport) { self.report = report }

    private static let width = 720.0
    private static let panel = 230.0

    package var svg: String {
        let panels = [waits, serviceLevel, occupancy]
        let height = Self.panel * Double(panels.count) + 56
        var text = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.width) \(height)" role="img">
            <title>\(Self.escaped(report.scenario.name)): simulation</title>
            <style>
            text{font:12px system-ui,sans-serif;fill:#333}.title{font-weight:600;font-size:13px}.axis{stroke:#888;stroke-width:1}
            .grid{stroke:#8884;stroke-width:1}.bar{fill:#4a7ebb}.line{fill:none;stroke-width:1.6}.paper{fill:#fff}
            .s0{stroke:#4a7ebb}.s1{stroke:#c8782a}.s2{stroke:#4f9d69}.s3{stroke:#9b6bb3}.s4{stroke:#8a8a8a}.s5{stroke:#b85450}
            @media(prefers-color-scheme:dark){text{fill:#ddd}.paper{fill:#1b1b1b}.axis{stroke:#999}}
            </style>
            <rect class="paper" width="\(Self.width)" height="\(height)"/>
            <text class="title" x="20" y="24">\(Self.escaped(heading))</text>

            """
        for (number, panel) in panels.enumerated() {
            text += "<g transform=\"translate(0,\(40 + Self.panel * Double(number)))\">\n\(panel)</g>\n"
        }
        return text + "</svg>\n"
    }

    private var heading: String {
        "\(report.scenario.name): \(report.total.tally.offered) contacts, \(report.replications) replications, seed \(report.seed)"
    }

    // MARK: Panels

    /// How many of the answered waited no longer than so many seconds.
    private var waits: String {
        let histogram = report.total.tally.waits
        let end = Self.roundUp(max(1, histogram.quantile(0.995) ?? 1))
        let steps = 120
        let points = (0...steps).map { step -> (Double, Double) in
            let seconds = end * Double(step) / Double(steps)
            return (seconds, Double(histogram.count(upTo: seconds)) / Double(max(1, histogram.total)))
        }
        let frame = Frame(xEnd: end, yBegin: 0, yEnd: 1)
        return frame.axes(title: "Waits of answered contacts", x: "wait, seconds", y: "part that waited no longer")
            + frame.line(points, series: 0)
    }

    private var serviceLevel: String {
        let frame = Frame(xEnd: hours, yBegin: 0, yEnd: 1)
        let points = report.parts.enumerated().compactMap { place, part -> (Double, Double)? in
            guard part.offered > 0 else { return nil }
            return (hour(of: place), Double(part.answeredInTime) / Double(part.offered))
        }
        return frame.axes(
            title: "Service level over simulated time", x: "hours of counted time", y: "answered in time / offered")
            + frame.line(points, series: 0)
    }

    private var occupancy: String {
        let frame = Frame(xEnd: hours, yBegin: 0, yEnd: 1)
        var text = frame.axes(
            title: "Occupancy by group", x: "hours of counted time", y: "time with a contact / time there")
        for (group, agents) in report.scenario.groups.enumerated().prefix(6) {
            let points = report.parts.enumerated().compactMap { place, part -> (Double, Double)? in
                guard part.staffed[group] > 0 else { return nil }
                return (hour(of: place), Double(part.busy[group]) / Double(part.staffed[group]))
            }
            text += frame.line(points, series: group) + frame.legend(Self.escaped(agents.name), series: group)
        }
        if report.scenario.groups.count > 6 { text += frame.legend("and more", series: 6) }
        return text
    }

    /// Length of the counted time of the first replication.
    private var hours: Double {
        guard let last = report.parts.last else { return 1 }
        return max(1e-3, (last.end - report.scenario.warmup) / 3600)
    }

    /// The middle of a part.
    private func hour(of place: Int) -> Double { hours * (Double(place) + 0.5) / Double(max(1, report.parts.count)) }

    // MARK: Text

    static func roundUp(_ value: Double) -> Double {
        var unit = 1.0
        while unit * 10 < value { unit *= 10 }
        return (value / unit).rounded(.up) * unit
    }

    static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}

/// One panel's coordinates.
private struct Frame {
    let xEnd: Double
    let yBegin: Double
    let yEnd: Double

    private let left = 64.0
    private let right = 590.0
    private let top = 26.0
    private let bottom = 178.0

    private func x(_ value: Double) -> Double { left + (right - left) * min(1, value / xEnd) }
    private func y(_ value: Double) -> Double {
        bottom - (bottom - top) * min(1, max(0, (value - yBegin) / (yEnd - yBegin)))
    }

    private func short(_ value: Double) -> String {
        SimulationReport.text(value, value == value.rounded() || abs(value) >= 100 ? 0 : 2)
    }

    func axes(title: String, x xTitle: String, y yTitle: String) -> String {
        var text = "<text class=\"title\" x=\"20\" y=\"14\">\(title)</text>\n"
        for step in 0...5 {
            let part = Double(step) / 5
            let value = yBegin + (yEnd - yBegin) * part
            text += "<line class=\"grid\" x1=\"\(left)\" x2=\"\(right)\" y1=\"\(y(value))\" y2=\"\(y(value))\"/>\n"
            text += "<text x=\"\(left - 8)\" y=\"\(y(value) + 4)\" text-anchor=\"end\">\(short(value))</text>\n"
            text +=
                "<text x=\"\(x(xEnd * part))\" y=\"\(bottom + 16)\" text-anchor=\"middle\">\(short(xEnd * part))</text>\n"
        }
        text += "<path class=\"axis\" fill=\"none\" d=\"M\(left) \(top)V\(bottom)H\(right)\"/>\n"
        text += "<text x=\"\((left + right) / 2)\" y=\"\(bottom + 34)\" text-anchor=\"middle\">\(xTitle)</text>\n"
        let middle = (top + bottom) / 2
        return text
            + "<text x=\"18\" y=\"\(middle)\" text-anchor=\"middle\" transform=\"rotate(-90 18 \(middle))\">\(yTitle)</text>\n"
    }

    func line(_ points: [(Double, Double)], series: Int) -> String {
        guard !points.isEmpty else { return "" }
        let path = points.enumerated().map { place, point in
            "\(place == 0 ? "M" : "L")\(SimulationReport.text(x(point.0), 1)) \(SimulationReport.text(y(point.1), 1))"
        }
        return "<path class=\"line s\(series % 6)\" d=\"\(path.joined())\"/>\n"
    }

    func legend(_ name: String, series: Int) -> String {
        let height = top + 14 * Double(series) + 4
        return "<line class=\"line s\(series % 6)\" x1=\"600\" x2=\"616\" y1=\"\(height)\" y2=\"\(height)\"/>"
            + "<text x=\"622\" y=\"\(height + 4)\">\(name)</text>\n"
    }
}
