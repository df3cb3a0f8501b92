/// How a key's value is written, checked, and written again.
///
/// The ready-made ones are static members: `.string`, `.integer(in:)`, `.duration(in:)`, `.list(of:)`, `.section(_:)` …
/// An adapter makes its own with `scalar(_:example:text:parse:)`.
package struct ValueType<Value: Sendable>: Sendable {
    let shape: Shape
    /// What the sample shows for a key of this name that has no default.
    let example: @Sendable (_ keyName: String) -> Shown
    let show: @Sendable (Value) -> Shown
    /// Nil after a complaint.
    let read: @Sendable (ConfigurationNode, inout Reading) -> Sound<Value>?
    /// Whether a key left out reads as an empty mapping: then the complaint names the missing key inside.
    var readsAbsenceAsEmpty = false
}

/// A value that passed every check, and how `config show` writes it.
struct Sound<Value: Sendable>: Sendable {
    let value: Value
    let shown: Shown
}

extension ValueType {
    /// A type written as one scalar.
    ///
    /// - Parameters:
    ///   - description: With its article, fit after "must be": "an integer from 0 to 20".
    ///   - example: What a sample shows; must parse.
    ///   - text: Writes a value so that `parse` reads it back.
    ///   - parse: Called for texts that are neither empty nor an unquoted `null`.
    package static func scalar(
        _ description: String, example: String, text: @escaping @Sendable (Value) -> String,
        parse: @escaping @Sendable (String) throws(Refusal) -> Value
    ) -> ValueType {
        contextual(
            description, example: { _ in example }, text: { .scalar(text($0)) },
            parse: {
                (written, _) throws(Refusal) in try parse(written)
            })
    }

    /// A scalar whose meaning depends on where the file lies.
    static func contextual(
        _ description: String, example: @escaping @Sendable (String) -> String,
        text: @escaping @Sendable (Value) -> Shown,
        parse: @escaping @Sendable (String, Reading) throws(Refusal) -> Value
    ) -> ValueType {
        ValueType(
            shape: .scalar(description), example: { .scalar(example($0)) }, show: text,
            read: { node, reading in
                guard let written = reading.scalar(node, expecting: description) else { return nil }
                do throws(Refusal) {
                    let value = try parse(written, reading)
                    return Sound(value: value, shown: text(value))
                } catch {
                    reading.complaints.append(Complaint(at: node.place, error.reason, hint: error.hint))
                    return nil
                }
            })
    }
}
