extension ValueType where Value == Int {
    /// A whole number in decimal digits, both ends included.
    package static func integer(in range: ClosedRange<Int>) -> ValueType {
        let description = "an integer from \(range.lowerBound) to \(range.upperBound)"
        return scalar(
            description, example: "\(range.lowerBound)", text: { "\($0)" },
            parse: { (written) throws(Refusal) in
                guard let value = Int(written), "\(value)" == written, range.contains(value) else {
                    throw Refusal(
                        "must be \(description), not \(Printable.quoted(written))", hint: integerHint(written))
                }
                return value
            })
    }

    /// Says what is wrong with a number that only looks odd.
    private static func integerHint(_ written: String) -> String? {
        if written.contains("_") || written.contains(",") { return "write the digits without separators" }
        if let value = Int(written), "\(value)" != written { return "write \(value)" }
        return nil
    }
}

extension ValueType where Value == Duration {
    /// A whole number and a unit: `250ms`, `30s`, `5m`, `2h`, `7d`. By default up to 366 days.
    package static func duration(in range: ClosedRange<Duration> = .zero ... .seconds(366 * 86_400)) -> ValueType {
        let ends = (
            durationUnit.written(milliseconds(range.lowerBound)), durationUnit.written(milliseconds(range.upperBound))
        )
        let description = "a duration from \(ends.0) to \(ends.1)"
        return scalar(
            description, example: ends.0, text: { durationUnit.written(milliseconds($0)) },
            parse: {
                (written) throws(Refusal) in
                let value = Duration.milliseconds(try durationAmount(of: written))
                guard range.contains(value) else { throw Refusal("must be \(description), not \(written)") }
                return value
            })
    }

    private static var durationUnit: UnitTable {
        UnitTable([("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)])
    }

    private static func durationAmount(of written: String) throws(Refusal) -> Int64 {
        if !written.isEmpty, written.utf8.allSatisfy(\.isASCIIDigit), written.utf8.count <= 18 {
            throw Refusal("needs a unit", hint: "write \(written)s for seconds; units are ms, s, m, h, d")
        }
        return try durationUnit.amount(of: written)
    }

    private static func milliseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}

extension ValueType where Value == ByteSize {
    /// A whole number and a unit: `512B`, `16KiB`, `4MiB`, `1GiB`.
    package static func size(in range: ClosedRange<ByteSize>) -> ValueType {
        let description = "a size from \(range.lowerBound) to \(range.upperBound)"
        return scalar(
            description, example: "\(range.lowerBound)", text: { "\($0)" },
            parse: { (written) throws(Refusal) in
                let bytes = try sizeAmount(of: written)
                guard bytes <= Int64(Int.max), range.contains(ByteSize(bytes: Int(bytes))) else {
                    throw Refusal("must be \(description), not \(written)")
                }
                return ByteSize(bytes: Int(bytes))
            })
    }

    private static func sizeAmount(of written: String) throws(Refusal) -> Int64 {
        let digits = written.utf8.prefix { $0.isASCIIDigit }.count
        let unit = written.dropFirst(digits).lowercased()
        if digits > 0, digits <= 18,
            let meant = ["": "KiB", "k": "KiB", "kb": "KiB", "m": "MiB", "mb": "MiB", "gb": "GiB"][unit]
        {
            let reason =
                unit.isEmpty ? "needs a unit" : "has no unit \(Printable.quoted(String(written.dropFirst(digits))))"
            throw Refusal(reason, hint: "write \(written.prefix(digits))\(meant); units are B, KiB, MiB, GiB")
        }
        return try ByteSize.unit.amount(of: written)
    }
}
