extension ValueType where Value == String {
    /// One line of 1 to 4096 bytes.
    package static var string: ValueType { string(bytes: 1...4096) }

    /// One line of text whose length in UTF-8 lies in `bytes`. Control characters are refused.
    package static func string(bytes: ClosedRange<Int>) -> ValueType {
        text("a string", bytes: bytes, allowing: [])
    }

    /// Text that may run over several lines, of 1 to 16,384 bytes.
    package static var text: ValueType { text(bytes: 1...16_384) }

    /// Text that may run over several lines and hold tabs.
    package static func text(bytes: ClosedRange<Int>) -> ValueType {
        text("a text", bytes: bytes, allowing: ["\n", "\t"])
    }

    private static func text(
        _ noun: String, bytes: ClosedRange<Int>, allowing allowed: [Unicode.Scalar]
    ) -> ValueType {
        let description = "\(noun) of \(bytes.lowerBound) to \(bytes.upperBound) bytes"
        let example = String(repeating: "x", count: max(0, bytes.lowerBound - 7))
        return scalar(
            description, example: "example".prefix(bytes.upperBound) + example, text: { $0 },
            parse: {
                (written) throws(Refusal) in
                guard bytes.contains(written.utf8.count) else {
                    throw Refusal("must be \(description), not \(written.utf8.count)")
                }
                let isControl = { (scalar: Unicode.Scalar) in scalar.properties.generalCategory == .control }
                guard !written.unicodeScalars.contains(where: { isControl($0) && !allowed.contains($0) }) else {
                    throw Refusal("holds a control character or a line break", hint: "write it on one line")
                }
                return written
            })
    }
}

extension ValueType where Value == Bool {
    /// `true` or `false`, nothing else: `yes`, `on` and `1` mean different things to different YAML readers.
    package static var boolean: ValueType {
        scalar(
            "true or false", example: "false", text: { $0 ? "true" : "false" },
            parse: { (written) throws(Refusal) in
                switch written {
                case "true": return true
                case "false": return false
                case "yes", "Yes", "YES", "on", "On", "ON", "True", "TRUE", "1":
                    throw Refusal("must be true or false, not \(Printable.quoted(written))", hint: "write true")
                case "no", "No", "NO", "off", "Off", "OFF", "False", "FALSE", "0":
                    throw Refusal("must be true or false, not \(Printable.quoted(written))", hint: "write false")
                default: throw Refusal("must be true or false, not \(Printable.quoted(written))")
                }
            })
    }
}

extension ValueType where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of an enumeration's raw values, in the order of its cases.
    package static func one(of type: Value.Type) -> ValueType {
        let names = type.allCases.map(\.rawValue)
        let description = "one of \(names.joined(separator: ", "))"
        return scalar(
            description, example: names.first ?? "", text: { $0.rawValue },
            parse: { (written) throws(Refusal) in
                if let value = type.init(rawValue: written) { return value }
                throw Refusal(
                    "must be \(description), not \(Printable.quoted(written))",
                    hint: NearestName.question(written, among: names))
            })
    }
}
