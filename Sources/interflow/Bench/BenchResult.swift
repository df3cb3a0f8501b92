import Glibc
import JSON

/// One line of a measurement: a figure taken several times, never an average.
struct BenchResult: Sendable {
    /// Suite and figure, such as `path.latency`.
    var bench: String
    /// What was fed in: sizes, connections, seconds.
    var input: String
    /// The figure's unit, with its percentile where it is one: `ms p99`.
    var unit: String
    /// One value a run, in order of running. At least one.
    var values: [Double]

    var sorted: [Double] { values.sorted() }
    var min: Double { sorted[0] }
    /// The middle value; the lower of two.
    var median: Double { sorted[(values.count - 1) / 2] }
    var max: Double { sorted[values.count - 1] }

    func json(machine: String) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("bench", bench)
        writer.field("machine", machine)
        writer.field("input", input)
        writer.field("unit", unit)
        writer.field("min", Self.rounded(min))
        writer.field("median", Self.rounded(median))
        writer.field("max", Self.rounded(max))
        writer.field("runs", values.count)
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Four significant digits: more would claim what no run can show.
    static func rounded(_ value: Double) -> Double {
        guard value != 0, value.isFinite else { return 0 }
        let scale = pow(10, 3 - floor(log10(abs(value))))
        return (value * scale).rounded() / scale
    }

    /// A row for people: name, min, median, max, unit, input.
    var row: [String] {
        [bench, Self.text(min), Self.text(median), Self.text(max), unit, "\(values.count)", input]
    }

    private static func text(_ value: Double) -> String {
        let rounded = rounded(value)
        return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
    }
}

/// Rows under a heading, in columns as wide as they must be.
enum BenchTable {
    static let heading = ["bench", "min", "median", "max", "unit", "runs", "input"]

    static func text(_ results: [BenchResult]) -> String {
        let rows = [heading] + results.map(\.row)
        let widths = heading.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.indices.map { column in
                let gap = String(repeating: " ", count: widths[column] - row[column].count)
                // Numbers end under each other, words begin so.
                return (1...3).contains(column) ? gap + row[column] : row[column] + gap
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
