extension ValueType {
    /// A value that may be written in several shapes: as one scalar, as a list, or as a mapping. The shape found decides
    /// which of the types reads it; a default is shown as the scalar.
    package static func either(
        _ description: String, scalar: ValueType, list: ValueType? = nil, mapping: ValueType? = nil
    ) -> ValueType {
        ValueType(
            shape: .scalar(description), example: scalar.example, show: scalar.show,
            read: { node, reading in
                switch node.content {
                case .sequence: (list ?? scalar).read(node, &reading)
                case .mapping: (mapping ?? scalar).read(node, &reading)
                case .scalar, .refused: scalar.read(node, &reading)
                }
            })
    }

    /// The same text with another meaning. Not for a default: what was converted cannot be written again.
    package func converted<Other>(_ convert: @escaping @Sendable (Value) -> Other) -> ValueType<Other> {
        ValueType<Other>(
            shape: shape, example: example,
            show: { _ in preconditionFailure("A converted value is no default.") },
            read: { node, reading in
                read(node, &reading).map { Sound(value: convert($0.value), shown: $0.shown) }
            }, readsAbsenceAsEmpty: readsAbsenceAsEmpty)
    }
}

extension ValueType where Value == Double {
    /// A decimal number, both ends included.
    package static func number(in range: ClosedRange<Double>) -> ValueType {
        let description = "a number from \(short(range.lowerBound)) to \(short(range.upperBound))"
        return scalar(
            description, example: short(range.lowerBound), text: { short($0) },
            parse: { (written) throws(Refusal) in
                guard let value = Double(written), range.contains(value), isPlain(written) else {
                    throw Refusal("must be \(description), not \(Printable.quoted(written))")
                }
                return value
            })
    }

    /// Digits and a point only: `0x10`, `nan` and `1e3` surprise readers.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0.isASCIIDigit || ".-".utf8.contains($0) }
    }

    private static func short(_ value: Double) -> String {
        Int64(exactly: value).map { "\($0)" } ?? "\(value)"
    }
}
