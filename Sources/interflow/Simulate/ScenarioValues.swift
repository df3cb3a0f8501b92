import Configuration
import Simulation

/// How a scenario file writes what only scenarios have.
extension ValueType where Value == Double {
    /// Seconds, as a plain number or with a unit: `20`, `7.5`, `90s`, `5m`, `8h`, `30d`.
    static func seconds(in range: ClosedRange<Double>) -> ValueType {
        let description = "seconds from \(range.lowerBound) to \(range.upperBound), or a number with ms, s, m, h or d"
        return scalar(
            description, example: "20", text: { "\($0)" },
            parse: { (written) throws(Refusal) in
                guard let value = ScenarioNumber.seconds(written), range.contains(value) else {
                    throw Refusal("must be \(description), not \(written)")
                }
                return value
            })
    }

    /// An hour of the day, as a number or as hours and minutes: `8`, `8.5`, `08:30`.
    static var hour: ValueType {
        let description = "an hour of the day from 0 to 24, such as 8.5 or 08:30"
        return scalar(
            description, example: "8", text: { "\($0)" },
            parse: { (written) throws(Refusal) in
                guard let value = ScenarioNumber.hour(written), (0...24).contains(value) else {
                    throw Refusal("must be \(description), not \(written)")
                }
                return value
            })
    }
}

extension ValueType where Value == Double? {
    /// Mean patience in seconds, or `none`.
    static var patience: ValueType {
        let description = "seconds, or none"
        return scalar(
            description, example: "180", text: { $0.map { "\($0)" } ?? "none" },
            parse: { (written) throws(Refusal) in
                if written == "none" { return nil }
                guard let value = ScenarioNumber.seconds(written), value > 0 else {
                    throw Refusal("must be \(description), not \(written)")
                }
                return value
            })
    }
}

extension ValueType where Value == ServiceTime.Law {
    /// `exponential`, `constant`, `lognormal 0.8` (coefficient of variation), `erlang 3` (phases).
    static var law: ValueType {
        let description = "exponential, constant, lognormal with its cv (lognormal 0.8) or erlang with its k (erlang 3)"
        return scalar(
            description, example: "exponential", text: { ScenarioNumber.text($0) },
            parse: { (written) throws(Refusal) in
                guard let law = ScenarioNumber.law(written) else {
                    throw Refusal("must be \(description), not \(written)")
                }
                return law
            })
    }
}

enum ScenarioNumber {
    static func seconds(_ written: String) -> Double? {
        let digits = written.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let units = ["": 1.0, "s": 1, "ms": 0.001, "m": 60, "h": 3600, "d": 86_400]
        guard let number = Double(digits), let worth = units[String(written.dropFirst(digits.count))] else {
            return nil
        }
        return number * worth
    }

    static func hour(_ written: String) -> Double? {
        let parts = written.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return Double(written) }
        guard let hours = Int(parts[0]), let minutes = Int(parts[1]), (0...59).contains(minutes) else { return nil }
        return Double(hours) + Double(minutes) / 60
    }

    static func law(_ written: String) -> ServiceTime.Law? {
        let words = written.split { " (),:".contains($0) }.filter { $0 != "cv" && $0 != "k" }
        switch (words.first, words.count) {
        case ("exponential", 1): return .exponential
        case ("constant", 1): return .constant
        case ("lognormal", 1): return .lognormal(variation: 1)
        case ("lognormal", 2):
            return Double(words[1]).flatMap { (0.01...10).contains($0) ? .lognormal(variation: $0) : nil }
        case ("erlang", 1): return .erlang(phases: 2)
        case ("erlang", 2): return Int(words[1]).flatMap { (1...100).contains($0) ? .erlang(phases: $0) : nil }
        default: return nil
        }
    }

    static func text(_ law: ServiceTime.Law) -> String {
        switch law {
        case .exponential: "exponential"
        case .constant: "constant"
        case .lognormal(let variation): "lognormal \(variation)"
        case .erlang(let phases): "erlang \(phases)"
        }
    }
}
